using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Workspace;

/// <summary>The partners on a deal and their people who take part in it: whoever is told what is said or changed there.</summary>
internal sealed class DealPeople
{
    private const int Most = 5;
    private const int MostWhoTakePart = 50;

    private readonly Work _work;
    private readonly Deal _deal;
    private readonly List<(PartnerId? Partner, PersonId Person)> _takePart;

    private DealPeople(Work work, Deal deal, List<DealMember> team, List<(PartnerId?, PersonId)> takePart) => (_work, _deal, Team, _takePart) = (work, deal, team, takePart);

    /// <summary>Every place on the team, whatever its state.</summary>
    public IReadOnlyList<DealMember> Team { get; }

    /// <summary>The partners that hold the deal: one, or the reseller and the distributor that registered it.</summary>
    public IEnumerable<PartnerId> Holders => _deal.DistributorId is { } distributor ? [_deal.PartnerId, distributor] : [_deal.PartnerId];

    /// <summary>The partners on the team that read a part.</summary>
    public IEnumerable<PartnerId> Members(DealPart? part = null) => Team.Where(m => m.State == MemberState.Accepted && (part is not { } one || m.Sight.Reads(one))).Select(m => m.PartnerId);

    public static async Task<DealPeople> OfAsync(Work work, Deal deal, CancellationToken ct)
    {
        var (db, id) = (work.Db, deal.Id);
        var team = await db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == id).OrderBy(m => m.InvitedAt).ToListAsync(ct);
        var authors = db.Set<DealComment>().Where(c => c.DealId == id).Select(c => new { Partner = c.AuthorPartner, Person = c.AuthorId });
        var owners = db.Set<DealTask>().Where(t => t.DealId == id && t.OwnerPerson != null).Select(t => new { Partner = t.OwnerPartner, Person = t.OwnerPerson!.Value });
        var all = await authors.Union(owners).IgnoreQueryFilters([Db.PartnerFilter]).OrderBy(p => p.Person).Take(MostWhoTakePart).ToListAsync(ct);
        return new DealPeople(work, deal, team, [.. all.Select(p => (p.Partner, p.Person))]);
    }

    /// <summary>
    /// Whoever of a partner takes part; where nobody does any more, those who may act for it. Of the actor's own company only who takes part. Where a part is named, nobody whose roles leave it out.
    /// </summary>
    public async Task<List<PersonId>> OfAsync(PartnerId partner, CancellationToken ct, DealPart? part = null)
    {
        var ids = _takePart.Where(p => p.Partner == partner).Select(p => p.Person).ToHashSet();
        if (Holders.Contains(partner)) ids.Add(_deal.RegisteredBy);
        var known = await People.OfPartner(_work.Db, partner).Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        if (known.Count == 0 && _work.Actor.Partner != partner) known = await People.OfPartner(_work.Db, partner, Roles.PartnerAdmin, Roles.PartnerSales).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        return Others(part is { } shown ? await ReadingAsync(_work, partner, known, shown, ct) : known);
    }

    /// <summary>Whether a person that holds a deal is told its amounts; the vendor's people are.</summary>
    public static async Task<bool> ReadsAmountsAsync(Work work, Deal deal, PersonId person, CancellationToken ct)
    {
        var (partner, distributor) = (deal.PartnerId, deal.DistributorId ?? deal.PartnerId);
        var table = work.Db.Sights();
        if (table.Hidden.Count == 0) return true;
        var roles = await People.Members(work.Db).Where(m => m.PersonId == person && (m.PartnerId == partner || m.PartnerId == distributor)).Select(m => m.Roles).ToListAsync(ct);
        return roles.Count == 0 || roles.Any(r => Leaves(table, r, DealPart.Figures));
    }

    private static bool Leaves(SightTable table, string roles, DealPart part) => (table.Left(roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)) & PartBits.Of(part)) != 0;

    /// <summary>Those of a partner's people whose roles there leave them the part.</summary>
    public static async Task<List<PersonId>> ReadingAsync(Work work, PartnerId partner, List<PersonId> people, DealPart part, CancellationToken ct)
    {
        var table = work.Db.Sights();
        if (table.Hidden.Count == 0) return people;
        var roles = await People.Members(work.Db).Where(m => m.PartnerId == partner && people.Contains(m.PersonId)).Select(m => new { m.PersonId, m.Roles }).ToListAsync(ct);
        return [.. roles.Where(r => Leaves(table, r.Roles, part)).Select(r => r.PersonId)];
    }

    /// <summary>
    /// The vendor's people: the partner manager, the seller of the opportunity, and whoever takes part; where there is none of them, channel operations. Of the direct team nobody to
    /// whom the partner does not show <paramref name="part"/>.
    /// </summary>
    public async Task<List<PersonId>> OfVendorAsync(DealPart? part, CancellationToken ct)
    {
        var (db, holder, opportunity) = (_work.Db, _deal.PartnerId, _deal.OpportunityId);
        var ids = _takePart.Where(p => p.Partner is null).Select(p => p.Person).ToHashSet();
        if (await db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == holder).Select(p => p.ManagerId).SingleOrDefaultAsync(ct) is { } manager) ids.Add(manager);
        if (opportunity is not null && await db.Set<OpportunityRow>().Where(o => o.Id == opportunity).Select(o => o.OwnerId).SingleOrDefaultAsync(ct) is { } seller) ids.Add(seller);
        var people = part is { } shown && await Sights.DirectAsync(_work, _deal.Id, ct) is { } direct && !direct.Reads(shown)
            ? People.WithRole(db, [.. Roles.Staff.Where(r => r != Roles.DirectSeller)]) : People.OfVendor(db);
        var found = await people.Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).Select(p => p.Id).Take(MostWhoTakePart).ToListAsync(ct);
        if (found.Count == 0) found = await Reviewers.OfAsync(_work, holder, Roles.ChannelOperations, ct);
        return Others(found);
    }

    private List<PersonId> Others(List<PersonId> people) => [.. people.Where(p => p != _work.Actor.Person)];
}
