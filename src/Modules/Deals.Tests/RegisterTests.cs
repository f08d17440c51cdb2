using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class RegisterTests
{
    [SkippableTheory, Databases]
    public async Task A_plain_registration_is_protected_at_once_with_its_reason(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Hanse Tooling GmbH", domain: "https://www.hansetooling.example/de"));
        deal.State.ShouldBe(DealState.Approved);
        deal.Protection.ShouldBe(ProtectionState.Protected);
        deal.ExpiresOn.ShouldBe(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(120));
        deal.CustomerDomain.ShouldBe("hansetooling.example");
        deal.StateReason.ShouldNotBeNull().ShouldStartWith("Approved: the customer is protected for you for 120 days");
        deal.History.Select(h => h.Trigger).ShouldBe([DealTrigger.Submit, DealTrigger.Approve]);
        deal.History[1].Who.ShouldBe("Rules of engagement, version 1");
        deal.Allowed.ShouldBe([DealTrigger.Withdraw]);
        // The vendor knows the customer as an account from now on.
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).AccountName.ShouldBe("Hanse Tooling GmbH");
    }

    [SkippableTheory, Databases]
    public async Task A_stored_decision_replays_identically(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.RegisterAsync(partner, world.Fields("Elbe Logistics AG"));
        await world.InReviewAsync(partner, "Isar Clinics SE");
        await world.RegisterAsync(partner, world.Fields("Elbe Logistics"));
        await world.Manager.DoAsync<Work, bool>(async work =>
        {
            var decisions = await work.Db.Set<Decision>().AsNoTracking().ToListAsync();
            decisions.Select(d => d.Outcome).Order().ShouldBe([Outcome.Approve, Outcome.Review, Outcome.Refuse]);
            foreach (var decision in decisions)
            {
                var rules = await work.Db.Set<RuleSet>().AsNoTracking().SingleAsync(r => r.Id == decision.RuleSetId);
                decision.Replay(rules).ShouldBe(decision.Ruling);
                FactSet.FromJson(decision.Facts).ToJson().ShouldBe(decision.Facts);
            }

            return true;
        });
    }

    [SkippableTheory, Databases]
    public async Task A_rival_is_refused_with_the_least_possible_word_however_it_writes_the_customer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync("Brightpath Secret"), await world.PartnerAsync());
        var won = await world.RegisterAsync(first, world.Fields("Ruhr Castings GmbH", amount: 77_777_00, domain: "ruhrcastings.example"));
        foreach (var fields in new[] { world.Fields("RUHR CASTINGS"), world.Fields("Ruhr-Castings gmbh", domain: "ruhrcastings.example"), world.Fields("Totally different", domain: "www.ruhrcastings.example/contact") })
        {
            var deal = await world.RegisterAsync(second, fields);
            deal.State.ShouldBe(DealState.Rejected);
            deal.Reason.ShouldBe(ReasonCode.DuplicateOfEarlierRegistration);
            deal.StateReason.ShouldBe("This customer is already protected for another partner until it is decided otherwise.");
            var said = System.Text.Json.JsonSerializer.Serialize(deal, Json.Options) + System.Text.Json.JsonSerializer.Serialize(await DealWorld.DecisionAsync(second, deal.Id), Json.Options);
            foreach (var secret in new[] { "Brightpath Secret", "7777700", won.Id.ToString(), won.Partner.ToString(), $"{won.ExpiresOn:yyyy-MM-dd}" }) said.ShouldNotContain(secret);
            // The vendor sees the rival.
            (await DealWorld.DecisionAsync(world.Manager, deal.Id)).Evidence!.Rivals.Single().Deal.ShouldBe(won.Id);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_same_customer_with_another_product_is_held_and_after_the_first_ends_it_is_free(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(first, world.Fields("Harz Energy"));
        var other = await world.RegisterAsync(second, world.Fields("Harz Energy", world.Vault));
        other.State.ShouldBe(DealState.InReview);
        (await DealWorld.DecisionAsync(world.Manager, other.Id)).RuleId.ShouldBe("rival-other");
        (await first.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "The customer has stopped."), default))).Problem.ShouldBeNull();
        var third = await world.PartnerAsync();
        (await world.RegisterAsync(third, world.Fields("Harz Energy"))).State.ShouldBe(DealState.Approved);
    }

    [SkippableTheory, Databases]
    public async Task A_registration_that_waits_keeps_its_place_before_a_later_one(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.InReviewAsync(first, "Allgäu Markets");
        var later = await world.RegisterAsync(second, world.Fields("Allgau Markets"));
        later.State.ShouldBe(DealState.InReview);
        (await DealWorld.DecisionAsync(world.Manager, later.Id)).RuleId.ShouldBe("rival-pending");
        // The sentence for the partner tells nothing of the other.
        (await DealWorld.DecisionAsync(second, later.Id)).ForPartner.ShouldNotContain("another", Shouldly.Case.Insensitive);
    }

    [SkippableTheory, BothDatabases]
    public async Task Eight_partners_at_the_same_instant_give_exactly_one_protection(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partners = new List<TestPerson>();
        for (var i = 0; i < 8; i++) partners.Add(await world.PartnerAsync());
        // Names of random letters: two rounds must not resemble each other, or a person would have to look.
        var chance = new Random(8);
        for (var round = 0; round < 30; round++)
        {
            var word = "R" + new string([.. Enumerable.Range(0, 12).Select(_ => (char)('a' + chance.Next(26)))]);
            string[] spellings = [$"{word} GmbH", word.ToUpperInvariant(), $"{word}-gmbh", $"{word.ToLowerInvariant()} "];
            var made = await Task.WhenAll(partners.Select((p, i) => Task.Run(() => DealWorld.TryRegisterAsync(p, world.Fields(spellings[i % 4], domain: i % 2 == 0 ? $"{word}.example" : null)))));
            made.ShouldAllBe(m => m.Ok);
            var states = await world.Manager.DoAsync<Work, List<DealState>>(w =>
            {
                var ids = made.Select(m => m.Value).ToArray();
                return w.Db.Set<Deal>().Where(d => ids.Contains(d.Id)).Select(d => d.State).ToListAsync();
            });
            states.Count(s => s == DealState.Approved).ShouldBe(1, $"round {round}: {string.Join(", ", states)}");
            states.Count(s => s == DealState.Rejected).ShouldBe(7);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_facts_are_read_from_account_and_direct_opportunities(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await world.AccountAsync("Named Bank AG", named: true);
        await world.AccountAsync("Fresh Retail AG");
        await world.AccountAsync("Old Retail AG");
        await world.OpportunityAsync("OP-1", "Fresh Retail AG", "Engaging", today.AddDays(-20));
        await world.OpportunityAsync("OP-2", "Old Retail AG", "Engaging", today.AddDays(-200));
        (await Rule("Named Bank")).ShouldBe("named-account");
        (await Rule("Fresh Retail")).ShouldBe("direct-fresh");
        (await Rule("Old Retail")).ShouldBe("approve");
        var unproven = await world.RegisterAsync(partner, world.Fields("Unproven Ltd") with { ContactEmail = null });
        (await DealWorld.DecisionAsync(world.Manager, unproven.Id)).RuleId.ShouldBe("evidence");
        var resting = await world.PartnerAsync(motions: [Motion.Influence]);
        var held = await world.RegisterAsync(resting, world.Fields("Any Customer"));
        (await DealWorld.DecisionAsync(world.Manager, held.Id)).RuleId.ShouldBe("motion");

        async Task<string?> Rule(string customer) => (await DealWorld.DecisionAsync(world.Manager, (await world.RegisterAsync(partner, world.Fields(customer))).Id)).RuleId;
    }

    [SkippableTheory, Databases]
    public async Task Wrong_input_is_told_at_each_field_and_nothing_is_stored(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var refused = await DealWorld.TryRegisterAsync(partner, new DealFields { ContactEmail = "nonsense", Country = "XX", CustomerDomain = "no domain", Amount = -1, ExpectedClose = new DateOnly(2020, 1, 1) });
        refused.Problem!.Errors.Keys.Order().ShouldBe(["amount", "contactEmail", "country", "customerDomain", "customerName", "expectedClose", "product"]);
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Deal>().CountAsync())).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Certifications_in_force_are_facts_of_the_decision(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        async Task<(string, string)> FactsAsync(string customer, ProductId product)
        {
            var deal = await world.RegisterAsync(partner, world.Fields(customer, product));
            return await world.Manager.DoAsync<Work, (string, string)>(async w =>
            {
                var facts = FactSet.FromJson((await w.Db.Set<Decision>().SingleAsync(d => d.DealId == deal.Id)).Facts);
                return (facts[Vocabulary.Certification].ToString(), facts[Vocabulary.CertifiedForProduct].ToString());
            });
        }

        (await FactsAsync("Kocher Mills", world.Relay)).ShouldBe((FactValue.Of("none").ToString(), FactValue.Of(false).ToString()));
        using var api = await world.Manager.ApiAsync();
        var entered = await api.PostAsJsonAsync($"/api/v1/partners/{partner.Actor.Partner}/certifications", new { person = "Ana Silva", subject = "relay", level = "professional", issuer = "Academy", from = "2025-01-01" });
        entered.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await entered.Content.ReadAsStringAsync());
        await api.PostAsJsonAsync($"/api/v1/partners/{partner.Actor.Partner}/certifications", new { person = "Ana Silva", subject = "Relay", level = "expert", issuer = "Academy", from = "2020-01-01", until = "2021-01-01" });
        (await FactsAsync("Jagst Mills", world.Relay)).ShouldBe((FactValue.Of("professional").ToString(), FactValue.Of(true).ToString()));
        (await FactsAsync("Murr Mills", world.Vault)).ShouldBe((FactValue.Of("professional").ToString(), FactValue.Of(false).ToString()));
    }

    [SkippableTheory, Databases]
    public async Task Only_an_active_partners_seller_registers(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        (await DealWorld.TryRegisterAsync(world.Manager, world.Fields("X"))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var finance = await world.PartnerAsync(role: Roles.PartnerFinance);
        (await DealWorld.TryRegisterAsync(finance, world.Fields("X"))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
    }

    [SkippableTheory, Databases]
    public async Task A_draft_is_the_partners_alone_until_it_is_submitted(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var draft = (await partner.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, new DealFields { CustomerName = "Draft Customer" }), default))).Value;
        (await DealWorld.TrySeeAsync(world.Manager, draft)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await DealWorld.TrySeeAsync(rival, draft)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        // A draft is no claim.
        (await world.RegisterAsync(rival, world.Fields("Draft Customer"))).State.ShouldBe(DealState.Approved);
        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, draft), default))).Problem!.Errors.Keys.ShouldContain("amount");
        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Draft Customer"), draft, 99), default))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Draft Customer"), draft, 1), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, draft)).State.ShouldBe(DealState.Rejected);
    }
}
