using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Opportunities;

/// <summary>A partner for an opportunity.</summary>
/// <param name="Opportunity">The opportunity.</param>
/// <param name="Partner">Who shall come in.</param>
/// <param name="Role">What it will do.</param>
/// <param name="ShareBasisPoints">Its share of the credit, 0 to 10,000.</param>
/// <param name="WorkBasisPoints">Its share of the work; null for none said.</param>
/// <param name="Visibility">What it sees; null for a summary.</param>
/// <param name="Note">Words for the partners on the deal, and for the invited one once it has accepted.</param>
internal sealed record BringInInput(OpportunityId Opportunity, PartnerId? Partner, DealRole? Role, int? ShareBasisPoints, int? WorkBasisPoints = null, DealVisibility? Visibility = null, string? Note = null);

/// <summary>What became of it: an invitation on the linked deal, or a planned place as long as there is none.</summary>
internal sealed record BroughtIn(DealId? Deal, PlannedPlaceId? Planned);

/// <summary>Brings a partner into an opportunity: invites it to the linked deal, or keeps the place until a partner has registered the deal.</summary>
internal sealed class BringIn(Work work, InviteMember invite, AddComment comment) : UseCase<BringInInput, BroughtIn>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<BroughtIn>> HandleAsync(BringInInput input, CancellationToken ct)
    {
        var found = await Work.OfVendorAsync(input.Opportunity, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Note, "note", "The note", 1000, required: false).Problem is { } problem) return problem;
        if (Text.OrNull(input.Note) is not null && !Work.Actor.May(DealsPermissions.Comment)) return Problem.Denied(DealsPermissions.Comment);
        if (found.Value is not { } deal) return await PlanAsync(input, ct) is var planned && planned.Ok ? new BroughtIn(null, planned.Value) : planned.Problem;
        var invited = await invite.RunAsync(new InviteInput(deal, input.Partner, null, input.Role, input.ShareBasisPoints) { WorkBasisPoints = input.WorkBasisPoints, Visibility = input.Visibility }, ct);
        if (!invited.Ok) return invited.Problem;
        return await Work.SayAsync(comment, deal, input.Note, ct) is { } refused ? refused : new BroughtIn(deal, null);
    }

    private async Task<Result<PlannedPlaceId>> PlanAsync(BringInInput input, CancellationToken ct)
    {
        var check = new Check()
            .That(input.Partner is not null, "partner", "Whom do you invite?")
            .That(input.Role is not null and not DealRole.Source, "role", "Choose what the partner will do. The source is the partner that registered.")
            .That(input.ShareBasisPoints is >= 0 and <= 10_000, "share", "A share lies between 0 and 100 %.")
            .That(input.WorkBasisPoints is null or (>= 0 and <= 10_000), "work", "A share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        var (id, of) = (input.Partner!.Value, input.Opportunity);
        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (partner is null || !Registration.MayRegister(partner.State)) return DealsProblems.NoSuchPartner();
        var there = await Db.Set<PlannedPlace>().Where(p => p.OpportunityId == of && p.SettledAt == null).ToListAsync(ct);
        if (there.Exists(p => p.PartnerId == id)) return OpportunityProblems.AlreadyPlanned();
        if (input.ShareBasisPoints > 10_000 - there.Sum(p => p.ShareBasisPoints)) return DealsProblems.SharesExceeded(10_000 - there.Sum(p => p.ShareBasisPoints));
        if (input.WorkBasisPoints > 10_000 - there.Sum(p => p.WorkBasisPoints)) return CoalitionProblems.WorkExceeded(10_000 - there.Sum(p => p.WorkBasisPoints));
        var place = new PlannedPlace
        {
            TenantId = Work.Tenant, Id = Work.NewId<PlannedPlaceId>(), OpportunityId = of, PartnerId = id, Role = input.Role!.Value, ShareBasisPoints = input.ShareBasisPoints!.Value,
            WorkBasisPoints = input.WorkBasisPoints ?? 0, Visibility = input.Visibility ?? DealVisibility.Summary, Note = Text.OrNull(input.Note),
            PlannedAt = Work.Now, PlannedBy = Work.Actor.Person, PlannedByName = Work.Actor.Name,
        };
        Db.Add(place);
        return place.Id;
    }
}

/// <summary>What the use cases on one opportunity share.</summary>
internal static class Saying
{
    /// <summary>The deal that the opportunity is linked to, or null; for the vendor's people. Two who bring somebody in wait for each other.</summary>
    public static async Task<Result<DealId?>> OfVendorAsync(this Work work, OpportunityId opportunity, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !await work.Db.Set<OpportunityRow>().AnyAsync(o => o.Id == opportunity, ct)) return Problem.Missing("opportunity");
        await work.LockAsync($"opportunity:{opportunity}", ct);
        return await OpportunityTeams.DealAsync(work, opportunity, ct);
    }

    /// <summary>The note stands on the deal at once, for everybody there who reads messages; the invited partner reads it once it has accepted.</summary>
    public static async Task<Problem?> SayAsync(this Work work, AddComment comment, DealId deal, string? note, CancellationToken ct)
    {
        if (Text.OrNull(note) is not { } words) return null;
        var found = await work.WorkingOnAsync(deal, DealPart.Messages, null, ct);
        if (!found.Ok) return found.Problem;
        await comment.WriteAsync(found.Value, words, CommentAudience.Shared, ct);
        return null;
    }
}
