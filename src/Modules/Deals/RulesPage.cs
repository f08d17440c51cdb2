using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A version of the rules, without its table.</summary>
internal sealed record RulesVersion(RuleSetId Id, int Number, DateOnly EffectiveFrom, DateTime PublishedAt, string PublishedByName, string Note, bool Withdrawn = false, string? WithdrawnWhy = null)
{
    public static RulesVersion Of(RuleSet rules) => new(rules.Id, rules.Number, rules.EffectiveFrom, rules.PublishedAt, rules.PublishedByName, rules.Note, rules.WithdrawnAt is not null, rules.WithdrawnWhy);

    /// <summary>Whether it can still be taken back.</summary>
    public bool IsPlanned(DateOnly today) => !Withdrawn && EffectiveFrom > today;
}

/// <summary>A rule in plain words.</summary>
internal sealed record PlainRule(string Id, string When, string Then, Outcome Outcome)
{
    /// <summary>What the partner reads then, where somebody has written it in the reader's language; the plain words stand there in any case.</summary>
    public string? Says { get; init; }

    public static string? SaidBy(RuleText rule, RuleSetText table) => Languages.Current?.Code is { } language && rule.Says?.GetValueOrDefault(language) is { } said
        ? TableChecks.Fill(said, name => name == "decide_within" ? T(table.DecideWithin, "{0} business day", "{0} business days") : Phrases.Open(name)) : null;
}

/// <summary>The rules of engagement as they are read: the version, the table, the plain words.</summary>
internal sealed record RulesDetail(RulesVersion Version, bool Decides, RuleSetText Table, IReadOnlyList<PlainRule> Plain, IReadOnlyList<RulesVersion> Versions)
{
    /// <summary>Who decides first, and to whom it goes when that is late.</summary>
    public EscalationPath Upwards => EscalationPath.Of(Table);
}

/// <summary>Reads the published rules.</summary>
internal static class RulesPage
{
    /// <summary>The asked version, or the one that decides today. Before the first decision of a tenant these are the shipped rules.</summary>
    public static async Task<Result<RulesDetail>> FindAsync(Work work, int? number, CancellationToken ct)
    {
        var versions = await work.Db.Set<RuleSet>().AsNoTracking().OrderByDescending(r => r.Number)
            .Select(r => new RulesVersion(r.Id, r.Number, r.EffectiveFrom, r.PublishedAt, r.PublishedByName, r.Note, r.WithdrawnAt != null, r.WithdrawnWhy)).Take(100).ToListAsync(ct);
        var current = await RuleBook.EffectiveAsync(work, ct);
        var shown = number is { } asked && asked != current?.Number
            ? await work.Db.Set<RuleSet>().AsNoTracking().SingleOrDefaultAsync(r => r.Number == asked, ct)
            : current ?? RuleBook.First(work.Tenant, default, work.Now);
        if (shown is null) return Problem.Missing("version of the rules");
        // A partner reads what is in force and what was, since it was decided by it; not what is planned, was taken back, or has never decided.
        bool Was(RulesVersion version) => current is null || version.Number == current.Number || RuleBook.WasInForce(version, versions, work.Now);
        if (work.Actor.IsPartner && !Was(RulesVersion.Of(shown))) return Problem.Missing("version of the rules");
        var text = RuleSetText.FromJson(shown.Content);
        var table = DecisionTable.Of(text);
        return new RulesDetail(
            work.Actor.IsPartner ? ForPartners(RulesVersion.Of(shown)) : RulesVersion.Of(shown),
            current is null || shown.Number == current.Number,
            work.Actor.IsPartner ? OwnFacts.ForPartners(text) : text,
            work.Actor.IsPartner ? PlainForPartners(table) : Plain(table),
            work.Actor.IsPartner ? [.. versions.Where(Was).Select(ForPartners)] : versions);
    }

    // Who has published it and what was noted is the vendor's own.
    private static RulesVersion ForPartners(RulesVersion version) => version with { PublishedByName = "", Note = "", WithdrawnWhy = null };

    // That there is a condition is said; what it asks of the vendor's own records is not.
    private static IReadOnlyList<PlainRule> PlainForPartners(DecisionTable table) =>
        [.. table.Rules.Select(r => new PlainRule(r.Text.Id, Phrases.When(r, f => f.Own || Vocabulary.ByName.ContainsKey(f.Name)), Phrases.Then(r.Text, table.Text), r.Text.Outcome) { Says = PlainRule.SaidBy(r.Text, table.Text) })];

    public static IReadOnlyList<PlainRule> Plain(DecisionTable table) =>
        [.. table.Rules.Select(r => new PlainRule(r.Text.Id, Phrases.When(r), Phrases.Then(r.Text, table.Text), r.Text.Outcome) { Says = PlainRule.SaidBy(r.Text, table.Text) })];
}
