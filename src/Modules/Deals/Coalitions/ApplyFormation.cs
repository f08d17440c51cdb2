using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

internal sealed record FormationChoice(DealId Deal, FormationId? Formation, long? Version = null);

/// <summary>Invites a whole team that has won before, in one step: all of it or nothing.</summary>
internal sealed class ApplyFormation(Work work, InviteMember invite) : UseCase<FormationChoice, int>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<int>> HandleAsync(FormationChoice input, CancellationToken ct)
    {
        var formation = input.Formation is { } id ? await Db.Set<Formation>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) : null;
        if (formation is null) return CoalitionProblems.NoFormation();
        var places = formation.Places;
        foreach (var place in places)
        {
            var invited = await invite.RunAsync(new InviteInput(input.Deal, place.Partner, null, place.Role, place.ShareBasisPoints)
            {
                WorkBasisPoints = place.WorkBasisPoints, Visibility = place.Visibility, Version = input.Version, Known = true,
            }, ct);
            if (!invited.Ok) return invited.Problem with { Message = $"{place.PartnerName}: {invited.Problem.Message}" };
        }

        return places.Count;
    }
}
