using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Intake.Mailboxes;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests.Life;

/// <summary>Forwarded mail is read from a mailbox on this machine.</summary>
public sealed class MailboxTests
{
    private const string Path = "/api/v1/inbound-mail/mailbox";

    [SkippableTheory, Databases]
    public async Task A_mail_in_the_mailbox_becomes_one_draft_with_its_files_and_is_marked_as_read(Database database)
    {
        await using var app = await StartAsync(database);
        using var server = new ImapServer();
        var world = await DealWorld.CreateAsync(app, "EUR");
        var rosa = await world.PartnerAsync("Brightpath");
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/deals/mail/mailbox"), "mailbox", ("Input.Host", "127.0.0.1"), ("Input.Port", $"{server.Port}"), ("Input.Security", "none"), ("Input.User", ImapServer.User), ("Input.Password", ImapServer.Password), ("Input.Folder", "INBOX"), ("Input.On", "true"));
        page.Text.ShouldContain("Saved. Try now whether it can be read.");
        var mail = Mail(rosa.Email, "one", "Brenta Yards", file: true);
        var first = server.Deliver(mail);
        page = await pages.SubmitAsync(page, "try");
        page.Text.ShouldContain("The mailbox can be read");
        page.Text.ShouldContain("1 unread mail waits there.");
        first.Flags.ShouldBeEmpty("looking takes nothing");

        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        first.Flags.ShouldBe(["\\Seen"]);
        var again = server.Deliver(mail);
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        again.Flags.ShouldBe(["\\Seen"], "the same message once more is done as well");
        var draft = (await DraftsAsync(world)).ShouldHaveSingleItem();
        (draft.CustomerName, draft.State, draft.Currency, draft.PartnerId, draft.RegisteredBy).ShouldBe(("Brenta Yards", DealState.Draft, "EUR", rosa.Actor.Partner!.Value, rosa.Actor.Person));
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync($"/portal/deals/new?draft={draft.Id}")).Text.ShouldContain("offer.pdf");
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailboxMessage>().CountAsync())).ShouldBe(0);
        page = await pages.GetAsync("/app/deals/mail/mailbox");
        page.Text.ShouldNotContain("Not yet");
        page.Text.ShouldNotContain(ImapServer.Password);
        server.Said.Where(s => s.Contains("UID SEARCH")).ShouldAllBe(s => s.Contains($"SINCE {app.Clock.GetUtcNow().AddDays(-1):d-MMM-yyyy}"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Who_is_cut_off_before_marking_it_makes_no_second_draft_and_what_never_ends_is_parked(Database database)
    {
        await using var app = await StartAsync(database);
        using var server = new ImapServer { Breaks = 1 };
        var world = await DealWorld.CreateAsync(app);
        var rosa = await world.PartnerAsync();
        using var api = await world.Manager.ApiAsync();
        await SetAsync(api, server, done: "Done");
        server.Deliver(Mail(rosa.Email, "cut", "Eder Ceramics"));
        (await app.RunAsync<ReadMailbox>()).Problem!.Code.ShouldStartWith("deals.mailbox");
        (await DraftsAsync(world)).Count.ShouldBe(1);
        server.Folders["INBOX"].Count.ShouldBe(1, "it was not marked");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        (await DraftsAsync(world)).Count.ShouldBe(1);
        (server.Folders["INBOX"].Count, server.Folders["Done"].Count).ShouldBe((0, 1));

        // A message at which the process ends each time; the next one does not wait for it.
        server.Moves = false;
        var (bad, good) = (server.Deliver(Mail(rosa.Email, "bad", "Tramontana SA")), server.Deliver(Mail(rosa.Email, "good", "Kestrel Foods")));
        for (var i = 0; i < MailboxMessage.MostAttempts; i++)
            (await world.Tenant.AsSystemAsync<HoldMessage, Result<MailboxMessageId?>>(h => h.RunAsync(new MessageToHold(7, bad.Uid, 100), default))).Value.ShouldNotBeNull();
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        (await DraftsAsync(world)).Select(d => d.CustomerName).ShouldBe(["Eder Ceramics", "Kestrel Foods"]);
        server.Folders["INBOX"].ShouldBe([bad]);
        server.Folders["Done"].Count.ShouldBe(2, "copied and deleted where the server cannot move");
        var parked = (await ParkedAsync(api)).ShouldHaveSingleItem();
        parked.GetProperty("reason").GetString().ShouldBe("It was begun three times, and reading it never came to an end.");
        (await api.PostAsync($"/api/v1/inbound-mail/parked/{parked.GetProperty("id").GetString()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        (await DraftsAsync(world)).Count.ShouldBe(3);
        good.Flags.ShouldContain("\\Deleted");
    }

    [SkippableTheory, Databases]
    public async Task What_cannot_be_taken_in_is_parked_with_the_reason_and_blocks_nothing(Database database)
    {
        await using var app = await StartAsync(database);
        using var server = new ImapServer();
        var world = await DealWorld.CreateAsync(app);
        var rosa = await world.PartnerAsync();
        using var api = await world.Manager.ApiAsync();
        await SetAsync(api, server);
        var large = server.Deliver(Mail(rosa.Email, "large", "Huge Ltd"), told: 25_000_000);
        var nobody = server.Deliver("Subject: no sender\r\n\r\nhello"u8.ToArray());
        var absent = server.Deliver(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Mail(rosa.Email, "absent", "Away Inc")).Insert(0, "Auto-Submitted: auto-replied\r\n")));
        server.Deliver(Mail(rosa.Email, "good", "Lumen Kliniken"));
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        (await DraftsAsync(world)).ShouldHaveSingleItem().CustomerName.ShouldBe("Lumen Kliniken", "an absence note makes nothing");
        absent.Flags.ShouldBe(["\\Seen"]);
        (large.Flags.Count, nobody.Flags.Count).ShouldBe((0, 0), "they stay unread");
        server.Count("BODY.PEEK[]<0.10000000>").ShouldBe(3, "the large one is not fetched whole");

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync("/app/deals/mail");
        foreach (var shown in new[] { "Could not be taken in", "It is larger than 10 MB.", rosa.Email, "An automatic message" }) page.Text.ShouldContain(shown);
        var news = await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailboxMessage>().CountAsync(m => m.State == MailboxMessageState.Parked));
        news.ShouldBe(2);
        var lines = (await ParkedAsync(api)).ToDictionary(p => p.GetProperty("bytes").GetInt64() == 25_000_000, p => p.GetProperty("id").GetString());
        page = await pages.SubmitAsync(page, $"leave-{lines[true]}");
        page.Text.ShouldContain("It is marked as done in the mailbox within a minute.");
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        large.Flags.ShouldBe(["\\Seen"]);
        (await ParkedAsync(api)).ShouldHaveSingleItem();
        nobody.Flags.Add("\\Seen");
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull();
        (await ParkedAsync(api)).ShouldBeEmpty("somebody has read it in the mailbox");
    }

    [SkippableTheory, Databases]
    public async Task What_is_wrong_with_the_settings_is_said_and_the_server_is_left_alone_for_a_while(Database database)
    {
        await using var app = await StartAsync(database);
        using var server = new ImapServer();
        var world = await DealWorld.CreateAsync(app);
        using var api = await world.Manager.ApiAsync();
        (await api.PostAsync(Path + "/try", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await SetAsync(api, server, password: "wrong");
        (await TryAsync(api)).ShouldBe("deals.mailbox_sign_in");
        using var pages = await world.Manager.PagesAsync();
        (await pages.SubmitAsync(await pages.GetAsync("/app/deals/mail/mailbox"), "try")).Text.ShouldContain("The mail server does not accept this user and password.");
        for (var fault = 1; fault <= 3; fault++)
        {
            (await app.RunAsync<ReadMailbox>()).Problem!.Code.ShouldBe("deals.mailbox_sign_in");
            var asked = server.Count(" LOGIN ");
            await app.RunAsync<ReadMailbox>();
            server.Count(" LOGIN ").ShouldBe(asked, "it is left alone");
            app.Clock.Advance(NoteReading.Pause(fault) + TimeSpan.FromSeconds(1));
        }

        (await pages.GetAsync("/app/deals/mail/mailbox")).Text.ShouldContain("What was wrong");
        await SetAsync(api, server, done: "Nowhere");
        (await TryAsync(api)).ShouldBe("deals.mailbox_no_folder");
        await SetAsync(api, server, security: "tls");
        server.Tls = true;
        (await TryAsync(api)).ShouldBe("deals.mailbox_no_trust");
        server.Tls = false;
        await SetAsync(api, server, security: "start_tls");
        (await TryAsync(api)).ShouldBe("deals.mailbox_no_starttls");
        await SetAsync(api, server);
        (await TryAsync(api)).ShouldBeNull();
        (await app.RunAsync<ReadMailbox>()).Problem.ShouldBeNull("new settings are tried at once");

        // A server that takes the call and says nothing.
        server.Silent = true;
        var calls = server.Count("connected");
        var trying = TryAsync(api);
        while (server.Count("connected") == calls) await Task.Delay(20);
        app.Clock.Advance(ImapSession.LimitToOpen + TimeSpan.FromSeconds(1));
        (await trying).ShouldBe("deals.mailbox_silent");
    }

    [SkippableTheory, Databases]
    public async Task A_mailbox_is_its_companys_its_password_stays_where_it_was_entered_for_and_nothing_private_is_asked(Database database)
    {
        using var server = new ImapServer();
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        using var api = await world.Manager.ApiAsync();
        foreach (var bad in new object[]
        {
            Settings(server, host: "127.0.0.1", security: "tls"), Settings(server, host: "[::1]", security: "tls"), Settings(server, host: "10.0.0.7", security: "tls"), Settings(server, host: "mail example", security: "tls"), Settings(server, host: "", security: "tls"),
            Settings(server, host: "imap.vendor.example", security: "none"), Settings(server, host: "imap.vendor.example", security: "tls", port: 70_000), Settings(server, host: "imap.vendor.example", security: "tls", password: ""), Settings(server, host: "imap.vendor.example", security: "tls", done: "inbox"),
        }) (await api.PutAsJsonAsync(Path, bad)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, bad.ToString());
        (await api.PutAsJsonAsync(Path, Settings(server, host: "localhost", security: "tls"))).StatusCode.ShouldBe(HttpStatusCode.OK, "a name is judged by where it leads when it is connected to");
        (await TryAsync(api)).ShouldBe("deals.mailbox_unreachable");
        server.Count("connected").ShouldBe(0);

        (await api.PutAsJsonAsync(Path, Settings(server, host: "localhost", security: "tls", password: null, folder: "Deals"))).StatusCode.ShouldBe(HttpStatusCode.OK, "the password is kept");
        (await api.PutAsJsonAsync(Path, Settings(server, host: "evil.example", security: "tls", password: null))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "it is never sent elsewhere");
        foreach (var (port, security, what) in new[] { (server.Port + 1, "tls", "nor to another port"), (server.Port, "none", "nor unprotected where it was sent protected") })
            (await api.PutAsJsonAsync(Path, Settings(server, host: "localhost", security: security, password: null, port: port, folder: "Deals"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, what);
        var text = await api.GetStringAsync(Path);
        text.ShouldNotContain("sesame");
        JsonDocument.Parse(text).RootElement.GetProperty("folder").GetString().ShouldBe("Deals");
        var kept = await world.Manager.DoAsync<Work, Mailbox>(w => w.Db.Set<Mailbox>().SingleAsync());
        kept.SealedPassword.ShouldNotContain("sesame");
        var audit = await world.Tenant.Administrator.DoAsync<Work, List<string>>(w => w.Db.Set<AuditEntry>().Where(a => a.SubjectKind == "deals_mailbox").Select(a => a.Changes).ToListAsync());
        audit.ShouldNotBeEmpty();
        audit.ShouldAllBe(c => !c.Contains(kept.SealedPassword, StringComparison.Ordinal));
        (await world.Manager.DoAsync<SetMailbox, Result<Done>>(s => s.RunAsync(new MailboxInput("localhost", 993, MailboxSecurity.Tls, ImapServer.User, null, "INBOX", null, true, 1), default))).Problem!.Kind.ShouldBe(ProblemKind.Stale);

        using var partner = await (await world.PartnerAsync()).ApiAsync();
        foreach (var path in new[] { Path, "/api/v1/inbound-mail/parked" }) (await partner.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await partner.PostAsync(Path + "/try", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var finance = await (await world.Tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PutAsJsonAsync(Path, Settings(server, host: "localhost", security: "tls"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await (await DealWorld.CreateAsync(app)).Manager.ApiAsync();
        JsonDocument.Parse(await other.GetStringAsync(Path)).RootElement.GetProperty("set").GetBoolean().ShouldBeFalse();
        (await other.PostAsync(Path + "/try", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await api.DeleteAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Mailbox>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public void A_mailbox_that_cannot_be_read_is_left_alone_for_longer_and_longer_at_most_an_hour() =>
        new[] { 1, 2, 3, 6, 7, 100 }.Select(f => NoteReading.Pause(f).TotalMinutes).ShouldBe([1, 2, 4, 32, 60, 60]);

    private static Task<TestApp> StartAsync(Database database) => TestApp.StartAsync(database, settings: ["--TRELLIS_OUTBOUND=private"]);

    private static object Settings(ImapServer server, string host = "127.0.0.1", string security = "none", string? password = ImapServer.Password, string folder = "INBOX", string? done = null, int? port = null) =>
        new { host, port = port ?? server.Port, security, user = ImapServer.User, password, folder, doneFolder = done, on = true };

    private static async Task SetAsync(HttpClient api, ImapServer server, string security = "none", string? password = ImapServer.Password, string? done = null)
    {
        var answer = await api.PutAsJsonAsync(Path, Settings(server, security: security, password: password, done: done));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    // The code of what is wrong, or null.
    private static async Task<string?> TryAsync(HttpClient api)
    {
        var answer = await api.PostAsync(Path + "/try", null);
        return answer.IsSuccessStatusCode ? null : JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();
    }

    private static async Task<IReadOnlyList<JsonElement>> ParkedAsync(HttpClient api) => [.. JsonDocument.Parse(await api.GetStringAsync("/api/v1/inbound-mail/parked")).RootElement.GetProperty("items").EnumerateArray()];

    private static Task<List<Deal>> DraftsAsync(DealWorld world) => world.Tenant.AsSystemAsync<Work, List<Deal>>(w => w.Db.Set<Deal>().AsNoTracking().OrderBy(d => d.Id).ToListAsync());

    private static byte[] Mail(string from, string id, string customer, bool file = false) => Encoding.UTF8.GetBytes($"From: <{from}>\r\nSubject: Fwd: Relay\r\nMessage-ID: <{id}-{Guid.CreateVersion7():N}@x.example>\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCustomer: {customer}\r\nProduct: Relay\r\nAmount: 5000\r\n"
        + (file ? $"\r\n--b1\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"offer.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{System.Convert.ToBase64String("%PDF-1.7 offer"u8)}" : "") + "\r\n--b1--\r\n");
}
