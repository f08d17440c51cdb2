using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>A win of the direct team, without any partner's registration.</summary>
internal sealed record DirectWin(string Name, AccountId Account, ProductId? Product, DateOnly ClosedOn);

/// <summary>An earning line with its promised day.</summary>
internal sealed record PaidLine(string Id, string Title, PartnerId Partner, DateOnly Promised, DateOnly? PaidOn);

/// <summary>A tier given by a person.</summary>
internal sealed record GivenTier(PartnerId Partner, Tier From, Tier To, string By, string? Reason, DateOnly Day);

/// <summary>Everything that the report is computed from.</summary>
internal sealed record FairFacts
{
    public required TenantId Tenant { get; init; }
    public required DateOnly From { get; init; }
    public required DateTime Now { get; init; }
    public required IReadOnlyList<DecisionFact> Decisions { get; init; }
    public required IReadOnlyList<DirectWin> DirectWins { get; init; }
    public required IReadOnlyList<PaidLine> Lines { get; init; }
    public required IReadOnlyList<GivenTier> Tiers { get; init; }
    public required IReadOnlyList<PassedLead> Leads { get; init; }
    public required IReadOnlyDictionary<PartnerId, (string Name, Tier Tier)> Partners { get; init; }
    public required Func<FairRowId> NewId { get; init; }
}

/// <summary>Pure: which rows each measure has, and which of them count.</summary>
internal static class FairRules
{
    public const int LostWithin = 180;

    /// <summary>With what the note of a protection begins that we took back; the reason follows.</summary>
    public const string TakenBack = "Taken back: ";

    public static IReadOnlyList<FairRow> Rows(FairFacts facts)
    {
        var registered = facts.Decisions.GroupBy(d => d.Partner).ToDictionary(g => g.Key, g => g.Select(d => d.Deal).Distinct().Count());
        var large = registered.OrderByDescending(r => r.Value).ThenBy(r => r.Key.Value).Take((registered.Count + 9) / 10).Select(r => r.Key).ToHashSet();
        static string Share(bool counted) => counted ? "Of the largest tenth" : "Of the others";
        var years = Math.Max(1.0 / 12, (DateOnly.FromDateTime(facts.Now).DayNumber - facts.From.DayNumber) / 365.0);
        FairRow Row(FairMeasure measure, string subject, string title, PartnerId partner, DateOnly day, bool counted, string note, long? minutes = null) => new()
        {
            TenantId = facts.Tenant,
            Id = facts.NewId(),
            Measure = measure,
            Subject = subject,
            Title = title,
            PartnerId = partner,
            PartnerName = facts.Partners.TryGetValue(partner, out var known) ? known.Name : "",
            Tier = known.Tier,
            Size = FairFigures.SizeOf((int)Math.Round(registered.GetValueOrDefault(partner) / years)),
            Day = day,
            Counted = counted,
            Note = Text.Storable(note, 400),
            Minutes = minutes,
        };

        return
        [
            .. facts.Decisions.Where(d => d.RulesSaid is null && d.Asked.IsJudged(facts.Now)).Select(d => Row(FairMeasure.DecisionInTime, d.Deal.ToString(), d.Title, d.Partner, DateOnly.FromDateTime(d.SubmittedAt),
                d.Asked.InTime, d.DecidedAt is { } at ? at <= d.PromisedBy ? "In time" : $"Late by {Span(at - d.PromisedBy)}" : d.TakenBackAt is null ? "Still waiting" : "Taken back by the partner after the promised time", d.DecidedAt is { } done ? (long)(done - d.SubmittedAt).TotalMinutes : null)),
            .. facts.Decisions.Where(d => d.RulesSaid is not null).Select(d => Row(FairMeasure.RulesOverridden, d.Deal.ToString(), d.Title, d.Partner, DateOnly.FromDateTime(d.SubmittedAt), Overridden(d), Overridden(d) ? d.Reason ?? "No reason given" : "As the rules said")),
            .. Lost(facts).Select(l => Row(FairMeasure.LostToDirect, l.Decision.Deal.ToString(), l.Decision.Title, l.Decision.Partner, l.Day, l.Win is not null, l.Win is { } win ? $"Direct win {win.Name} on {win.ClosedOn:yyyy-MM-dd}" : "No direct win within 180 days")),
            .. Protections(facts).Select(p => Row(FairMeasure.ProtectionHonoured, p.Decision.Deal.ToString(), p.Decision.Title, p.Decision.Partner, p.Decision.ProtectedFrom!.Value, p.Breach is null, p.Breach ?? "Honoured")),
            .. facts.Lines.Where(l => l.PaidOn is not null || l.Promised < DateOnly.FromDateTime(facts.Now)).Select(l => Row(FairMeasure.PaidInTime, l.Id, l.Title, l.Partner, l.Promised, l.PaidOn <= l.Promised, l.PaidOn is { } on ? $"Paid on {on:yyyy-MM-dd}" : "Not paid yet")),
            .. facts.Tiers.Select(t => Row(FairMeasure.TierByHand, t.Partner.ToString(), $"{Words.Label(t.From)} to {Words.Label(t.To)}", t.Partner, t.Day, t.To > t.From, $"{t.By}: {t.Reason}")),
            .. facts.Decisions.Where(d => d.ProtectedFrom is not null).Select(d => Row(FairMeasure.LargePartners, d.Deal.ToString(), d.Title, d.Partner, d.ProtectedFrom!.Value, large.Contains(d.Partner), Share(large.Contains(d.Partner)))),
            .. facts.Leads.Select(l => Row(FairMeasure.LeadsToLarge, l.Lead, l.Customer, l.Partner, DateOnly.FromDateTime(l.PassedAt), large.Contains(l.Partner), Share(large.Contains(l.Partner)))),
        ];
    }

    /// <summary>A person decided otherwise than the rules: took back or refused what they approved, or approved what they refused.</summary>
    public static bool Overridden(DecisionFact d) => (d.RulesSaid, d.PersonSaid) is (DealState.Approved, DealState.Rejected or DealState.Revoked) or (DealState.Rejected, DealState.Approved);

    private static IEnumerable<(DecisionFact Decision, DateOnly Day, DirectWin? Win)> Lost(FairFacts facts)
    {
        var wins = facts.DirectWins.ToLookup(w => w.Account);
        foreach (var d in facts.Decisions.Where(d => d is { Account: not null, DecidedAt: not null } && (d.PersonSaid ?? d.RulesSaid) == DealState.Rejected))
        {
            // Before its window has passed nobody knows: it would only make the share look small.
            var day = DateOnly.FromDateTime(d.DecidedAt!.Value);
            if (day.AddDays(LostWithin) >= DateOnly.FromDateTime(facts.Now)) continue;
            yield return (d, day, wins[d.Account!.Value].Where(w => w.ClosedOn > day && w.ClosedOn <= day.AddDays(LostWithin)).MinBy(w => w.ClosedOn));
        }
    }

    private static IEnumerable<(DecisionFact Decision, string? Breach)> Protections(FairFacts facts)
    {
        var wins = facts.DirectWins.ToLookup(w => w.Account);
        var claims = facts.Decisions.Where(d => d is { Account: not null, ProtectedFrom: not null }).ToLookup(d => d.Account!.Value);
        foreach (var d in claims.SelectMany(g => g).Where(d => d.ProtectedUntil is not null))
        {
            var (from, until) = (d.ProtectedFrom!.Value, d.ProtectedUntil!.Value);
            var rival = claims[d.Account!.Value].FirstOrDefault(o => o.Partner != d.Partner && Same(o.Product, d.Product) && o.DecidedAt > d.DecidedAt && o.ProtectedFrom < until);
            var win = wins[d.Account.Value].FirstOrDefault(w => Same(w.Product, d.Product) && w.ClosedOn > from && w.ClosedOn < until);
            yield return (d, d.RevokedOn <= until ? $"{TakenBack}{d.Reason ?? "No reason given"}" : rival is not null ? $"Another partner was protected on {rival.ProtectedFrom:yyyy-MM-dd}" : win is not null ? $"Direct win {win.Name} on {win.ClosedOn:yyyy-MM-dd}" : null);
        }
    }

    private static bool Same(ProductId? a, ProductId? b) => a is null || b is null || a == b;

    public static string Span(TimeSpan time) => time.TotalHours < 48 ? $"{Math.Max(1, Math.Round(time.TotalHours)):0} h" : $"{Math.Round(time.TotalDays):0} days";
}
