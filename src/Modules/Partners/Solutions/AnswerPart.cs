using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

internal sealed record PartAnswer(SolutionGroupId Group, bool Accept);

/// <summary>The partner's own yes or no; a later no takes it out again.</summary>
internal sealed class AnswerPart(Work work, DirectoryShelf shelf) : UseCase<PartAnswer, Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Answer;

    protected override async Task<Result<Done>> HandleAsync(PartAnswer input, CancellationToken ct)
    {
        var me = Work.Actor.Partner;
        var part = await Db.Set<SolutionPart>().SingleOrDefaultAsync(p => p.GroupId == input.Group && p.PartnerId == me, ct);
        if (me is null || part is null) return SolutionProblems.Missing();
        var next = (part.State, input.Accept) switch
        {
            (PartState.Invited, true) => PartState.Accepted,
            (PartState.Invited, false) => PartState.Declined,
            (PartState.Accepted, false) => PartState.Left,
            _ => (PartState?)null,
        };
        if (next is not { } state) return SolutionProblems.Answered(part.State);
        (part.State, part.AnsweredBy, part.AnsweredAt) = (state, Work.Actor.Name, Work.Now);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
