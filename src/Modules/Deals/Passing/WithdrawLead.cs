using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>The vendor takes an offer back, or a lead that was accepted: that only who decides on leads.</summary>
internal sealed class WithdrawLead(Work work, LeadMail mail) : UseCase<LeadDecision, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Pass;

    protected override async Task<Result<LeadId>> HandleAsync(LeadDecision input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner) return PassingProblems.VendorOnly();
        if (new Check().Text(input.Text, "text", "The reason", 1000).Problem is { } problem) return problem;
        var trigger = found.Value.State == LeadState.Accepted ? LeadTrigger.Revoke : LeadTrigger.Withdraw;
        if (trigger == LeadTrigger.Revoke && !Work.Actor.May(PassingPermissions.Decide)) return PassingProblems.DecidersOnly();
        var moved = found.Value.Move(Work, trigger, input.Text!.Trim());
        if (!moved.Ok) return moved.Problem;
        await mail.WithdrawnAsync(found.Value, ct);
        return found.Value.Id;
    }
}
