using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>
/// Open tasks and milestones in the hands of somebody who may not act any more fall to the company that the person acted for there: a plan must not wait for nobody. Whoever holds the deal on that side
/// is told once for each deal; removed ones may come back, so they go along.
/// </summary>
internal sealed class FreeLeft(Work work, WorkspaceMail mail)
{
    /// <param name="person">Who may not act any more.</param>
    /// <param name="partner">For whom; null for nobody at all.</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(PersonId person, PartnerId? partner, CancellationToken ct)
    {
        if (await ActsAsync(work, person, partner, ct)) return;
        var db = work.Db;
        var tasks = await db.Set<DealTask>().IgnoreQueryFilters([Db.RemovedFilter]).Where(t => t.OwnerPerson == person && t.DoneAt == null && (partner == null || t.OwnerPartner == partner)).OrderBy(t => t.Id).ToListAsync(ct);
        var milestones = await db.Set<Milestone>().IgnoreQueryFilters([Db.RemovedFilter]).Where(m => m.OwnerPerson == person && m.DoneAt == null && (partner == null || m.OwnerPartner == partner)).OrderBy(m => m.Place).ToListAsync(ct);
        if (tasks.Count + milestones.Count == 0) return;
        var companies = await DealList.PartnerNamesAsync(work, [.. tasks.Select(t => t.OwnerPartner).Concat(milestones.Select(m => m.OwnerPartner)).OfType<PartnerId>()], ct);
        var (taskNames, planNames) = (tasks.ToLookup(t => (t.DealId, t.OwnerPartner), t => (t.OwnerName, t.Title, t.RemovedAt)), milestones.ToLookup(m => (m.DealId, m.OwnerPartner), m => (m.OwnerName, m.Title, m.RemovedAt)));
        foreach (var task in tasks) Free(task, companies);
        foreach (var milestone in milestones) Free(milestone, companies);

        var ids = tasks.Select(t => t.DealId).Concat(milestones.Select(m => m.DealId)).Distinct().ToArray();
        var deals = await db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        foreach (var place in taskNames.Select(g => g.Key).Union(planNames.Select(g => g.Key)))
        {
            var left = taskNames[place].Concat(planNames[place]).ToList();
            var titles = left.Where(l => l.RemovedAt is null).Select(l => l.Title).ToList();
            if (deals.TryGetValue(place.DealId, out var deal)) await mail.FreedAsync(deal, place.OwnerPartner, left[0].OwnerName, titles, planNames[place].Any() ? DealPart.Plan : DealPart.Tasks, ct);
        }
    }

    /// <summary>Somebody opens it again that was done; whoever had it by name may have gone since.</summary>
    public async Task ReopenedAsync(DealTask task, CancellationToken ct)
    {
        if (task.OwnerPerson is { } person && !await ActsAsync(work, person, task.OwnerPartner, ct)) Free(task, await CompaniesAsync(task.OwnerPartner, ct));
    }

    public async Task ReopenedAsync(Milestone milestone, CancellationToken ct)
    {
        if (milestone.OwnerPerson is { } person && !await ActsAsync(work, person, milestone.OwnerPartner, ct)) Free(milestone, await CompaniesAsync(milestone.OwnerPartner, ct));
    }

    private async Task<Dictionary<PartnerId, string>> CompaniesAsync(PartnerId? partner, CancellationToken ct) => partner is { } one ? await DealList.PartnerNamesAsync(work, [one], ct) : [];

    private void Free(DealTask task, Dictionary<PartnerId, string> companies) => (task.FreedAt, task.HeldByName, task.OwnerPerson, task.OwnerName, task.RemindedAt) =
        (work.Now, task.OwnerName, null, task.OwnerPartner is { } company ? companies.GetValueOrDefault(company, "") : TaskOwners.Vendor, null);

    private void Free(Milestone milestone, Dictionary<PartnerId, string> companies) => (milestone.FreedAt, milestone.HeldByName, milestone.OwnerPerson, milestone.OwnerName, milestone.RemindedAt) =
        (work.Now, milestone.OwnerName, null, milestone.OwnerPartner is { } company ? companies.GetValueOrDefault(company, "") : work.Settings.Name, null);

    // Let in again meanwhile: what is in those hands stays there.
    private static async Task<bool> ActsAsync(Work work, PersonId person, PartnerId? partner, CancellationToken ct) => partner is { } place
        ? await People.Members(work.Db).AnyAsync(m => m.PersonId == person && m.PartnerId == place, ct)
        : await work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(p => p.Id == person && p.State == PersonState.Active, ct);
}
