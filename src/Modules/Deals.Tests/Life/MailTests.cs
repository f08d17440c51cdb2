using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests.Life;

/// <summary>Registrations from forwarded mail: the address, the files, and senders of several partners.</summary>
public sealed class MailTests
{
    [SkippableTheory, Databases]
    public async Task Files_of_a_forwarded_mail_lie_with_the_draft_and_what_we_do_not_take_is_left_out(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        using var door = await world.Manager.ApiAsync();
        var mail = Mail(partner.Email, "files",
            ("application/pdf; name=\"a.pdf\"", "attachment; filename=\"..\\..\\Angebot.pdf\"", "%PDF-1.7 offer"u8.ToArray()),
            ("application/octet-stream", "attachment; filename*=utf-8''Plan%20f%C3%BCr%20Brenta.txt", Encoding.UTF8.GetBytes("Zwei Treffen")),
            ("application/pdf", "attachment; filename=\"page.pdf\"", "<html><script>alert(1)</script>"u8.ToArray()),
            ("application/x-msdownload", "attachment; filename=\"tool.exe\"", [0x4D, 0x5A, 0x90]),
            ("image/png; name=\"logo.png\"", "inline; filename=\"logo.png\"", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));
        var answer = await HandAsync(door, mail);
        var deal = Ids.Parse<DealId>(answer.GetProperty("deal").GetString())!.Value;
        await HandAsync(door, mail);
        var draft = await DealWorld.SeeAsync(partner, deal);
        (draft.State, draft.CustomerName).ShouldBe((DealState.Draft, "Brenta Yards"));

        using var portal = await partner.PagesAsync();
        var page = await portal.GetAsync($"/portal/deals/new?draft={deal}");
        foreach (var name in new[] { "Files of your mail", "Angebot.pdf", "Plan für Brenta.txt" }) page.Text.ShouldContain(name);
        foreach (var name in new[] { "page.pdf", "tool.exe", "logo.png", ".." }) page.Text.ShouldNotContain(name);
        var links = page.Document.QuerySelectorAll($"a[href^='/files/deals/{deal}']").Select(a => a.GetAttribute("href")!).ToList();
        links.Count.ShouldBe(2, "the same message again adds nothing");
        (await portal.Http.GetStringAsync(links[0])).ShouldBe("%PDF-1.7 offer");
        using var staff = await world.Manager.PagesAsync();
        (await staff.Http.GetAsync(links[0])).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the vendor reads nothing that is not registered");
        using var stranger = await (await world.PartnerAsync()).PagesAsync();
        (await stranger.Http.GetAsync(links[0])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var list = await staff.GetAsync("/app/deals/mail");
        list.Text.ShouldContain("2 files kept");
        list.Text.ShouldContain("2 files left out");
    }

    [SkippableTheory, Databases]
    public async Task Who_belongs_to_several_partners_chooses_by_a_sealed_link_and_nothing_is_lost(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, other) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Alpenpartner"));
        await world.Tenant.JoinAsync(rosa, other.Actor.Partner!.Value, "Alpenpartner");
        using var door = await world.Manager.ApiAsync();
        var mail = Mail(rosa.Email, "two", ("application/pdf", "attachment; filename=\"offer.pdf\"", "%PDF-1.7 offer"u8.ToArray()));
        (await HandAsync(door, mail)).GetProperty("outcome").GetString().ShouldBe("several_partners");
        await HandAsync(door, mail);
        var letters = await world.Manager.DoAsync<Work, List<MailRow>>(w => w.Db.Set<MailRow>().Where(m => m.To == rosa.Email && m.Subject.StartsWith("For which partner")).ToListAsync());
        var body = letters.ShouldHaveSingleItem("the same message again asks nothing").Body;
        var keys = new Dictionary<string, string>();
        foreach (Match match in Regex.Matches(body, @"(\w+):\s+\S*(/portal/deals/mail\?key=\S+)")) keys[match.Groups[1].Value] = match.Groups[2].Value;
        keys.Keys.ShouldBe(["Alpenpartner", "Brightpath"]);

        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync(keys["Alpenpartner"])).Text.ShouldContain("This link is for Alpenpartner. Switch to it first");
        var page = await portal.GetAsync(keys["Brightpath"]);
        page.Text.ShouldContain("The draft is made for Brightpath");
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Deal>().CountAsync(d => d.CustomerName == "Brenta Yards"))).ShouldBe(0, "looking makes nothing");
        using var stranger = await other.PagesAsync();
        (await stranger.GetAsync(keys["Alpenpartner"])).Status.ShouldBe(HttpStatusCode.NotFound, "the link is its sender's");
        (await portal.GetAsync(keys["Brightpath"] + "x")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await portal.GetAsync("/portal/deals/mail")).Status.ShouldBe(HttpStatusCode.NotFound);

        var draft = await portal.SubmitAsync(page, "choose");
        draft.Address.PathAndQuery.ShouldStartWith("/portal/deals/new?draft=");
        draft.Text.ShouldContain("offer.pdf");
        (await portal.GetAsync(keys["Brightpath"])).Address.PathAndQuery.ShouldBe(draft.Address.PathAndQuery, "the link leads to the draft from then on");
        var made = await world.Manager.DoAsync<Work, List<Deal>>(w => w.Db.Set<Deal>().Where(d => d.CustomerName == "Brenta Yards").ToListAsync());
        made.ShouldHaveSingleItem().PartnerId.ShouldBe(rosa.Actor.Partner!.Value);
        var kept = await world.Manager.DoAsync<Work, IntakeMail>(w => w.Db.Set<IntakeMail>().SingleAsync());
        (kept.Outcome, kept.MessageFile, kept.FilesKept).ShouldBe((IntakeOutcome.Draft, null, 1));
        (await HandAsync(door, mail)).GetProperty("deal").GetString().ShouldBe(made[0].Id.ToString());
    }

    [SkippableTheory, Databases]
    public async Task A_mail_that_nobody_chose_for_is_deleted_after_a_month_and_an_erased_senders_the_next_time(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (rosa, other) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Alpenpartner"));
        await world.Tenant.JoinAsync(rosa, other.Actor.Partner!.Value, "Alpenpartner");
        using (var door = await world.Manager.ApiAsync()) await HandAsync(door, Mail(rosa.Email, "month"));
        var file = await FileAsync();
        await app.RunAsync<ForgetMail>();
        (await ThereAsync()).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromDays(ForgetMail.Days + 1));
        await app.RunAsync<ForgetMail>();
        (await ThereAsync()).ShouldBeFalse();

        using (var door = await world.Manager.ApiAsync()) await HandAsync(door, Mail(rosa.Email, "erased"));
        file = await FileAsync();
        var subject = new DataSubject(rosa.Actor.Person, rosa.Actor.Name, rosa.Email, false);
        (await world.Manager.DoAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.erase", async () => await new DealsPersonalData(w).EraseAsync(subject, default), default))).Problem.ShouldBeNull();
        await app.RunAsync<ForgetMail>();
        (await ThereAsync()).ShouldBeFalse();

        async Task<FileId> FileAsync() => (await world.Manager.DoAsync<Work, FileId?>(w => w.Db.Set<IntakeMail>().Where(m => m.MessageFile != null).Select(m => m.MessageFile).SingleAsync()))!.Value;

        Task<bool> ThereAsync() => world.Manager.DoAsync<FileStore, bool>(async s =>
        {
            await using var content = s.Open(world.Tenant.Id, file);
            return content is not null;
        });
    }

    [SkippableTheory, Databases]
    public async Task The_vendor_names_the_address_and_partners_read_it_where_they_register(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync("/portal/deals/new")).Text.ShouldNotContain("From a mail");
        using var staff = await world.Manager.PagesAsync();
        var page = await staff.GetAsync("/app/deals/mail");
        (await staff.SubmitAsync(page, "address", ("Input.Address", "deals at example"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.SubmitAsync(page, "address", ("Input.Address", "Deals@vendor.example"))).Text.ShouldContain("No mail yet");
        (await portal.GetAsync("/portal/deals/new")).Text.ShouldContain("Forward the customer’s mail to deals@vendor.example");
        using var api = await world.Manager.ApiAsync();
        await HandAsync(api, Mail("stranger@nowhere.example", "strange"));
        var state = await api.GetFromJsonAsync<JsonElement>("/api/v1/inbound-mail/address");
        (state.GetProperty("address").GetString(), state.GetProperty("lastReceived").ValueKind).ShouldBe(("deals@vendor.example", JsonValueKind.String));
        (await api.PutAsJsonAsync("/api/v1/inbound-mail/address", new { address = "" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.GetAsync("/portal/deals/new")).Text.ShouldNotContain("deals@vendor.example");
        using var closed = await rosa.ApiAsync();
        (await closed.PutAsJsonAsync("/api/v1/inbound-mail/address", new { address = "x@y.example" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = await (await DealWorld.CreateAsync(database)).Manager.ApiAsync();
        (await foreign.GetFromJsonAsync<JsonElement>("/api/v1/inbound-mail/address")).GetProperty("lastReceived").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Files_are_found_in_a_mail_within_a_mail_by_names_in_pieces_and_no_more_than_asked_for()
    {
        var inner = "From: <ana@customer.example>\nSubject: offer\nContent-Type: multipart/mixed; boundary=\"in\"\n\n--in\nContent-Type: text/plain\n\nhello\n--in\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''Angebot%20; filename*1=\"2026.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--in--\n";
        var outer = $"From: <rosa@partner.example>\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--out\r\nContent-Type: text/plain; name=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.txt?=\"\r\nContent-Disposition: attachment\r\n\r\nline\r\n--out--\r\n";
        var found = MailText.Attachments(Encoding.UTF8.GetBytes(outer));
        found.Select(f => f.Name).ShouldBe(["Angebot 2026.pdf", "Grüße.txt"]);
        Encoding.UTF8.GetString(found[0].Content).ShouldBe("%PDF-");
        Encoding.UTF8.GetString(found[1].Content).ShouldBe("line");
        MailText.Attachments("From: <a@b.example>\n\nonly words"u8).ShouldBeEmpty();
    }

    private static byte[] Mail(string from, string id, params (string Type, string Disposition, byte[] Content)[] files)
    {
        var text = new StringBuilder($"From: <{from}>\r\nSubject: Fwd: Relay\r\nMessage-ID: <{id}-{Guid.CreateVersion7():N}@x.example>\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCustomer: Brenta Yards\r\nProduct: Relay\r\n");
        foreach (var (type, disposition, content) in files)
            text.Append($"\r\n--b1\r\nContent-Type: {type}\r\nContent-Disposition: {disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n{System.Convert.ToBase64String(content)}");
        return Encoding.UTF8.GetBytes(text.Append("\r\n--b1--\r\n").ToString());
    }

    private static async Task<JsonElement> HandAsync(HttpClient door, byte[] mail)
    {
        using var body = new ByteArrayContent(mail);
        body.Headers.ContentType = new("message/rfc822");
        var answer = await door.PostAsync("/api/v1/inbound-mail", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
