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
