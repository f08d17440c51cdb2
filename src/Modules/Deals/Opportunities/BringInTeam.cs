using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

internal sealed record BringInTeamInput(OpportunityId Opportunity, FormationId? Formation);

/// <summary>Brings in a whole team that has won before: invited on the linked deal, or planned, all of it or nothing.</summary>
internal sealed class BringInTeam(Work work, ApplyFormation apply, BringIn bring) : UseCase<BringInTeamInput, int>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<int>> HandleAsync(BringInTeamInput input, CancellationToken ct)
    {
        var found = await Work.OfVendorAsync(input.Opportunity, ct);
        if (!found.Ok) return found.Problem;
        if (found.Value is { } deal) return await apply.RunAsync(new FormationChoice(deal, input.Formation), ct);
        var formation = input.Formation is { } id ? await Db.Set<Formation>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.OwnerId == null, ct) : null;
        if (formation is null) return CoalitionProblems.NoFormation();
        foreach (var place in formation.Places)
        {
            var planned = await bring.RunAsync(new BringInInput(input.Opportunity, place.Partner, place.Role, place.ShareBasisPoints, place.WorkBasisPoints, place.Visibility), ct);
            if (!planned.Ok) return planned.Problem with { Message = $"{place.PartnerName}: {planned.Problem.Message}" };
        }

        return formation.Places.Count;
    }
}
