using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>How one registration was decided, and what was promised for it.</summary>
/// <param name="Deal">The registration.</param>
/// <param name="SubmittedAt">When the partner submitted it.</param>
/// <param name="PromisedBy">Until when the vendor's rules promise a decision, later by the time in which the vendor waited for the partner's answer.</param>
/// <param name="DecidedAt">When it was first approved or refused; null while it waits.</param>
/// <param name="RulesSaid">What the rules decided by themselves; null where they handed it to a person.</param>
/// <param name="PersonSaid">What a person decided last: approved, rejected or revoked; null where none did.</param>
/// <param name="Reason">The reason code of a refusal or revocation, in words.</param>
/// <param name="ProtectedFrom">The day of the approval.</param>
/// <param name="ProtectedUntil">The last day of protection: it ends early when the registration ends.</param>
public sealed record DecisionFact(
    DealId Deal, string Title, PartnerId Partner, AccountId? Account, ProductId? Product, OpportunityId? Opportunity,
    DateTime SubmittedAt, DateTime PromisedBy, DateTime? DecidedAt, DealState? RulesSaid, DealState? PersonSaid, string? Reason, DateOnly? ProtectedFrom, DateOnly? ProtectedUntil);

/// <summary>The decisions of a time, read from the history of moves. For jobs of the vendor: it sees every partner.</summary>
public static class DecisionHistory
{
    private const string Rules = "Rules of engagement";

    /// <summary>All registrations submitted on or after <paramref name="since"/>.</summary>
    public static async Task<IReadOnlyList<DecisionFact>> ReadAsync(Work work, DateTime since, CancellationToken ct)
    {
        var rules = await RuleBook.EffectiveAsync(work, ct);
        var within = rules is null ? DefaultRules.Text.DecideWithin : RuleSetText.FromJson(rules.Content).DecideWithin;
        var machine = DealLifecycle.Machine.Name;
        var deals = await work.Db.Set<Deal>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.SubmittedAt != null && d.SubmittedAt >= since)
            .Select(d => new Registered(d.Id, d.Title, d.PartnerId, d.AccountId, d.ProductId, d.OpportunityId, d.SubmittedAt!.Value, d.ReasonCode, d.ExpiresOn, d.ClosedAt, d.State)).ToListAsync(ct);
        var moves = (await work.Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == machine && t.At >= since).OrderBy(t => t.At).ThenBy(t => t.Id)
            .Select(t => new Moved(t.Subject, t.From, t.To, t.At, t.ActorName)).ToListAsync(ct)).ToLookup(t => t.Subject);
        var calendar = work.Settings.Calendar;
        return [.. deals.Select(d => Of(d, [.. moves[d.Id.ToString()]], within, calendar))];
    }

    private static DecisionFact Of(Registered deal, IReadOnlyList<Moved> moves, int within, WorkCalendar calendar)
    {
        var first = moves.FirstOrDefault(m => m.From == Words.Of(DealState.Submitted));
        var decided = moves.FirstOrDefault(m => Decided(m.To) is DealState.Approved or DealState.Rejected);
        var byRules = first is not null && first.By.StartsWith(Rules, StringComparison.Ordinal) ? Decided(first.To) : null;
        // A deal that goes to another partner keeps its status: nobody has decided anew.
        var byPerson = moves.LastOrDefault(m => m.From != m.To && Decided(m.To) is not null && !m.By.StartsWith(Rules, StringComparison.Ordinal));
        var approved = moves.FirstOrDefault(m => Decided(m.To) == DealState.Approved);
        var ended = deal.State is not (DealState.Approved or DealState.Converted) && deal.ClosedAt is { } at ? DateOnly.FromDateTime(at) : (DateOnly?)null;
        return new DecisionFact(
            deal.Id, deal.Title, deal.Partner, deal.Account, deal.Product, deal.Opportunity, deal.SubmittedAt, calendar.Add(deal.SubmittedAt, within) + Waited(moves, decided?.At), decided?.At,
            byRules, byPerson is null ? null : Decided(byPerson.To), deal.Reason is { } reason ? ReasonCodes.Label(reason) : null,
            approved is null ? null : DateOnly.FromDateTime(approved.At), approved is null ? null : ended < deal.ExpiresOn ? ended : deal.ExpiresOn);
    }

    // The clock stands while the partner is asked.
    private static TimeSpan Waited(IReadOnlyList<Moved> moves, DateTime? until)
    {
        var (waited, asked) = (TimeSpan.Zero, (DateTime?)null);
        foreach (var move in moves.Where(m => until is null || m.At <= until))
        {
            if (asked is { } since && move.From == Words.Of(DealState.InfoRequested)) (waited, asked) = (waited + (move.At - since), null);
            if (move.To == Words.Of(DealState.InfoRequested)) asked = move.At;
        }

        return waited;
    }

    private static DealState? Decided(string state) => Words.Parse<DealState>(state) is { } known and (DealState.Approved or DealState.Rejected or DealState.Revoked) ? known : null;

    private sealed record Registered(
        DealId Id, string Title, PartnerId Partner, AccountId? Account, ProductId? Product, OpportunityId? Opportunity, DateTime SubmittedAt, ReasonCode? Reason, DateOnly? ExpiresOn, DateTime? ClosedAt, DealState State);

    private sealed record Moved(string Subject, string From, string To, DateTime At, string By);
}
