using System.Net;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Tests;

public sealed class LeavingTests
{
    [SkippableTheory, Databases]
    public async Task A_partnership_ends_only_when_all_is_settled_or_waived_with_a_reason(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Leaver");
        var person = await world.Tenant.PartnerPersonAsync(id, "Leaver");
        (await EndAccessAsync()).Problem!.Code.ShouldBe("partners.not_leaving");
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Sold.")).Ok.ShouldBeTrue();
        var steps = await StepsAsync();
        steps.Select(s => s.Code).ShouldBe(["access", "open_deals", "open_leads", "unpaid", "agreements", "data", "farewell"]);

        var blocked = (await world.MoveAsync(id, PartnerTrigger.End, "Done.")).Problem!;
        blocked.Code.ShouldBe("partners.not_settled");
        ((IReadOnlyList<string>)blocked.Facts["open"]!).Count.ShouldBe(4, "access and what a person confirms; no deal and no money is open");
        var access = steps.Single(s => s.Code == "access");
        (await SettleAsync(access, new StepChange(StepState.Done))).Problem!.Code.ShouldBe("partners.not_settled");
        (await SettleAsync(access, new StepChange(StepState.Waived))).Problem!.Errors.Keys.ShouldContain("reason");
        (await EndAccessAsync()).Value.ShouldBe(1);
        (await SettleAsync(access, new StepChange(StepState.Done))).Problem.ShouldBeNull();
        foreach (var step in steps.Skip(4)) (await SettleAsync(step, step.Code == "data" ? new StepChange(StepState.Waived, "They had none.") : new StepChange(StepState.Done))).Problem.ShouldBeNull();

        (await world.MoveAsync(id, PartnerTrigger.End, "Done.")).Value.ShouldBe(PartnerState.Former);
        (await StepsAsync()).ShouldAllBe(s => s.State != StepState.Open);
        using var pages = new PageClient(world.Tenant.App.Address);
        (await pages.SignInAsync(person.Email, TestPerson.Password)).Address.AbsolutePath.ShouldNotContain("portal");

        Task<IReadOnlyList<StepItem>> StepsAsync() => world.Operations.DoAsync<Checklist, IReadOnlyList<StepItem>>(c => c.OfAsync(id, default));
        Task<Result<Done>> SettleAsync(StepItem step, StepChange change) => world.Operations.DoAsync<SettleStep, Result<Done>>(s => s.RunAsync((id, step.Id, change), default));
        Task<Result<int>> EndAccessAsync() => world.Operations.DoAsync<EndAccess, Result<int>>(e => e.RunAsync(id, default));
    }

    [SkippableTheory, Databases]
    public async Task What_is_looked_up_is_asked_for_even_if_the_checklist_is_older_than_the_check(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Earlier");
        await world.Tenant.PartnerPersonAsync(id, "Earlier");
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Sold.")).Ok.ShouldBeTrue();
        await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Step>().Where(s => s.Code == "access" || s.Code == "unpaid").ExecuteDeleteAsync());
        var steps = await StepsAsync();
        steps.Select(s => s.Code).ShouldBe(["access", "open_deals", "open_leads", "unpaid", "agreements", "data", "farewell"]);
        (await StepsAsync()).Select(s => s.Id).ShouldBe(steps.Select(s => s.Id));
        foreach (var step in steps.Skip(4)) (await SettleAsync(step, StepState.Done)).Problem.ShouldBeNull();

        var blocked = (await world.MoveAsync(id, PartnerTrigger.End, "Done.")).Problem!;
        blocked.Message.ShouldBe("Not everything is settled yet. Settle what is open, or waive it with a reason.");
        blocked.Facts["open"].ShouldBeAssignableTo<IReadOnlyList<string>>()!.ShouldBe(["1 person can still sign in"]);
        (await SettleAsync(steps[0], StepState.Waived)).Problem.ShouldBeNull();
        (await StepsAsync()).Single(s => s.Code == "access").ShouldSatisfyAllConditions(s => s.Id.ShouldBe(steps[0].Id), s => s.State.ShouldBe(StepState.Waived));
        (await world.MoveAsync(id, PartnerTrigger.End, "Done.")).Value.ShouldBe(PartnerState.Former);
        (await StepsAsync()).ShouldAllBe(s => s.State != StepState.Open);

        Task<IReadOnlyList<StepItem>> StepsAsync() => world.Operations.DoAsync<Checklist, IReadOnlyList<StepItem>>(c => c.OfAsync(id, default));
        Task<Result<Done>> SettleAsync(StepItem step, StepState state) => world.Operations.DoAsync<SettleStep, Result<Done>>(s => s.RunAsync((id, step.Id, new StepChange(state, "As agreed")), default));
    }

    [SkippableTheory, Databases]
    public async Task The_checklist_and_what_blocks_the_end_are_told_in_the_readers_language(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Abschied");
        await world.Tenant.PartnerPersonAsync(id, "Abschied");
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Verkauft.")).Ok.ShouldBeTrue();
        using var pages = await world.Operations.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", "de");
        (await pages.GetAsync($"/app/partners/{id}/offboarding")).Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("1 Person kann sich noch anmelden."), t => t.ShouldContain("Kein Deal ist offen."), t => t.ShouldContain("Nichts ist unbezahlt."), t => t.ShouldContain("Verträge beendet"),
            t => t.ShouldNotContain("sign in"), t => t.ShouldNotContain("Customer data"), t => t.ShouldNotContain("Earnings paid"));
        var standing = await pages.GetAsync($"/app/partners/{id}/standing?on=end");
        var refused = await pages.SubmitAsync(standing, "state", ("State.Trigger", "end"), ("State.Reason", "Fertig."));
        refused.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Noch ist nicht alles geregelt."), t => t.ShouldContain("1 Person kann sich noch anmelden, Verträge beendet"));
        (await pages.GetAsync($"/app/partners/{id}/timeline")).Document.QuerySelector("#timeline")!.TextContent.ShouldSatisfyAllConditions(
            t => t.ShouldContain("änderte den Status in „Ausstieg“"), t => t.ShouldContain("fügte den Partner hinzu"), t => t.ShouldNotContain("changed the status"));
    }

    [SkippableTheory, Databases]
    public async Task The_directory_shows_only_partners_that_said_yes_themselves(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (yes, no) = (await world.PartnerAsync("Yes Partner", p => p with { Competencies = "Weaving", Description = "We weave." }), await world.PartnerAsync("Silent Partner"));
        var admin = await world.Tenant.PartnerPersonAsync(yes, "Yes Partner", Roles.PartnerAdmin);
        using var strangers = new PageClient(world.Tenant.App.Address);
        var address = $"/partners?program={world.Tenant.Id}";
        (await strangers.GetAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        await world.Operations.DoAsync<SetDirectory, Result<Done>>(s => s.RunAsync(new DirectoryInput(true, false, "Our partners", null), default));

        (await SetAsync(world.Operations, no, new ListingInput(true))).Problem!.Code.ShouldBe("partners.consent");
        (await SetAsync(admin, yes, new ListingInput(true, "Weavers since 1900"))).Problem.ShouldBeNull();
        (await SetAsync(admin, no, new ListingInput(true))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var page = await strangers.GetAsync(address);
        page.Text.ShouldContain("Weavers since 1900");
        page.Text.ShouldNotContain("Silent Partner");
        var raw = await strangers.Http.GetAsync(address);
        raw.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex, nofollow"]);
        (await strangers.GetAsync($"/partners/yes-partner?program={world.Tenant.Id}")).Text.ShouldContain("We weave.");
        (await strangers.GetAsync(address + "&competency=weaving")).Text.ShouldContain("Yes Partner");
        (await strangers.GetAsync(address + "&competency=Sewing")).Text.ShouldNotContain("Yes Partner");

        // That it is at risk or dormant is no business of strangers; suspended it is gone.
        foreach (var on in new[] { PartnerTrigger.FlagAtRisk, PartnerTrigger.MarkDormant })
        {
            (await world.MoveAsync(yes, on, "Quiet.")).Problem.ShouldBeNull();
            (await strangers.GetAsync(address)).Text.ShouldContain("Yes Partner");
        }

        (await world.MoveAsync(yes, PartnerTrigger.Suspend, "Broken.")).Problem.ShouldBeNull();
        (await strangers.GetAsync(address)).Text.ShouldNotContain("Yes Partner");
        (await world.MoveAsync(yes, PartnerTrigger.Reinstate)).Problem.ShouldBeNull();
        (await strangers.GetAsync(address)).Text.ShouldContain("Yes Partner");

        (await SetAsync(world.Operations, yes, new ListingInput(false))).Problem.ShouldBeNull();
        (await strangers.GetAsync($"/partners/yes-partner?program={world.Tenant.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);

        Task<Result<Done>> SetAsync(TestPerson who, PartnerId partner, ListingInput input) => who.DoAsync<SetListing, Result<Done>>(s => s.RunAsync((partner, input), default));
    }

    [SkippableTheory, Databases]
    public async Task Notes_contacts_tags_and_contributions_are_changed_by_whom_they_belong_to(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Kept"), await world.PartnerAsync("Other"));
        var (rep, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Kept"), await world.Tenant.PartnerPersonAsync(other, "Other"));
        var note = (await rep.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((id, new NewNote("Hello")), default))).Value;
        (await ChangeAsync(world.Operations)).Problem!.Code.ShouldBe("partners.not_yours");
        (await ChangeAsync(stranger)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ChangeAsync(rep)).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<Work, Page<NoteItem>>(w => PartnerPage.NotesAsync(w, id, new Paging(), default))).Items.ShouldContain(n => n.Text == "Goodbye" && n.EditedAt != null);

        var contact = (await world.Operations.DoAsync<AddContact, Result<ContactId>>(a => a.RunAsync((id, new NewContact("Ann", "ann@kept.example", ContactFunction.Sales)), default))).Value;
        (await world.Operations.DoAsync<ChangeContact, Result<Done>>(c => c.RunAsync((id, contact, new NewContact("Anne", "anne@kept.example", ContactFunction.Finance)), default))).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<RemoveContact, Result<Done>>(r => r.RunAsync((other, contact), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Operations.DoAsync<RemoveContact, Result<Done>>(r => r.RunAsync((id, contact), default))).Problem.ShouldBeNull();

        (await world.Manager.DoAsync<TagPartner, Result<Done>>(t => t.RunAsync((id, new TagChange("Speaker, speaker , Reference")), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Work, List<string>>(w => Tags.OfAsync(w, id, default))).ShouldBe(["Reference", "Speaker"]);
        (await rep.DoAsync<Work, List<string>>(w => Tags.OfAsync(w, id, default))).ShouldBeEmpty();

        var given = new NewContribution(ContributionKind.Solution, "Joint connector", DateOnly.FromDateTime(DateTime.UtcNow), With: other);
        (await world.Manager.DoAsync<AddContribution, Result<ContributionId>>(a => a.RunAsync((id, given), default))).Problem.ShouldBeNull();
        (await GivenAsync(world.Manager, other)).ShouldHaveSingleItem().Title.ShouldBe("Joint connector");
        (await GivenAsync(rep, id)).ShouldHaveSingleItem().With.ShouldBeNull("a partner does not read which other partner it was");
        (await GivenAsync(stranger, id)).ShouldBeEmpty();

        Task<Result<Done>> ChangeAsync(TestPerson who) => who.DoAsync<ChangeNote, Result<Done>>(c => c.RunAsync((id, note, "Goodbye"), default));
        Task<IReadOnlyList<ContributionItem>> GivenAsync(TestPerson who, PartnerId of) => who.DoAsync<Work, IReadOnlyList<ContributionItem>>(w => Contributions.OfAsync(w, [], of, default));
    }

    [SkippableTheory, Databases]
    public async Task A_file_is_what_it_says_and_an_internal_one_is_not_there_for_the_partner(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Filed");
        var rep = await world.Tenant.PartnerPersonAsync(id, "Filed");
        using var api = await world.Operations.ApiAsync();
        (await SendAsync("plan.pdf", "no pdf at all", false)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync("internal.txt", "Only for us.", false)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var shared = await SendAsync("shared.txt", "For both.", true);
        using var theirs = await rep.ApiAsync();
        var list = await theirs.GetStringAsync($"/api/v1/partners/{id}/files");
        list.ShouldContain("shared.txt");
        list.ShouldNotContain("internal.txt");
        (await theirs.GetStringAsync(shared.Headers.Location!.ToString())).ShouldBe("For both.");
        var hidden = await world.Operations.DoAsync<Work, FileId>(w => w.Db.Set<PartnerFile>().Where(f => f.Name == "internal.txt").Select(f => f.Id).SingleAsync());
        (await theirs.GetAsync($"/api/v1/partners/{id}/files/{hidden}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        Task<HttpResponseMessage> SendAsync(string name, string text, bool toBoth) =>
            api.PostAsync($"/api/v1/partners/{id}/files?name={name}&shared={toBoth}", new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/octet-stream") } });
    }

    [SkippableTheory, Databases]
    public async Task A_message_to_several_partners_reaches_their_people_and_stands_on_their_pages(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("One"), await world.PartnerAsync("Two"));
        var person = await world.Tenant.PartnerPersonAsync(one, "One");
        using var pages = await world.Manager.PagesAsync();
        var list = await pages.GetAsync("/app/partners");
        var token = list.Document.QuerySelector("form[method=post] [name='__RequestVerificationToken']")!.GetAttribute("value")!;
        var answer = await pages.Http.PostAsync("/app/partners", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("_handler", "bulk"), new("act", "message"), new("id", one.ToString()), new("id", two.ToString()), new("text", "Our office is closed on Friday.")]));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("2 partners are written to.");
        (await world.MailsToAsync(person.Email)).ShouldContain(m => m.Contains("Our office is closed on Friday."));
        (await person.DoAsync<Work, Page<NoteItem>>(w => PartnerPage.NotesAsync(w, one, new Paging(), default))).Items.ShouldHaveSingleItem().Text.ShouldBe("Our office is closed on Friday.");
    }
}
