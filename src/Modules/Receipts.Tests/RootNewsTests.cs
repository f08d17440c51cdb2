using System.Net;
using System.Net.Http.Json;
using Trellis.Receipts.Jobs;

namespace Trellis.Receipts.Tests;

public sealed class RootNewsTests
{
    [SkippableTheory, Databases]
    public async Task Only_who_has_chosen_it_gets_the_root_of_each_day_by_mail_and_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await ReceiptWorld.CreateAsync(app);
        var (rosa, other, gone) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        (await ChooseAsync(world.Tenant.Administrator)).ShouldBe(HttpStatusCode.UnprocessableEntity, "it is for partners' people");
        foreach (var person in new[] { rosa, gone }) (await ChooseAsync(person)).ShouldBe(HttpStatusCode.OK);
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        (await administrator.PostAsJsonAsync($"/api/v1/people/{gone.Actor.Person}/state", new { state = "suspended" })).IsSuccessStatusCode.ShouldBeTrue();
        for (var i = 0; i < 2; i++) await world.IssueAsync(other.Actor.Partner!.Value);
        await world.SealAsync();
        await app.RunAsync<TellRoots>();
        (await MailsAsync()).ShouldBeEmpty("the day is not over");

        app.Clock.Advance(TimeSpan.FromDays(1));
        await world.SealAsync();
        for (var i = 0; i < 2; i++) await app.RunAsync<TellRoots>();
        var root = (await world.AllAsync<DayRoot>()).ShouldHaveSingleItem();
        var mail = (await MailsAsync()).ShouldHaveSingleItem();
        (mail.To, mail.Subject).ShouldBe((rosa.Email, $"Root of the receipts of {root.Day:yyyy-MM-dd}"));
        mail.Body.ShouldContain($": 2, numbers 1 to 2. The root of the day is {root.Root}.");
        mail.Body.ShouldContain($"/receipts/roots?issuer={world.Tenant.Id}");
        mail.Body.ShouldContain("/unsubscribe?key=");

        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunAsync<TellRoots>();
        (await MailsAsync()).Count.ShouldBe(1);
        using var pages = await rosa.PagesAsync();
        (await pages.GetAsync("/portal/notifications")).Text.ShouldNotContain("Root of the receipts", Case.Insensitive, "it comes by mail alone");

        async Task<List<MailRow>> MailsAsync() => [.. (await world.AllAsync<MailRow>()).Where(m => m.Subject.StartsWith("Root of the receipts", StringComparison.Ordinal))];
    }

    [SkippableTheory, Databases]
    public async Task It_is_off_until_somebody_chooses_it_and_offers_no_place_in_the_program(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var rosa = await world.PartnerAsync();
        using var pages = await rosa.PagesAsync();
        (await pages.GetAsync("/portal/receipts")).Document.QuerySelector("a[href='/portal/notifications/settings']").ShouldNotBeNull();
        var settings = await pages.GetAsync("/portal/notifications/settings");
        settings.Text.ShouldContain(RootNews.Kind.Label);
        settings.Document.QuerySelector($"input[name='Input.InApp[{RootNews.Kind.Code}]']").ShouldBeNull();
        settings.Document.QuerySelector($"select[name='Input.Mail[{RootNews.Kind.Code}]'] option[selected]")!.GetAttribute("value").ShouldBe("off");
        (await pages.SubmitAsync(settings, "preferences", ($"Input.Mail[{RootNews.Kind.Code}]", "at_once"))).Text.ShouldContain("Your choice is saved.");
        (await pages.GetAsync("/portal/notifications/settings")).Document.QuerySelector($"select[name='Input.Mail[{RootNews.Kind.Code}]'] option[selected]")!.GetAttribute("value").ShouldBe("at_once");
    }

    private static async Task<HttpStatusCode> ChooseAsync(TestPerson person)
    {
        using var api = await person.ApiAsync();
        return (await api.PutAsJsonAsync("/api/v1/notifications/preferences", new[] { new { kind = RootNews.Kind.Code, inApp = true, mail = "at_once" } })).StatusCode;
    }
}
