using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A partner gives an accepted lead back and says why.</summary>
internal sealed class ReturnLead(Work work, LeadMail mail) : UseCase<LeadAnswer, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Answer;

    protected override async Task<Result<LeadId>> HandleAsync(LeadAnswer input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.Partner != lead.PartnerId || lead.Direction != LeadDirection.ToPartner) return PassingProblems.NotYours();
        if (Declining.Check(input with { Accept = false }).Problem is { } problem) return problem;
        var moved = lead.Move(Work, LeadTrigger.Return, Text.OrNull(input.Text));
        if (!moved.Ok) return moved.Problem;
        lead.Because(input.Reason, null);
        await mail.AnsweredAsync(lead, ct);
        return lead.Id;
    }
}
