using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Workspace;

/// <summary>The person's own tasks and milestones that are due, and agreements that wait for its side.</summary>
internal sealed class DealToDos(Work work) : IToDoSource
{
    private const int Most = 5;
    private const int Days = 7;

    public async Task<IReadOnlyList<ToDo>> OfAsync(CancellationToken ct) => [.. await AgreementsAsync(ct), .. await TasksAsync(ct), .. await MilestonesAsync(ct)];

    private string Root => work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/";

    private async Task<IEnumerable<ToDo>> TasksAsync(CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.WorkOn)) return [];
        var (me, until) = (work.Actor.Person, work.Today.AddDays(Days));
        // The portal's filters leave out what a partner does not read any more; of the direct team we ask here.
        var hidden = DirectSight.Without(work.Db, PartBits.Tasks);
        var limited = !work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll);
        var tasks = await (
            from t in work.Db.Set<DealTask>()
            where t.OwnerPerson == me && t.DoneAt == null && t.DueOn <= until
                && (!limited || !hidden.Any(s => s.TenantId == t.TenantId && s.DealId == t.DealId))
            join d in work.Db.Set<Deal>() on new { t.TenantId, Id = t.DealId } equals new { d.TenantId, d.Id }
            orderby t.DueOn, t.Id
            select new { t.Title, t.DealId, t.DueOn, Deal = d.Title }).Take(Most).ToListAsync(ct);
        return tasks.Select(t => new ToDo($"Your task: {t.Title}", t.DueOn < work.Today ? $"Overdue since {Reading.Day(t.DueOn!.Value.ToDateTime(TimeOnly.MinValue))}: {t.Deal}" : $"Due on {Reading.Day(t.DueOn!.Value.ToDateTime(TimeOnly.MinValue))}: {t.Deal}", $"{Root}{t.DealId}#tasks", "Open"));
    }

    private async Task<IEnumerable<ToDo>> MilestonesAsync(CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.WorkOn)) return [];
        var (me, mine, until) = (work.Actor.Person, work.Actor.Partner, work.Today.AddDays(Days));
        var hidden = DirectSight.Without(work.Db, PartBits.Plan);
        var limited = !work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll);
        var rows = await (
            from m in work.Db.Set<Milestone>()
            where m.OwnerPerson == me && m.OwnerPartner == mine && m.DoneAt == null && m.DueOn <= until
                && (!limited || !hidden.Any(s => s.TenantId == m.TenantId && s.DealId == m.DealId))
            join d in work.Db.Set<Deal>() on new { m.TenantId, Id = m.DealId } equals new { d.TenantId, d.Id }
            where !DealList.EndedStates.Contains(d.State)
            orderby m.DueOn, m.Id
            select new { m.Title, m.DealId, m.DueOn, Deal = d.Title }).Take(Most).ToListAsync(ct);
        return rows.Select(r => new ToDo($"Your milestone: {r.Title}", r.DueOn < work.Today ? $"Overdue since {Reading.Day(r.DueOn!.Value.ToDateTime(TimeOnly.MinValue))}: {r.Deal}" : $"Due on {Reading.Day(r.DueOn!.Value.ToDateTime(TimeOnly.MinValue))}: {r.Deal}", $"{Root}{r.DealId}#plan", "Open"));
    }

    private async Task<IEnumerable<ToDo>> AgreementsAsync(CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.Team)) return [];
        var (mine, agreements) = (work.Actor.Partner, work.Db.Set<CoalitionAgreement>().AsNoTracking());
        // Who has invited answers other terms; the partner that registered the deal consents to what the vendor proposes.
        var waiting = mine is { } me
            ? agreements.Where(a => a.HolderId == me && (a.State == AgreementState.Proposed || (a.State == AgreementState.Countered && a.ProposedByHolder)))
            : agreements.Where(a => a.State == AgreementState.Countered && !a.ProposedByHolder);
        var rows = await (
            from a in waiting
            join d in work.Db.Set<Deal>() on new { a.TenantId, Id = a.DealId } equals new { d.TenantId, d.Id }
            orderby a.ProposedAt, a.Id
            select new { a.PartnerId, a.State, a.DealId, Deal = d.Title }).Take(Most).ToListAsync(ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.PartnerId)], ct);
        return rows.Select(r => names.GetValueOrDefault(r.PartnerId, "") is var partner && r.State == AgreementState.Countered
            ? new ToDo($"{partner} wants other terms", $"Agree to them or keep yours: {r.Deal}", $"{Root}{r.DealId}#agreements", "Answer")
            : new ToDo($"Consent to {partner} on the team?", $"The vendor would like to invite it: {r.Deal}", $"{Root}{r.DealId}#agreements", "Look at it"));
    }
}
