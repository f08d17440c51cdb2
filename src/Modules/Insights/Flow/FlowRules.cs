using Trellis.Deals.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>Pure: the way of a registration from its present facts, and the steps that it has taken.</summary>
internal static class FlowRules
{
    public const int NoTime = -1;

    /// <summary>Null for what is not registered: a draft. Motion and tier are those of the time of the registration, which <paramref name="known"/> remembers.</summary>
    public static FlowRow? Of(DealRow deal, FlowRow? known, Motion? motion, Tier tier)
    {
        if (deal.State == DealState.Draft || deal.SubmittedAt is not { } registered) return null;
        var same = known is not null && known.PartnerId == deal.PartnerId && known.RegisteredAt == registered;
        var waiting = deal.State is DealState.Submitted or DealState.InReview or DealState.InfoRequested;
        var over = !waiting && deal.State is not (DealState.Approved or DealState.Converted);
        var approved = !waiting && deal.State != DealState.Rejected && (deal.State != DealState.Withdrawn || deal.ExpiresOn is not null);
        var decided = waiting || (deal.State == DealState.Withdrawn && !approved) ? null : deal.DecidedAt ?? (approved ? registered : deal.ClosedAt);
        // A link from before the decision belongs to an earlier attempt; one made as the deal was closed came too late to tell anything.
        var linked = approved && deal.LinkedAt is { } link && (deal.State == DealState.Converted || (over && link >= decided && link < deal.ClosedAt)) ? deal.LinkedAt : null;
        var closed = over ? Day(deal.ClosedAt) : null;
        return new FlowRow
        {
            TenantId = deal.TenantId,
            DealId = deal.Id,
            PartnerId = deal.PartnerId,
            Motion = deal.Motion ?? (same ? known!.Motion : motion),
            Tier = same ? known!.Tier : tier,
            State = deal.State,
            RegisteredAt = registered,
            RegisteredOn = DateOnly.FromDateTime(registered),
            DecidedOn = Day(decided),
            Approved = approved,
            ConvertedOn = Day(linked) ?? (deal.State is DealState.Won or DealState.Lost ? closed : null),
            Linked = linked is not null,
            ClosedOn = closed,
            ExpectedOn = deal.ExpectedClose,
            Amount = deal.MainAmount,
            Expected = deal is { State: DealState.Won, WonAmount: > 0, Amount: > 0 } ? (long)((decimal)deal.MainAmount * deal.Amount / deal.WonAmount.Value) : deal.MainAmount,
            DealVersion = deal.Version,
        };
    }

    public static IEnumerable<(FlowStep Step, DateOnly Day, int Took)> Steps(FlowRow row)
    {
        yield return (FlowStep.Registered, row.RegisteredOn, NoTime);
        if (row.DecidedOn is { } decided)
        {
            yield return (FlowStep.Decided, decided, Days(row.RegisteredOn, decided));
            yield return (row.Approved ? FlowStep.Approved : FlowStep.Rejected, decided, NoTime);
        }

        if (row.ConvertedOn is { } converted) yield return (FlowStep.Converted, converted, row is { Linked: true, DecidedOn: { } since } ? Days(since, converted) : NoTime);
        if (row.ClosedOn is not { } closed) yield break;
        if (row is { Approved: true, ConvertedOn: null }) yield return (FlowStep.Dropped, closed, NoTime);
        if (row is { Linked: true, ConvertedOn: { } linked, State: DealState.Won or DealState.Lost }) yield return (FlowStep.Closed, closed, Days(linked, closed));
        if (End(row.State) is { } end) yield return (end, closed, end is FlowStep.Won or FlowStep.Lost ? Days(row.RegisteredOn, closed) : NoTime);
    }

    public static FlowStep? End(DealState state) => state switch
    {
        DealState.Won => FlowStep.Won,
        DealState.Lost => FlowStep.Lost,
        DealState.Expired => FlowStep.Expired,
        DealState.Withdrawn => FlowStep.Withdrawn,
        DealState.Revoked => FlowStep.Revoked,
        _ => null,
    };

    // A win can be dated back to a day before it was decided.
    private static int Days(DateOnly from, DateOnly to) => Math.Max(0, to.DayNumber - from.DayNumber);

    private static DateOnly? Day(DateTime? at) => at is { } known ? DateOnly.FromDateTime(known) : null;
}
