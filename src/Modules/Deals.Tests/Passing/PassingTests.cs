using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests.Leads;

public sealed class PassingTests
{
    [SkippableTheory, Databases]
    public async Task A_lead_goes_to_a_partner_that_accepts_it_and_registers_the_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, rival) = (await world.PartnerAsync("Near Ltd"), await world.PartnerAsync("Rival Ltd"));
        var id = await PassAsync(world, rosa, "Quell Maschinen", "quell.example");
        var seen = await SeeAsync(rosa, id);
        (seen.Line.State, seen.Says).ShouldBe((LeadState.Offered, "Please answer within 24 hours of working days. Once you accept, a person looks at every registration of this customer by others, for 60 days."));
        (seen.ContactName, seen.RuleId, seen.Facts, seen.Line.PartnerName).ShouldBe((null, null, null, null), "before the answer the customer's person is not named, and how it was decided never is");
        var staff = await SeeAsync(world.Manager, id);
        (staff.RuleId, staff.RulesVersion, staff.ContactName).ShouldBe(("pass", 1, "Ana Silva"));
        (await TryAsync(rival, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        var accepted = await SeeAsync(rosa, id);
        (accepted.Line.State, accepted.ContactName, accepted.Line.AnswerMinutes).ShouldBe((LeadState.Accepted, "Ana Silva", 0));
        accepted.Line.ProtectedUntil.ShouldBe(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60));
        (await ReceiptsAsync(rosa, id)).ShouldBe(["lead_answered"]);

        // A rival's registration of the customer waits for a person, and is told nothing of the lead.
        var held = await world.RegisterAsync(rival, world.Fields("Quell Maschinen", domain: "quell.example"));
        (held.State, held.StateReason).ShouldBe((DealState.InReview, "A person looks at this registration within 2 business days."));
        var decision = await DealWorld.DecisionAsync(world.Manager, held.Id);
        (decision.RuleId, decision.Facts!["lead_holder"]).ShouldBe(("lead-elsewhere", FactValue.Of("another")));
        (await rival.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(held.Id, "Mine."), default))).Problem.ShouldBeNull();

        var draft = (await rosa.DoAsync<RegisterLead, Result<DealId>>(r => r.RunAsync(id, default))).Value;
        (await rosa.DoAsync<RegisterLead, Result<DealId>>(r => r.RunAsync(id, default))).Value.ShouldBe(draft, "one draft, however often it is asked for");
        var begun = await DealWorld.SeeAsync(rosa, draft);
        (begun.State, begun.CustomerDomain, begun.Amount, begun.ContactName).ShouldBe((DealState.Draft, "quell.example", 40_000_00, "Ana Silva"));
        (await SeeAsync(rosa, id)).Line.State.ShouldBe(LeadState.Accepted, "a draft registers nothing yet");
        (await rosa.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Quell Maschinen", domain: "quell.example"), draft), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        var converted = await SeeAsync(world.Manager, id);
        (converted.Line.State, converted.Deal).ShouldBe((LeadState.Converted, draft));
        (await DealWorld.DecisionAsync(world.Manager, draft)).Facts!["lead_holder"].ShouldBe(FactValue.Of("this_partner"));
    }

    [SkippableTheory, Databases]
    public async Task A_lead_is_converted_by_a_registration_without_its_draft_and_follows_its_account(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var id = await PassAsync(world, rosa, "Ohne Entwurf AG", "ohne.example");
        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        (await TryPassAsync(world, rival, "Ohne Entwurf", "ohne.example")).Problem!.Facts!["rule"].ShouldBe("lead-elsewhere");
        var deal = await world.RegisterAsync(rosa, world.Fields("Ohne Entwurf AG", domain: "ohne.example"));
        await world.Tenant.App.DrainAsync();
        var seen = await SeeAsync(rosa, id);
        (seen.Line.State, seen.Deal).ShouldBe((LeadState.Converted, deal.Id));
        // Once converted the registration protects the customer, no longer the lead.
        (await world.RegisterAsync(rival, world.Fields("Ohne Entwurf AG", world.Vault, domain: "ohne.example"))).State.ShouldBe(DealState.InReview);
    }

    [SkippableTheory, Databases]
    public async Task A_partnership_does_not_end_while_a_lead_is_on_the_partners_table(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (leaver, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        await PassAsync(world, other, "Bleibt AG", "bleibt.example");
        (await LookAsync()).ShouldBe(new OffboardingFinding(true, "No lead is open"));
        var id = await PassAsync(world, leaver, "Offen AG", "offen.example");
        (await LookAsync()).ShouldBe(new OffboardingFinding(false, "1 lead is still open", $"/app/leads?state=open&partner={leaver.Actor.Partner}"));
        (await AnswerAsync(leaver, id, false, DeclineReason.NotAFit)).Problem.ShouldBeNull();
        (await LookAsync()).Clear.ShouldBeTrue();

        Task<OffboardingFinding> LookAsync() => world.Manager.DoAsync<IEnumerable<IOffboardingCheck>, OffboardingFinding>(all => all.Single(c => c.Code == "open_leads").LookAsync(leaver.Actor.Partner!.Value, default));
    }

    [SkippableTheory, Databases]
    public async Task A_declined_lead_goes_to_the_next_partner_and_neither_learns_of_the_other(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync("Erste GmbH"), await world.PartnerAsync("Zweite GmbH"));
        var id = await PassAsync(world, first, "Porto Marine");
        (await NextAsync(world, id, second)).Problem!.Code.ShouldBe("leads.not_free");
        (await AnswerAsync(first, id, false)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AnswerAsync(first, id, false, DeclineReason.Other)).Problem!.Errors.Keys.ShouldBe(["text"]);
        (await AnswerAsync(second, id, false, DeclineReason.NotAFit)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(first, id, false, DeclineReason.NoCapacity, "Not before summer.")).Problem.ShouldBeNull();
        (await AnswerAsync(first, id, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await NextAsync(world, id, first)).Problem!.Code.ShouldBe("leads.rules_refuse");
        var next = (await NextAsync(world, id, second)).Value;
        (await NextAsync(world, id, second)).Problem!.Code.ShouldBe("leads.passed_on");

        var (his, hers) = (await SeeAsync(first, id), await SeeAsync(second, next));
        (his.Line.State, his.Turns.Count, his.ContactName, hers.Turns.Count, hers.Line.Turn, hers.Line.State).ShouldBe((LeadState.Declined, 0, null, 0, null, LeadState.Offered));
        JsonSerializer.Serialize(hers, Json.Options).ShouldNotContain("Erste");
        JsonSerializer.Serialize(hers, Json.Options).ShouldNotContain("summer");
        (await TryAsync(first, next)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await TryAsync(second, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ListAsync(first)).Select(l => l.Id).ShouldBe([id]);
        (await SeeAsync(world.Manager, next)).Turns.Select(t => (t.PartnerName, t.State)).ShouldBe([("Erste GmbH", LeadState.Declined), ("Zweite GmbH", LeadState.Offered)]);

        // Given back, it can go on; taken back, too.
        (await AnswerAsync(second, next, true)).Problem.ShouldBeNull();
        (await second.DoAsync<ReturnLead, Result<LeadId>>(r => r.RunAsync(new LeadAnswer(next, false, DeclineReason.NotReachable), default))).Problem.ShouldBeNull();
        (await SeeAsync(second, next)).ContactName.ShouldBeNull();
        (await SeeAsync(world.Manager, next)).MayOfferNext.ShouldBeTrue();
        (await SeeAsync(world.Manager, id)).MayOfferNext.ShouldBeFalse();
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_several_answers_at_the_same_instant_one_counts(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var id = await PassAsync(world, rosa, "Lumen Kliniken");
        var answers = await Task.WhenAll(new[] { true, false, true, false }.Select(yes => Task.Run(() => AnswerAsync(rosa, id, yes, DeclineReason.NotAFit))));
        answers.Count(a => a.Ok).ShouldBe(1);
        var second = await PassAsync(world, rosa, "Kestrel Foods");
        (await AnswerAsync(rosa, second, false, DeclineReason.NotAFit)).Problem.ShouldBeNull();
        var third = await world.PartnerAsync();
        var turns = await Task.WhenAll(new[] { other, third, other, third }.Select(p => Task.Run(() => NextAsync(world, second, p))));
        turns.Count(t => t.Ok).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task An_offer_lapses_by_the_clock_and_its_passer_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var (late, fresh) = (await PassAsync(world, rosa, "Mistral Bau"), await PassAsync(world, rosa, "Tramontana SA"));
        await BackdateAsync(world, late);
        (await LapseAsync(world, fresh)).Value.ShouldBeFalse();
        (await LapseAsync(world, late)).Value.ShouldBeTrue();
        (await LapseAsync(world, late)).Value.ShouldBeFalse();
        var seen = await SeeAsync(rosa, late);
        (seen.Line.State, seen.Allowed.Count, seen.Line.AnswerMinutes).ShouldBe((LeadState.TimedOut, 0, null));
        (await AnswerAsync(rosa, late, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await SeeAsync(world.Manager, late)).MayOfferNext.ShouldBeTrue();
        (await ReceiptsAsync(rosa, late)).ShouldBe(["lead_answered"]);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/notifications")).Text.ShouldContain("Not answered in time: Mistral Bau");
        (await rosa.DoAsync<LapseLead, Result<bool>>(l => l.RunAsync(fresh, default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        // The customer's person is forgotten half a year after the end, and at once where it asks for it.
        (await ClockAsync(world, (ForgetContacts f) => f.RunAsync(DateTime.UtcNow.AddDays(1), default))).Value.ShouldBe(1);
        (await SeeAsync(world.Manager, late)).ContactName.ShouldBeNull();
        (await SeeAsync(world.Manager, fresh)).ContactName.ShouldBe("Ana Silva");
        var subject = new DataSubject(rosa.Actor.Person, "Ana Silva", "ANA@customer.example", true);
        (await world.Manager.DoAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.erase", async () => await new DealsPersonalData(w).EraseAsync(subject, default), default))).Value.ShouldBe(1);
        (await SeeAsync(world.Manager, fresh)).ContactName.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_partner_passes_a_lead_to_the_vendor_and_the_rules_answer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var taken = await ReferAsync(world, rosa, "Neue Werft");
        (taken.Line.State, taken.CreditBasisPoints, taken.Compensation, taken.ContactName).ShouldBe((LeadState.Accepted, 10_000, "referral_fee", "Ana Silva"));
        (await rosa.DoAsync<PassToVendor, Result<LeadId>>(p => p.RunAsync(Interest(world, "Neue Werft"), default))).Problem!.Code.ShouldBe("leads.already_passed");
        (await world.Manager.DoAsync<ConvertLead, Result<LeadId>>(c => c.RunAsync(new LeadConversion(taken.Line.Id), default))).Problem.ShouldBeNull();
        var converted = await SeeAsync(rosa, taken.Line.Id);
        (converted.Line.State, converted.Says, converted.Answer).ShouldBe((LeadState.Converted, "We have made an opportunity of it.", null));
        (await TryAsync(rival, taken.Line.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        await world.RegisterAsync(rival, world.Fields("Besetzt AG", domain: "besetzt.example"));
        var refused = await ReferAsync(world, rosa, "Besetzt AG", "besetzt.example");
        (refused.Line.State, refused.Refusal, refused.Says).ShouldBe((LeadState.Rejected, ReasonCode.DuplicateOfEarlierRegistration, "The customer is spoken for."));

        await world.ImportAsync("accounts", "account,website,country\nAltkunde AG,altkunde.example,DE\n");
        await world.OpportunityAsync("OP-1", "Altkunde AG", "Won", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-90));
        var waits = await ReferAsync(world, rosa, "Altkunde AG", "altkunde.example");
        (waits.Line.State, waits.DecideBy is not null, waits.Allowed.Count).ShouldBe((LeadState.Submitted, true, 0));
        (await DecideAsync(rosa, waits.Line.Id, true)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await DecideAsync(world.Manager, waits.Line.Id, false)).Problem!.Errors.Keys.ShouldBe(["refusal"]);
        (await DecideAsync(world.Manager, waits.Line.Id, false, ReasonCode.AlreadyCustomer)).Problem.ShouldBeNull();
        (await DecideAsync(world.Manager, waits.Line.Id, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await SeeAsync(rosa, waits.Line.Id)).Refusal.ShouldBe(ReasonCode.AlreadyCustomer);
    }

    [SkippableTheory, Databases]
    public async Task What_the_rules_leave_to_a_person_waits_and_what_they_refuse_is_refused(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Near Ltd");
        await world.AccountAsync("Namhaft AG", "namhaft.example", named: true);
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        var id = (await seller.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "Namhaft AG", "namhaft.example"), rosa.Actor.Partner), default))).Value;
        (await SeeAsync(seller, id)).Line.State.ShouldBe(LeadState.InReview);
        (await TryAsync(rosa, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "nobody is asked yet");
        (await DecideAsync(seller, id, true)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await DecideAsync(world.Manager, id, true)).Problem.ShouldBeNull();
        (await SeeAsync(rosa, id)).Line.State.ShouldBe(LeadState.Offered);
        // Who passes it is the person whom the rules ask for.
        await world.AccountAsync("Bekannt AG", "bekannt.example", named: true);
        (await SeeAsync(world.Manager, await PassAsync(world, rosa, "Bekannt AG", "bekannt.example"))).Line.State.ShouldBe(LeadState.Offered);

        var rival = await world.PartnerAsync();
        await world.RegisterAsync(rival, world.Fields("Besetzt AG", domain: "besetzt.example"));
        var refused = (await TryPassAsync(world, rosa, "Besetzt AG", "besetzt.example")).Problem!;
        (refused.Code, refused.Facts!["rule"]).ShouldBe(("leads.rules_refuse", "protected-elsewhere"));
        (await TryPassAsync(world, null, "Ohne Partner")).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(new Interest { Amount = -1, Country = "XX", ContactEmail = "no mail" }, rosa.Actor.Partner), default))).Problem!.Errors.Keys.Order().ShouldBe(["amount", "contactEmail", "country", "customerName", "need"]);
        (await rosa.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "X AG"), rosa.Actor.Partner), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await (await DealWorld.CreateAsync(database)).Manager.DoAsync<Work, Result<LeadDetail>>(w => LeadList.FindAsync(w, id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task Partners_are_proposed_best_first_with_their_reasons_and_the_stored_decision_comes_out_again(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (gold, plain, idle) = (await world.PartnerAsync("Gold Nord"), await world.PartnerAsync("Plain Nord", Tier.Registered), await world.PartnerAsync("Idle Nord", motions: []));
        var found = await world.Manager.DoAsync<Work, IReadOnlyList<Candidate>>(async w => await Candidates.FindAsync(w, await PassingCases.CustomerAsync(w, Interest(world, "Frische AG"), null, default), default));
        found.Select(c => (c.Name, c.Outcome)).ShouldBe([("Gold Nord", Outcome.Approve), ("Plain Nord", Outcome.Approve), ("Idle Nord", Outcome.Refuse)]);
        found[0].Why.ShouldContain("It sits in the customer’s country.");
        var id = await PassAsync(world, plain, "Frische AG");
        await world.Manager.DoAsync<Work, bool>(async w =>
        {
            var lead = await w.Db.Set<Lead>().SingleAsync(l => l.Id == id);
            var again = Deciding.Decide(FactSet.FromJson(lead.Facts), DecisionTable.Of(await PassingBook.VersionAsync(w, lead.RulesNumber, default)), lead.DecidedOn, lead.RulesCurrency);
            (again.RuleId, again.ForPartner, again.ForVendor, again.Outcome).ShouldBe((lead.RuleId, lead.ForPartner, lead.ForVendor, lead.Outcome));
            return true;
        });
        (await world.Manager.DoAsync<Work, IReadOnlyList<Candidate>>(async w => await Candidates.FindAsync(w, await PassingCases.CustomerAsync(w, Interest(world, "Frische AG"), null, default), default))).Single(c => c.Partner == plain.Actor.Partner).Why.ShouldContain("It has 1 open lead.");
        _ = (gold, idle);
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_partners_are_not_credited_for_one_customer_and_nobody_takes_a_named_account(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        (await ReferAsync(world, rosa, "Zweimal AG", "zweimal.example")).Line.State.ShouldBe(LeadState.Accepted);
        (await rosa.DoAsync<PassToVendor, Result<LeadId>>(p => p.RunAsync(Interest(world, "Zweimal Holding", "zweimal.example") with { Product = null }, default))).Problem!.Code.ShouldBe("leads.already_passed", "with or without a product it is the same lead");
        var second = await ReferAsync(world, rival, "Zweimal", "zweimal.example");
        (second.Line.State, second.Says).ShouldBe((LeadState.Submitted, "A person of the vendor looks at it and answers by the day that stands here."));
        var seen = await SeeAsync(world.Manager, second.Line.Id);
        (seen.RuleId, seen.CreditBasisPoints, seen.Compensation).ShouldBe(("vendor-referred-elsewhere", 10_000, "referral_fee"));
        // Who decides says whether; what it brings stays what the rules give.
        (await DecideAsync(world.Manager, second.Line.Id, true, text: "Both have worked on it.")).Problem.ShouldBeNull();
        var decided = await SeeAsync(rival, second.Line.Id);
        (decided.Line.State, decided.Line.ProtectedUntil, decided.Compensation, decided.Answer).ShouldBe((LeadState.Accepted, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(180), "referral_fee", "Both have worked on it."));
        decided.Says.ShouldStartWith("We take it");
        (await SeeAsync(world.Manager, second.Line.Id)).Allowed.ShouldBe([LeadTrigger.Convert, LeadTrigger.Revoke], ignoreOrder: true);

        await world.AccountAsync("Namhaft AG", "namhaft.example", named: true);
        (await SeeAsync(world.Manager, (await ReferAsync(world, rosa, "Namhaft AG", "namhaft.example")).Line.Id)).RuleId.ShouldBe("vendor-named");
        var offered = await PassAsync(world, rosa, "Angeboten AG");
        (await SeeAsync(world.Manager, (await ReferAsync(world, rival, "Angeboten AG")).Line.Id)).RuleId.ShouldBe("vendor-lead-elsewhere");
        _ = offered;
        var both = await Task.WhenAll(new[] { rosa, rival }.Select(p => Task.Run(() => p.DoAsync<PassToVendor, Result<LeadId>>(r => r.RunAsync(Interest(world, "Gleichzeitig AG"), default)))));
        var states = new List<LeadState>();
        foreach (var one in both) states.Add((await SeeAsync(world.Manager, one.Value)).Line.State);
        states.Order().ShouldBe([LeadState.Submitted, LeadState.Accepted]);
    }

    [SkippableTheory, Databases]
    public async Task One_customer_is_offered_to_one_partner_and_a_late_yes_counts_no_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var posts = await Task.WhenAll(new[] { rosa, rosa, rival }.Select(p => Task.Run(() => TryPassAsync(world, p, "Einmal AG", "einmal.example"))));
        posts.Count(p => p.Ok).ShouldBe(1);
        var id = posts.Single(p => p.Ok).Value;
        var (holder, other) = (await SeeAsync(world.Manager, id)).Line.Partner == rosa.Actor.Partner ? (rosa, rival) : (rival, rosa);
        (await TryPassAsync(world, holder, "Einmal", "einmal.example")).Problem!.Code.ShouldBe("leads.already_offered");
        (await TryPassAsync(world, other, "Einmal GmbH", "einmal.example")).Problem!.Facts!["rule"].ShouldBe("lead-elsewhere");
        // Another product is another business.
        (await world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "Einmal AG", "einmal.example") with { Product = world.Vault }, other.Actor.Partner), default))).Problem.ShouldBeNull();

        // Two offers that have become one customer's: the second yes is refused.
        var twin = await PassAsync(world, other, "Zwilling AG", "zwilling.example");
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Lead>().Where(l => l.Id == twin).ExecuteUpdateAsync(s => s.SetProperty(l => l.CustomerDomain, "einmal.example")));
        (await AnswerAsync(holder, id, true)).Problem.ShouldBeNull();
        (await AnswerAsync(other, twin, true)).Problem!.Code.ShouldBe("leads.taken");

        var late = await PassAsync(world, rosa, "Spät AG");
        await BackdateAsync(world, late);
        (await SeeAsync(rosa, late)).Allowed.ShouldNotContain(LeadTrigger.Accept);
        (await AnswerAsync(rosa, late, true)).Problem!.Code.ShouldBe("leads.too_late");
    }

    [SkippableTheory, Databases]
    public async Task A_lead_comes_back_when_its_registration_is_withdrawn_and_can_be_taken_back_or_ends(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, next) = (await world.PartnerAsync(), await world.PartnerAsync());
        var id = await PassAsync(world, rosa, "Rückkehr AG", "rueckkehr.example");
        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        var until = (await SeeAsync(rosa, id)).Line.ProtectedUntil;
        var deal = await world.RegisterAsync(rosa, world.Fields("Rückkehr AG", domain: "rueckkehr.example"));
        await world.Tenant.App.DrainAsync();
        (await SeeAsync(rosa, id)).Line.State.ShouldBe(LeadState.Converted);
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Too early."), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        var back = await SeeAsync(rosa, id);
        (back.Line.State, back.Line.ProtectedUntil).ShouldBe((LeadState.Accepted, until));
        (await rosa.DoAsync<RegisterLead, Result<DealId>>(r => r.RunAsync(id, default))).Value.ShouldNotBe(deal.Id);

        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        (await RevokeAsync(seller, id, "Mine.")).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await RevokeAsync(world.Manager, id, "")).Problem!.Errors.Keys.ShouldBe(["text"]);
        (await RevokeAsync(world.Manager, id, "Nothing has happened for weeks.")).Problem.ShouldBeNull();
        var revoked = await SeeAsync(rosa, id);
        (revoked.Line.State, revoked.Answer, revoked.ContactName, revoked.Line.ProtectedUntil).ShouldBe((LeadState.Revoked, "Nothing has happened for weeks.", null, null));
        var second = (await NextAsync(world, id, next)).Value;
        (await AnswerAsync(next, second, true)).Problem.ShouldBeNull();
        (await LapseAsync(world, second)).Value.ShouldBeFalse();
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Lead>().Where(l => l.Id == second).ExecuteUpdateAsync(s => s.SetProperty(l => l.ProtectedUntil, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-2))));
        (await LapseAsync(world, second)).Value.ShouldBeTrue();
        var ended = await SeeAsync(next, second);
        (ended.Line.State, ended.ContactName).ShouldBe((LeadState.Expired, null));
        (await SeeAsync(world.Manager, second)).MayOfferNext.ShouldBeTrue();
    }

    [SkippableTheory, Databases]
    public async Task A_refused_registration_converts_no_lead(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var id = await PassAsync(world, rosa, "Direkt AG", "direkt.example");
        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        var held = await world.RegisterAsync(rosa, world.Fields("Direkt AG", amount: 900_000_00, domain: "direkt.example"));
        await world.Tenant.App.DrainAsync();
        (held.State, (await SeeAsync(rosa, id)).Line.State).ShouldBe((DealState.InReview, LeadState.Converted));
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(held.Id, ReasonCode.Incomplete, "Nobody there knows of it."), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        var back = await SeeAsync(rosa, id);
        (back.Line.State, back.Allowed.Contains(LeadTrigger.Convert)).ShouldBe((LeadState.Accepted, true));
    }

    [SkippableTheory, Databases]
    public async Task What_is_said_when_a_lead_goes_out_stays_with_the_vendor_and_who_decides_late_is_told_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        await world.AccountAsync("Namhaft AG", "namhaft.example", named: true);
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        var id = (await seller.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "Namhaft AG", "namhaft.example"), rosa.Actor.Partner), default))).Value;
        (await LapseAsync(world, id)).Value.ShouldBeFalse();
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Lead>().Where(l => l.Id == id).ExecuteUpdateAsync(s => s.SetProperty(l => l.DecideBy, DateTime.UtcNow.AddMinutes(-1)).SetProperty(l => l.StateSince, DateTime.UtcNow.AddDays(-2))));
        (await LapseAsync(world, id)).Value.ShouldBeTrue();
        (await LapseAsync(world, id)).Value.ShouldBeFalse();
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/notifications")).Text.ShouldContain("Overdue: decide on a lead of Namhaft AG");
        (await DecideAsync(world.Manager, id, true, text: "They pay late, but go on.")).Problem.ShouldBeNull();
        JsonSerializer.Serialize(await SeeAsync(rosa, id), Json.Options).ShouldNotContain("pay late");
        (await SeeAsync(world.Manager, id)).History.Select(h => h.Words).ShouldContain("They pay late, but go on.");
        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, id)).Allowed.ShouldBe([LeadTrigger.Revoke], "only the partner gives it back");
    }

    internal static Interest Interest(DealWorld world, string customer, string? domain = null) => new()
    {
        CustomerName = customer, CustomerDomain = domain, Country = "DE", Product = world.Relay, Need = "Asks for an offer this quarter.", Amount = 40_000_00, ContactName = "Ana Silva", ContactEmail = "ana@customer.example",
    };

    internal static Task<Result<LeadId>> TryPassAsync(DealWorld world, TestPerson? to, string customer, string? domain = null) =>
        world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, customer, domain), to?.Actor.Partner), default));

    internal static async Task<LeadId> PassAsync(DealWorld world, TestPerson to, string customer, string? domain = null)
    {
        var passed = await TryPassAsync(world, to, customer, domain);
        passed.Problem.ShouldBeNull();
        return passed.Value;
    }

    private static async Task<LeadDetail> ReferAsync(DealWorld world, TestPerson person, string customer, string? domain = null)
    {
        var passed = await person.DoAsync<PassToVendor, Result<LeadId>>(p => p.RunAsync(Interest(world, customer, domain), default));
        passed.Problem.ShouldBeNull();
        return await SeeAsync(person, passed.Value);
    }

    internal static Task<Result<LeadId>> AnswerAsync(TestPerson person, LeadId id, bool accept, DeclineReason? reason = null, string? text = null) =>
        person.DoAsync<AnswerLead, Result<LeadId>>(a => a.RunAsync(new LeadAnswer(id, accept, accept ? null : reason, text), default));

    internal static Task<Result<LeadId>> DecideAsync(TestPerson person, LeadId id, bool accept, ReasonCode? refusal = null, string? text = null) => person.DoAsync<DecideLead, Result<LeadId>>(d => d.RunAsync(new LeadDecision(id, accept, refusal, text), default));

    private static Task<Result<LeadId>> RevokeAsync(TestPerson person, LeadId id, string text) => person.DoAsync<WithdrawLead, Result<LeadId>>(d => d.RunAsync(new LeadDecision(id, false, Text: text), default));

    private static Task<Result<LeadId>> NextAsync(DealWorld world, LeadId id, TestPerson to) => world.Manager.DoAsync<OfferNext, Result<LeadId>>(o => o.RunAsync(new NextInput(id, to.Actor.Partner), default));

    private static Task<Result<LeadDetail>> TryAsync(TestPerson person, LeadId id) => person.DoAsync<Work, Result<LeadDetail>>(w => LeadList.FindAsync(w, id, default));

    internal static async Task<LeadDetail> SeeAsync(TestPerson person, LeadId id)
    {
        var found = await TryAsync(person, id);
        found.Problem.ShouldBeNull();
        return found.Value;
    }

    private static async Task<IReadOnlyList<LeadLine>> ListAsync(TestPerson person) => (await person.DoAsync<Work, Page<LeadLine>>(w => LeadList.PageAsync(w, new LeadQuery(), default))).Items;

    private static async Task<string?[]> ReceiptsAsync(TestPerson person, LeadId id)
    {
        using var api = await person.ApiAsync();
        return [.. JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={id}")).RootElement.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("kind").GetString())];
    }

    private static Task<int> BackdateAsync(DealWorld world, LeadId id) => world.Manager.DoAsync<Work, int>(w =>
        w.Db.Set<Lead>().Where(l => l.Id == id).ExecuteUpdateAsync(s => s.SetProperty(l => l.AnswerBy, DateTime.UtcNow.AddMinutes(-1))));

    private static Task<Result<bool>> LapseAsync(DealWorld world, LeadId id) => ClockAsync(world, (LapseLead l) => l.RunAsync(id, default));

    private static async Task<TOut> ClockAsync<TUse, TOut>(DealWorld world, Func<TUse, Task<TOut>> act) where TUse : notnull
    {
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(world.Tenant.App.Services);
        ((CurrentActor)scope.ServiceProvider.GetService(typeof(CurrentActor))!).Actor = Actor.System(world.Manager.Actor.Tenant);
        return await act((TUse)scope.ServiceProvider.GetService(typeof(TUse))!);
    }
}
