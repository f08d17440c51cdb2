using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Joint;

internal sealed record JointAnswer(JointValueId Id, bool Accept);

/// <summary>One of the two says yes or no; with two yeses it is credited to both, with one no to nobody.</summary>
internal sealed class ConfirmJoint(Work work, Notify notify) : UseCase<JointAnswer, JointState>(work)
{
    protected override Permission Permission => JointPermissions.Confirm;

    protected override async Task<Result<JointState>> HandleAsync(JointAnswer input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } me || await Db.Set<JointValue>().SingleOrDefaultAsync(j => j.Id == input.Id && (j.PartnerId == me || j.WithId == me), ct) is not { } joint) return Problem.Missing("joint value");
        if (!joint.AwaitsAnswerOf(me)) return new Problem(ProblemKind.Conflict, "partners.joint_answered", "Your company has answered already.");
        joint.Answer(me, input.Accept, Work.Actor.Name);
        await TellProposerAsync(joint, me, input.Accept, ct);
        return joint.State;
    }

    // Who wrote it down stands in the history of the record.
    private async Task TellProposerAsync(JointValue joint, PartnerId me, bool accept, CancellationToken ct)
    {
        var subject = joint.Id.ToString();
        var proposer = await Db.Set<AuditEntry>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(a => a.Subject == subject).OrderBy(a => a.Id).Select(a => new { a.ActorPerson, a.ActorPartner }).FirstOrDefaultAsync(ct);
        if (proposer is null || proposer.ActorPerson == default || proposer.ActorPerson == Work.Actor.Person) return;
        var name = await Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == me).Select(p => p.Name).SingleAsync(ct);
        var title = accept ? $"{name} agrees to the split of “{joint.Title}”" : $"{name} does not agree to the split of “{joint.Title}”";
        var text = joint.State switch { JointState.Agreed => "Both have agreed: it is credited to both.", JointState.Declined => "It is declined and counts for nobody.", _ => "It counts once the other partner has agreed, too." };
        // One of the two may have written it down itself.
        if (proposer.ActorPartner is { } partner) await notify.TellAsync(partner, proposer.ActorPerson, new News(JointSetup.Answered, title, text, "/portal/joint-value"), ct);
        else await notify.TellAsync([proposer.ActorPerson], new News(JointSetup.Answered, title, text, "/app/partners/joint-value"), ct);
    }
}
