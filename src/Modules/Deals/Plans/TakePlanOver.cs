using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>
/// What was planned with a company goes on in the deal that came of it: its next step, and the people as the buying committee. What the deal says already wins, and whoever links the two
/// must be able to write there.
/// </summary>
internal sealed class TakePlanOver(Work work)
{
    private Db Db => work.Db;

    public async Task IntoAsync(Target target, DealId id, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.WorkOn)) return;
        if (await work.WorkingOnAsync(id, DealPart.Figures, null, ct) is { Ok: true, Value: var told } && !DealLifecycle.IsOver(told.State)) await StepAsync(target, told, ct);
        if (await work.WorkingOnAsync(id, DealPart.Committee, null, ct) is { Ok: true, Value: var deal } && !await OthersReadAsync(deal, ct)) await PeopleAsync(target, deal, ct);
    }

    private async Task StepAsync(Target target, Deal deal, CancellationToken ct)
    {
        if (Text.OrNull(target.NextStep) is not { } what || (deal.NextStep is { } own && own != what)) return;
        var id = deal.Id;
        await work.LockAsync($"deal-next-step:{id}", ct);
        if (await Db.Set<NextStep>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(s => s.DealId == id && s.EndedAt == null, ct)) return;
        deal.GoOn(what);
        if (target.NextOn is not { } day || !SetNextStep.Fits(work, day)) return;
        Db.Add(new NextStep
        {
            TenantId = work.Tenant, Id = work.NewId<NextStepId>(), DealId = id, HolderId = deal.PartnerId, What = what, Side = target.NextSide, DueOn = day,
            SetAt = work.Now, SetBy = work.Actor.Person, SetByName = work.Actor.Name, SetByPartner = work.Actor.Partner,
        });
    }

    // The names were shared between two. Where another partner reads the committee, one of them is asked for each person, by the button on the company's page.
    private async Task<bool> OthersReadAsync(Deal deal, CancellationToken ct)
    {
        var id = deal.Id;
        if (deal.DistributorId is not null) return true;
        var team = await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == id && (m.State == MemberState.Invited || m.State == MemberState.Accepted)).ToListAsync(ct);
        return team.Any(m => m.PartnerId != deal.PartnerId && m.Sight.Reads(DealPart.Committee)) || (await ResellerDeals.AboveAsync(work, deal.PartnerId, ct)).Any(t => t.Sight.Reads(DealPart.Committee));
    }

    private async Task PeopleAsync(Target target, Deal deal, CancellationToken ct)
    {
        var (id, of) = (deal.Id, target.Id);
        var people = await Db.Set<TargetContact>().AsNoTracking().Where(c => c.TargetId == of && c.Name != Erasure.Name).OrderBy(c => c.Id).Take(SaveTargetContact.Most).ToListAsync(ct);
        if (people.Count == 0) return;
        var there = await Db.Set<CommitteePerson>().Where(p => p.DealId == id).Select(p => new { p.Name, p.Email }).ToListAsync(ct);
        var left = SaveCommitteePerson.Most - there.Count;
        foreach (var person in people.Where(c => !there.Any(p => Text.Fold(p.Name) == Text.Fold(c.Name) || (p.Email is not null && p.Email == c.Email))).Take(Math.Max(0, left)))
        {
            Db.Add(new CommitteePerson
            {
                TenantId = work.Tenant, Id = work.NewId<CommitteePersonId>(), DealId = id, Name = person.Name, JobTitle = person.JobTitle, Email = person.Email, Role = person.Role, Influence = Influence.Medium,
                CoveredBy = person.KnownBy, CoveredByName = person.KnownByName, AddedAt = work.Now, AddedByName = work.Actor.Name,
            });
        }
    }
}
