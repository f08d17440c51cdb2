using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Where both stand with a company, and what comes next. Without a registration the linked one stays; <paramref name="Unlink"/> takes it off.</summary>
internal sealed record TargetChange(TargetId Target, TargetState? State, DealSide? NextSide, string? NextStep, DateOnly? NextOn, string? Contacts, DealId? Deal = null, bool Unlink = false, long? Version = null);

/// <summary>Either side writes down where it stands with a company of the list; a registration of the partner can be linked.</summary>
internal sealed class ChangeTarget(Work work, TargetMail mail, TakePlanOver plan) : UseCase<TargetChange, TargetId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetId>> HandleAsync(TargetChange input, CancellationToken ct)
    {
        var target = await Db.Set<Target>().SingleOrDefaultAsync(t => t.Id == input.Target, ct);
        if (target is null) return TargetProblems.NoTarget();
        var list = await Work.TargetListAsync(target.ListId, ct);
        if (!list.Ok) return list.Problem;
        if (input.Version is { } seen && seen != target.Version) return Problem.Stale();
        var check = new Check()
            .That(input.State is not null, "state", "Choose where you stand.")
            .That(input.NextSide is DealSide.Vendor or DealSide.Partner, "nextSide", "Choose the vendor or the partner.")
            .Text(input.NextStep, "nextStep", "The next step", 500, required: false)
            .Text(input.Contacts, "contacts", "The contacts", 500, required: false)
            .That(input.NextOn is not { } day || (day >= Work.Today.AddYears(-1) && day <= Work.Today.AddYears(5)), "nextOn", "Choose a day within the next years.");
        if (check.Problem is { } problem) return problem;
        // A draft that the partner has begun is none of this form's: it goes neither with an empty choice nor with a version that was read before.
        var registered = await TargetPage.RegisteredAsync(Work, target, ct);
        if (input.Deal is { } deal && deal != registered && !(await TargetPage.DealsOfAsync(Work, target, ct)).Any(d => d.Id == deal)) return TargetProblems.NotYourDeal();
        var turned = target.NextSide != input.NextSide!.Value && input.State is not (TargetState.Dropped or TargetState.Deal);
        (target.State, target.NextSide, target.NextStep, target.NextOn) = (input.Deal is not null && registered is null ? TargetState.Deal : input.State!.Value, input.NextSide.Value, Text.OrNull(input.NextStep), input.NextOn);
        if (input.Deal is { } linked && linked != registered) await plan.IntoAsync(target, linked, ct);
        (target.Contacts, target.DealId, target.ChangedAt, target.ChangedByName) = (Text.OrNull(input.Contacts), input.Deal ?? (input.Unlink && registered is not null ? null : target.DealId), Work.Now, Work.Actor.Name);
        if (turned) await mail.YourTurnAsync(list.Value, target, ct);
        return target.Id;
    }
}
