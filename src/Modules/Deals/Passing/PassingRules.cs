using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Names a version of the rules of passing.</summary>
internal readonly record struct PassingRulesId(Guid Value) : ITypedId<PassingRulesId>
{
    public static string Prefix => "plr";
    public static PassingRulesId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PassingRulesId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum PassingRulesState
{
    Draft,
    Published,
    Discarded,
}

internal enum PassingRulesTrigger
{
    Publish,
    Discard,
}

/// <summary>A version of the rules of passing. A draft decides nothing; what is published never changes.</summary>
internal sealed class PassingRules : ITenantOwned, IVersioned
{
    public static readonly Machine<PassingRulesState, PassingRulesTrigger> Machine = new("passing_rules",
        (PassingRulesState.Draft, PassingRulesTrigger.Publish, PassingRulesState.Published),
        (PassingRulesState.Draft, PassingRulesTrigger.Discard, PassingRulesState.Discarded));

    public TenantId TenantId { get; init; }
    public PassingRulesId Id { get; init; }

    /// <summary>1, 2, 3 … within the tenant; 0 for a draft.</summary>
    public int Number { get; private set; }

    public PassingRulesState State { get; private set; }

    /// <summary>The first day on which it decides.</summary>
    public DateOnly? EffectiveFrom { get; private set; }

    /// <summary>The table as JSON.</summary>
    public string Content { get; set; } = "";

    /// <summary>What changed and why.</summary>
    public string Note { get; set; } = "";

    public DateTime ChangedAt { get; set; }
    public string ChangedByName { get; set; } = "";
    public long Version { get; set; }

    public void Publish(int number, DateOnly from) => (State, Number, EffectiveFrom) = (PassingRulesState.Published, number, from);

    public void Discard() => State = PassingRulesState.Discarded;
}

/// <summary>A version without its table.</summary>
internal sealed record PassingVersion(int Number, DateOnly? EffectiveFrom, DateTime ChangedAt, string ChangedByName, string Note);

/// <summary>The rules of passing as they are read. A partner reads neither the vendor's sentences and tests nor who has published them.</summary>
internal sealed record PassingDetail(int Number, DateOnly? EffectiveFrom, bool Decides, RuleSetText Table, IReadOnlyList<PlainRule> ToPartner, IReadOnlyList<PlainRule> ToVendor, IReadOnlyList<PassingVersion> Versions)
{
    /// <summary>What somebody is working on; for those who may.</summary>
    public PassingDraft? Draft { get; init; }
}

internal sealed record PassingDraft(string Text, string Note, long Version, DateTime ChangedAt, string ChangedBy);

/// <summary>The published versions of a tenant. One without any decides by the shipped rules, which are version 1.</summary>
internal static class PassingBook
{
    public static async Task<(int Number, RuleSetText Text)> CurrentAsync(Work work, CancellationToken ct)
    {
        var today = work.Today;
        var found = await Published(work).Where(r => r.EffectiveFrom <= today).OrderByDescending(r => r.EffectiveFrom).ThenByDescending(r => r.Number).FirstOrDefaultAsync(ct);
        return found is null ? (1, DefaultPassing.Text) : (found.Number, RuleSetText.FromJson(found.Content));
    }

    /// <summary>The version by which a lead was decided, so that it can be decided again.</summary>
    public static async Task<RuleSetText> VersionAsync(Work work, int number, CancellationToken ct) =>
        await Published(work).Where(r => r.Number == number).Select(r => r.Content).FirstOrDefaultAsync(ct) is { } content ? RuleSetText.FromJson(content) : DefaultPassing.Text;

    public static async Task<Result<PassingDetail>> FindAsync(Work work, int? number, CancellationToken ct)
    {
        var current = await CurrentAsync(work, ct);
        var (partner, today) = (work.Actor.IsPartner, work.Today);
        // A partner reads what decides and what has decided, not what is planned: versions decide by their days, in whatever order they were published.
        var all = await Published(work).Where(r => !partner || r.EffectiveFrom <= today).OrderByDescending(r => r.Number).Take(100).Select(r => new PassingVersion(r.Number, r.EffectiveFrom, r.ChangedAt, r.ChangedByName, r.Note)).ToListAsync(ct);
        var asked = number ?? current.Number;
        if (asked != 1 && all.All(v => v.Number != asked)) return Problem.Missing("version of the rules");
        var text = asked == current.Number ? current.Text : await VersionAsync(work, asked, ct);
        var table = DecisionTable.Of(text);
        var plain = table.Rules.ToLookup(r => Cell(r) is { } cell && !cell.Holds(FactValue.Of(Words.Of(LeadDirection.ToPartner))),
            r => new PlainRule(r.Text.Id, Phrases.When(r with { Conditions = [.. r.Conditions.Where(c => c.Fact != PassingVocabulary.Direction)] }), Phrases.Then(r.Text, text), r.Text.Outcome));
        return new PassingDetail(asked, all.FirstOrDefault(v => v.Number == asked)?.EffectiveFrom, asked == current.Number, partner ? ForPartners(text) : text, [.. plain[false]], [.. plain[true]],
            partner ? [.. all.Select(v => v with { ChangedByName = "", Note = "" })] : all)
        { Draft = work.Actor.May(DealsPermissions.EditRules) ? await DraftAsync(work, ct) : null };
    }

    public static IQueryable<PassingRules> Published(Work work) => work.Db.Set<PassingRules>().AsNoTracking().Where(r => r.State == PassingRulesState.Published);

    private static Cell? Cell(Rule rule) => rule.Conditions.FirstOrDefault(c => c.Fact == PassingVocabulary.Direction).Cell;

    private static RuleSetText ForPartners(RuleSetText text) => text with { Rules = [.. text.Rules.Select(r => r with { ForVendor = r.ForPartner })], Tests = [] };

    private static async Task<PassingDraft?> DraftAsync(Work work, CancellationToken ct) =>
        await work.Db.Set<PassingRules>().AsNoTracking().Where(r => r.State == PassingRulesState.Draft).OrderByDescending(r => r.ChangedAt).FirstOrDefaultAsync(ct) is { } draft
            ? new PassingDraft(RuleFile.Write(RuleSetText.FromJson(draft.Content)), draft.Note, draft.Version, draft.ChangedAt, draft.ChangedByName) : null;
}
