using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Ends one motion today; the others go on.</summary>
internal sealed class EndMotion(Work work) : UseCase<(PartnerId Partner, Motion Motion), Motion>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Motion>> HandleAsync((PartnerId Partner, Motion Motion) input, CancellationToken ct)
    {
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var motion = await Db.Set<PartnerMotion>().SingleOrDefaultAsync(m => m.PartnerId == input.Partner && m.Motion == input.Motion, ct);
        if (motion is null) return PartnersProblems.NoMotion();
        if (motion.State == MotionState.Ended) return PartnersProblems.MotionEnded();
        if (await Ownership.Owners.RefuseAsync(Work, "state", ct) is { } owned) return owned;
        (motion.State, motion.Until) = (MotionState.Ended, Work.Today);
        Motions.MotionHistory.Keep(Work, motion);
        return input.Motion;
    }
}
