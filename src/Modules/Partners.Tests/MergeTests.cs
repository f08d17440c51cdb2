using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Listing;
using Trellis.Partners.Merging;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class MergeTests
{
    [SkippableTheory, Databases]
    public async Task A_merge_moves_everything_takes_what_was_chosen_and_can_be_taken_back(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var stays = await world.PartnerAsync("Halcyon Systems", p => p with { City = "Bonn", Competencies = "Security", Motions = [Motion.Resell] });
        var goes = await world.PartnerAsync("Halcyon Sys.", p => p with { Website = "halcyon.example", City = "Köln", Competencies = "Data platform", Motions = [Motion.Resell, Motion.CoSell], EvenIfSimilar = true });
        var third = await world.PartnerAsync("Third");
        var person = await world.Tenant.PartnerPersonAsync(goes, "Halcyon Sys.");
        await world.Operations.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((goes, new NewNote("Called today.", true)), default));
        await world.Operations.DoAsync<Relate, Result<Done>>(r => r.RunAsync((goes, new NewRelation(third, RelationKind.Supplies)), default));
        await world.Operations.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((goes, new ExpertiseChanges { Territories = "DE" }), default));

        var merged = await MergeAsync(world, stays, goes, "city");
        merged.Problem.ShouldBeNull();

        (await world.ReadAsync(goes)).ShouldSatisfyAllConditions(p => p.Id.ShouldBe(stays), p => p.Name.ShouldBe("Halcyon Systems"), p => p.City.ShouldBe("Köln"), p => p.Domain.ShouldBe("halcyon.example"),
            p => p.Competencies.ShouldBe(["Security"]), p => p.Motions.Select(m => m.Motion).ShouldBe([Motion.Resell, Motion.CoSell], ignoreOrder: true));
        (await NamesAsync(world, new PartnerFilter())).ShouldBe(["Halcyon Systems", "Third"]);
        (await NamesAsync(world, new PartnerFilter { Territory = "Germany" })).ShouldBe(["Halcyon Systems"]);
        (await NamesAsync(world, new PartnerFilter { Competency = "Data platform" })).ShouldBeEmpty();
        (await world.Operations.DoAsync<Work, Page<NoteItem>>(w => PartnerPage.NotesAsync(w, stays, new Paging(), default))).Items.ShouldContain(n => n.Text == "Called today.");
        (await world.Operations.DoAsync<Work, IReadOnlyList<RelationItem>>(w => PartnerPage.RelationsAsync(w, stays, default))).ShouldContain(r => r.Partner == third && r.How == "Supplies");
        (await MembershipsAsync(world, person)).ShouldBe([stays]);

        (await UndoAsync(world, merged.Value)).Problem.ShouldBeNull();
        (await world.ReadAsync(stays)).ShouldSatisfyAllConditions(p => p.City.ShouldBe("Bonn"), p => p.Domain.ShouldBeNull(), p => p.Motions.Select(m => m.Motion).ShouldBe([Motion.Resell]));
        (await world.ReadAsync(goes)).ShouldSatisfyAllConditions(p => p.Id.ShouldBe(goes), p => p.State.Value.ShouldBe(PartnerState.Active), p => p.Motions.Count.ShouldBe(2), p => p.Competencies.ShouldBe(["Data platform"]));
        (await MembershipsAsync(world, person)).ShouldBe([goes]);
        (await NamesAsync(world, new PartnerFilter { Territory = "Germany" })).ShouldBe(["Halcyon Sys."]);
        (await world.Operations.DoAsync<Work, IReadOnlyList<RelationItem>>(w => PartnerPage.RelationsAsync(w, goes, default))).ShouldContain(r => r.Partner == third);
        (await UndoAsync(world, merged.Value)).Problem!.Code.ShouldBe("partners.merge_undone");
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_records_expertise_is_united_figures_are_chosen_and_taking_it_back_parts_them_again(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, goes) = (await world.PartnerAsync("Saale Systems"), await world.PartnerAsync("Saale Sys.", p => p with { EvenIfSimilar = true }));
        await TellAsync(stays, new ExpertiseChanges { Territories = "DE", Technologies = "Kafka", LeadCapacity = 2, Followers = 10 });
        await TellAsync(goes, new ExpertiseChanges { Territories = "Austria, DE", Technologies = "Spark", Locations = "Jena", LeadCapacity = 5, ProjectCapacity = 1, Followers = 900, Founded = 1998 });
        await world.Operations.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((goes, new NewNote("Called today.")), default));

        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync($"/app/partners/{stays}/merge?from={goes}");
        page.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Austria, Germany"), t => t.ShouldContain("Both are kept"), t => t.ShouldContain("Notes 1"), t => t.ShouldContain("5 leads, 1 project"));
        page.Document.QuerySelector($"a[href='/app/partners/{goes}/merge?from={stays}']").ShouldNotBeNull();

        var merged = await MergeAsync(world, stays, goes, "capacity");
        merged.Problem.ShouldBeNull();
        (await ToldAsync(stays)).ShouldSatisfyAllConditions(e => e.Territories.ShouldBe(["Germany", "Austria"]), e => e.Technologies.ShouldBe(["Kafka", "Spark"]), e => e.Locations.ShouldBe(["Jena"]),
            e => e.LeadCapacity.ShouldBe(5), e => e.ProjectCapacity.ShouldBe(1), e => e.Followers.ShouldBe(10), e => e.Founded.ShouldBe(1998));
        (await NamesAsync(world, new PartnerFilter { Technology = "Spark" })).ShouldBe(["Saale Systems"]);

        (await UndoAsync(world, merged.Value)).Problem.ShouldBeNull();
        (await ToldAsync(stays)).ShouldSatisfyAllConditions(e => e.Territories.ShouldBe(["Germany"]), e => e.Technologies.ShouldBe(["Kafka"]), e => e.Locations.ShouldBeEmpty(),
            e => e.LeadCapacity.ShouldBe(2), e => e.ProjectCapacity.ShouldBeNull(), e => e.Founded.ShouldBeNull());
        (await ToldAsync(goes)).ShouldSatisfyAllConditions(e => e.Territories.ShouldBe(["Austria", "Germany"]), e => e.Followers.ShouldBe(900));
        (await NamesAsync(world, new PartnerFilter { Technology = "Spark" })).ShouldBe(["Saale Sys."]);

        Task TellAsync(PartnerId id, ExpertiseChanges told) => world.Operations.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((id, told), default));
        Task<ExpertiseDetails> ToldAsync(PartnerId id) => world.Operations.DoAsync<Work, ExpertiseDetails>(w => SetExpertise.LoadAsync(w, id, default));
    }

    [SkippableTheory, Databases]
    public async Task The_public_address_of_a_merged_record_leads_to_the_partner_that_stayed(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, goes) = (await world.PartnerAsync("Unstrut Works"), await world.PartnerAsync("Unstrut Old"));
        await world.Operations.DoAsync<SetDirectory, Result<Done>>(s => s.RunAsync(new DirectoryInput(true, false, "Our partners", null), default));
        foreach (var id in new[] { stays, goes })
        {
            var admin = await world.Tenant.PartnerPersonAsync(id, "Unstrut", Roles.PartnerAdmin);
            (await admin.DoAsync<SetListing, Result<Done>>(s => s.RunAsync((id, new ListingInput(true)), default))).Problem.ShouldBeNull();
        }

        using var strangers = new PageClient(world.Tenant.App.Address);
        var address = $"/partners/unstrut-old?program={world.Tenant.Id}";
        (await strangers.GetAsync(address)).Text.ShouldContain("Unstrut Old");
        var merged = await MergeAsync(world, stays, goes);
        merged.Problem.ShouldBeNull();
        (await strangers.GetAsync(address)).ShouldSatisfyAllConditions(p => p.Address.AbsolutePath.ShouldBe("/partners/unstrut-works"), p => p.Text.ShouldContain("Unstrut Works"));
        (await UndoAsync(world, merged.Value)).Problem.ShouldBeNull();
        (await strangers.GetAsync(address)).Address.AbsolutePath.ShouldBe("/partners/unstrut-old");
    }

    [SkippableTheory, Databases]
    public async Task A_merged_record_leads_to_the_one_that_stays_on_pages_and_api(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, goes) = (await world.PartnerAsync("Alpha"), await world.PartnerAsync("Omega"));
        (await MergeAsync(world, stays, goes)).Problem.ShouldBeNull();
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/partners/{goes}")).Address.AbsolutePath.ShouldBe($"/app/partners/{stays}");
        using var api = await world.Operations.ApiAsync();
        using var answer = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/partners/{goes}"));
        answer.RootElement.GetProperty("id").GetString().ShouldBe(stays.ToString());
        (await world.MoveAsync(goes, PartnerTrigger.Reopen)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await MergeAsync(world, goes, stays)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task Only_operations_merge_and_nobody_merges_across_tenants(Database database)
    {
        var (world, foreign) = (await PartnerWorld.FoundAsync(database), await PartnerWorld.FoundAsync(database));
        var (one, other) = (await world.PartnerAsync("One"), await foreign.PartnerAsync("Other"));
        (await MergeAsync(world, one, other)).Problem!.Errors.Keys.ShouldContain("from");
        (await MergeAsync(world, other, one)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Manager.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((one, new PartnerMergeInput(other, null, "x")), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_who_merge_the_same_record_at_once_merge_it_once(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, other, goes) = (await world.PartnerAsync("One"), await world.PartnerAsync("Other"), await world.PartnerAsync("Goes"));
        var results = await Task.WhenAll(MergeAsync(world, one, goes), MergeAsync(world, other, goes), MergeAsync(world, one, goes));
        results.Count(r => r.Ok).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Every_table_of_every_module_that_names_a_partner_is_moved(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        await using var scope = app.Services.CreateAsyncScope();
        var columns = PartnerReferences.Columns(scope.ServiceProvider.GetRequiredService<Db>().Model).Select(c => $"{c.Table}.{c.Name}").ToList();
        columns.ShouldContain("deals_deal.partner_id");
        columns.ShouldContain("incentives_earning.partner_id");
        columns.ShouldContain("receipts_receipt.partner_id");
        columns.ShouldContain("identity_membership.partner_id");
        columns.ShouldContain("partners_contact.partner_id");
        columns.ShouldNotContain(c => c.StartsWith("partners_merge.") || c.StartsWith("kernel_"));
    }

    [SkippableTheory, Databases]
    public async Task A_company_written_a_little_differently_is_recognised(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var first = await world.PartnerAsync("Northlight Integration GmbH", p => p with { Website = "northlight.example", City = "Bremen" });
        var again = new NewPartner("Northlight Integration", "DE", PartnerType.SystemIntegrator) { City = "Bremen" };
        (await world.Manager.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(again, default))).Problem!.Facts["partner"].ShouldBe(first.ToString());
        var second = await world.PartnerAsync("Northlight Integration", p => p with { City = "Bremen", EvenIfSimilar = true });
        async Task<IReadOnlyList<TwinPair>> OpenAsync(TestPerson person) => (await person.DoAsync<Work, Page<TwinPair>>(w => Twins.PageAsync(w, new Paging(), default))).Items;
        Task CompareAsync() => world.Tenant.AsSystemAsync<Work, bool>(async w => { await new FindTwins(w).RunAsync(default); return true; });
        (await OpenAsync(world.Operations)).ShouldBeEmpty("nobody has compared them yet");
        await CompareAsync();
        var pair = (await OpenAsync(world.Operations)).ShouldHaveSingleItem();
        new[] { pair.One, pair.Other }.ShouldBe([first, second], ignoreOrder: true);
        (await OpenAsync((await PartnerWorld.FoundAsync(database)).Operations)).ShouldBeEmpty();
        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync("/app/partners/quality");
        page.Text.ShouldContain("Northlight Integration GmbH");
        (await pages.SubmitAsync(page, $"apart-{pair.Id}")).Text.ShouldNotContain("Compare and merge");
        await CompareAsync();
        (await OpenAsync(world.Operations)).ShouldBeEmpty("what a person has said stays said");
        using var api = await world.Operations.ApiAsync();
        (await api.PostAsync($"/api/v1/partner-duplicates/{pair.Id}/different", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await api.PostAsync("/api/v1/partner-duplicates/find", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_is_found_under_the_name_that_it_has_now(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Ahrenshoop Systems", p => p with { Website = "ahrenshoop.example" });
        async Task<string[]> AskAsync(string name, string? domain = null) => [.. (await world.Operations.DoAsync<Work, IReadOnlyList<Twin>>(w => Duplicates.OfAsync(w, name, domain, null, null, null, default))).Select(t => t.Name)];
        (await AskAsync("Ahrenshop Systems")).ShouldBe(["Ahrenshoop Systems"]);
        (await world.Operations.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((id, new ProfileChanges { Name = "Zingst Consulting" }), default))).Problem.ShouldBeNull();
        (await AskAsync("Ahrenshoop Systems")).ShouldBeEmpty();
        (await AskAsync("Zingst Consulting GmbH")).ShouldBe(["Zingst Consulting"]);
        (await AskAsync("Another name", "https://ahrenshoop.example/about")).ShouldBe(["Zingst Consulting"]);
    }

    [SkippableTheory, Databases]
    public async Task A_required_field_is_asked_for_when_a_partner_is_made_and_older_records_show_that_it_is_missing(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var older = await world.PartnerAsync("Older Partner");
        using var owner = await world.Tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "partners", label = "Vendor number", kind = "text", sight = "staff", required = true })).EnsureSuccessStatusCode();
        using var api = await world.Operations.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/partners", new { name = "Newer Works", country = "DE", mainType = "reseller", state = "active" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/partners", new { name = "Newer Works", country = "DE", mainType = "reseller", state = "active", fields = new { vendor_number = "V-7" } })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync("/app/partners/new")).Document.QuerySelector("[name='field.vendor_number']").ShouldNotBeNull();
        (await NamesAsync(world, new PartnerFilter { Gap = Gap.RequiredField })).ShouldBe(["Older Partner"]);
        (await pages.GetAsync("/app/partners/quality")).Document.QuerySelector("a[href='/app/partners?gap=required_field']")!.TextContent.ShouldBe("1");
        older.ShouldNotBe(default);
    }

    private static Task<Result<MergeId>> MergeAsync(PartnerWorld world, PartnerId into, PartnerId from, params string[] take) =>
        world.Operations.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((into, new PartnerMergeInput(from, take, "The same company.")), default));

    private static Task<Result<PartnerId>> UndoAsync(PartnerWorld world, MergeId merge) => world.Operations.DoAsync<UndoMerge, Result<PartnerId>>(u => u.RunAsync(merge, default));

    private static async Task<List<string>> NamesAsync(PartnerWorld world, PartnerFilter filter) =>
        [.. (await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, filter, new Paging(), default))).Items.Select(i => i.Name)];

    private static Task<List<PartnerId>> MembershipsAsync(PartnerWorld world, TestPerson person) =>
        world.Tenant.AsSystemAsync<Work, List<PartnerId>>(w => w.Db.Set<MembershipRow>().Where(m => m.PersonId == person.Actor.Person).Select(m => m.PartnerId).ToListAsync());
}
