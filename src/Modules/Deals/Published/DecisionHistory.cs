using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Published;

/// <summary>How one submission of a registration was decided, and what was promised for it. One that is corrected and sent again is another submission.</summary>
/// <param name="Deal">The registration.</param>
/// <param name="SubmittedAt">When the partner submitted it.</param>
/// <param name="PromisedBy">Until when a decision was promised then, later by the time in which the vendor waited for the partner's answer.</param>
/// <param name="DecidedAt">When it was first approved or refused; null while it waits.</param>
/// <param name="RulesSaid">What the rules decided by themselves; null where they handed it to a person.</param>
/// <param name="PersonSaid">What a person decided last: approved, rejected or revoked; null where none did.</param>
/// <param name="Reason">Why a person refused, revoked, or approved what the rules had refused, in words.</param>
/// <param name="ProtectedFrom">The day of the approval.</param>
/// <param name="ProtectedUntil">The last day of protection as it was promised; it ends early only when the partner gives it up or the deal is won or lost.</param>
public sealed record DecisionFact(
    DealId Deal, string Title, PartnerId Partner, AccountId? Account, ProductId? Product, OpportunityId? Opportunity,
    DateTime SubmittedAt, DateTime PromisedBy, DateTime? DecidedAt, DealState? RulesSaid, DealState? PersonSaid, string? Reason, DateOnly? ProtectedFrom, DateOnly? ProtectedUntil)
{
    /// <summary>When the partner took it back before anybody had decided.</summary>
    public DateTime? TakenBackAt { get; init; }

    /// <summary>The submission as a question to the vendor, by which the promise is measured.</summary>
    public AskedFact Asked => new(Partner, AskedKind.Registration, SubmittedAt, PromisedBy, DecidedAt) { TakenBackAt = TakenBackAt };

    /// <summary>The day on which the vendor took the protection back before its promised end, and did not give it again.</summary>
    public DateOnly? RevokedOn { get; init; }
}

/// <summary>The decisions of a time, read from the kept decisions and the history of moves. For jobs of the vendor: it sees every partner.</summary>
public static class DecisionHistory
{
    /// <summary>All submissions on or after <paramref name="since"/>.</summary>
    public static async Task<IReadOnlyList<DecisionFact>> ReadAsync(Work work, DateTime since, CancellationToken ct)
    {
        var machine = DealLifecycle.Machine.Name;
        // A draft that was sent before has no day of submission, and its submissions count.
        var deals = await work.Db.Set<Deal>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(d => d.SubmittedAt >= since || (d.SubmittedAt == null && d.StateSince >= since && (d.State == DealState.Draft || d.State == DealState.Withdrawn)))
            .Select(d => new Registered(d.Id, d.Title, d.PartnerId, d.AccountId, d.ProductId, d.OpportunityId, d.SubmittedAt, d.ReasonCode, d.ExpiresOn)).ToListAsync(ct);
        var moves = (await work.Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == machine && t.At >= since).OrderBy(t => t.At).ThenBy(t => t.Id)
            .Select(t => new Moved(t.Subject, t.From, t.To, t.At, t.ActorName)).ToListAsync(ct)).ToLookup(t => t.Subject);
        var decisions = (await work.Db.Set<Decision>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.At >= since).OrderBy(d => d.Id)
            .Select(d => new Ruled(d.DealId, d.At, d.RuleSetId, d.PromisedBy, d.OverriddenFor, d.ProtectedUntil)).ToListAsync(ct)).ToLookup(d => d.Deal);
        var promises = await Promises.LoadAsync(work, ct);
        return [.. deals.SelectMany(d => Submissions.Of(d, [.. moves[d.Id.ToString()]], [.. decisions[d.Id]], promises))];
    }

    internal sealed record Registered(DealId Id, string Title, PartnerId Partner, AccountId? Account, ProductId? Product, OpportunityId? Opportunity, DateTime? SubmittedAt, ReasonCode? Reason, DateOnly? ExpiresOn);

    internal sealed record Moved(string Subject, string From, string To, DateTime At, string By);

    internal sealed record Ruled(DealId Deal, DateTime At, RuleSetId Rules, DateTime? PromisedBy, OverrideReason? OverriddenFor, DateOnly? ProtectedUntil);

    /// <summary>What was promised when: for decisions that were made before the promise was kept with them.</summary>
    internal sealed record Promises(WorkCalendar Calendar, IReadOnlyDictionary<RuleSetId, int> Days, IReadOnlyList<(DateOnly From, int Days)> ByDay)
    {
        public static async Task<Promises> LoadAsync(Work work, CancellationToken ct)
        {
            var versions = (await work.Db.Set<RuleSet>().AsNoTracking().OrderBy(r => r.EffectiveFrom).ThenBy(r => r.Number).Select(r => new { r.Id, r.EffectiveFrom, r.Content }).ToListAsync(ct))
                .ConvertAll(r => (r.Id, r.EffectiveFrom, Days: RuleSetText.FromJson(r.Content).DecideWithin));
            return new Promises(work.Settings.Calendar, versions.ToDictionary(v => v.Id, v => v.Days), versions.ConvertAll(v => (v.EffectiveFrom, v.Days)));
        }

        public DateTime By(DateTime submitted, Ruled? ruled)
        {
            if (ruled?.PromisedBy is { } kept) return kept;
            var day = DateOnly.FromDateTime(submitted);
            var days = ruled is not null && Days.TryGetValue(ruled.Rules, out var own) ? own : ByDay.LastOrDefault(v => v.From <= day, (From: day, Days: DefaultRules.Text.DecideWithin)).Days;
            return Calendar.Add(submitted, days);
        }
    }
}
