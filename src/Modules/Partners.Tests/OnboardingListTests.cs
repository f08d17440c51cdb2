using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;
using Trellis.Partners.Starting;

namespace Trellis.Partners.Tests;

/// <summary>All onboardings at once, and agreements in the search.</summary>
public sealed class OnboardingListTests
{
    [SkippableTheory, Databases]
    public async Task Each_onboarding_stands_once_with_the_step_that_it_waits_for(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        (await world.Operations.DoAsync<SetOnboarding, Result<int>>(s => s.RunAsync("vendor | 3 | Call them\npartner | 10 | Send the form\nvendor | 20 | Meet", default))).Problem.ShouldBeNull();
        var managed = await BeginAsync(world, "Managed", world.Manager.Actor.Person);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var alone = await BeginAsync(world, "Alone", null);
        await world.PartnerAsync("Long there");
        var steps = await world.Operations.DoAsync<OnboardingSteps, IReadOnlyList<OnboardingItem>>(o => o.OfAsync(managed, default));
        (await world.Manager.DoAsync<SettleOnboarding, Result<Done>>(s => s.RunAsync((managed, steps[0].Id, new StepChange(StepState.Done)), default))).Problem.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromDays(5));

        using var api = await world.Manager.ApiAsync();
        (await OfAsync(api, "")).ShouldBe([("Alone", "Call them", "vendor", true, 5), ("Managed", "Send the form", "partner", false, 5)]);
        (await OfAsync(api, "turn=partner")).Select(r => r.Name).ShouldBe(["Managed"]);
        (await OfAsync(api, "late=yes")).Select(r => r.Name).ShouldBe(["Alone"]);
        (await OfAsync(api, "manager=me")).Select(r => r.Name).ShouldBe(["Managed"]);
        (await OfAsync(api, "manager=none")).Select(r => r.Name).ShouldBe(["Alone"]);
        var first = await api.GetFromJsonAsync<JsonElement>("/api/v1/onboardings?size=1");
        var second = await OfAsync(api, $"size=1&cursor={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");
        second.ShouldHaveSingleItem().Name.ShouldBe("Managed");

        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/partners/onboardings")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Alone"), t => t.ShouldContain("Send the form"), t => t.ShouldContain("1 of 3"), t => t.ShouldNotContain("Long there"));
        (await pages.GetAsync("/app/partners/onboardings?late=yes&turn=partner")).Text.ShouldContain("No onboarding here");
        (await pages.Http.GetStringAsync("/app/partners/onboardings.csv?turn=vendor")).ShouldSatisfyAllConditions(t => t.ShouldContain("Alone"), t => t.ShouldNotContain("Managed"));
        var person = await world.Tenant.PartnerPersonAsync(alone, "Alone", Roles.PartnerAdmin);
        using var portal = await person.ApiAsync();
        (await portal.GetAsync("/api/v1/onboardings")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        foreach (var step in (await world.Operations.DoAsync<OnboardingSteps, IReadOnlyList<OnboardingItem>>(o => o.OfAsync(alone, default))).Where(s => s.State == StepState.Open))
            (await world.Operations.DoAsync<SettleOnboarding, Result<Done>>(s => s.RunAsync((alone, step.Id, new StepChange(StepState.Waived, "Test")), default))).Problem.ShouldBeNull();
        (await OfAsync(api, "")).Select(r => r.Name).ShouldBe(["Managed"], "what is finished leaves the list");
    }

    [SkippableTheory, Databases]
    public async Task An_agreement_is_found_by_its_number_by_those_who_may_read_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Signer"), await world.PartnerAsync("Other"));
        var (admin, stranger, seller) = (await world.Tenant.PartnerPersonAsync(id, "Signer", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Other", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(id, "Signer"));
        await SaveAsync(world, id, "QX-2024/77", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10));
        var draft = await SaveAsync(world, id, "QX-DRAFT", null);

        (await SearchAsync(world.Manager, "qx-draft")).ShouldContain($"/app/partners/{id}/agreements/{draft}");
        (await SearchAsync(world.Manager, "2024/77")).ShouldContain("QX-2024/77");
        (await SearchAsync(admin, "QX")).ShouldSatisfyAllConditions(t => t.ShouldContain("QX-2024/77"), t => t.ShouldNotContain("QX-DRAFT", Case.Sensitive, "a draft is the vendor's own"));
        (await SearchAsync(stranger, "QX")).ShouldNotContain("QX-");
        (await SearchAsync(seller, "QX")).ShouldNotContain("QX-");
        (await SearchAsync(await world.Tenant.StaffAsync(Roles.Marketing), "QX")).ShouldNotContain("QX-");
    }

    private static async Task<string> SearchAsync(TestPerson who, string q)
    {
        using var api = await who.ApiAsync();
        return await api.GetStringAsync($"/api/v1/search?q={Uri.EscapeDataString(q)}");
    }

    private static async Task<Agreements.PartnerAgreementId> SaveAsync(PartnerWorld world, PartnerId partner, string number, DateOnly? signed)
    {
        var input = new Agreements.AgreementInput(Agreements.AgreementKind.Resale, number, signed, DateOnly.FromDateTime(DateTime.UtcNow));
        var saved = await world.Manager.DoAsync<Agreements.SaveAgreement, Result<Agreements.PartnerAgreementId>>(s => s.RunAsync((partner, null, input, null), default));
        saved.Problem.ShouldBeNull();
        return saved.Value;
    }

    private static async Task<PartnerId> BeginAsync(PartnerWorld world, string name, PersonId? manager)
    {
        var id = await world.PartnerAsync(name, p => p with { State = PartnerState.Prospect, Manager = manager });
        (await world.MoveAsync(id, PartnerTrigger.Accept)).Problem.ShouldBeNull();
        return id;
    }

    private static async Task<List<(string Name, string Step, string Turn, bool Late, int Days)>> OfAsync(HttpClient api, string query) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/onboardings?{query}")).GetProperty("items").EnumerateArray().Select(r =>
            (r.GetProperty("name").GetString()!, r.GetProperty("step").GetString()!, r.GetProperty("turn").GetString()!, r.GetProperty("late").GetBoolean(), r.GetProperty("waitingDays").GetInt32()))];
}
