using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;

namespace Trellis.Whole.Tests;

/// <summary>
/// What the two heaviest records may ask of the database. Before a number is raised for a new panel, look for what the page knows already: each statement costs a page about the same, however few
/// rows it reads.
/// </summary>
public sealed class PageQueriesTests
{
    private const int Deals = 12;

    [SkippableTheory, BothDatabases]
    public async Task The_pages_of_a_partner_and_of_a_deal_keep_within_their_budget_of_statements(Database database)
    {
        await using var app = await TestApp.StartWithDemoAsync(database);
        using var staff = await VisitAsync(app, "ada@northwind.example");
        using var portal = await VisitAsync(app, "rosa@brightpath.example");
        using var api = await ApiAsync(app, "rosa@brightpath.example");
        var deals = (await api.GetFromJsonAsync<JsonNode>($"/api/v1/deals?size={2 * Deals}"))!["items"]!.AsArray().Where(d => (string)d!["state"]! != "draft").Select(d => (string)d!["id"]!).Take(Deals).ToList();
        deals.Count.ShouldBe(Deals);
        var partner = (string)(await api.GetFromJsonAsync<JsonNode>("/api/v1/me"))!["partner"]!;

        (await MostAsync(app, staff, [$"/app/partners/{partner}"])).ShouldKeepWithin(47);
        (await MostAsync(app, staff, [$"/app/partners/{partner}/timeline"])).ShouldKeepWithin(26);
        (await MostAsync(app, staff, deals.Select(d => $"/app/deals/{d}"))).ShouldKeepWithin(56);
        (await MostAsync(app, staff, ["/app/plays"])).ShouldKeepWithin(45);
        (await MostAsync(app, portal, deals.Select(d => $"/portal/deals/{d}"))).ShouldKeepWithin(37);
    }

    private static async Task<PageClient> VisitAsync(TestApp app, string email)
    {
        var client = new PageClient(app.Address);
        await client.SignInAsync(email, DemoPeople.Password);
        return client;
    }

    private static async Task<HttpClient> ApiAsync(TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var token = (await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(email, null, default)).Value;
        return new HttpClient { BaseAddress = new Uri(app.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    private static async Task<Asked> MostAsync(TestApp app, PageClient visitor, IEnumerable<string> pages)
    {
        var engine = app.Services.GetRequiredService<Engine>();
        Asked? most = null;
        foreach (var page in pages)
        {
            // What is kept for some seconds, and news of the page that are read by looking at it, are there once only.
            (await visitor.Http.GetAsync(page)).EnsureSuccessStatusCode();
            using var asked = new Asked(page, engine);
            (await visitor.Http.GetAsync(page)).EnsureSuccessStatusCode();
            if (asked.Statements.Count > (most?.Statements.Count ?? 0)) most = asked;
        }

        return most!;
    }

    // EF Core tells everybody in the process what it sends; narrow look-ups past LINQ are not among it.
    private sealed class Asked : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _page;
        private readonly Engine _engine;
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private readonly ConcurrentQueue<string> _statements = [];

        public Asked(string page, Engine engine)
        {
            (_page, _engine) = (page, engine);
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public IReadOnlyCollection<string> Statements => _statements;

        public void ShouldKeepWithin(int most) => _statements.Count.ShouldBeLessThanOrEqualTo(most, $"{_page} asks:\n{string.Join("\n\n", _statements)}");

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Context: Db db, Command.CommandText: var sql } && ReferenceEquals(db.Engine, _engine)) _statements.Enqueue(sql);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
        }
    }
}
