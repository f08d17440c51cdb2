using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Takes a contribution away: its author, or one of the vendor's people who manage partners.</summary>
internal sealed class RemoveContribution(Work work) : UseCase<(PartnerId Partner, ContributionId Contribution), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, ContributionId Contribution) input, CancellationToken ct)
    {
        var row = await Db.Set<Contribution>().SingleOrDefaultAsync(c => c.Id == input.Contribution && c.PartnerId == input.Partner, ct);
        if (row is null) return Problem.Missing("contribution");
        if (!Contributions.MayRemove(Work.Actor, row.AuthorId)) return PartnersProblems.NotYourNote();
        Db.Remove(row);
        return default(Done);
    }
}
