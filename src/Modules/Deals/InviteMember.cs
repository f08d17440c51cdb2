using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>An invitation to a deal team.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Partner">The partner, by id; or null.</param>
/// <param name="Domain">The partner by its web address, for those who do not see the list of partners.</param>
/// <param name="Role">What it will do.</param>
/// <param name="ShareBasisPoints">Its share of the credit, 0 to 10,000.</param>
internal sealed record InviteInput(DealId Deal, PartnerId? Partner, string? Domain, DealRole? Role, int? ShareBasisPoints);

/// <summary>Vendor or holder invites a second partner with a role and a share; nothing counts until that partner accepts.</summary>
internal sealed class InviteMember(Work work, DealMail mail) : UseCase<InviteInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    /// <summary>Whether a page should offer it.</summary>
    public static bool Possible(Actor actor, bool full, DealState state) =>
        full && actor.May(DealsPermissions.Team) && state != DealState.Draft && !DealLifecycle.IsOver(state);

    protected override async Task<Result<DealId>> HandleAsync(InviteInput input, CancellationToken ct)
    {
        var found = Work.Actor.IsPartner ? await Work.OwnDealAsync(input.Deal, null, ct) : await Work.DealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var check = new Check()
            .That(input.Partner is not null || Text.OrNull(input.Domain) is not null, "partner", "Whom do you invite?")
            .That(input.Role is not null and not DealRole.Source, "role", "Choose what the partner will do. The source is the partner that registered.")
            .That(input.ShareBasisPoints is >= 0 and <= 10_000, "share", "A share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        if (deal.State == DealState.Draft || DealLifecycle.IsOver(deal.State)) return DealsProblems.Over(deal.State);

        var partner = await PartnerAsync(input, ct);
        if (partner is null || !Registration.MayRegister(partner.State)) return DealsProblems.NoSuchPartner();
        if (partner.Id == deal.PartnerId) return DealsProblems.HolderAsMember();

        await Work.LockAsync($"deal-team:{deal.Id}", ct);
        var team = await Db.Set<DealMember>().Where(m => m.DealId == deal.Id).ToListAsync(ct);
        var earlier = team.SingleOrDefault(m => m.PartnerId == partner.Id);
        if (earlier is { State: MemberState.Invited or MemberState.Accepted }) return DealsProblems.AlreadyOnTeam(earlier.State);
        var left = Shares.Left(team);
        if (input.ShareBasisPoints > left) return DealsProblems.SharesExceeded(left);

        var member = earlier ?? new DealMember { TenantId = Work.Tenant, DealId = deal.Id, PartnerId = partner.Id, HolderId = deal.PartnerId };
        (member.Role, member.ShareBasisPoints, member.State) = (input.Role!.Value, input.ShareBasisPoints!.Value, MemberState.Invited);
        (member.InvitedAt, member.InvitedByName, member.AnsweredAt, member.AnsweredByName) = (Work.Now, Work.Actor.Name, null, null);
        if (earlier is null) Db.Add(member);
        await mail.InvitedAsync(deal, member, ct);
        return deal.Id;
    }

    // A partner does not see other partners; it names its colleague by the web address that it knows.
    private async Task<PartnerRow?> PartnerAsync(InviteInput input, CancellationToken ct)
    {
        var partners = Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
        if (input.Partner is { } id && !Work.Actor.IsPartner) return await partners.SingleOrDefaultAsync(p => p.Id == id, ct);
        return Customer.Domain(input.Domain) is { } domain ? await partners.Where(p => p.Domain == domain).OrderBy(p => p.Since).FirstOrDefaultAsync(ct) : null;
    }
}

/// <summary>Shares of a team: what is invited counts as given, so that two answers can never exceed the whole.</summary>
internal static class Shares
{
    public static int Left(IEnumerable<DealMember> team) =>
        10_000 - team.Where(m => m.State is MemberState.Invited or MemberState.Accepted).Sum(m => m.ShareBasisPoints);
}
