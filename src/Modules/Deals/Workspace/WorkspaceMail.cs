using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Workspace;

/// <summary>The mails of the workspace.</summary>
internal sealed class WorkspaceMail(Work work, Post post, Links links)
{
    /// <summary>To the owner of a new task, unless they wrote it.</summary>
    public async Task TaskGivenAsync(Deal deal, DealTask task, CancellationToken ct)
    {
        foreach (var to in await OwnersAsync(deal, task, ct))
        {
            post.Send(to, Line($"A task for you: {task.Title}"), $"""
                {work.Actor.NameTo(task.OwnerPartner)} gave you a task on {deal.Title}:

                {task.Title}
                {(task.DueOn is { } due ? $"Due on {Rules.Phrases.Day(due)}." : "Without a date.")}

                {links.To($"{Root(task)}/deals/{deal.Id}#tasks")}
                """);
        }
    }

    /// <summary>To the owner of a task that is due.</summary>
    public async Task TaskDueAsync(Deal deal, DealTask task, CancellationToken ct)
    {
        foreach (var to in await OwnersAsync(deal, task, ct))
        {
            post.Send(to, Line($"Due {(task.DueOn < work.Today ? "since" : "on")} {Rules.Phrases.Day(task.DueOn)}: {task.Title}"), $"""
                {task.Title}

                This task on {deal.Title} is yours. When it is done, say so here:

                {links.To($"{Root(task)}/deals/{deal.Id}#tasks")}
                """);
        }
    }

    private static string Root(DealTask task) => task.OwnerPartner is null ? "/app" : "/portal";

    // A person; else the partner manager for the vendor, or the partner's own sales people.
    private async Task<List<string>> OwnersAsync(Deal deal, DealTask task, CancellationToken ct)
    {
        var me = work.Actor.Person;
        if (task.OwnerPartner is { } partner)
        {
            if (!await OnDealAsync(deal, partner, ct)) return [];
            var people = task.OwnerPerson is { } one ? People.OfPartner(work.Db, partner).Where(p => p.Id == one) : People.OfPartner(work.Db, partner, Roles.PartnerSales, Roles.PartnerAdmin);
            return await people.Where(p => p.Id != me).OrderBy(p => p.Name).Select(p => p.Email).Take(3).ToListAsync(ct);
        }

        var owner = task.OwnerPerson ?? await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == deal.PartnerId).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        return owner is not { } id || id == me ? [] : await (await Sights.StaffAsync(work, deal.Id, DealPart.Tasks, ct)).Where(p => p.Id == id).Select(p => p.Email).ToListAsync(ct);
    }

    // Whoever has left the team, or has handed the deal over, does not read of it any more.
    private async Task<bool> OnDealAsync(Deal deal, PartnerId partner, CancellationToken ct)
    {
        var id = deal.Id;
        return deal.IsHeldBy(partner) || await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(m => m.DealId == id && m.PartnerId == partner && m.State == MemberState.Accepted, ct);
    }

    private static string Line(string subject) => subject.ReplaceLineEndings(" ");
}

internal static class NamedToReaders
{
    /// <summary>Who acts, as a reader may know it: of another partner's people a partner reads the company. Null is the vendor.</summary>
    public static string NameTo(this Actor actor, PartnerId? reader) => reader is { } partner && actor.IsPartner && actor.Partner != partner ? actor.PartnerName ?? actor.Name : actor.Name;
}
