using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>An invitation to a deal team.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Partner">The partner, by id; or null.</param>
/// <param name="Domain">The partner by its web address, for those who do not see the list of partners.</param>
/// <param name="Role">What it will do.</param>
/// <param name="ShareBasisPoints">Its share of the credit, 0 to 10,000.</param>
internal sealed record InviteInput(DealId Deal, PartnerId? Partner, string? Domain, DealRole? Role, int? ShareBasisPoints)
{
    /// <summary>Its share of the partners' work; null for none said.</summary>
    public int? WorkBasisPoints { get; init; }

    /// <summary>How much of the deal it sees; null for a summary.</summary>
    public DealVisibility? Visibility { get; init; }

    /// <summary>The version of the deal that the caller has seen.</summary>
    public long? Version { get; init; }

    /// <summary>The partner stands in a template that the actor may use, so a partner may name it by id.</summary>
    public bool Known { get; init; }
}

/// <summary>
/// Vendor or holder invites a partner with its terms; nothing counts until that partner accepts. Where the vendor invites, the holder consents first,
/// and until then the invited partner is not told.
/// </summary>
internal sealed class InviteMember(Work work, DealMail mail, CoalitionMail coalition) : UseCase<InviteInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    /// <summary>Whether a page should offer it.</summary>
    public static bool Possible(Actor actor, bool full, DealState state) =>
        full && actor.May(DealsPermissions.Team) && state != DealState.Draft && !DealLifecycle.IsOver(state);

    protected override async Task<Result<DealId>> HandleAsync(InviteInput input, CancellationToken ct)
    {
        var found = Work.Actor.IsPartner ? await Work.OwnDealAsync(input.Deal, input.Version, ct) : await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var check = new Check()
            .That(input.Partner is not null || Text.OrNull(input.Domain) is not null, "partner", "Whom do you invite?")
            .That(input.Role is not null and not DealRole.Source, "role", "Choose what the partner will do. The source is the partner that registered.")
            .That(input.ShareBasisPoints is >= 0 and <= 10_000, "share", "A share lies between 0 and 100 %.")
            .That(input.WorkBasisPoints is null or >= 0 and <= 10_000, "work", "A share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        if (deal.State == DealState.Draft || DealLifecycle.IsOver(deal.State)) return DealsProblems.Over(deal.State);

        var partner = await PartnerAsync(input, ct);
        if (partner is null || !Registration.MayRegister(partner.State)) return DealsProblems.NoSuchPartner();
        if (partner.Id == deal.PartnerId) return DealsProblems.HolderAsMember();

        await Work.LockAsync($"deal-team:{deal.Id}", ct);
        var team = await Db.Set<DealMember>().Where(m => m.DealId == deal.Id).ToListAsync(ct);
        var earlier = team.SingleOrDefault(m => m.PartnerId == partner.Id);
        if (earlier is { State: MemberState.Invited or MemberState.Accepted or MemberState.Proposed }) return DealsProblems.AlreadyOnTeam(earlier.State);
        if (input.ShareBasisPoints > Shares.Left(team)) return DealsProblems.SharesExceeded(Shares.Left(team));
        if (input.WorkBasisPoints > Shares.WorkLeft(team)) return CoalitionProblems.WorkExceeded(Shares.WorkLeft(team));

        var level = input.Visibility ?? DealVisibility.Summary;
        var terms = new Terms(input.Role!.Value, input.ShareBasisPoints!.Value, input.WorkBasisPoints ?? 0, level) { Reads = Db.Sights().Parts(level) };
        var byHolder = Work.Actor.IsPartner;
        var member = earlier ?? new DealMember { TenantId = Work.Tenant, DealId = deal.Id, PartnerId = partner.Id, HolderId = deal.PartnerId };
        (member.Role, member.ShareBasisPoints, member.WorkBasisPoints, member.Visibility, member.Reads) = (terms.Role, terms.ShareBasisPoints, terms.WorkBasisPoints, terms.Visibility, terms.Reads);
        (member.State, member.InvitedAt, member.InvitedByName, member.AnsweredAt, member.AnsweredByName) = (byHolder ? MemberState.Invited : MemberState.Proposed, Work.Now, Work.Actor.Name, null, null);
        if (earlier is null) Db.Add(member);
        var agreement = await AgreeOnAsync(deal, partner, terms, byHolder, ct);
        if (byHolder) await mail.InvitedAsync(deal, member, ct);
        else await coalition.ProposedAsync(deal, agreement, partner.Name, ct);
        return deal.Id;
    }

    private async Task<CoalitionAgreement> AgreeOnAsync(Deal deal, PartnerRow partner, Terms terms, bool byHolder, CancellationToken ct)
    {
        var agreement = new CoalitionAgreement
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<AgreementId>(),
            DealId = deal.Id,
            PartnerId = partner.Id,
            HolderId = deal.PartnerId,
            State = byHolder ? AgreementState.Offered : AgreementState.Proposed,
            ProposedAt = Work.Now,
            ProposedByName = Work.Actor.Name,
            ProposedByHolder = byHolder,
            ConsentedAt = byHolder ? Work.Now : null,
            ConsentedByName = byHolder ? Work.Actor.Name : null,
        };
        var (holder, name) = await Work.NamesAsync(deal.PartnerId, partner.Id, ct);
        agreement.Write(terms, deal, holder, name, Work.Vendor(), Work.Now);
        Db.Add(agreement);
        return agreement;
    }

    // A partner does not see other partners; it names its colleague by the web address that it knows.
    private async Task<PartnerRow?> PartnerAsync(InviteInput input, CancellationToken ct)
    {
        var partners = Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
        if (input.Partner is { } id && (input.Known || !Work.Actor.IsPartner)) return await partners.SingleOrDefaultAsync(p => p.Id == id, ct);
        return Customer.Domain(input.Domain) is { } domain ? await partners.Where(p => p.Domain == domain).OrderBy(p => p.Since).FirstOrDefaultAsync(ct) : null;
    }
}

/// <summary>What of a whole is agreed, what is offered and not answered yet, and what is free.</summary>
internal sealed record ShareParts(int Agreed, int Offered, int Free);

/// <summary>
/// Shares of a team: what is offered counts as given, so that two answers can never exceed the whole. What the vendor has only proposed is offered to nobody until the holder consents.
/// </summary>
internal static class Shares
{
    public static ShareParts Credit(IReadOnlyCollection<DealMember> team) => new(team.Where(m => m.State == MemberState.Accepted).Sum(m => m.ShareBasisPoints), team.Where(m => m.State == MemberState.Invited).Sum(m => m.ShareBasisPoints), Left(team));

    public static ShareParts Work(IReadOnlyCollection<DealMember> team) => new(team.Where(m => m.State == MemberState.Accepted).Sum(m => m.WorkBasisPoints), team.Where(m => m.State == MemberState.Invited).Sum(m => m.WorkBasisPoints), WorkLeft(team));

    public static int Left(IEnumerable<DealMember> team) => 10_000 - team.Where(Counts).Sum(m => m.ShareBasisPoints);

    public static int WorkLeft(IEnumerable<DealMember> team) => 10_000 - team.Where(Counts).Sum(m => m.WorkBasisPoints);

    private static bool Counts(DealMember member) => member.State is MemberState.Invited or MemberState.Accepted;
}
