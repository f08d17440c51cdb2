using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A draft of the rules of passing as text.</summary>
/// <param name="Text">The text file.</param>
/// <param name="Note">What changes and why.</param>
/// <param name="Version">The version of the draft that the caller has seen; null where it has seen none.</param>
internal sealed record PassingDraftInput(string? Text, string? Note, long? Version = null);

/// <summary>Keeps the one draft of the rules of passing. It is checked and tested when it is kept: what is wrong is told where it stands.</summary>
internal sealed class KeepPassingRules(Work work) : UseCase<PassingDraftInput, PassingRulesId>(work)
{
    public const string LockKey = "deals.passing_rules";

    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<PassingRulesId>> HandleAsync(PassingDraftInput input, CancellationToken ct)
    {
        if (new Check().Text(input.Note, "note", "What changes", 1000).Problem is { } noted) return noted;
        if (Text.OrNull(input.Text) is not { } typed) return Problem.Invalid("text", "Write the rules, one thing a line.");
        var read = RuleFileReader.Read(typed);
        if (!read.Ok) return read.Problem;
        if (Checked(read.Value).Problem is { } wrong) return wrong;
        await Work.LockAsync(LockKey, ct);
        var draft = await Db.Set<PassingRules>().FirstOrDefaultAsync(r => r.State == PassingRulesState.Draft, ct);
        if (input.Version is { } seen && seen != (draft?.Version ?? 0)) return Problem.Stale();
        if (draft is null) Db.Add(draft = new PassingRules { TenantId = Work.Tenant, Id = Work.NewId<PassingRulesId>() });
        (draft.Content, draft.Note, draft.ChangedAt, draft.ChangedByName) = (read.Value.ToJson(), input.Note!.Trim(), Work.Now, Work.Actor.Name);
        return draft.Id;
    }

    /// <summary>The table, or what is wrong with it or with one of its tests.</summary>
    public static Result<DecisionTable> Checked(RuleSetText text)
    {
        var built = DecisionTable.Build(text, RuleKind.Passing);
        if (!built.Ok) return built;
        return RuleTests.Failing(built.Value) is { } failing ? failing : built;
    }
}

/// <summary>The day from which the draft decides.</summary>
internal sealed record PassingPublication(DateOnly? EffectiveFrom = null, long? Version = null);

/// <summary>Publishes the draft. Earlier versions stay, for the leads that they have decided.</summary>
internal sealed class PublishPassingRules(Work work) : UseCase<PassingPublication, PassingRulesId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishRules;

    protected override async Task<Result<PassingRulesId>> HandleAsync(PassingPublication input, CancellationToken ct)
    {
        if (input.EffectiveFrom < Work.Today) return RulesProblems.InPast();
        await Work.LockAsync(KeepPassingRules.LockKey, ct);
        var draft = await Db.Set<PassingRules>().FirstOrDefaultAsync(r => r.State == PassingRulesState.Draft, ct);
        if (draft is null) return RulesProblems.MissingDraft();
        if (input.Version is { } seen && seen != draft.Version) return Problem.Stale();
        if (KeepPassingRules.Checked(RuleSetText.FromJson(draft.Content)).Problem is { } wrong) return wrong;
        var moved = Work.Move(PassingRules.Machine, draft.Id.ToString(), draft.State, PassingRulesTrigger.Publish, draft.Note);
        if (!moved.Ok) return moved.Problem;
        // The shipped rules are version 1.
        draft.Publish(1 + (await PassingBook.Published(Work).MaxAsync(r => (int?)r.Number, ct) ?? 1), input.EffectiveFrom ?? Work.Today);
        return draft.Id;
    }
}

/// <summary>Throws the draft away.</summary>
internal sealed class DiscardPassingRules(Work work) : UseCase<PassingPublication, PassingRulesId>(work)
{
    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<PassingRulesId>> HandleAsync(PassingPublication input, CancellationToken ct)
    {
        await Work.LockAsync(KeepPassingRules.LockKey, ct);
        var draft = await Db.Set<PassingRules>().FirstOrDefaultAsync(r => r.State == PassingRulesState.Draft, ct);
        if (draft is null) return RulesProblems.MissingDraft();
        var moved = Work.Move(PassingRules.Machine, draft.Id.ToString(), draft.State, PassingRulesTrigger.Discard);
        if (!moved.Ok) return moved.Problem;
        draft.Discard();
        return draft.Id;
    }
}
