using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

/// <summary>A vendor with a product, a manager and partners whose deals go through the API, as the pages' do.</summary>
internal sealed class InsightsWorld
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<DealId, TestPerson> _holders = [];
    private static int _next;

    private InsightsWorld(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public TestPerson Manager { get; private set; } = null!;

    private string Product { get; set; } = "";

    public static async Task<InsightsWorld> CreateAsync(Database database)
    {
        var world = new InsightsWorld(await (await TestApp.SharedAsync(database)).TenantAsync());
        world.Manager = await world.Tenant.StaffAsync(Roles.ChannelOperations, Roles.PartnerManager);
        world.Product = (await world.Tenant.ProductAsync("Relay", "R", 1000_00)).ToString();
        return world;
    }

    public async Task<TestPerson> PartnerAsync(Motion motion = Motion.Resell, string? name = null, Motion? also = null)
    {
        name ??= $"Partner {Interlocked.Increment(ref _next)}";
        var made = await Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner(name, "DE", PartnerType.Reseller)
        {
            State = PartnerState.Active, Motions = also is { } second ? [motion, second] : [motion], Manager = Manager.Actor.Person, EvenIfSimilar = true,
        }, default));
        made.Problem.ShouldBeNull();
        (await Tenant.Administrator.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(made.Value, Tier.Gold, "Test"), default))).Ok.ShouldBeTrue();
        return await Tenant.PartnerPersonAsync(made.Value, name);
    }

    public async Task<DealId> RegisterAsync(TestPerson seller, long amount = 25_000_00, Motion? motion = null)
    {
        var customer = $"Customer {Interlocked.Increment(ref _next)} of {Guid.CreateVersion7():N}";
        var deal = await PostAsync(seller, "/api/v1/deals", new
        {
            customerName = customer, country = "DE", product = Product, amount, expectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60),
            contactName = "Ana Silva", contactEmail = "ana@gmail.com", workDone = "Two meetings and a demo with the head of operations.", nextStep = "Offer next week.", motion = motion is { } sold ? Words.Of(sold) : null,
        });
        await Tenant.App.DrainAsync();
        var id = Ids.Parse<DealId>(deal.GetProperty("id").GetString())!.Value;
        _holders[id] = seller;
        return id;
    }

    public async Task JoinAsync(DealId deal, TestPerson partner, int share, string role = "influence")
    {
        await PostAsync(Manager, $"/api/v1/deals/{deal}/members", new { partner = partner.Actor.Partner.ToString(), role, shareBasisPoints = share });
        // The vendor invites, so the partner that registered the deal consents.
        await PostAsync(_holders[deal], $"/api/v1/deals/{deal}/members/{partner.Actor.Partner}/consent", new { consent = true });
        using var guest = await partner.ApiAsync();
        var terms = (await guest.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{deal}/workspace")).GetProperty("agreements")[0];
        await PostAsync(partner, $"/api/v1/deals/{deal}/invitation", new { accept = true, hash = terms.GetProperty("hash").GetString() });
        await Tenant.App.DrainAsync();
    }

    public async Task CloseAsync(DealId deal, string how, object body)
    {
        await PostAsync(Manager, $"/api/v1/deals/{deal}/{how}", body);
        await Tenant.App.DrainAsync();
    }

    public Task WinAsync(DealId deal, long amount) => CloseAsync(deal, "win", new { amount });

    public Task<Result<TouchId>> TouchAsync(TestPerson by, DealId deal, PartnerId? partner = null, TouchKind kind = TouchKind.Workshop, int daysAgo = 0, string evidence = "Minutes") =>
        by.DoAsync<RecordTouch, Result<TouchId>>(r => r.RunAsync(new NewTouch(deal, partner, kind, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-daysAgo), evidence), default));

    public Task<Figure> FigureAsync(TestPerson by, Metric metric, Scope? scope = null) =>
        by.DoAsync<Work, Figure>(w => Figures.OfAsync(w, metric, scope ?? Year(), default));

    public async Task<List<FigureRow>> RowsAsync(TestPerson by, Metric metric, Scope? scope = null, int size = 2)
    {
        var rows = new List<FigureRow>();
        string? cursor = null;
        do
        {
            var page = await by.DoAsync<Work, Page<FigureRow>>(w => FigureRows.FindAsync(w, metric, scope ?? Year(), new Paging(cursor, size), default));
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    public static Scope Year(PartnerId? partner = null, CreditModel model = CreditModel.AgreedSplit) =>
        new(Window.Parse(null, null, null, DateOnly.FromDateTime(DateTime.UtcNow)), partner, model);

    public async Task<JsonElement> PostAsync(TestPerson by, string path, object body)
    {
        using var api = await by.ApiAsync();
        return await JsonAsync(await api.PostAsJsonAsync(path, body));
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task ImportAsync(string kind, string csv)
    {
        using var api = await Tenant.Administrator.ApiAsync();
        using var body = new StringContent(csv);
        body.Headers.ContentType = new("text/csv");
        var import = await JsonAsync(await api.PostAsync($"/api/v1/imports?name={kind}.csv&kind={kind}", body));
        var id = import.GetProperty("id").GetString();
        foreach (var (step, end) in new[] { ("dry-run", "checked"), ("apply", "applied") })
        {
            (await api.PostAsync($"/api/v1/imports/{id}/{step}", null)).EnsureSuccessStatusCode();
            for (var i = 0; i < 200 && import.GetProperty("state").GetString() != end; i++)
            {
                await Tenant.App.DrainAsync();
                import = await JsonAsync(await api.GetAsync($"/api/v1/imports/{id}"));
            }

            import.GetProperty("state").GetString().ShouldBe(end, import.ToString());
        }
    }
}
