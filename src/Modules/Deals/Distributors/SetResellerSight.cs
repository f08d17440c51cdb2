using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Distributors;

internal static class DistributorPermissions
{
    public static readonly Permission SetSight = new("deals.reseller_sight", "Set what distributors see of their resellers’ deals", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
}

/// <summary>What a distributor may see of the deals of one of those below it.</summary>
internal sealed record ResellerSightInput(PartnerId Distributor, PartnerId? Reseller, DealVisibility? Level);

/// <summary>The vendor sets what a distributor sees of the deals of one of its resellers. It holds from the next look on, and the reseller reads it on each of its deals.</summary>
internal sealed class SetResellerSight(Work work) : UseCase<ResellerSightInput, Done>(work)
{
    protected override Permission Permission => DistributorPermissions.SetSight;

    protected override async Task<Result<Done>> HandleAsync(ResellerSightInput input, CancellationToken ct)
    {
        if (!await Db.Set<PartnerRow>().AnyAsync(p => p.Id == input.Distributor, ct)) return Problem.Missing("partner");
        if (input.Level is not { } level || !Enum.IsDefined(level)) return Problem.Invalid("level", "Choose what may be seen.");
        if (input.Reseller is not { } reseller) return Problem.Invalid("reseller", "Choose one of its resellers.");
        var below = await ResellerDeals.BelowAsync(Work, input.Distributor, ct);
        if (!below.Exists(t => t.Reseller == reseller)) return Problem.Invalid("reseller", "Choose one of its resellers.");
        var (distributor, sight) = (input.Distributor, await Db.Set<ResellerSight>().SingleOrDefaultAsync(s => s.DistributorId == input.Distributor && s.ResellerId == reseller, ct));
        if (sight is null) Db.Add(sight = new ResellerSight { TenantId = Work.Tenant, DistributorId = distributor, ResellerId = reseller });
        (sight.Level, sight.Reads, sight.SetByName, sight.SetAt) = (level, Db.Sights().Parts(level), Work.Actor.Name, Work.Now);
        return default(Done);
    }
}

/// <summary>A reseller on the page of its distributor.</summary>
/// <param name="Supplied">Supplied by this one itself.</param>
/// <param name="Tie">How the two are tied.</param>
/// <param name="ThroughName">The distributor in between, where there is one.</param>
internal sealed record ResellerLine(PartnerId Reseller, string Name, bool Supplied, DealVisibility Level, string Means, int Deals, ResellerTieKind Tie, string? ThroughName = null);

internal static class Resellers
{
    private const int Most = 500;

    /// <summary>Those below a partner, its own resellers first, then by name, with what it sees of their deals and how many there are.</summary>
    public static async Task<IReadOnlyList<ResellerLine>> OfAsync(Work work, PartnerId distributor, CancellationToken ct)
    {
        var ties = await ResellerDeals.BelowAsync(work, distributor, ct);
        if (ties.Count == 0) return [];
        var ids = ties.Select(t => t.Reseller).ToArray();
        var names = await DealList.PartnerNamesAsync(work, [.. ids, .. ties.Select(t => t.Through).OfType<PartnerId>()], ct);
        var counts = await work.Db.Set<Deal>().Where(d => ids.Contains(d.PartnerId) && d.State != DealState.Draft).GroupBy(d => d.PartnerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. ties.Select(t => new ResellerLine(t.Reseller, names.GetValueOrDefault(t.Reseller, ""), t.Kind == ResellerTieKind.Supplied, t.Level, ResellerDeals.Words(t.Sight), counts.GetValueOrDefault(t.Reseller), t.Kind, t.Through is { } through ? names.GetValueOrDefault(through) : null))
            .OrderBy(l => l.Tie).ThenBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Reseller.Value).Take(Most)];
    }
}
