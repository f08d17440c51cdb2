using AngleSharp.Dom;
using Trellis.Deals.Web;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class PartnerChoiceTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_is_meant_by_identifier_name_web_address_or_a_part_of_its_name_alone(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (elm, oak) = ((await world.PartnerAsync("Elm Partners", website: "https://elm-partners.example")).Actor.Partner!.Value, (await world.PartnerAsync("Oak Consulting")).Actor.Partner!.Value);
        await world.PartnerAsync("Oak Delivery");
        foreach (var words in (string[])["Elm Partners", "elm partners", "elm", "elm-partners.example", "https://www.elm-partners.example/about", elm.ToString()]) (await FindAsync(world, words)).Value.ShouldBe(elm, words);
        (await FindAsync(world, "Oak Consulting")).Value.ShouldBe(oak);
        (await FindAsync(world, " ")).Value.ShouldBeNull();
        (await FindAsync(world, "oak")).Problem!.Message.ShouldStartWith("Several partners have this name.");
        foreach (var words in (string[])["Ash Partners", "ash.example", "%", "_"]) (await FindAsync(world, words)).Problem!.Errors["partner"].Single().ShouldBe("There is no partner with this name or web address.", words);
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_many_partners_the_form_asks_for_a_name_and_takes_the_last_of_the_alphabet(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var deal = await world.RegisterAsync(await world.PartnerAsync("Aaa First"), world.Fields("Zwickau Motors"));
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/deals/{deal.Id}")).Document.QuerySelector("select[name='Invite.Partner']").ShouldNotBeNull("few partners stand in a list");
        for (var i = 0; i < PartnerChoice.Most; i++)
            (await world.Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner($"Partner number {i}", "DE", PartnerType.Reseller) { State = PartnerState.Active, EvenIfSimilar = true }, default))).Problem.ShouldBeNull();
        var last = (await world.PartnerAsync("Zzz Last")).Actor.Partner!.Value;
        var form = await pages.GetAsync($"/app/deals/{deal.Id}");
        form.Document.QuerySelector("select[name='Invite.Partner']").ShouldBeNull();
        form.Document.QuerySelector("input[name='Invite.Partner']").ShouldNotBeNull();
        var refused = await pages.SubmitAsync(form, "invite", ("Invite.Partner", "Nobody"), ("Invite.Role", "deliver"), ("Invite.Share", "10"));
        refused.Text.ShouldContain("There is no partner with this name or web address.");
        await pages.SubmitAsync(form, "invite", ("Invite.Partner", "zzz last"), ("Invite.Role", "deliver"), ("Invite.Share", "10"));
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).Team.ShouldContain(m => m.Partner == last);
        // A suggestion names it by its identifier; the form says its name.
        var suggested = await pages.GetAsync($"/app/deals/{deal.Id}?invite={last}&role=deliver");
        suggested.Document.QuerySelector("input[name='Invite.Partner']")!.GetAttribute("value").ShouldBe("Zzz Last");
    }

    [SkippableTheory, Databases]
    public async Task An_identifier_that_is_none_is_refused_where_the_partner_is_asked_for_and_never_a_fault(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var deal = await world.RegisterAsync(await world.PartnerAsync("Elm Partners"), world.Fields("Zwickau Motors"));
        using var pages = await world.Manager.PagesAsync();
        foreach (var words in (string[])["par_00000000000000000000000000000000", "par_x", "par_"])
        {
            (await FindAsync(world, words)).Problem!.Errors["partner"].Single().ShouldBe("There is no partner with this name or web address.", words);
            var form = await pages.GetAsync($"/app/deals/{deal.Id}?invite={words}&role=deliver");
            var refused = await pages.SubmitAsync(form, "invite", ("Invite.Partner", words), ("Invite.Role", "deliver"), ("Invite.Share", "10"));
            refused.Text.ShouldContain("There is no partner with this name or web address.");
        }
    }

    private static Task<Result<PartnerId?>> FindAsync(DealWorld world, string words) => world.Manager.DoAsync<Work, Result<PartnerId?>>(w => PartnerChoice.FindAsync(w, words, default));
}
