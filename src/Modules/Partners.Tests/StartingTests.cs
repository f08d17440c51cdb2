using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;
using Trellis.Partners.Starting;

namespace Trellis.Partners.Tests;

/// <summary>How a partnership begins: a checklist with two sides.</summary>
public sealed class StartingTests
{
    [SkippableTheory, Databases]
    public async Task An_accepted_partner_gets_the_list_and_each_side_finishes_its_own_steps(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Beginner", p => p with { State = PartnerState.Prospect, Manager = world.Manager.Actor.Person, Motions = [Motion.Referral] });
        var admin = await world.Tenant.PartnerPersonAsync(id, "Beginner", Roles.PartnerAdmin);
        (await StepsAsync(world.Operations, id)).ShouldBeEmpty("it is a prospect");
        (await world.MoveAsync(id, PartnerTrigger.Accept)).Problem.ShouldBeNull();
        var steps = await StepsAsync(world.Operations, id);
        steps.Select(s => s.Title).ShouldBe(OnboardingLines.Usual.Where(l => l.Motion is null).Select(l => l.Title), "the first deal is a reseller’s");
        steps[0].ShouldSatisfyAllConditions(s => s.State.ShouldBe(StepState.Done, "the admin can sign in"), s => s.By.ShouldBe("Trellis"));
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("A list says what is to be done"));
        (await TasksAsync(admin)).Select(t => t.Title).ShouldBe(["Sign in for the first time", "Complete the company profile", "Send the first people to the training"], "the first one until the hour is over");
        (await TasksAsync(world.Manager)).Select(t => t.Title).ShouldBe(["Have the agreement signed", "Meet for the kick-off"]);
        (await TasksAsync(world.Operations)).ShouldBeEmpty();

        var (theirs, ours) = (steps.Single(s => s.Title == "Complete the company profile"), steps.Single(s => s.Title == "Meet for the kick-off"));
        (await SettleAsync(admin, id, ours, new(StepState.Done))).Problem!.Code.ShouldBe("partners.not_your_step");
        (await SettleAsync(admin, id, theirs, new(StepState.Waived, "No."))).Problem!.Code.ShouldBe("partners.not_your_step");
        (await SettleAsync(world.Manager, id, theirs, new(StepState.Done))).Problem!.Code.ShouldBe("partners.their_step");
        (await SettleAsync(world.Manager, id, theirs, new(StepState.Waived))).Problem!.Errors.Keys.ShouldBe(["reason"]);
        using var portal = await admin.PagesAsync();
        var page = await portal.GetAsync("/portal/company/onboarding");
        // Each side reads whose turn it is from where it stands.
        (page.Text.Contains("Your turn"), page.Text.Contains("Vendor’s turn"), page.Text.Contains("The partner’s turn"), page.Text.Contains("Our turn")).ShouldBe((true, true, false, false));
        (await portal.SubmitAsync(page, $"step-{theirs.Id}", ("act", "done"), ("Input.Reason", "All filled in."))).Text.ShouldContain("All filled in.");
        (await SettleAsync(world.Manager, id, ours, new(StepState.Done))).Problem.ShouldBeNull();
        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync($"/app/partners/{id}")).Text.ShouldContain("3 of 5");
        var ourPage = (await staff.GetAsync($"/app/partners/{id}/onboarding")).Text;
        ourPage.ShouldContain("All filled in.");
        (ourPage.Contains("Our turn"), ourPage.Contains("The partner’s turn"), ourPage.Contains("Your turn"), ourPage.Contains("Vendor’s turn")).ShouldBe((true, true, false, false));
        (await staff.GetAsync("/app")).Text.ShouldContain("Onboarding: Have the agreement signed");
        (await portal.GetAsync("/portal")).Text.ShouldContain("Onboarding: Send the first people to the training");
        (await portal.GetAsync("/portal/company")).Document.QuerySelector("#timeline")!.TextContent.ShouldContain("finished a step of the onboarding");
        (await staff.GetAsync($"/app/partners/{id}/timeline")).Document.QuerySelector("#timeline")!.TextContent.ShouldContain("finished a step of the onboarding");

        (await world.Tenant.AsSystemAsync<IServiceProvider, Result<Done>>(s => ActivatorUtilities.CreateInstance<SettleFacts>(s).RunAsync(default))).Problem.ShouldBeNull();
        (await TasksAsync(admin)).Select(t => t.Title).ShouldBe(["Send the first people to the training"]);
    }

    [SkippableTheory, Databases]
    public async Task Another_partner_sees_none_of_it_and_the_off_boarding_stays_among_the_vendors_people(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("First", p => p with { State = PartnerState.Onboarding }), await world.PartnerAsync("Second"));
        var (admin, stranger) = (await world.Tenant.PartnerPersonAsync(id, "First", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Second", Roles.PartnerAdmin));
        var step = (await StepsAsync(admin, id))[3];
        using var api = await stranger.ApiAsync();
        (await api.GetAsync($"/api/v1/partners/{id}/onboarding")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PutAsJsonAsync($"/api/v1/partners/{id}/onboarding/{step.Id}", new { state = "done" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await StepsAsync(stranger, id)).ShouldBeEmpty();
        using var own = await admin.ApiAsync();
        (await own.PutAsJsonAsync($"/api/v1/partners/{id}/onboarding/{step.Id}", new { state = "done" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.PostAsJsonAsync($"/api/v1/partners/{id}/onboarding", new { anew = true })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Sold.")).Problem.ShouldBeNull();
        (await StepsAsync(admin, id)).ShouldHaveSingleItem().State.ShouldBe(StepState.Done, "what was open is dropped, and the off-boarding is not shown");
        (await admin.DoAsync<Db, int>(db => db.Set<Step>().CountAsync())).ShouldBe(1);
        (await world.Operations.DoAsync<Checklist, IReadOnlyList<StepItem>>(c => c.OfAsync(id, default))).ShouldAllBe(s => !s.Code.StartsWith("on_"));
        (await BeginAsync(world.Operations, id, false)).Problem!.Code.ShouldBe("partners.no_onboarding");
        (await world.MoveAsync(id, PartnerTrigger.KeepOn, "They stay.")).Value.ShouldBe(PartnerState.Onboarding);
        (await StepsAsync(admin, id)).Count(s => s.State == StepState.Open || s.By == "Trellis").ShouldBe(4, "what had been dropped is there again");
    }

    [SkippableTheory, Databases]
    public async Task A_partner_takes_up_another_motion_whenever_it_likes_and_only_what_is_missing_is_added(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        (await world.Operations.DoAsync<SetOnboarding, Result<int>>(s => s.RunAsync("vendor | 5 | Say hello\npartner|9|Sell one|resell", default))).Value.ShouldBe(2);
        (await world.Manager.DoAsync<SetOnboarding, Result<int>>(s => s.RunAsync("vendor | 5 | Mine", default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var id = await world.PartnerAsync("Roundabout", p => p with { Motions = [Motion.Influence] });
        (await StepsAsync(world.Operations, id)).ShouldBeEmpty("it came in as active");
        (await BeginAsync(world.Operations, id, false)).Value.ShouldBe(1);
        (await SettleAsync(world.Operations, id, (await StepsAsync(world.Operations, id))[0], new(StepState.Done))).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, new MotionSetting(null, null, null, null)), default))).Problem.ShouldBeNull();
        (await BeginAsync(world.Operations, id, false)).Value.ShouldBe(1);
        (await StepsAsync(world.Operations, id)).Select(s => (s.Title, s.State)).ShouldBe([("Say hello", StepState.Done), ("Sell one", StepState.Open)]);
        (await BeginAsync(world.Operations, id, true)).Value.ShouldBe(2);
        (await StepsAsync(world.Operations, id)).ShouldAllBe(s => s.State == StepState.Open);

        using var pages = await world.Operations.PagesAsync();
        var list = await pages.GetAsync("/app/partners/onboarding");
        (await pages.SubmitAsync(list, "list", ("Lines", "somebody | 5 | Say hello"))).Text.ShouldContain("Line 1: the owner is “vendor” or “partner”.");
        (await pages.SubmitAsync(list, "list", ("Lines", "partner | 3 | Wave | | first_sign_in"))).Status.ShouldBe(HttpStatusCode.OK);
        using var api = await world.Operations.ApiAsync();
        (await api.GetStringAsync("/api/v1/onboarding-list")).ShouldContain("Wave");
    }

    [Theory]
    [InlineData("", "1 to 40")]
    [InlineData("vendor | x | Say hello", "days")]
    [InlineData("vendor | 366 | Say hello", "days")]
    [InlineData("vendor | 5", "write owner")]
    [InlineData("vendor | 5 | ", "characters")]
    [InlineData("vendor | 5 | Hello | sing", "no motion")]
    [InlineData("vendor | 5 | Hello | | moon", "no fact")]
    [InlineData("vendor | 5 | Hello\n\npartner | 6 | hello", "Line 3: this step stands")]
    public void What_is_wrong_with_a_list_is_said_by_its_line(string text, string why) => OnboardingLines.Read(text, ["sun"]).Problem!.Message.ShouldContain(why);

    [Fact]
    public void A_list_is_written_as_it_is_read()
    {
        OnboardingLines.Read(OnboardingLines.Write(OnboardingLines.Usual), ["first_sign_in", "first_registration", "agreement_signed"]).Value.ShouldBe(OnboardingLines.Usual);
        OnboardingLines.Write([new(StepSide.Vendor, 5, "Hello")]).ShouldBe("vendor | 5 | Hello");
    }

    private static Task<IReadOnlyList<OnboardingItem>> StepsAsync(TestPerson by, PartnerId id) => by.DoAsync<OnboardingSteps, IReadOnlyList<OnboardingItem>>(s => s.OfAsync(id, default));

    private static Task<IReadOnlyList<PartnerTask>> TasksAsync(TestPerson by) => by.DoAsync<Work, IReadOnlyList<PartnerTask>>(w => PartnerTasks.OfAsync(w, 9, default));

    private static Task<Result<Done>> SettleAsync(TestPerson by, PartnerId id, OnboardingItem step, StepChange change) => by.DoAsync<SettleOnboarding, Result<Done>>(s => s.RunAsync((id, step.Id, change), default));

    private static Task<Result<int>> BeginAsync(TestPerson by, PartnerId id, bool anew) => by.DoAsync<StartOnboarding, Result<int>>(s => s.RunAsync((id, anew), default));
}
