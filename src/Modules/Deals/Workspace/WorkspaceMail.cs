using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Workspace;

/// <summary>What the owners of tasks are told.</summary>
internal sealed class WorkspaceMail(Work work, Notify notify)
{
    private const int Most = 3;

    public static readonly NotificationKind Given = new("deals.task_given", "Deals", "A task on a deal is mine", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind Due = new("deals.task_due", "Deals", "A task of mine on a deal is due", ByMail.AtOnce, ByMail.AtOnce);

    /// <summary>To the owner of a new task, unless they wrote it.</summary>
    public Task TaskGivenAsync(Deal deal, DealTask task, CancellationToken ct) => TellAsync(deal, task, new News(Given, $"A task for you: {task.Title}", $"""
        {work.Actor.NameTo(task.OwnerPartner)} gave you a task on {deal.Title}:

        {task.Title}
        {(task.DueOn is { } due ? $"Due on {Rules.Phrases.Day(due)}." : "Without a date.")}
        """, Path(deal, task), "See the deal:"), ct);

    /// <summary>To the owner of a task that is due.</summary>
    public Task TaskDueAsync(Deal deal, DealTask task, CancellationToken ct) => TellAsync(deal, task, new News(Due, $"Due {(task.DueOn < work.Today ? "since" : "on")} {Rules.Phrases.Day(task.DueOn)}: {task.Title}", $"""
        {task.Title}

        This task on {deal.Title} is yours.
        """, Path(deal, task), "When it is done, say so here:"), ct);

    private static string Path(Deal deal, DealTask task) => $"/{(task.OwnerPartner is null ? "app" : "portal")}/deals/{deal.Id}#tasks";

    // A person; else the partner manager for the vendor, or the partner's own sales people.
    private async Task TellAsync(Deal deal, DealTask task, News news, CancellationToken ct)
    {
        var me = work.Actor.Person;
        if (task.OwnerPartner is { } partner)
        {
            if (!await OnDealAsync(deal, partner, ct)) return;
            var people = task.OwnerPerson is { } one ? People.OfPartner(work.Db, partner).Where(p => p.Id == one) : People.OfPartner(work.Db, partner, Roles.PartnerSales, Roles.PartnerAdmin);
            await notify.TellAsync(partner, await people.Where(p => p.Id != me).OrderBy(p => p.Name).Select(p => p.Id).Take(Most).ToListAsync(ct), news, ct);
            return;
        }

        var owner = task.OwnerPerson ?? await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == deal.PartnerId).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        if (owner is { } id && id != me) await notify.TellAsync(await (await Sights.StaffAsync(work, deal.Id, DealPart.Tasks, ct)).Where(p => p.Id == id).Select(p => p.Id).ToListAsync(ct), news, ct);
    }

    // Whoever has left the team, or has handed the deal over, does not read of it any more.
    private async Task<bool> OnDealAsync(Deal deal, PartnerId partner, CancellationToken ct)
    {
        var id = deal.Id;
        return deal.IsHeldBy(partner) || await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(m => m.DealId == id && m.PartnerId == partner && m.State == MemberState.Accepted, ct);
    }
}

internal static class NamedToReaders
{
    /// <summary>Who acts, as a reader may know it: of another partner's people a partner reads the company. Null is the vendor.</summary>
    public static string NameTo(this Actor actor, PartnerId? reader) => reader is { } partner && actor.IsPartner && actor.Partner != partner ? actor.PartnerName ?? actor.Name : actor.Name;
}
