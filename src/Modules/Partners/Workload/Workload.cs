using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;

namespace Trellis.Partners.Workload;

/// <summary>What one partner manager has to look after.</summary>
/// <param name="Manager">The person; null for partners without a manager.</param>
/// <param name="Name">The name; null for nobody.</param>
/// <param name="Partners">Partners that are not former.</param>
/// <param name="AtRisk">Of these at risk, dormant or suspended.</param>
/// <param name="Starting">Of these applicants or in onboarding.</param>
/// <param name="Quiet">Of these those with which nothing has happened for 90 days.</param>
/// <param name="Waiting">What waits in other modules, in the order of their labels.</param>
/// <param name="Share">Partners compared with the mean of those who manage at least one, in per cent; null for nobody.</param>
internal sealed record ManagerLoad(PersonId? Manager, string? Name, int Partners, int AtRisk, int Starting, int Quiet, IReadOnlyList<int> Waiting, int? Share);

/// <summary>The load of all managers.</summary>
/// <param name="Rows">Nobody’s first, then by partners.</param>
/// <param name="Waiting">What is counted in other modules.</param>
/// <param name="QuietAt">When the quiet partners were counted; null for now.</param>
internal sealed record ManagerLoads(IReadOnlyList<ManagerLoad> Rows, IReadOnlyList<string> Waiting, DateTime? QuietAt)
{
    public static readonly ManagerLoads None = new([], [], null);
}

/// <summary>Counts what each manager has: a page of the size of the team, however many partners there are.</summary>
internal static class WorkloadList
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partner-workload", GetAsync).WithTags("Partners").WithName("GetPartnerWorkload").WithSummary("What each partner manager has to look after").Produces<ManagerLoads>().ProducesProblem(403).Requires(PartnersPermissions.ViewWorkload);

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/partners/workload.csv", ExportAsync).Requires(PartnersPermissions.ViewWorkload).ExcludeFromDescription();

    public static async Task<ManagerLoads> LoadAsync(Work work, IEnumerable<IManagerLoad> sources, CancellationToken ct)
    {
        var counted = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.State != PartnerState.Former)
            .GroupBy(p => new { p.ManagerId, p.State }).Select(g => new { g.Key.ManagerId, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var run = await work.Db.Set<QualityRun>().AsNoTracking().SingleOrDefaultAsync(ct);
        var kept = run?.Read().Quiet;
        var quiet = kept ?? await QualityRun.QuietAsync(work, ct);
        var (labels, waiting) = (new List<string>(), new List<IReadOnlyDictionary<PersonId, int>>());
        foreach (var source in sources.Where(s => work.Actor.May(s.Permission)))
        {
            labels.Add(source.Label);
            waiting.Add(await source.CountAsync(ct));
        }

        var managers = await Managers.AllAsync(work, ct);
        var known = managers.Select(m => m.Id).ToHashSet();
        // Whoever manages partners and may not any more has them still, and stands here.
        var others = counted.Where(c => c.ManagerId is { } id && !known.Contains(id)).Select(c => c.ManagerId!.Value).Distinct().ToArray();
        var names = await work.Db.Set<Identity.Published.PersonRow>().Where(p => others.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        List<(PersonId? Id, string? Name)> people = [(null, null), .. managers.Select(m => ((PersonId?)m.Id, (string?)m.Name)), .. others.Select(o => ((PersonId?)o, names.GetValueOrDefault(o)))];
        // People who could manage partners and manage none would make everybody else look overloaded.
        var mean = counted.Where(c => c.ManagerId is not null).GroupBy(c => c.ManagerId).Select(g => g.Sum(c => c.Count)).DefaultIfEmpty().Average();
        return new ManagerLoads(
            [.. people.Select(Row).Where(r => r.Manager is not null || r.Partners > 0).OrderBy(r => r.Manager is not null).ThenByDescending(r => r.Partners).ThenBy(r => r.Name, StringComparer.CurrentCulture)],
            labels, kept is null ? null : run!.At);

        ManagerLoad Row((PersonId? Id, string? Name) person)
        {
            var own = counted.Where(c => c.ManagerId == person.Id).ToList();
            var partners = own.Sum(c => c.Count);
            return new ManagerLoad(person.Id, person.Name, partners, Of(PartnerState.AtRisk, PartnerState.Dormant, PartnerState.Suspended), Of(PartnerState.Applicant, PartnerState.Onboarding),
                quiet.GetValueOrDefault(QualityRun.KeyOf(person.Id)), [.. waiting.Select(w => w.GetValueOrDefault(person.Id ?? default))],
                person.Id is null || mean < 0.5 ? null : (int)Math.Round(100 * partners / mean));

            int Of(params PartnerState[] states) => own.Where(c => states.Contains(c.State)).Sum(c => c.Count);
        }
    }

    private static async Task<IResult> GetAsync(Work work, IEnumerable<IManagerLoad> sources, CancellationToken ct) => Results.Json(await LoadAsync(work, sources, ct), Json.Options);

    private static async Task<IResult> ExportAsync(Work work, IEnumerable<IManagerLoad> sources, CancellationToken ct)
    {
        var loads = await LoadAsync(work, sources, ct);
        return Results.Stream(stream => Csv.WriteAsync(stream, ["Manager", "Partners", "At risk", "Starting", "Quiet for 90 days", .. loads.Waiting], RowsAsync(loads), ct), "text/csv; charset=utf-8", $"partner-workload-{work.Today:yyyy-MM-dd}.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(ManagerLoads loads)
    {
        foreach (var row in loads.Rows)
        {
            await Task.CompletedTask;
            yield return [row.Name ?? "Nobody", N(row.Partners), N(row.AtRisk), N(row.Starting), N(row.Quiet), .. row.Waiting.Select(N)];
        }
    }

    private static string N(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
