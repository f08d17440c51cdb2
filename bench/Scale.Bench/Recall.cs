using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
using Trellis.Host;
using Trellis.Identity;
using Trellis.Kernel;

namespace Trellis.Scale.Bench;

/// <summary>Asks the tables for accounts as people write them, by the very look-up that a registration makes: how many are found, and how many of those named are right.</summary>
internal static class Recall
{
    private const double Wanted = 0.98;
    private const double Right = 0.95;

    public static async Task<List<Figure>> RunAsync(Sizes sizes, int known, CancellationToken ct)
    {
        await using var app = Serve.Build([]);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(DemoPeople.Tenant, "Scale");
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var names = CompanySpellings.List(sizes.Accounts, Sizes.Seed);
        int asked = 0, held = 0, found = 0, said = 0;
        var times = new List<double>();
        foreach (var writing in CompanySpellings.Writings(sizes.Accounts, Sizes.Seed, known, Sizes.Seed + 3))
        {
            var began = Stopwatch.GetTimestamp();
            var matches = await Customers.MatchAsync(work, new TypedCustomer(writing.Asked.Name!, writing.Asked.Domain, writing.Asked.Country, writing.Asked.TaxNumber, writing.Asked.City), ct);
            if (asked++ >= 50) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            said += matches.Count;
            if (writing.How is null) continue;
            held++;
            if (matches.Any(m => m.Name == names[writing.Truth].Name)) found++;
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"{asked:N0} writings, half of them of companies that are not there");
        return
        [
            Figure.One("fuzzy search for the customer: recall", (double)found / held, "", Wanted, atLeast: true, note),
            Figure.One("fuzzy search for the customer: precision", said == 0 ? 1 : (double)found / said, "", Right, atLeast: true, note),
            Figure.Times("fuzzy search for the customer, in the process", times, null),
        ];
    }
}
