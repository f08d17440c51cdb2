using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;

namespace Trellis.Deals.Tests;

/// <summary>What vendor and partner plan with a company of a target list before there is a deal.</summary>
public sealed class TargetPlanTests
{
    [SkippableTheory, Databases]
    public async Task Both_sides_plan_with_a_company_and_nobody_else_reads_or_writes_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Plans"), await world.PartnerAsync("Ines Plans"));
        var target = await TargetAsync(world, rosa, "Lumen Plan Kliniken");
        var before = await MarkAsync(rosa, target);
        (await rosa.DoAsync<SetTargetAim, Result<TargetId>>(s => s.RunAsync(new TargetAim(target, "All clinics on one platform"), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<SetTargetAim, Result<TargetId>>(s => s.RunAsync(new TargetAim(target, "Mine", 1), default))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        var eva = (await ContactAsync(rosa, target, "Eva Brandt", DealSide.Partner)).Value;
        (await ContactAsync(world.Manager, target, "Otto Kern", DealSide.Vendor)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<AddTargetNote, Result<TargetNoteId>>(a => a.RunAsync(new NewTargetNote(target, "They decide in spring."), default))).Problem.ShouldBeNull();
        foreach (var side in new[] { rosa, world.Manager })
        {
            var plan = (await PlanAsync(side, target)).Value;
            (plan.Aim, plan.Notes.Single().Side).ShouldBe(("All clinics on one platform", DealSide.Vendor));
            plan.Contacts.Select(c => (c.Name, c.KnownBy)).ShouldBe([("Eva Brandt", DealSide.Partner), ("Otto Kern", DealSide.Vendor)]);
        }

        (await MarkAsync(rosa, target)).ShouldNotBe(before);
        (await ContactAsync(rosa, target, "", DealSide.Customer, "no address")).Problem!.Errors!.Keys.Order().ShouldBe(["email", "knownBy", "name"]);
        (await rosa.DoAsync<AddTargetNote, Result<TargetNoteId>>(a => a.RunAsync(new NewTargetNote(target, " "), default))).Problem!.Errors!.Keys.ShouldBe(["body"]);

        (await PlanAsync(ines, target)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await MarkAsync(ines, target)).ShouldBeNull();
        (await ContactAsync(ines, target, "Not hers", DealSide.Partner)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ines.DoAsync<RemoveTargetContact, Result<Done>>(r => r.RunAsync(new TargetContactRemoval(target, eva), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ines.DoAsync<Work, (int, int)>(async w => (await w.Db.Set<TargetContact>().CountAsync(), await w.Db.Set<TargetNote>().CountAsync()))).ShouldBe((0, 0));
        using (var pages = await ines.PagesAsync()) (await pages.Http.GetAsync($"/portal/targets/{target}/live")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Taken off the list, nothing of the people stays.
        (await world.Manager.DoAsync<RemoveTarget, Result<Done>>(r => r.RunAsync(new TargetRemoval(target), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Work, (int, int)>(async w => (await w.Db.Set<TargetContact>().CountAsync(), await w.Db.Set<TargetNote>().CountAsync()))).ShouldBe((0, 0));
    }

    [SkippableTheory, Databases]
    public async Task The_plan_stands_on_the_pages_of_both_sides_and_its_people_go_to_the_deals_committee(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Pages");
        var target = await TargetAsync(world, rosa, "Page Kliniken");
        using var pages = await rosa.PagesAsync();
        var page = await pages.GetAsync($"/portal/targets/{target}");
        page.Text.ShouldContain("Nobody is named yet.");
        page = await pages.SubmitAsync(page, "contact", ("New.Name", "Eva Brandt"), ("New.Role", "champion"), ("New.KnownBy", "partner"));
        page.Text.ShouldContain("Eva Brandt");
        page = await pages.SubmitAsync(page, "note", ("Note.Body", "Call after the fair."));
        page.Text.ShouldContain("Call after the fair.");
        using (var staff = await world.Manager.PagesAsync()) (await staff.GetAsync($"/app/targets/{target}")).Text.ShouldContain("Call after the fair.");
        (await pages.Http.GetStringAsync($"/portal/targets/{target}/live")).ShouldContain("mark");

        var deal = await world.RegisterAsync(rosa, world.Fields("Page Kliniken"));
        (await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, deal.Id), default))).Problem.ShouldBeNull();
        // Whom both know later goes there by a button, and whoever stands there has none.
        var later = (await ContactAsync(rosa, target, "Otto Kern", DealSide.Vendor)).Value;
        page = await pages.GetAsync($"/portal/targets/{target}");
        page.Document.QuerySelectorAll("button[value^='offer:']").Select(b => b.GetAttribute("value")).ShouldBe([$"offer:{later}"]);
        await pages.SubmitAsync(page, "contact-act", ("Act.Value", $"offer:{later}"));
        (await rosa.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Committee!.Select(c => (c.Name, c.CoveredBy)).ShouldBe([("Eva Brandt", DealSide.Partner), ("Otto Kern", DealSide.Vendor)], ignoreOrder: true);
    }

    [SkippableTheory, Databases]
    public async Task The_api_tells_and_writes_the_same_plan(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Api"), await world.PartnerAsync("Ines Api"));
        var target = await TargetAsync(world, rosa, "Api Kliniken");
        using var api = await rosa.ApiAsync();
        (await api.PutAsJsonAsync($"/api/v1/targets/{target}/aim", new { aim = "One platform" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync($"/api/v1/targets/{target}/contacts", new { name = "Eva Brandt", role = "champion", knownBy = "partner", email = "eva@kliniken.example" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync($"/api/v1/targets/{target}/contacts", new { name = "No role" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/targets/{target}/notes", new { body = "Spring." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var plan = await api.GetFromJsonAsync<JsonElement>($"/api/v1/targets/{target}/plan");
        (plan.GetProperty("aim").GetString(), plan.GetProperty("contacts").GetArrayLength(), plan.GetProperty("notes").GetArrayLength()).ShouldBe(("One platform", 1, 1));
        var contact = plan.GetProperty("contacts")[0].GetProperty("id").GetString();
        using var other = await ines.ApiAsync();
        (await other.GetAsync($"/api/v1/targets/{target}/plan")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.DeleteAsync($"/api/v1/targets/{target}/contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.DeleteAsync($"/api/v1/targets/{target}/contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PlanAsync(rosa, target)).Value.Contacts.ShouldBeEmpty();
    }

    private static async Task<TargetId> TargetAsync(DealWorld world, TestPerson partner, string name)
    {
        var list = (await world.Manager.DoAsync<SaveTargetList, Result<TargetListId>>(s => s.RunAsync(new TargetListInput(null, partner.Actor.Partner, "Together", ""), default))).Value;
        var target = await world.Manager.DoAsync<AddTarget, Result<TargetId>>(a => a.RunAsync(new TargetInput(list, null, name), default));
        target.Problem.ShouldBeNull();
        return target.Value;
    }

    private static Task<Result<TargetContactId>> ContactAsync(TestPerson by, TargetId target, string name, DealSide side, string? email = null) =>
        by.DoAsync<SaveTargetContact, Result<TargetContactId>>(s => s.RunAsync(new TargetContactInput(target, null, name, "CIO", email, BuyerRole.Champion, side, "Mara"), default));

    private static Task<Result<TargetPlan>> PlanAsync(TestPerson by, TargetId target) => by.DoAsync<Work, Result<TargetPlan>>(w => TargetPlan.FindAsync(w, target, default));

    private static Task<string?> MarkAsync(TestPerson by, TargetId target) => by.DoAsync<Work, string?>(w => TargetPlan.MarkAsync(w, target, default));
}
