using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Host;
using Trellis.Identity;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Segmenting;

namespace Trellis.Scale.Bench;

/// <summary>What the measurements need of a filled tenant: tokens of staff and of partners' people.</summary>
internal sealed record Filled(Sizes Sizes, string Staff, IReadOnlyList<string> Partners, Dictionary<string, double> Seconds);

/// <summary>Fills the demo company up to the wanted size, by the engine's fast path, with the product's own rows.</summary>
internal static class Filler
{
    private const int Registering = 24;
    private static readonly string[] Searched = ["accounts_account", "accounts_opportunity", "deals_deal", "partners_partner", "partners_contact", "identity_person"];

    /// <summary>Uses the settings of the environment: TRELLIS_DATA and TRELLIS_DATABASE.</summary>
    public static async Task<Filled> RunAsync(Sizes sizes, CancellationToken ct)
    {
        await using var app = Serve.Build([]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Dictionary<string, double> seconds = [];
        void Lap(string what)
        {
            seconds[what] = watch.Elapsed.TotalSeconds;
            Console.WriteLine($"  {what}: {watch.Elapsed.TotalSeconds:0.0} s");
            watch.Restart();
        }

        await Schema.PrepareAsync(app.Services, ct);
        Lap("schema and demo company");
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(DemoPeople.Tenant, "Scale");
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var demo = new Demo(work, Sizes.Seed);
        var sqlite = work.Db.Engine.Name == "SQLite";
        await work.Db.Database.OpenConnectionAsync(ct);
        await BeginAsync(work.Db, sqlite, ct);
        var partners = await FillPartners.RunAsync(demo, sizes.Partners, ct);
        Lap($"{sizes.Partners:N0} partners");
        var accounts = await FillAccounts.RunAsync(demo, sizes, ct);
        Lap($"{sizes.Accounts:N0} accounts with keys and {sizes.Opportunities:N0} opportunities");
        await FillDeals.RunAsync(demo, sizes, accounts, partners, ct);
        Lap($"{sizes.Deals:N0} registrations with decisions");
        await new CountQuality(work).RunAsync(ct);
        await new CountSegments(work).RunAsync(ct);
        await work.Db.Engine.PrepareSearchAsync(work.Db, ct);
        Lap("the indexes for search");
        await EndAsync(work.Db, sqlite, ct);
        Lap("statistics");
        return new Filled(sizes, await TokenAsync(app, "ada@northwind.example", ct), await TokensAsync(app, partners.Take(Registering).Select(p => p.Email), ct), seconds);
    }

    // Bulk loading as an operator would do it: no flush at each commit, and on PostgreSQL the indexes for search made once, at the end; SQLite's take many rows at once by themselves.
    private static async Task BeginAsync(Db db, bool sqlite, CancellationToken ct)
    {
        if (sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF;", ct);
            return;
        }

        foreach (var table in Searched.Where(t => Searching.Tables(db.Model).Any(s => s.Table == t)))
        {
            var drop = $"DROP INDEX \"{table}_search\"";
            await db.Database.ExecuteSqlRawAsync(drop, ct);
        }
    }

    private static async Task EndAsync(Db db, bool sqlite, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlRawAsync(sqlite ? "PRAGMA wal_checkpoint(TRUNCATE);" : "VACUUM (ANALYZE)", ct);
        await db.Engine.AnalyseAsync(db, ct);
    }

    private static async Task<List<string>> TokensAsync(WebApplication app, IEnumerable<string> emails, CancellationToken ct)
    {
        List<string> tokens = [];
        foreach (var email in emails) tokens.Add(await TokenAsync(app, email, ct));
        return tokens;
    }

    private static async Task<string> TokenAsync(WebApplication app, string email, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(email, null, ct)).Value;
    }
}
