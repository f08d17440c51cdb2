using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Deals.Workspace;

/// <summary>
/// Next steps that are due: of a partner's own deals those in its hands, of a manager's partners those in the vendor's, and what oneself has set for one's own side or for the customer.
/// </summary>
internal sealed class NextStepToDos(Work work) : IToDoSource
{
    private const int Most = 5;
    private const int Days = 1;

    private static readonly DealState[] Over = [DealState.Won, .. DealList.EndedStates];

    public async Task<IReadOnlyList<ToDo>> OfAsync(CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.WorkOn)) return [];
        var (db, me, until) = (work.Db, work.Actor.Person, work.Today.AddDays(Days));
        var open = db.Set<NextStep>().AsNoTracking().Where(s => s.EndedAt == null && s.DueOn <= until);
        var (own, mine) = (work.Actor.IsPartner ? DealSide.Partner : DealSide.Vendor, work.Actor.Partner);
        var ours = mine is { } partner
            ? open.Where(s => s.HolderId == partner && s.Side == DealSide.Partner)
            : open.Where(s => s.Side == DealSide.Vendor && db.Set<PartnerRow>().Where(p => p.ManagerId == me).Select(p => p.Id).Contains(s.HolderId));
        var rows = await FindAsync(ours, ct);
        if (rows.Count < Most) rows = [.. rows.UnionBy(await FindAsync(open.Where(s => s.SetBy == me && (s.Side == DealSide.Customer || s.Side == own)), ct), r => r.Deal).OrderBy(r => r.DueOn).Take(Most)];
        var root = work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/";
        return [.. rows.Select(r => new ToDo($"Next step: {r.What}", $"{(r.DueOn < work.Today ? "Overdue since" : "Due on")} {Reading.Day(r.DueOn.ToDateTime(TimeOnly.MinValue))}: {r.Title}", $"{root}{r.Deal}#next-step", "Open"))];
    }

    // What the registration says meanwhile has taken the place of a step with other words.
    private async Task<List<Row>> FindAsync(IQueryable<NextStep> steps, CancellationToken ct) => await (
        from s in steps
        join d in work.Db.Set<Deal>() on new { s.TenantId, Id = s.DealId } equals new { d.TenantId, d.Id }
        where d.NextStep == s.What && d.State != DealState.Draft && !Over.Contains(d.State)
        orderby s.DueOn, s.Id
        select new Row(s.DealId, d.Title, s.What, s.DueOn)).Take(Most).ToListAsync(ct);

    private sealed record Row(DealId Deal, string Title, string What, DateOnly DueOn);
}
