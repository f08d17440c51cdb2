using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Pure: the submissions of one registration, from its moves and the decisions of the rules.</summary>
internal static class Submissions
{
    private const string Rules = "Rules of engagement";
    private static readonly string Draft = Words.Of(DealState.Draft), Submitted = Words.Of(DealState.Submitted);

    public static IEnumerable<DecisionFact> Of(DecisionHistory.Registered deal, IReadOnlyList<DecisionHistory.Moved> moves, IReadOnlyList<DecisionHistory.Ruled> decisions, DecisionHistory.Promises promises)
    {
        int[] starts = [.. Enumerable.Range(0, moves.Count).Where(i => moves[i].To == Submitted && moves[i].From == Draft)];
        // What was brought in from elsewhere has no move of submission.
        if (starts.Length == 0 && deal.SubmittedAt is { } at) return [One(deal, at, moves, decisions, true, promises)];
        return starts.Select((start, i) =>
        {
            var (from, last) = (moves[start].At, i == starts.Length - 1);
            IReadOnlyList<DecisionHistory.Moved> own = [.. moves.Skip(start).Take((last ? moves.Count : starts[i + 1]) - start)];
            var next = last ? DateTime.MaxValue : moves[starts[i + 1]].At;
            return One(deal, from, own, [.. decisions.Where(d => d.At >= from && d.At < next)], last, promises);
        });
    }

    private static DecisionFact One(DecisionHistory.Registered deal, DateTime at, IReadOnlyList<DecisionHistory.Moved> moves, IReadOnlyList<DecisionHistory.Ruled> decisions, bool last, DecisionHistory.Promises promises)
    {
        var first = moves.FirstOrDefault(m => m.From == Submitted);
        var decided = moves.FirstOrDefault(m => Decided(m.To) is DealState.Approved or DealState.Rejected);
        // What was changed while it waited was decided anew, with a promise of its own; what was changed afterwards says nothing of this decision.
        var ruled = decisions.LastOrDefault(d => decided is null || d.At <= decided.At) ?? decisions.FirstOrDefault();
        var byRules = first is not null && ByRules(first) ? Decided(first.To) : null;
        // A deal that goes to another partner keeps its status: nobody has decided anew.
        var byPerson = moves.LastOrDefault(m => m.From != m.To && Decided(m.To) is not null && !ByRules(m));
        var approved = moves.FirstOrDefault(m => Decided(m.To) == DealState.Approved);
        var revoked = moves.LastOrDefault(m => Decided(m.To) == DealState.Revoked);
        if (revoked is not null && moves.Any(m => m.At > revoked.At && Decided(m.To) == DealState.Approved)) revoked = null;
        var given = approved is null ? null : Given(moves, approved.At);
        // A draft that is written anew has lost the day of its last protection.
        var promised = last && deal.ExpiresOn is { } day ? day : ruled?.ProtectedUntil;
        return new DecisionFact(
            deal.Id, deal.Title, deal.Partner, deal.Account, deal.Product, deal.Opportunity, at, promises.By(at, ruled) + Waited(moves, decided?.At), decided?.At,
            byRules, byPerson is null ? null : Decided(byPerson.To), Reason(deal, ruled, byPerson, last), approved is null ? null : DateOnly.FromDateTime(approved.At),
            approved is null ? null : given < promised || promised is null ? given : promised)
        {
            TakenBackAt = decided is null ? moves.FirstOrDefault(m => m.To == Draft || m.To == Words.Of(DealState.Withdrawn))?.At : null,
            RevokedOn = revoked is null ? null : DateOnly.FromDateTime(revoked.At),
        };
    }

    // The code of a refusal stands on the registration until it is sent again; that of an approval against the rules stays with their decision.
    private static string? Reason(DecisionHistory.Registered deal, DecisionHistory.Ruled? ruled, DecisionHistory.Moved? byPerson, bool last) =>
        byPerson is not null && Decided(byPerson.To) == DealState.Approved ? ruled?.OverriddenFor is { } why ? OverrideReasons.Label(why) : null
        : last && deal.Reason is { } reason ? ReasonCodes.Label(reason) : null;

    // The day on which the partner gave it up, or on which it was won or lost. What the vendor takes back does not shorten the promise.
    private static DateOnly? Given(IReadOnlyList<DecisionHistory.Moved> moves, DateTime approved) =>
        moves.LastOrDefault(m => m.At >= approved && Words.Parse<DealState>(m.To) is DealState.Withdrawn or DealState.Won or DealState.Lost) is { } end ? DateOnly.FromDateTime(end.At) : null;

    // The clock stands while the partner is asked.
    private static TimeSpan Waited(IReadOnlyList<DecisionHistory.Moved> moves, DateTime? until)
    {
        var (waited, asked) = (TimeSpan.Zero, (DateTime?)null);
        foreach (var move in moves.Where(m => until is null || m.At <= until))
        {
            if (asked is { } since && move.From == Words.Of(DealState.InfoRequested)) (waited, asked) = (waited + (move.At - since), null);
            if (move.To == Words.Of(DealState.InfoRequested)) asked = move.At;
        }

        return waited;
    }

    private static bool ByRules(DecisionHistory.Moved move) => move.By.StartsWith(Rules, StringComparison.Ordinal);

    private static DealState? Decided(string state) => Words.Parse<DealState>(state) is { } known and (DealState.Approved or DealState.Rejected or DealState.Revoked) ? known : null;
}
