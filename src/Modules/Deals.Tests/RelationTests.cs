using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Relations.Plays;
using Trellis.Deals.Rules;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class RelationTests
{
    private static readonly DateOnly Spring = new(2025, 4, 1);

    [SkippableTheory, Databases]
    public async Task Who_holds_a_customer_relation_is_recorded_with_all_that_stood_before(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var account = await world.AccountAsync("Adler Maschinen");
        var before = await OfAccountAsync(world, account);
        (before.Holder, before.History.Count).ShouldBe((RelationHolder.None, 0));
        (await SetAsync(world, new RelationInput(account, RelationHolder.Vendor, Since: Spring))).Problem.ShouldBeNull();
        var seen = (await OfAccountAsync(world, account)).Seen;
        (await SetAsync(world, new RelationInput(account, RelationHolder.Both, rosa.Actor.Partner, Note: "They run the service.", Seen: seen))).Problem.ShouldBeNull();
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner, ines.Actor.Partner, Seen: seen))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await SetAsync(world, new RelationInput(account, RelationHolder.Both, rosa.Actor.Partner))).Problem!.Code.ShouldBe("relations.unchanged");
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner, ines.Actor.Partner))).Problem.ShouldBeNull();

        var now = await OfAccountAsync(world, account);
        (now.Holder, now.Partner, now.PartnerName).ShouldBe((RelationHolder.Partner, ines.Actor.Partner, "Ines Ltd"));
        now.History.Select(h => (h.PartnerName, Ended: h.EndedAt is not null)).ShouldBe([("Ines Ltd", false), ("Rosa Ltd", true), (null, true)]);
        now.History[^1].Since.ShouldBe(Spring);
        (await SetAsync(world, new RelationInput(account, null))).Problem!.Errors.Keys.ShouldBe(["holder"]);
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner))).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await SetAsync(world, new RelationInput(account, RelationHolder.Vendor, Since: DateOnly.FromDateTime(DateTime.UtcNow).AddDays(3)))).Problem!.Errors.Keys.ShouldBe(["since"]);
        (await SetAsync(world, new RelationInput(Ids.New<AccountId>(DateTime.UtcNow), RelationHolder.Vendor))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await rosa.DoAsync<SetRelation, Result<AccountId>>(s => s.RunAsync(new RelationInput(account, RelationHolder.Partner, rosa.Actor.Partner), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var other = await DealWorld.CreateAsync(database);
        (await SetAsync(other, new RelationInput(account, RelationHolder.Vendor))).Problem!.Kind.ShouldBe(ProblemKind.Missing, "another vendor's account");
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_changes_at_the_same_instant_each_rests_on_what_was_seen(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partners = new[] { await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync() };
        var account = await world.AccountAsync("Lumen Kliniken");
        var done = await Task.WhenAll(partners.Select(p => Task.Run(() => SetAsync(world, new RelationInput(account, RelationHolder.Partner, p.Actor.Partner, Seen: "")))));
        done.Count(d => d.Ok).ShouldBe(1);
        (await OfAccountAsync(world, account)).History.ShouldHaveSingleItem();
    }

    [SkippableTheory, Databases]
    public async Task A_partner_claims_the_relation_on_its_deal_and_learns_only_what_concerns_itself(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var account = await world.AccountAsync("Kestrel Foods", "kestrel.example");
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner, ines.Actor.Partner))).Problem.ShouldBeNull();
        var deal = await world.RegisterAsync(rosa, world.Fields("Kestrel Foods", domain: "kestrel.example"));

        var mine = await OfDealAsync(rosa, deal.Id);
        (mine.Yours, mine.Whole, mine.MayClaim).ShouldBe((false, null, true));
        (await ines.DoAsync<Work, Result<DealRelation>>(w => RelationPage.OfDealAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ClaimAsync(ines, deal.Id, "Ours.", Spring)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ClaimAsync(rosa, deal.Id, "", Spring)).Problem!.Errors.Keys.ShouldBe(["basis"]);
        (await ClaimAsync(rosa, deal.Id, "We run their network.", null)).Problem!.Errors.Keys.ShouldBe(["since"]);
        var claim = (await ClaimAsync(rosa, deal.Id, "We run their network.", Spring)).Value;
        (await ClaimAsync(rosa, deal.Id, "Again.", Spring)).Problem!.Code.ShouldBe("relations.claim_open");
        (await ines.DoAsync<WithdrawRelationClaim, Result<RelationClaimId>>(w => w.RunAsync(new ClaimWithdrawal(claim), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await rosa.DoAsync<AnswerRelationClaim, Result<RelationClaimId>>(a => a.RunAsync(new ClaimAnswer(claim, true), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        // Staff sees the claim beside who holds it; the partner never reads the other's name.
        var whole = await OfDealAsync(world.Manager, deal.Id);
        (whole.Whole!.PartnerName, whole.Claims.Single().PartnerName).ShouldBe(("Ines Ltd", "Rosa Ltd"));
        (await AnswerAsync(world, claim, false, null)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AnswerAsync(world, claim, true, "The contract shows it.", shared: true)).Problem.ShouldBeNull();
        (await AnswerAsync(world, claim, false, "Changed my mind.")).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        var after = await OfAccountAsync(world, account);
        (after.Holder, after.PartnerName).ShouldBe((RelationHolder.Both, "Rosa Ltd"));
        after.History.First(h => h.Partner == rosa.Actor.Partner).ShouldSatisfyAllConditions(h => h.Basis.ShouldBe(RelationBasis.Claimed), h => h.Deal.ShouldBe(deal.Id), h => h.Since.ShouldBe(Spring));
        (await OfDealAsync(rosa, deal.Id)).ShouldSatisfyAllConditions(r => r.Yours.ShouldBe(true), r => r.MayClaim.ShouldBeFalse());
        (await ClaimAsync(rosa, deal.Id, "Again.", Spring)).Problem!.Code.ShouldBe("relations.already_held");

        using var api = await rosa.ApiAsync();
        foreach (var path in new[] { $"/api/v1/deals/{deal.Id}/relation", "/api/v1/relation-claims" })
        {
            var text = await api.GetStringAsync(path);
            foreach (var secret in new[] { "Ines Ltd", ines.Actor.Partner.ToString()!, account.ToString() }) text.ShouldNotContain(secret);
        }

        (await api.GetAsync($"/api/v1/accounts/{account}/relation")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var others = await ines.ApiAsync();
        (await others.GetAsync($"/api/v1/deals/{deal.Id}/relation")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await others.GetFromJsonAsync<JsonElement>("/api/v1/relation-claims")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await world.Tenant.App.DrainAsync();
        (await ToldAsync(world.Manager)).ShouldContain("Claims the relation: Kestrel Foods");
        (await ToldAsync(rosa)).ShouldContain("Confirmed: the relation with Kestrel Foods");
    }

    [SkippableTheory, Databases]
    public async Task Rules_ask_who_holds_the_relation_as_a_registration_finds_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync(), await world.PartnerAsync());
        List<(string Customer, RelationHolder Holder, PartnerId? Partner, string Fact)> cases =
        [
            ("Alpha Werke", RelationHolder.None, null, "none"), ("Beta Werke", RelationHolder.Vendor, null, "vendor"), ("Gamma Werke", RelationHolder.Partner, rosa.Actor.Partner, "this_partner"),
            ("Delta Werke", RelationHolder.Partner, ines.Actor.Partner, "other_partner"), ("Epsilon Werke", RelationHolder.Both, rosa.Actor.Partner, "shared"), ("Zeta Werke", RelationHolder.Both, ines.Actor.Partner, "other_partner"),
        ];
        foreach (var (customer, holder, partner, fact) in cases)
        {
            var domain = customer.Split(' ')[0].ToLowerInvariant() + "-werke.example";
            var account = await world.AccountAsync(customer, domain);
            if (holder != RelationHolder.None) (await SetAsync(world, new RelationInput(account, holder, partner))).Problem.ShouldBeNull();
            var deal = await world.RegisterAsync(rosa, world.Fields(customer, domain: domain));
            var decision = await DealWorld.DecisionAsync(world.Manager, deal.Id);
            decision.Facts![Vocabulary.RelationHolder.Name].Text.ShouldBe(fact, customer);
        }
    }

    [Fact]
    public void An_earlier_decision_without_the_fact_is_read_as_it_was_stored()
    {
        var stored = """{"amount":100}""";
        FactSet.FromJson(stored).ToJson().ShouldBe(stored);
        FactSet.FromJson(stored)[Vocabulary.RelationHolder].IsUnknown.ShouldBeTrue();
    }

    [SkippableTheory, Databases]
    public async Task Pages_show_the_relation_to_each_side_as_it_may_see_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var account = await world.AccountAsync("Initech AG", "initech.example");
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner, ines.Actor.Partner))).Problem.ShouldBeNull();
        var deal = await world.RegisterAsync(rosa, world.Fields("Initech AG", domain: "initech.example"));
        (await ClaimAsync(rosa, deal.Id, "We built their data centre.", Spring)).Problem.ShouldBeNull();

        using var staff = await world.Manager.PagesAsync();
        var record = (await staff.GetAsync($"/app/accounts/{account}")).Text;
        foreach (var shown in new[] { "Customer relation", "Ines Ltd", "Say who holds the relation" }) record.ShouldContain(shown);
        (await staff.GetAsync($"/app/deals/{deal.Id}")).Text.ShouldContain("We built their data centre.");
        (await staff.GetAsync("/app/relations?state=waiting")).Text.ShouldContain("Initech AG");
        using var portal = await rosa.PagesAsync();
        var page = (await portal.GetAsync($"/portal/deals/{deal.Id}")).Text;
        page.ShouldContain("Not recorded for your company");
        page.ShouldNotContain("Ines Ltd");
        (await portal.GetAsync("/portal/relations")).Text.ShouldContain("We built their data centre.");
    }

    [SkippableTheory, BothDatabases]
    public async Task The_history_follows_when_two_accounts_become_one_and_goes_back_when_that_is_undone(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var (from, into) = (await world.AccountAsync("Harborlight Freight"), await world.AccountAsync("Quillmoor Shipping"));
        (await SetAsync(world, new RelationInput(from, RelationHolder.Partner, rosa.Actor.Partner))).Problem.ShouldBeNull();
        (await SetAsync(world, new RelationInput(into, RelationHolder.Partner, ines.Actor.Partner))).Problem.ShouldBeNull();
        using var api = await world.Tenant.Administrator.ApiAsync();
        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into = into.ToString() });
        merged.EnsureSuccessStatusCode();
        await UntilAsync(world, into, 2);
        var kept = await OfAccountAsync(world, into);
        (kept.Holder, kept.PartnerName).ShouldBe((RelationHolder.Partner, "Ines Ltd"), "the account that stays is right");
        var id = (await merged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await api.PostAsync($"/api/v1/account-merges/{id}/undo", null)).EnsureSuccessStatusCode();
        await UntilAsync(world, into, 1);
        (await OfAccountAsync(world, from)).PartnerName.ShouldBe("Rosa Ltd");
        (await OfAccountAsync(world, into)).PartnerName.ShouldBe("Ines Ltd");
    }

    [SkippableTheory, Databases]
    public async Task The_direct_team_reads_claims_and_reviews_only_of_deals_that_it_may_read(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, seller) = (await world.PartnerAsync("Rosa Ltd"), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(rosa, world.Fields("Ravenfold Mills"));
        (await ClaimAsync(rosa, deal.Id, "We run their looms.", Spring)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<ReviewPlay, Result<string>>(r => r.RunAsync(new PlayDecision(deal.Id, null, "delivery", false, "They deliver it themselves."), default))).Problem.ShouldBeNull();
        foreach (var level in Enum.GetValues<DealVisibility>())
        {
            (await rosa.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, level), default))).Problem.ShouldBeNull();
            using var api = await seller.ApiAsync();
            (await api.GetStringAsync("/api/v1/relation-claims")).Contains("We run their looms.", StringComparison.Ordinal).ShouldBe(level == DealVisibility.Full, $"claims at {level}");
            (await api.GetStringAsync("/api/v1/plays/reviews")).Contains("They deliver it themselves.", StringComparison.Ordinal).ShouldBe(level == DealVisibility.Full, $"reviews at {level}");
            using var pages = await seller.PagesAsync();
            foreach (var path in new[] { "/app/plays", "/app/plays.csv" }) (await pages.GetAsync(path)).Text.Contains("They deliver it themselves.", StringComparison.Ordinal).ShouldBe(level == DealVisibility.Full, $"{path} at {level}");
            (await world.Manager.DoAsync<Work, Page<ClaimLine>>(w => RelationPage.ClaimsAsync(w, new ClaimQuery(), default))).Items.ShouldHaveSingleItem();
        }
    }

    [SkippableTheory, Databases]
    public async Task A_confirmation_ends_no_relation_without_saying_so(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var account = await world.AccountAsync("Osprey Dairy", "osprey.example");
        (await SetAsync(world, new RelationInput(account, RelationHolder.Both, ines.Actor.Partner))).Problem.ShouldBeNull();
        var deal = await world.RegisterAsync(rosa, world.Fields("Osprey Dairy", domain: "osprey.example"));
        var claim = (await ClaimAsync(rosa, deal.Id, "We run their cold store.", Spring)).Value;
        using var staff = await world.Manager.PagesAsync();
        var page = await staff.GetAsync($"/app/deals/{deal.Id}");
        page.Text.ShouldContain("If you confirm, the relation of Ines Ltd ends; Ines Ltd is told.");
        page.Document.QuerySelector("input[name='Answer.Shared']")!.HasAttribute("checked").ShouldBeTrue("the vendor holds it today");

        // What somebody else has changed since the page was read is not ended by it.
        (await SetAsync(world, new RelationInput(account, RelationHolder.Partner, ines.Actor.Partner))).Problem.ShouldBeNull();
        (await staff.SubmitAsync(page, $"relation-answer-{claim}", ("Answer.Value", "confirm"), ("Answer.Shared", "true"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await OfAccountAsync(world, account)).PartnerName.ShouldBe("Ines Ltd");
        (await SetAsync(world, new RelationInput(account, RelationHolder.Vendor))).Problem.ShouldBeNull();
        page = await staff.GetAsync($"/app/deals/{deal.Id}");
        page.Text.ShouldNotContain("If you confirm");
        using var api = await world.Manager.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/relation-claims/{claim}/answer", new { confirm = true })).EnsureSuccessStatusCode();
        (await OfAccountAsync(world, account)).ShouldSatisfyAllConditions(r => r.Holder.ShouldBe(RelationHolder.Both, "what was not said stays"), r => r.PartnerName.ShouldBe("Rosa Ltd"));
    }

    [SkippableTheory, Databases]
    public async Task Where_a_partner_has_no_manager_channel_operations_are_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var made = (await world.Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner("Alone Ltd", "DE", PartnerType.Reseller) { State = PartnerState.Active, Motions = [Motion.Resell], EvenIfSimilar = true }, default))).Value;
        var alone = await world.Tenant.PartnerPersonAsync(made, "Alone Ltd", Roles.PartnerSales);
        var deal = await world.RegisterAsync(alone, world.Fields("Wren Textiles"));
        (await ClaimAsync(alone, deal.Id, "We clothe them.", Spring)).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await ToldAsync(world.Manager)).ShouldContain("Claims the relation: Wren Textiles");
    }

    // Another test class of this process may be delivering the event.
    private static async Task UntilAsync(DealWorld world, AccountId account, int entries)
    {
        for (var i = 0; i < 100 && (await OfAccountAsync(world, account)).History.Count != entries; i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
        }

        (await OfAccountAsync(world, account)).History.Count.ShouldBe(entries);
    }

    private static Task<Result<AccountId>> SetAsync(DealWorld world, RelationInput input) => world.Manager.DoAsync<SetRelation, Result<AccountId>>(s => s.RunAsync(input, default));

    private static async Task<AccountRelation> OfAccountAsync(DealWorld world, AccountId account) => (await world.Manager.DoAsync<Work, Result<AccountRelation>>(w => RelationPage.OfAccountAsync(w, account, default))).Value;

    private static async Task<DealRelation> OfDealAsync(TestPerson person, DealId deal) => (await person.DoAsync<Work, Result<DealRelation>>(w => RelationPage.OfDealAsync(w, deal, default))).Value;

    private static Task<Result<RelationClaimId>> ClaimAsync(TestPerson person, DealId deal, string basis, DateOnly? since) => person.DoAsync<ClaimRelation, Result<RelationClaimId>>(c => c.RunAsync(new ClaimInput(deal, basis, since), default));

    private static Task<Result<RelationClaimId>> AnswerAsync(DealWorld world, RelationClaimId claim, bool confirm, string? reason, bool shared = false) =>
        world.Manager.DoAsync<AnswerRelationClaim, Result<RelationClaimId>>(a => a.RunAsync(new ClaimAnswer(claim, confirm, shared, reason), default));

    private static async Task<string> ToldAsync(TestPerson person)
    {
        using var api = await person.ApiAsync();
        return await api.GetStringAsync("/api/v1/notifications");
    }
}
