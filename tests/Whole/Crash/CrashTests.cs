using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;

namespace Trellis.Whole.Tests.Crash;

/// <summary>
/// The program is killed hard at random moments, while several people write, and started again over the same data. Afterwards everything that was
/// acknowledged is there once, and what follows from it has happened once.
/// </summary>
[Trait("Category", "Crash")]
public sealed class CrashTests
{
    /// <summary><c>TRELLIS_KILLS=200 ./dev test Whole</c> for a long night.</summary>
    private static readonly int Kills = BriefRun.Times("TRELLIS_KILLS", 2, 20);

    private const int Seed = 4711;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(30);

    [SkippableTheory, BothDatabases]
    public async Task What_was_acknowledged_is_there_and_every_effect_has_happened_once(Database database)
    {
        var folder = Directory.CreateTempSubdirectory("trellis-crash-").FullName;
        try
        {
            var (postgres, clients, before) = await PrepareAsync(database, folder);
            await KillAsync(folder, postgres, clients);
            clients.Acknowledged.Count.ShouldBeGreaterThan(Kills, "hardly anything was written, so nothing was tried");
            await CheckAsync(database, folder, postgres, clients, before);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(string? Postgres, Clients Clients, Standing Before)> PrepareAsync(Database database, string folder)
    {
        await using var app = await TestApp.StartWithDemoAsync(database, $"--TRELLIS_DATA={folder}");
        var tokens = new Tokens([await TokenAsync(app, "rosa@brightpath.example"), await TokenAsync(app, "ines@clearview.example")], await TokenAsync(app, "omar@northwind.example"),
            await TokenAsync(app, "felix@northwind.example"), await TokenAsync(app, "ada@northwind.example"));
        using var http = new HttpClient { BaseAddress = new Uri(app.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Administrator);
        var product = (string)(await http.GetFromJsonAsync<JsonNode>("/api/v1/products"))!["items"]![0]!["id"]!;
        return (app.Services.GetRequiredService<IConfiguration>()["TRELLIS_DATABASE"], new Clients(tokens, product, Seed), await Standing.OfAsync(app));
    }

    private static async Task KillAsync(string folder, string? postgres, Clients clients)
    {
        var chance = new Random(Seed);
        for (var i = 1; i <= Kills; i++)
        {
            using var victim = Victim.Start(folder, postgres);
            // Some die on the way up.
            if (i % 4 == 0)
            {
                await Task.Delay(chance.Next(200, 1500));
                victim.Kill();
                continue;
            }

            await victim.ReadyAsync();
            using var end = new CancellationTokenSource();
            var work = clients.WorkAsync(victim.Address, end.Token);
            // After a few answers, in the midst of the next writes: not by the clock, so that a slow machine is tried as hard as a quick one.
            var enough = clients.Acknowledged.Count + chance.Next(1, 40);
            for (var watch = Stopwatch.StartNew(); clients.Acknowledged.Count < enough && watch.Elapsed < LongestLife;) await Task.Delay(5);
            await Task.Delay(chance.Next(0, 100));
            victim.Kill();
            await end.CancelAsync();
            await work;
        }
    }

    private static async Task CheckAsync(Database database, string folder, string? postgres, Clients clients, Standing before)
    {
        List<string> settings = [$"--TRELLIS_DATA={folder}"];
        if (postgres is not null) settings.Add($"--TRELLIS_DATABASE={postgres}");
        await using var app = await TestApp.StartAsync(database, settings: [.. settings]);
        // What a dead process had claimed is free again.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await clients.FinishAsync(app.Address);
        await app.DrainAsync();
        clients.Faults.Select(f => f.ToString()).ShouldBeEmpty("every order was possible when it was given");

        var after = await Standing.OfAsync(app);
        var registered = clients.Acknowledged.Count(a => a.Order.Kind == "register");
        (await Standing.StatesAsync(app)).ShouldBe(clients.Deals, ignoreOrder: true, "each acknowledged deal is there once and in its last acknowledged state, and no other is");
        (after.Registrations - before.Registrations).ShouldBe(registered);
        (after.Touches - before.Touches).ShouldBe(registered, "each registration has left one touch");
        (after.Earnings - before.Earnings).ShouldBe(clients.Deals.Values.Count(s => s == "won"), "each won deal has one earning of its holder");
        (after.Accruals - before.Accruals).ShouldBe(after.Earnings - before.Earnings, "each earning was posted once");
        (after.Receipts - before.Receipts).ShouldBeGreaterThanOrEqualTo(registered, "each registration has its receipt");
        after.Payouts.ShouldBe(before.Payouts + clients.Acknowledged.Count(a => a.Order.Kind == "payout"));
        after.Faults.ShouldBeEmpty();
        after.Undelivered.ShouldBe(before.Undelivered, "each delivery has arrived");
        after.Unfinished.ShouldBe(before.Unfinished, "each job has come to its end");
        (after.Jobs - before.Jobs).ShouldBe(clients.Imports.Count, "each ordered job is there, once");
        await Standing.VerifyChainsAsync(app);
    }

    private static async Task<string> TokenAsync(TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(email, null, default)).Value;
    }
}
