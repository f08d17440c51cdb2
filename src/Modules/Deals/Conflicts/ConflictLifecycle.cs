using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

internal enum ConflictTrigger
{
    Suspect,
    Dispute,
    Mediate,
    Settle,
    Appeal,
}

/// <summary>From a suspicion to a decision; an appeal opens it once more.</summary>
internal static class ConflictLifecycle
{
    public static readonly Machine<ConflictState, ConflictTrigger> Machine = new("conflicts",
        (ConflictState.None, ConflictTrigger.Suspect, ConflictState.Suspected),
        (ConflictState.None, ConflictTrigger.Dispute, ConflictState.Disputed),
        (ConflictState.Suspected, ConflictTrigger.Dispute, ConflictState.Disputed),
        (ConflictState.Suspected, ConflictTrigger.Mediate, ConflictState.Mediated),
        (ConflictState.Suspected, ConflictTrigger.Settle, ConflictState.Settled),
        (ConflictState.Disputed, ConflictTrigger.Mediate, ConflictState.Mediated),
        (ConflictState.Disputed, ConflictTrigger.Settle, ConflictState.Settled),
        (ConflictState.Mediated, ConflictTrigger.Settle, ConflictState.Settled),
        (ConflictState.Settled, ConflictTrigger.Appeal, ConflictState.Disputed));

    /// <summary>States in which somebody still has to do something.</summary>
    public static readonly ConflictState[] Open = [ConflictState.Suspected, ConflictState.Disputed, ConflictState.Mediated];

    /// <summary>The state that a deal shows: the most alive of its conflicts'.</summary>
    public static ConflictState Strongest(IEnumerable<ConflictState> states) =>
        states.DefaultIfEmpty(ConflictState.None).MaxBy(s => s switch { ConflictState.Disputed => 4, ConflictState.Mediated => 3, ConflictState.Suspected => 2, ConflictState.Settled => 1, _ => 0 });

    /// <summary>Which decisions a kind of conflict can have.</summary>
    public static IReadOnlyList<ConflictOutcome> Outcomes(ConflictKind kind) => kind switch
    {
        ConflictKind.PartnerPartner => [ConflictOutcome.ClaimantHolds, ConflictOutcome.OtherHolds, ConflictOutcome.Shared, ConflictOutcome.NoneHolds, ConflictOutcome.NoConflict],
        ConflictKind.PartnerDirect => [ConflictOutcome.ClaimantHolds, ConflictOutcome.OtherHolds, ConflictOutcome.NoConflict],
        ConflictKind.Credit => [ConflictOutcome.Shared, ConflictOutcome.NoConflict],
        _ => [ConflictOutcome.ClaimantHolds, ConflictOutcome.OtherHolds],
    };
}

/// <summary>A step upwards of a conflict that waits too long.</summary>
/// <param name="Hours">After how many hours it is taken, whether anybody works then or not.</param>
/// <param name="Roles">With whom it is then.</param>
internal sealed record ConflictStep(int Hours, params string[] Roles);

/// <summary>
/// How quickly a conflict moves: identify in 24 hours, investigate in 48, decide in 72; what waits longer goes up: to channel operations, after a week to the executive, after two
/// weeks to the administrators as well.
/// </summary>
internal static class ConflictClock
{
    public const int LookWithin = 24;
    public const int HearWithin = 48;
    public const int DecideWithin = 72;

    /// <summary>Level 1 and those above it.</summary>
    public static readonly ConflictStep[] Upwards = [new(DecideWithin, Roles.ChannelOperations), new(168, Roles.Executive), new(336, Roles.Executive, Roles.Administrator)];

    public static DateTime? Due(ConflictState state, DateTime openedAt, DateTime? disputedAt) => state switch
    {
        ConflictState.Suspected => openedAt.AddHours(LookWithin),
        ConflictState.Disputed => (disputedAt ?? openedAt).AddHours(HearWithin),
        ConflictState.Mediated => (disputedAt ?? openedAt).AddHours(DecideWithin),
        _ => null,
    };

    /// <summary>How high a conflict stands at an instant. A suspicion that nobody looks at goes up by the same clock, from the day on which it was found.</summary>
    public static int Level(ConflictState state, DateTime openedAt, DateTime? disputedAt, DateTime now)
    {
        if (!ConflictLifecycle.Open.Contains(state)) return 0;
        var waited = (now - From(state, openedAt, disputedAt)).TotalHours;
        return Upwards.Count(s => waited >= s.Hours);
    }

    /// <summary>Since when an open conflict stands as high as it does; null where it has not gone up.</summary>
    public static DateTime? RaisedAt(ConflictState state, DateTime openedAt, DateTime? disputedAt, int level) =>
        level > 0 && ConflictLifecycle.Open.Contains(state) ? From(state, openedAt, disputedAt).AddHours(Upwards[level - 1].Hours) : null;

    private static DateTime From(ConflictState state, DateTime openedAt, DateTime? disputedAt) => state == ConflictState.Suspected ? openedAt : disputedAt ?? openedAt;

    public static string Label(int level) => level switch { 0 => "In time", 1 => "With channel operations", 2 => "With the executive", _ => "With the executive and the administrators" };
}
