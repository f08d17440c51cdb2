using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Notifications.Published;

namespace Trellis.Notifications.Tests;

public sealed partial class NotificationsTests
{
    private static readonly NotificationKind Kind = new("trial.thing", "Trial", "A thing happened", ByMail.AtOnce, ByMail.Digest);
    private static readonly NotificationKind Known = new(SendDigest.DigestKind, "", "", ByMail.AtOnce, ByMail.AtOnce);

    [SkippableTheory, Databases]
    public async Task News_reach_a_person_in_the_program_and_by_the_channel_of_its_side(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (staff, partner) = (await tenant.StaffAsync(Roles.PartnerManager), await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Brightpath"));

        await TellAsync(tenant, Kind, "/app/people", staff, partner);

        var mail = (await MailsAsync(tenant)).ShouldHaveSingleItem();
        (mail.To, mail.Subject, mail.Unsubscribe is not null).ShouldBe((staff.Email, "Look", true));
        (await ListAsync(staff)).ShouldHaveSingleItem().Title.ShouldBe("Look");
        (await ListAsync(partner)).ShouldHaveSingleItem().ReadAt.ShouldBeNull();
        (await ListAsync(tenant.Administrator)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Whoever_is_erased_goes_out_of_the_news_of_others_and_out_of_no_other_word(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var staff = await tenant.StaffAsync(Roles.PartnerManager);
        await tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => services.GetRequiredService<Work>().TransactAsync<Done>("trial.erase", async () =>
        {
            var work = services.GetRequiredService<Work>();
            foreach (var (title, body) in new[] { ("Max asks", "“Max”: the maximum"), ("The Maximum", "Maxima") })
                work.Db.Add(new Notification { TenantId = work.Tenant, Id = work.NewId<NotificationId>(), PersonId = staff.Actor.Person, Kind = Kind.Code, Title = title, Body = body, Href = "/app", InApp = true, CreatedAt = work.Now });
            await work.SaveAsync(default);
            await services.GetServices<IPersonalData>().Single(d => d.Module == "notifications").EraseAsync(new DataSubject(work.NewId<PersonId>(), "Max", "max@example.com", true), default);
            return default(Done);
        }, default));
        (await tenant.AsSystemAsync<Db, List<Notification>>(db => db.Set<Notification>().AsNoTracking().Where(n => n.PersonId == staff.Actor.Person).ToListAsync())).Select(n => (n.Title, n.Body))
            .ShouldBe([($"{Erasure.Name} asks", $"“{Erasure.Name}”: the maximum"), ("The Maximum", "Maxima")], ignoreOrder: true);
    }

    [SkippableTheory, Databases]
    public async Task Who_was_looked_up_beforehand_is_told_the_same_by_the_own_choice_and_not_at_all_when_suspended(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (staff, quiet, gone) = (await tenant.StaffAsync(Roles.PartnerManager), await tenant.StaffAsync(Roles.PartnerManager), await tenant.StaffAsync(Roles.PartnerManager));
        await tenant.AsSystemAsync<Work, Result<Done>>(work => work.TransactAsync<Done>("trial.prepare", () =>
        {
            work.Db.Add(new Preference { TenantId = work.Tenant, PersonId = quiet.Actor.Person, Kind = Kind.Code, InApp = true, Mail = ByMail.Off });
            work.Along(new Ask("UPDATE identity_person SET state = 'suspended' WHERE tenant_id = $1 AND id = $2", [work.Db.Engine.Stored(work.Tenant), work.Db.Engine.Stored(gone.Actor.Person)], _ => { }));
            return Task.FromResult<Result<Done>>(default(Done));
        }, default));

        await tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => services.GetRequiredService<Work>().TransactAsync<Done>("trial.tell", async () =>
        {
            var (work, notify) = (services.GetRequiredService<Work>(), services.GetRequiredService<Notify>());
            var asks = new Asks(work.Db);
            var readers = new[] { staff, quiet, gone }.Select(p => Notify.Ask(asks, p.Actor.Person, Kind)).ToList();
            await asks.RunAsync(default);
            foreach (var reader in readers) notify.Tell(reader, new News(Kind, "Look", "Something happened.", "/app/people"));
            readers[2].Known.ShouldBe((gone.Actor.Name, gone.Email));
            Should.Throw<ArgumentException>(() => notify.Tell(readers[0], new News(Known, "Other", "Other news.", "/app")));
            return default(Done);
        }, default));

        (await MailsAsync(tenant)).Select(m => m.To).ShouldBe([staff.Email]);
        (await ListAsync(quiet)).ShouldHaveSingleItem().Title.ShouldBe("Look");
        (await tenant.AsSystemAsync<Db, int>(db => db.Set<Notification>().CountAsync(n => n.PersonId == gone.Actor.Person))).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task The_bell_counts_and_opening_the_thing_itself_marks_its_news_as_read(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await TellAsync(tenant, Kind, "/app/people", tenant.Administrator);
        await TellAsync(tenant, Kind, "/app/audit", tenant.Administrator);
        using var pages = await tenant.Administrator.PagesAsync();

        (await pages.GetAsync("/app/tokens")).Document.QuerySelector(".t-bell")!.GetAttribute("aria-label").ShouldBe("Notifications, 2 unread");
        (await pages.GetAsync("/app/people")).Document.QuerySelector(".t-bell")!.GetAttribute("aria-label").ShouldBe("Notifications, 1 unread");
        var list = await pages.GetAsync("/app/notifications?show=unread");
        list.Document.QuerySelectorAll(".t-news > li").Length.ShouldBe(1);
        var after = await pages.SubmitAsync(list, "read-all");
        (after.Status, after.Document.QuerySelector(".t-bell")!.GetAttribute("aria-label")).ShouldBe((HttpStatusCode.OK, "Notifications"));
    }

    [SkippableTheory, Databases]
    public async Task A_persons_choice_is_kept_over_page_and_API_and_obeyed(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PutAsJsonAsync("/api/v1/notifications/preferences", new[] { new { kind = "nonsense", inApp = true, mail = "off" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var pages = await tenant.Administrator.PagesAsync();
        var settings = await pages.GetAsync("/app/notifications/settings");
        settings.Status.ShouldBe(HttpStatusCode.OK);
        var saved = await pages.SubmitAsync(settings, "preferences", ($"Input.Mail[{SendDigest.DigestKind}]", "off"));
        saved.Text.ShouldContain("Your choice is saved.");
        var choices = await tenant.Administrator.DoAsync<IServiceProvider, IReadOnlyList<ChoiceItem>>(s =>
            ChoosePreferences.ReadAsync(s.GetRequiredService<Work>(), s.GetRequiredService<KindList>(), default));
        choices.Single(c => c.Kind == SendDigest.DigestKind).Mail.ShouldBe(ByMail.Off);
        choices.Where(c => c.Kind != SendDigest.DigestKind).ShouldAllBe(c => c.InApp, "what was not changed stays");
        await TellAsync(tenant, Known, "/app", tenant.Administrator);
        (await MailsAsync(tenant)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task The_link_of_a_mail_ends_mails_of_this_kind_without_signing_in_and_nothing_else(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var other = await tenant.StaffAsync(Roles.Finance);
        await TellAsync(tenant, Known, "/app", tenant.Administrator, other);
        var key = Key("/unsubscribe", (await MailsAsync(tenant)).Single(m => m.To == tenant.Administrator.Email));
        using var stranger = new PageClient(app.Address);

        var page = await stranger.GetAsync($"/unsubscribe?key={key}");
        (await StoredAsync(tenant)).ShouldBeEmpty("looking at a link changes nothing");
        (await stranger.SubmitAsync(page, "stop")).Text.ShouldContain("You get no more mails");
        (await StoredAsync(tenant)).ShouldHaveSingleItem().PersonId.ShouldBe(tenant.Administrator.Actor.Person);
        (await stranger.GetAsync($"/unsubscribe?key={key}x")).Status.ShouldBe(HttpStatusCode.NotFound);
        var second = Key("/unsubscribe", (await MailsAsync(tenant)).Single(m => m.To == other.Email));
        (await stranger.Http.PostAsync($"/unsubscribe/one-click?key={second}", new StringContent("List-Unsubscribe=One-Click"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await TellAsync(tenant, Known, "/app", tenant.Administrator, other);
        (await MailsAsync(tenant)).Count.ShouldBe(2, "no new one");
        (await stranger.GetAsync("/app/notifications")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task The_link_of_a_mail_shows_the_one_thing_to_its_holder_and_opens_it_for_its_reader(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        await TellAsync(tenant, Kind, "/app/people", tenant.Administrator);
        var key = Key("/notice", (await MailsAsync(tenant)).Single());
        using var stranger = new PageClient(app.Address);
        using var reader = await tenant.Administrator.PagesAsync();
        using var colleague = await (await tenant.StaffAsync(Roles.Administrator)).PagesAsync();

        (await stranger.GetAsync($"/notice?key={key}")).Text.ShouldContain("Something happened");
        (await colleague.GetAsync($"/notice?key={key}")).Address.AbsolutePath.ShouldBe("/notice");
        (await reader.GetAsync($"/notice?key={key}")).Address.AbsolutePath.ShouldBe("/app/people");
        (await stranger.GetAsync("/notice?key=nonsense&to=//evil.example")).Document.QuerySelectorAll("a[href*=evil]").ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task The_mail_of_the_day_comes_once_with_what_is_unread(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var partner = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Brightpath");
        for (var i = 0; i < 3; i++) await TellAsync(tenant, Kind, $"/portal/{i}", partner);
        var first = (await ListAsync(partner))[0];
        await partner.DoAsync<MarkRead, Result<int>>(m => m.RunAsync(first.Id, default));
        app.Clock.Advance(TimeSpan.FromHours((31 - app.Clock.GetUtcNow().Hour) % 24 + 1));

        await Task.WhenAll(app.RunAsync<SendDigests>(), app.RunAsync<SendDigests>());
        await app.RunAsync<SendDigests>();

        var mail = (await MailsAsync(tenant)).ShouldHaveSingleItem();
        (mail.To, mail.Subject).ShouldBe((partner.Email, "Today: 2 things are new for you"));
        Regex.Count(mail.Body, "/notice").ShouldBe(2);
        await TellAsync(tenant, Kind, "/portal/9", partner);
        await app.RunAsync<SendDigests>();
        (await MailsAsync(tenant)).Count.ShouldBe(1, "the next one comes the next day");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<SendDigests>();
        (await MailsAsync(tenant)).Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task What_may_be_said_once_is_said_once_and_another_persons_news_are_nobodys_business(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var other = await tenant.StaffAsync(Roles.Finance);
        await TellAsync(tenant, Kind, "/app", "key", tenant.Administrator);
        await TellAsync(tenant, Kind, "/app", "key", tenant.Administrator, other);
        var own = (await ListAsync(tenant.Administrator)).ShouldHaveSingleItem();
        (await ListAsync(other)).Count.ShouldBe(1);

        (await other.DoAsync<MarkRead, Result<int>>(m => m.RunAsync(own.Id, default))).Problem!.Status.ShouldBe(404);
        var stranger = (await (await TestApp.SharedAsync(database)).TenantAsync()).Administrator;
        (await stranger.DoAsync<MarkRead, Result<int>>(m => m.RunAsync(own.Id, default))).Problem!.Status.ShouldBe(404);
        (await ListAsync(tenant.Administrator))[0].ReadAt.ShouldBeNull();
    }

    private static Task TellAsync(TestTenant tenant, NotificationKind kind, string href, params TestPerson[] people) => TellAsync(tenant, kind, href, null, people);

    private static async Task TellAsync(TestTenant tenant, NotificationKind kind, string href, string? once, params TestPerson[] people)
    {
        var told = await tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => services.GetRequiredService<Work>().TransactAsync<Done>("trial.tell", async () =>
        {
            var (notify, news) = (services.GetRequiredService<Notify>(), new News(kind, "Look", "Something happened.", href, Once: once));
            await notify.TellAsync([.. people.Where(p => !p.Actor.IsPartner).Select(p => p.Actor.Person)], news, default);
            foreach (var person in people.Where(p => p.Actor.IsPartner)) await notify.TellAsync(person.Actor.Partner!.Value, person.Actor.Person, news, default);
            return default(Done);
        }, default));
        told.Ok.ShouldBeTrue();
    }

    private static async Task<IReadOnlyList<NotificationItem>> ListAsync(TestPerson person) => (await person.DoAsync<IServiceProvider, Page<NotificationItem>>(s =>
        NotificationList.FindAsync(s.GetRequiredService<Work>(), s.GetRequiredService<KindList>(), false, new Paging(), default))).Items;

    private static Task<List<MailRow>> MailsAsync(TestTenant tenant) => tenant.AsSystemAsync<Db, List<MailRow>>(db => db.Set<MailRow>().AsNoTracking().OrderBy(m => m.Id).ToListAsync());

    private static Task<List<Preference>> StoredAsync(TestTenant tenant) => tenant.AsSystemAsync<Db, List<Preference>>(db => db.Set<Preference>().AsNoTracking().ToListAsync());

    private static string Key(string path, MailRow mail) => Links().Matches(mail.Body).Select(m => m.Value).Single(l => l.StartsWith(path, StringComparison.Ordinal)).Split("key=")[1].Split('&')[0];

    [GeneratedRegex(@"/(notice|unsubscribe)\?\S+")]
    private static partial Regex Links();
}
