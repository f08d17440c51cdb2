using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

internal enum PlannedAct
{
    Invite,
    Drop,
}

internal sealed record PlannedInput(OpportunityId Opportunity, PlannedPlaceId Place, PlannedAct Act);

/// <summary>Makes an invitation of a planned place, as soon as the opportunity is linked to a deal, or drops it.</summary>
internal sealed class SettlePlanned(Work work, InviteMember invite, AddComment comment) : UseCase<PlannedInput, PlannedPlaceId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<PlannedPlaceId>> HandleAsync(PlannedInput input, CancellationToken ct)
    {
        var found = await Work.OfVendorAsync(input.Opportunity, ct);
        if (!found.Ok) return found.Problem;
        var place = await Db.Set<PlannedPlace>().SingleOrDefaultAsync(p => p.Id == input.Place && p.OpportunityId == input.Opportunity && p.SettledAt == null, ct);
        if (place is null) return OpportunityProblems.NoPlace();
        if (input.Act == PlannedAct.Invite)
        {
            if (found.Value is not { } deal) return OpportunityProblems.NobodyRegistered();
            var invited = await invite.RunAsync(new InviteInput(deal, place.PartnerId, null, place.Role, place.ShareBasisPoints) { WorkBasisPoints = place.WorkBasisPoints, Visibility = place.Visibility }, ct);
            if (!invited.Ok) return invited.Problem;
            // Whoever planned the place could say it: who invites only carries it out.
            if (await Work.SayAsync(comment, deal, place.Note, ct) is { } refused) return refused;
        }

        place.SettledAt = Work.Now;
        return place.Id;
    }
}
