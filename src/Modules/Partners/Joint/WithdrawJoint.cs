using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Joint;

/// <summary>The partner that has written it down takes it back while the other one has not answered. It stays to be read, as declined.</summary>
internal sealed class WithdrawJoint(Work work) : UseCase<JointValueId, JointState>(work)
{
    protected override Permission Permission => JointPermissions.Suggest;

    protected override async Task<Result<JointState>> HandleAsync(JointValueId input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } me || await Db.Set<JointValue>().SingleOrDefaultAsync(j => j.Id == input && (j.PartnerId == me || j.WithId == me), ct) is not { } joint) return Problem.Missing("joint value");
        if (!joint.CanWithdraw(me)) return new Problem(ProblemKind.Conflict, "partners.joint_answered_there", "Only who has written it down takes it back, and only until the other one has answered.");
        joint.Answer(me, false, Work.Actor.Name);
        return joint.State;
    }
}
