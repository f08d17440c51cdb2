using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Joint;

/// <summary>The vendor takes away what was not agreed.</summary>
internal sealed class DropJoint(Work work) : UseCase<JointValueId, Done>(work)
{
    protected override Permission Permission => JointPermissions.Propose;

    protected override async Task<Result<Done>> HandleAsync(JointValueId input, CancellationToken ct)
    {
        if (await Db.Set<JointValue>().SingleOrDefaultAsync(j => j.Id == input, ct) is not { } joint) return Problem.Missing("joint value");
        if (joint.State == JointState.Agreed) return new Problem(ProblemKind.Conflict, "partners.joint_agreed", "Both have agreed to it: it stays.");
        Db.Remove(joint);
        return default(Done);
    }
}
