using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>What a registration goes through beside its status, for its page on both sides.</summary>
internal sealed record DealLife
{
    public required ProtectionState Protection { get; init; }
    public required ExtensionRoom Extensions { get; init; }
    public required bool MayExtend { get; init; }
    public required bool MayAmend { get; init; }
    public required bool MayRenew { get; init; }
    public required int ResubmissionsLeft { get; init; }
    public string? Distributor { get; init; }
    public DealId? RenewalOf { get; init; }
    public DealId? Renewal { get; init; }
    public string? EscalatedFrom { get; init; }
    public required bool AwaitsPartner { get; init; }
    /// <summary>For the vendor. A partner is told only that it is looked at: what stands in the vendor's records is the vendor's own.</summary>
    public required AccountState? AccountState { get; init; }

    public required IReadOnlyList<RequestLine> Requests { get; init; }

    public static async Task<Result<DealLife>> FindAsync(Work work, DealId id, CancellationToken ct) =>
        await OfAsync(work, await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct), ct);

    /// <summary>The same of a deal that was read already.</summary>
    public static async Task<Result<DealLife>> OfAsync(Work work, Deal? deal, CancellationToken ct)
    {
        if (deal is null || (work.Actor.IsPartner && !deal.IsHeldBy(work.Actor.Partner)) || (deal.State == DealState.Draft && !work.Actor.IsPartner)) return DealsProblems.Missing();
        var acts = work.Actor.IsPartner && work.Actor.May(DealsPermissions.Register);
        var room = await ExtensionRoom.FindAsync(work, deal, ct);
        var renewal = deal.State == DealState.Won ? await Renewals.OfAsync(work, deal.Id, ct) : null;
        var distributor = deal.DistributorId is { } d ? await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == d).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;
        return new DealLife
        {
            Protection = deal.ProtectionState,
            Extensions = room,
            MayExtend = acts && deal.State == DealState.Approved && deal.ProtectionState != ProtectionState.ExtensionRequested && room.Left > 0,
            MayAmend = acts && Amend.Possible(deal.State),
            MayRenew = acts && deal.State == DealState.Won && renewal is null && !(deal.ClosedAt < work.Now.AddMonths(-Renewals.IncumbentMonths)),
            ResubmissionsLeft = deal.ResubmissionsLeft,
            Distributor = distributor,
            RenewalOf = deal.RenewalOf,
            Renewal = renewal,
            EscalatedFrom = deal.EscalatedFrom,
            AwaitsPartner = deal.AwaitsPartner,
            AccountState = work.Actor.IsPartner && deal.AccountState != Deals.AccountState.Pending ? null : deal.AccountState,
            Requests = await RequestList.OfDealAsync(work, deal, ct),
        };
    }
}
