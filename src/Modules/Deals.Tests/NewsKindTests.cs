using System.Net;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Deals.Workspace.Jobs;

namespace Trellis.Deals.Tests;

/// <summary>Each kind of news about the work on a deal is chosen by itself.</summary>
public sealed class NewsKindTests
{
    [SkippableTheory, Databases]
    public async Task News_of_tasks_and_proposals_stand_in_the_program_and_come_by_mail_as_each_has_chosen(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("Guest Ltd"));
        var deal = await world.RegisterAsync(holder, world.Fields("Birch Bank"));
        (string Kind, string Subject)[] told = [("deals.task_given", "A task for you: "), ("deals.task_due", "Due on "), ("deals.consent_asked", "Your consent: "), ("deals.terms_wanted", "Other terms are wanted: ")];
        await AllAsync("First");
        foreach (var (kind, subject) in told) (await SubjectsAsync(world, holder, subject)).Count.ShouldBe(1, kind);
        (await MailsAsync(world, holder, "hears of it only when you consent")).Count.ShouldBe(1);
        (await MailsAsync(world, holder, "“A task on a deal is mine”")).Count.ShouldBe(1, "every mail says how it is switched off");
        using var api = await holder.ApiAsync();
        var listed = await api.GetStringAsync("/api/v1/notifications");
        foreach (var (kind, subject) in told) listed.ShouldContain(subject, Shouldly.Case.Sensitive, kind);

        // Each is one line of the page of preferences, and switched off by itself.
        using var pages = await holder.PagesAsync();
        var page = await pages.GetAsync("/portal/notifications/settings");
        foreach (var (kind, _) in told) page.Document.QuerySelector($"select[name='Input.Mail[{kind}]']").ShouldNotBeNull(kind);
        using var seller = await world.Manager.PagesAsync();
        (await seller.GetAsync("/app/notifications/settings")).Document.QuerySelectorAll("select[name^='Input.Mail[deals.task_']").Length.ShouldBe(2);
        (await pages.SubmitAsync(page, "preferences", [.. told.Select(t => ($"Input.Mail[{t.Kind}]", "off"))])).Status.ShouldBe(HttpStatusCode.OK);
        await AllAsync("Second");
        foreach (var (kind, subject) in told) (await SubjectsAsync(world, holder, subject)).Count.ShouldBe(1, $"{kind} is switched off");
        (await api.GetStringAsync("/api/v1/notifications")).ShouldContain("A task for you: Second");

        async Task AllAsync(string name)
        {
            var task = await world.Manager.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, name, holder.Actor.Person.ToString(), DateOnly.FromDateTime(DateTime.UtcNow)), default));
            task.Problem.ShouldBeNull();
            (await world.Tenant.AsSystemAsync<RemindTask, Result<bool>>(r => r.RunAsync(task.Value, default))).Value.ShouldBeTrue();
            (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Deliver, 500), default))).Problem.ShouldBeNull();
            (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
            (await guest.DoAsync<CounterInvitation, Result<DealId>>(c => c.RunAsync(new CounterInput(deal.Id, 800, null, "More work."), default))).Problem.ShouldBeNull();
            (await holder.DoAsync<AnswerCounter, Result<DealId>>(c => c.RunAsync(new CounterAnswer(deal.Id, guest.Actor.Partner, CounterAct.Withdraw), default))).Problem.ShouldBeNull();
        }
    }

    private static Task<List<string>> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Body.Contains(words)).Select(m => m.Body).ToListAsync());

    private static Task<List<string>> SubjectsAsync(DealWorld world, TestPerson to, string begins) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Subject.StartsWith(begins)).Select(m => m.Subject).ToListAsync());
}
