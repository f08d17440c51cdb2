using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Workspace;

/// <summary>What the owners of tasks and milestones are told.</summary>
internal sealed class WorkspaceMail(Work work, Notify notify)
{
    private const int Most = 3;
    private const int MostTitles = 20;

    public static readonly NotificationKind Given = new("deals.task_given", "Deals", "A task on a deal is mine", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind Due = new("deals.task_due", "Deals", "A task of mine on a deal is due", ByMail.AtOnce, ByMail.AtOnce);

    public static readonly NotificationKind Milestone = new("deals.milestone_given", "Deals", "A milestone of a deal’s plan is in my hands", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind MilestoneDue = new("deals.milestone_due", "Deals", "A milestone in my hands is due", ByMail.AtOnce, ByMail.AtOnce);

    /// <summary>To whoever has a milestone by name now, unless they took it themselves.</summary>
    public async Task MilestoneGivenAsync(Deal deal, Milestone milestone, CancellationToken ct)
    {
        if (milestone.OwnerName.Length == 0) return;
        await TellAsync(deal, milestone, new News(Milestone, $"A milestone in your hands: {milestone.Title}", $"""
            {work.Actor.NameTo(milestone.OwnerPartner)} put a milestone of the plan of {deal.Title} into your hands:

            {milestone.Title}
            {(milestone.DueOn is { } due ? $"Due on {Rules.Phrases.Day(due)}." : "Without a date.")}
            """, Path(deal, milestone), "See the deal:"), ct);
    }

    /// <summary>To whoever has a milestone that is due.</summary>
    public Task MilestoneDueAsync(Deal deal, Milestone milestone, CancellationToken ct) => TellAsync(deal, milestone, new News(MilestoneDue, $"Due {(milestone.DueOn < work.Today ? "since" : "on")} {Rules.Phrases.Day(milestone.DueOn)}: {milestone.Title}", $"""
        {milestone.Title}

        This milestone of {deal.Title} is in your hands.
        """, Path(deal, milestone), "When it is reached, say so here:"), ct);

    /// <summary>To the partner that holds the deal: what one that has left had in its hands is its own now.</summary>
    public async Task FellBackAsync(Deal deal, string leaver, IReadOnlyList<string> titles, CancellationToken ct)
    {
        if (titles.Count == 0) return;
        var people = await DealPeople.OfAsync(work, deal, ct);
        foreach (var partner in people.Holders)
            await notify.TellAsync(partner, await people.OfAsync(partner, ct), new News(Milestone, $"Milestones fall back to you: {deal.Title}", $"{leaver} is not on this deal any more. These milestones of the plan are in your hands now:\n\n{string.Join('\n', titles)}", $"/portal/deals/{deal.Id}#plan", "See the deal:"), ct);
    }

    /// <summary>To whoever holds the deal on a side: what somebody there had by name, who may not act any more, is in the company's hands.</summary>
    public async Task FreedAsync(Deal deal, PartnerId? company, string who, IReadOnlyList<string> titles, DealPart part, CancellationToken ct)
    {
        if (titles.Count == 0 || (DealLifecycle.IsOver(deal.State) && deal.State != DealState.Won)) return;
        if (company is { } asked && !await OnDealAsync(deal, asked, part == DealPart.Plan ? part : null, ct)) return;
        var people = await DealPeople.OfAsync(work, deal, ct);
        var news = new News(part == DealPart.Plan ? Milestone : Given, $"Without an owner by name: {deal.Title}", $"{who} may not act here any more. This is in your company’s hands now; give it to somebody:\n\n{string.Join('\n', titles.Take(MostTitles))}",
            $"/{(company is null ? "app" : "portal")}/deals/{deal.Id}#{(part == DealPart.Plan ? "plan" : "tasks")}", "See the deal:");
        if (company is { } partner)
        {
            await notify.TellAsync(partner, await people.OfAsync(partner, ct), news, ct);
            return;
        }

        var holder = deal.PartnerId;
        var manager = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == holder).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        var readers = await people.OfVendorAsync(part, ct);
        await notify.TellAsync(manager is { } one && readers.Contains(one) ? [one] : readers, news, ct);
    }

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

    private static string Path(Deal deal, Milestone milestone) => $"/{(milestone.OwnerPartner is null ? "app" : "portal")}/deals/{deal.Id}#plan";

    private static string Path(Deal deal, DealTask task) => $"/{(task.OwnerPartner is null ? "app" : "portal")}/deals/{deal.Id}#tasks";

    private Task TellAsync(Deal deal, DealTask task, News news, CancellationToken ct) => TellAsync(deal, task.OwnerPartner, task.OwnerPerson, null, news, ct);

    private Task TellAsync(Deal deal, Milestone milestone, News news, CancellationToken ct) => milestone.Owner == DealSide.Customer ? Task.CompletedTask : TellAsync(deal, milestone.OwnerPartner, milestone.OwnerPerson, DealPart.Plan, news, ct);

    // A person; else the partner manager for the vendor, or the partner's own sales people. A task is its owner's to see at every level, a milestone where the plan is read.
    private async Task TellAsync(Deal deal, PartnerId? company, PersonId? named, DealPart? part, News news, CancellationToken ct)
    {
        var me = work.Actor.Person;
        if (company is { } partner)
        {
            if (!await OnDealAsync(deal, partner, part, ct)) return;
            var people = named is { } one ? People.OfPartner(work.Db, partner).Where(p => p.Id == one) : People.OfPartner(work.Db, partner, Roles.PartnerSales, Roles.PartnerAdmin);
            await notify.TellAsync(partner, await people.Where(p => p.Id != me).OrderBy(p => p.Name).Select(p => p.Id).Take(Most).ToListAsync(ct), news, ct);
            return;
        }

        var owner = named ?? await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == deal.PartnerId).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        if (owner is { } id && id != me) await notify.TellAsync(await (await Sights.StaffAsync(work, deal.Id, part ?? DealPart.Tasks, ct)).Where(p => p.Id == id).Select(p => p.Id).ToListAsync(ct), news, ct);
    }

    // Whoever has left the team, or has handed the deal over, does not read of it any more.
    private async Task<bool> OnDealAsync(Deal deal, PartnerId partner, DealPart? part, CancellationToken ct)
    {
        var id = deal.Id;
        if (deal.IsHeldBy(partner)) return true;
        var place = await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleOrDefaultAsync(m => m.DealId == id && m.PartnerId == partner && m.State == MemberState.Accepted, ct);
        return place is not null && (part is not { } shown || place.Sight.Reads(shown));
    }
}

internal static class NamedToReaders
{
    /// <summary>Who acts, as a reader may know it: of another partner's people a partner reads the company. Null is the vendor.</summary>
    public static string NameTo(this Actor actor, PartnerId? reader) => reader is { } partner && actor.IsPartner && actor.Partner != partner ? actor.PartnerName ?? actor.Name : actor.Name;
}
