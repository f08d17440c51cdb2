using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Notifications.Published;

namespace Trellis.Notifications.Tests;

/// <summary>News of a partner's records are for those who may act for it now, whatever they were told before.</summary>
public sealed class PartnerNewsTests
{
    private static readonly NotificationKind Kind = new("trial.partner_thing", "Trial", "A thing of a partner happened", ByMail.AtOnce, ByMail.AtOnce);
    private static readonly NotificationKind Daily = new("trial.partner_daily", "Trial", "A thing of a partner, in the morning", ByMail.Digest, ByMail.Digest);

    [SkippableTheory, Databases]
    public async Task Who_is_suspended_at_a_partner_or_has_left_it_is_told_nothing_of_it_and_reads_nothing_of_it_any_more(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (one, two) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var person = await tenant.PartnerPersonAsync(one, "Brightpath");
        await JoinAsync(tenant, person, two, "Clearview");
        var there = person with { Actor = person.Actor with { Partner = two } };
        await TellAsync(tenant, one, "Of one", person);
        await TellAsync(tenant, two, "Of two", person);
        (await ListAsync(person)).ShouldBe(["Of one"], "who acts for one partner reads nothing of another");
        (await ListAsync(there)).ShouldBe(["Of two"]);
        var mails = await MailsAsync(tenant, person);
        mails.Select(m => m.Subject).ShouldBe(["Of one", "Of two"]);
        using var stranger = new PageClient(tenant.App.Address);
        (await NoticeAsync(stranger, mails[0])).ShouldBe(HttpStatusCode.OK);

        await StateAsync(tenant, one, person, "suspended");
        await TellAsync(tenant, one, "Of one, suspended", person);
        await TellAsync(tenant, two, "Of two again", person);
        (await MailsAsync(tenant, person)).Select(m => m.Subject).ShouldBe(["Of one", "Of two", "Of two again"]);
        (await NoticeAsync(stranger, mails[0])).ShouldBe(HttpStatusCode.NotFound, "the mail has gone, its link opens nothing");
        (await NoticeAsync(stranger, mails[1])).ShouldBe(HttpStatusCode.OK);
        await StateAsync(tenant, one, person, "active");
        (await NoticeAsync(stranger, mails[0])).ShouldBe(HttpStatusCode.OK);

        using (var api = await tenant.Administrator.ApiAsync()) (await api.DeleteAsync($"/api/v1/partners/{one}/people/{person.Actor.Person}")).EnsureSuccessStatusCode();
        await TellAsync(tenant, one, "Of one, gone", person);
        (await MailsAsync(tenant, person)).Count.ShouldBe(3);
        (await NoticeAsync(stranger, mails[0])).ShouldBe(HttpStatusCode.NotFound);
        (await ListAsync(there)).ShouldBe(["Of two again", "Of two"]);
        using var pages = await person.PagesAsync();
        var list = await pages.GetAsync("/portal/notifications");
        list.Text.ShouldContain("Of two again");
        list.Text.ShouldNotContain("Of one");
        list.Document.QuerySelector(".t-bell")!.GetAttribute("aria-label").ShouldBe("Notifications, 2 unread");
    }

    [SkippableTheory, Databases]
    public async Task Who_is_looked_up_beforehand_is_told_by_the_membership_at_the_partner_or_at_its_distributor(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (partner, distributor) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var (own, above, both) = (await tenant.PartnerPersonAsync(partner, "Reseller"), await tenant.PartnerPersonAsync(distributor, "Distributor"), await tenant.PartnerPersonAsync(partner, "Reseller"));
        await JoinAsync(tenant, both, distributor, "Distributor");
        var (suspended, stranger, staff) = (await tenant.PartnerPersonAsync(partner, "Reseller"), await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Else"), await tenant.StaffAsync(Roles.Finance));
        await StateAsync(tenant, partner, suspended, "suspended");
        TestPerson[] all = [own, above, both, suspended, stranger, staff];

        await InAsync(tenant, async (work, notify) =>
        {
            var asks = new Asks(work.Db);
            var readers = all.Select(p => Notify.Ask(asks, new Holders(partner, distributor), p.Actor.Person, Kind)).ToList();
            var unnamed = Notify.Ask(asks, own.Actor.Person, Kind);
            await asks.RunAsync(default);
            foreach (var reader in readers) notify.Tell(reader, new News(Kind, "Looked up", "Something happened.", "/portal/thing"));
            notify.Tell(unnamed, new News(Kind, "Of no partner", "Something happened.", "/portal/thing"));
            await notify.TellAsync(new Holders(partner, distributor), [.. all.Select(p => p.Actor.Person)], new News(Kind, "Asked", "Something happened.", "/portal/thing"), default);
            await notify.TellAsync([.. all.Select(p => p.Actor.Person)], new News(Kind, "Of the vendor", "Something happened.", "/app/thing"), default);
        });

        foreach (var person in new[] { own, above, both }) (await MailsAsync(tenant, person)).Select(m => m.Subject).ShouldBe(["Looked up", "Asked"], ignoreOrder: true);
        foreach (var person in new[] { suspended, stranger }) (await MailsAsync(tenant, person)).ShouldBeEmpty();
        (await MailsAsync(tenant, staff)).Select(m => m.Subject).ShouldBe(["Looked up", "Asked", "Of the vendor"], ignoreOrder: true);
        (await ListAsync(above)).Count.ShouldBe(2, "they are kept for the partner for which it reads them");
    }

    [SkippableTheory, Databases]
    public async Task The_mail_of_the_day_leaves_out_partners_that_its_reader_has_left(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var (one, two) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var (person, gone) = (await tenant.PartnerPersonAsync(one, "Brightpath"), await tenant.PartnerPersonAsync(one, "Brightpath"));
        await JoinAsync(tenant, person, two, "Clearview");
        foreach (var (partner, title) in new[] { (one, "Of one"), (two, "Of two") }) await TellAsync(tenant, partner, title, person, Daily);
        await TellAsync(tenant, one, "Of one", gone, Daily);
        foreach (var leaver in new[] { person, gone }) await StateAsync(tenant, one, leaver, "suspended");

        app.Clock.Advance(TimeSpan.FromHours((31 - app.Clock.GetUtcNow().Hour) % 24 + 1));
        await app.RunAsync<SendDigests>();

        (await MailsAsync(tenant, person)).ShouldHaveSingleItem().Subject.ShouldBe("Today: Of two");
        (await MailsAsync(tenant, gone)).ShouldBeEmpty();
        await StateAsync(tenant, one, gone, "active");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<SendDigests>();
        (await MailsAsync(tenant, gone)).ShouldBeEmpty("what was left out is not sent later; it stands in the list");
        (await ListAsync(gone)).ShouldBe(["Of one"]);
    }

    [SkippableTheory, Databases]
    public async Task The_mail_of_the_day_comes_in_the_companys_morning_where_its_reader_has_chosen_no_time_zone(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var settings = (await api.GetFromJsonAsync<JsonNode>("/api/v1/settings/company"))!["settings"]!;
        settings["timeZone"] = "Pacific/Honolulu";
        (await api.PutAsJsonAsync("/api/v1/settings/company", settings)).EnsureSuccessStatusCode();
        var person = await tenant.StaffAsync(Roles.Finance);
        await InAsync(tenant, (_, notify) => notify.TellAsync(person.Actor.Person, new News(Daily, "New", "Something happened.", "/app/thing"), default));

        // Ten hours behind: noon is two in the night there.
        app.Clock.Advance(TimeSpan.FromHours((36 - app.Clock.GetUtcNow().Hour) % 24));
        await app.RunAsync<SendDigests>();
        (await MailsAsync(tenant, person)).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromHours(6));
        await app.RunAsync<SendDigests>();
        (await MailsAsync(tenant, person)).ShouldHaveSingleItem().Subject.ShouldBe("Today: New");
    }

    [SkippableTheory, Databases]
    public async Task However_much_is_unread_opening_the_newest_thing_marks_its_news_as_read(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var me = tenant.Administrator;
        await InAsync(tenant, async (_, notify) =>
        {
            for (var i = 0; i < 120; i++) await notify.TellAsync(me.Actor.Person, new News(Kind, $"Old {i}", "Something happened.", $"/app/old/{i}"), default);
            await notify.TellAsync(me.Actor.Person, new News(Kind, "Newest", "Something happened.", "/app/people"), default);
        });
        using var pages = await me.PagesAsync();

        (await pages.GetAsync("/app/people")).Document.QuerySelector(".t-bell-count")!.TextContent.ShouldBe("99+");
        var read = await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<Notification>().Where(n => n.ReadAt != null).Select(n => n.Title).ToListAsync());
        read.ShouldBe(["Newest"]);
    }

    [SkippableTheory, Databases]
    public async Task Who_holds_a_role_is_found_with_copies_of_it_and_without_those_who_may_not_act(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var (sales, admin, suspended, shut) = (await tenant.PartnerPersonAsync(partner, "P"), await tenant.PartnerPersonAsync(partner, "P", Roles.PartnerAdmin), await tenant.PartnerPersonAsync(partner, "P"), await tenant.PartnerPersonAsync(partner, "P"));
        var (finance, marketing) = (await tenant.StaffAsync(Roles.Finance), await tenant.StaffAsync(Roles.Marketing));
        await StateAsync(tenant, partner, suspended, "suspended");
        using (var api = await tenant.Administrator.ApiAsync())
        {
            (await api.PostAsJsonAsync($"/api/v1/people/{shut.Actor.Person}/state", new { state = "suspended" })).EnsureSuccessStatusCode();
            var copied = await api.PostAsJsonAsync($"/api/v1/roles/{Roles.Finance}/copies", new { name = "Treasury" });
            copied.EnsureSuccessStatusCode();
            var code = (string)(await copied.Content.ReadFromJsonAsync<JsonNode>())!["code"]!;
            (await api.PutAsJsonAsync($"/api/v1/people/{marketing.Actor.Person}/roles", new { roles = new[] { code } })).EnsureSuccessStatusCode();
        }

        (await FoundAsync(db => People.OfPartner(db, partner, Roles.PartnerSales).Select(p => p.Email))).ShouldBe([sales.Email]);
        (await FoundAsync(db => People.OfPartner(db, partner).Select(p => p.Email))).ShouldBe([sales.Email, admin.Email], ignoreOrder: true);
        (await FoundAsync(db => People.WithRole(db, Roles.Finance).Select(p => p.Email))).ShouldBe([finance.Email, marketing.Email], ignoreOrder: true);
        (await FoundAsync(db => People.WithRole(db, Roles.Marketing, Roles.Administrator).Select(p => p.Email))).ShouldBe([tenant.Administrator.Email]);
        foreach (var (person, reads) in new[] { (sales, true), (suspended, false), (shut, false), (finance, true) })
            (await FoundAsync(db => People.Reading(db, person.Actor.Person, partner).Select(p => p.Email))).Count.ShouldBe(reads ? 1 : 0);
        (await FoundAsync(db => People.Reading(db, sales.Actor.Person, Ids.New<PartnerId>(DateTime.UtcNow)).Select(p => p.Email))).ShouldBeEmpty();

        Task<List<string>> FoundAsync(Func<Db, IQueryable<string>> ask) => tenant.AsSystemAsync<Db, List<string>>(db => ask(db).ToListAsync());
    }

    private static Task TellAsync(TestTenant tenant, PartnerId partner, string title, TestPerson person, NotificationKind? kind = null) =>
        InAsync(tenant, (_, notify) => notify.TellAsync(partner, person.Actor.Person, new News(kind ?? Kind, title, "Something happened.", "/portal/thing"), default));

    private static async Task InAsync(TestTenant tenant, Func<Work, Notify, Task> act) =>
        (await tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => services.GetRequiredService<Work>().TransactAsync<Done>("trial.tell", async () =>
        {
            await act(services.GetRequiredService<Work>(), services.GetRequiredService<Notify>());
            return default(Done);
        }, default))).Problem.ShouldBeNull();

    private static Task JoinAsync(TestTenant tenant, TestPerson person, PartnerId partner, string name) => tenant.JoinAsync(person, partner, name);

    private static async Task StateAsync(TestTenant tenant, PartnerId partner, TestPerson person, string state)
    {
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partners/{partner}/people/{person.Actor.Person}/state", new { state })).EnsureSuccessStatusCode();
    }

    private static async Task<List<string>> ListAsync(TestPerson person) => [.. (await person.DoAsync<IServiceProvider, Page<NotificationItem>>(s =>
        NotificationList.FindAsync(s.GetRequiredService<Work>(), s.GetRequiredService<KindList>(), false, new Paging(), default))).Items.Select(n => n.Title)];

    private static async Task<HttpStatusCode> NoticeAsync(PageClient client, MailRow mail) => (await client.GetAsync($"/notice?key={mail.Body.Split("/notice?key=")[1].Split('&')[0]}")).Status;

    private static Task<List<MailRow>> MailsAsync(TestTenant tenant, TestPerson person) =>
        tenant.AsSystemAsync<Db, List<MailRow>>(db => db.Set<MailRow>().AsNoTracking().Where(m => m.To == person.Email && m.Unsubscribe != null).OrderBy(m => m.Id).ToListAsync());
}
