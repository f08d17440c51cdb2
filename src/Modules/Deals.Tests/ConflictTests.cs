using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

public sealed class ConflictTests
{
    private const string Canary = "CANARY-OF-THE-OTHER-SIDE";

    [Fact]
    public void The_clock_goes_up_by_hours_for_a_dispute_and_for_a_suspicion_that_nobody_looks_at()
    {
        var from = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        foreach (var (hours, level) in new[] { (0, 0), (71, 0), (72, 1), (167, 1), (168, 2), (335, 2), (336, 3), (9999, 3) })
        {
            ConflictClock.Level(ConflictState.Disputed, from.AddDays(-9), from, from.AddHours(hours)).ShouldBe(level);
            ConflictClock.Level(ConflictState.Suspected, from, null, from.AddHours(hours)).ShouldBe(level);
            ConflictClock.Level(ConflictState.Settled, from, from, from.AddHours(hours)).ShouldBe(0);
        }

        ConflictClock.Due(ConflictState.Suspected, from, null).ShouldBe(from.AddHours(24));
        ConflictClock.Due(ConflictState.Mediated, from, from.AddDays(1)).ShouldBe(from.AddDays(1).AddHours(72));
        ConflictClock.Due(ConflictState.Settled, from, from).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_rival_that_waits_opens_a_suspicion_that_only_the_vendor_sees(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        var early = await world.InReviewAsync(first, "Weser Metals GmbH");
        var late = await world.RegisterAsync(second, world.Fields("Weser Metals"));
        late.State.ShouldBe(DealState.InReview);
        var conflict = (await FindAsync(world.Manager)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.State, conflict.Deal).ShouldBe((ConflictKind.PartnerPartner, ConflictState.Suspected, late.Id));
        (await DealWorld.SeeAsync(world.Manager, early.Id)).Conflict.ShouldBe(ConflictState.Suspected);
        (await DealWorld.SeeAsync(world.Manager, late.Id)).Conflict.ShouldBe(ConflictState.Suspected);
        (await FindAsync(first)).ShouldBeEmpty();
        (await SeeAsync(second, conflict.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        // The first is refused: nothing is left to suspect.
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(early.Id, ReasonCode.NotAFit), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await SeeAsync(world.Manager, conflict.Id)).Value.State.ShouldBe(ConflictState.Settled);
        (await DealWorld.SeeAsync(world.Manager, late.Id)).Conflict.ShouldBe(ConflictState.Settled);
    }

    [SkippableTheory, Databases]
    public async Task An_approved_deal_keeps_what_is_suspected_against_it_and_the_keys_under_which_it_is_found(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.InReviewAsync(first, "Leine Pumps GmbH");
        var late = await world.RegisterAsync(second, world.Fields("Leine Pumps"));
        (await ApproveAsync(world.Manager, new ApproveInput(late.Id))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await FindAsync(world.Manager)).ShouldHaveSingleItem().State.ShouldBe(ConflictState.Suspected);
        (await world.Manager.DoAsync<Work, bool>(w => w.Db.Set<ClaimKey>().AnyAsync(k => k.DealId == late.Id))).ShouldBeTrue();
    }

    [SkippableTheory, Databases]
    public async Task A_refused_partner_appeals_and_the_settlement_moves_the_protection(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync(Canary), await world.PartnerAsync());
        var held = await world.RegisterAsync(holder, world.Fields("Saale Optics GmbH", amount: 77_654_00) with { WorkDone = Canary + " did it all since January.", CustomerDomain = "saaleoptics.example" });
        var lost = await world.RegisterAsync(refused, world.Fields("Saale Optics"));
        lost.State.ShouldBe(DealState.Rejected);
        var raised = await RaiseAsync(refused, lost.Id, "We have worked there since 2024.");
        raised.Problem.ShouldBeNull();
        (await RaiseAsync(refused, lost.Id, "Again.")).Problem!.Code.ShouldBe("conflicts.already_raised");
        var id = raised.Value;
        (await SayAsync(holder, id, Canary + " was asked by the customer.")).Problem.ShouldBeNull();

        // Each side reads its own; nothing of the other stands anywhere that it can read.
        await NothingForeignAsync(refused, id, lost.Id, held.Id, Canary, "7765400", "saaleoptics.example", $"{held.ExpiresOn:yyyy-MM-dd}");
        await NothingForeignAsync(holder, id, held.Id, lost.Id, "since 2024", lost.Id.ToString());
        var third = await world.PartnerAsync();
        (await SeeAsync(third, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await SayAsync(third, id, "Let me in.")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await SettleAsync(refused, id, ConflictOutcome.ClaimantHolds)).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        var seen = (await SeeAsync(world.Manager, id)).Value;
        seen.Sides.Select(s => s.Deal).ShouldBe([lost.Id, held.Id]);
        seen.Said.Select(s => s.Kind).ShouldBe([StatementKind.Statement, StatementKind.Statement]);
        seen.Appealed.ShouldBeFalse("no person has decided yet");
        seen.Sides.SelectMany(s => s.Timeline).ShouldAllBe(e => !e.What.StartsWith("Approved: Approved", StringComparison.Ordinal));
        (await SettleAsync(world.Manager, id, ConflictOutcome.ClaimantHolds, "")).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await SettleAsync(world.Manager, id, ConflictOutcome.ClaimantHolds)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(refused, lost.Id)).State.ShouldBe(DealState.Approved);
        (await DealWorld.SeeAsync(holder, held.Id)).State.ShouldBe(DealState.Revoked);
        (await SettleAsync(world.Manager, id, ConflictOutcome.OtherHolds)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);

        // The other side appeals once; somebody else decides, and turns it.
        (await AppealAsync(holder, id)).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, id)).Value.Appealed.ShouldBeTrue();
        (await SettleAsync(world.Manager, id, ConflictOutcome.OtherHolds)).Problem!.Code.ShouldBe("conflicts.same_decider");
        var other = await world.Tenant.StaffAsync(Roles.ChannelOperations);
        (await SettleAsync(other, id, ConflictOutcome.OtherHolds)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(refused, lost.Id)).State.ShouldBe(DealState.Revoked);
        (await DealWorld.SeeAsync(holder, held.Id)).State.ShouldBe(DealState.Approved);
        (await AppealAsync(holder, id)).Problem!.Code.ShouldBe("conflicts.appeal_used");

        // Who disputed what the rules alone had refused appeals once against what people decided.
        (await SeeAsync(refused, id)).Value.MayAppeal.ShouldBeTrue();
        (await AppealAsync(refused, id)).Problem.ShouldBeNull();
        foreach (var earlier in new[] { world.Manager, other }) (await SettleAsync(earlier, id, ConflictOutcome.OtherHolds)).Problem!.Code.ShouldBe("conflicts.same_decider");
        (await SettleAsync(await world.Tenant.StaffAsync(Roles.ChannelOperations), id, ConflictOutcome.OtherHolds)).Problem.ShouldBeNull();
        (await AppealAsync(refused, id)).Problem!.Code.ShouldBe("conflicts.appeal_used");
    }

    [SkippableTheory, Databases]
    public async Task The_partner_whose_protection_is_disputed_is_told_and_asked_for_its_side_without_a_name(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync("Quellwerk Systems"), await world.PartnerAsync("Bluebird Consulting"));
        var held = await world.RegisterAsync(holder, world.Fields("Fulda Tires GmbH"));
        var lost = await world.RegisterAsync(refused, world.Fields("Fulda Tires"));
        (await OpenAsync(holder)).ShouldBeEmpty();
        var id = (await RaiseAsync(refused, lost.Id, "We were there first.")).Value;
        var mail = (await MailsAsync(holder)).Single(m => m.Subject.StartsWith("Disputed: ", StringComparison.Ordinal));
        mail.Body.ShouldContain("another claim on this customer");
        mail.Body.ShouldNotContain("Bluebird");
        (await MailsAsync(refused)).ShouldNotContain(m => m.Subject.StartsWith("Disputed: ", StringComparison.Ordinal));
        var todo = (await OpenAsync(holder)).ShouldHaveSingleItem();
        (todo.Title, todo.Href).ShouldBe((held.Title, $"/portal/conflicts/{id}#said"));
        (await OpenAsync(refused)).ShouldBeEmpty("it has said its part");
        (await OpenAsync(await world.PartnerAsync())).ShouldBeEmpty();
        (await SayAsync(holder, id, "We were asked by the customer.")).Problem.ShouldBeNull();
        (await OpenAsync(holder)).ShouldBeEmpty();

        foreach (var reason in new[] { "Bluebird was there first.", "BLUEBIRD CONSULTING worked longer.", "quellwerk lost it." })
            (await SettleAsync(world.Manager, id, ConflictOutcome.ClaimantHolds, reason)).Problem!.Errors.Keys.ShouldBe(["reason"], reason);
        (await SettleAsync(world.Manager, id, ConflictOutcome.ClaimantHolds, "Consulting began before the other registration at Fulda Tires.")).Problem.ShouldBeNull();
        foreach (var side in new[] { holder, refused }) (await MailsAsync(side)).ShouldContain(m => m.Subject.StartsWith("Decided: ", StringComparison.Ordinal));

        static Task<IReadOnlyList<OpenDispute>> OpenAsync(TestPerson person) => person.DoAsync<Work, IReadOnlyList<OpenDispute>>(w => OpenDispute.FindAsync(w, 5, default));
        Task<List<MailRow>> MailsAsync(TestPerson person) => world.Tenant.AsSystemAsync<Work, List<MailRow>>(w => w.Db.Set<MailRow>().Where(m => m.To == person.Email).ToListAsync());
    }

    [Fact]
    public void A_reason_may_use_the_words_that_many_companies_carry_and_those_of_the_customer()
    {
        NamesOther.In("The north team showed its work at Fulda.", ["North Star Systems"], ["Fulda Tires"]).ShouldBe(null);
        NamesOther.In("Star showed its work.", ["North Star Systems"], []).ShouldBe("star");
        NamesOther.In("The work at Fulda was shown.", ["Fulda Services"], ["Fulda Tires"]).ShouldBeNull();
        NamesOther.In("", ["Acme"], []).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Each_side_reads_only_what_was_written_for_it_in_page_mail_receipt_and_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync(Canary), await world.PartnerAsync("Zschopau Ltd"));
        var held = await world.RegisterAsync(holder, world.Fields("Zwickau Looms GmbH"));
        var lost = await world.RegisterAsync(refused, world.Fields("Zwickau Looms"));
        var id = (await RaiseAsync(refused, lost.Id, "We were there first.")).Value;
        const string ForClaimant = "What you showed is from after the other one's first visit.", ForHolder = "Your visit notes are the oldest.", Again = "We have looked once more.";
        Task<Result<ConflictId>> SettleAsync(TestPerson by, string reason, string? other) =>
            by.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(new SettleInput(id, ConflictOutcome.OtherHolds, reason) { OtherReason = other }, default));
        (await SettleAsync(world.Manager, ForClaimant, $"{Canary} was first")).Problem.ShouldBeNull("a side may read its own name");
        (await AppealAsync(refused, id)).Problem.ShouldBeNull();
        var second = await world.Tenant.StaffAsync(Roles.ChannelOperations);
        (await SettleAsync(second, $"{Canary} was first.", ForHolder)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await SettleAsync(second, ForClaimant, "Zschopau came later.")).Problem!.Errors.Keys.ShouldBe(["otherReason"]);
        (await SettleAsync(second, ForClaimant, ForHolder)).Problem.ShouldBeNull();

        ((await SeeAsync(refused, id)).Value.Reason, (await SeeAsync(holder, id)).Value.Reason).ShouldBe((ForClaimant, ForHolder));
        foreach (var side in new[] { refused, holder }) (await SeeAsync(side, id)).Value.OtherReason.ShouldBeNull();
        var staff = (await SeeAsync(world.Manager, id)).Value;
        (staff.Reason, staff.OtherReason).ShouldBe((ForClaimant, ForHolder));
        foreach (var (side, own, foreign) in new[] { (refused, ForClaimant, ForHolder), (holder, ForHolder, ForClaimant) })
        {
            var mail = await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == side.Email && m.Subject.StartsWith("Decided: ")).Select(m => m.Body).ToListAsync());
            (mail.Any(m => m.Contains(own, StringComparison.Ordinal)), mail.Any(m => m.Contains(foreign, StringComparison.Ordinal))).ShouldBe((true, false));
            using var api = await side.ApiAsync();
            var everything = await api.GetStringAsync($"/api/v1/conflicts/{id}") + await api.GetStringAsync("/api/v1/receipts") + await api.GetStringAsync($"/api/v1/deals/{(side == holder ? held.Id : lost.Id)}");
            everything.ShouldNotContain(foreign.Replace("'", "\\u0027", StringComparison.Ordinal));
            everything.ShouldNotContain(foreign);
        }

        // One text for both stays possible.
        (await AppealAsync(holder, id)).Problem.ShouldBeNull();
        var third = await world.Tenant.StaffAsync(Roles.ChannelOperations);
        (await SettleAsync(third, Again, null)).Problem.ShouldBeNull();
        ((await SeeAsync(refused, id)).Value.Reason, (await SeeAsync(holder, id)).Value.Reason).ShouldBe((Again, Again));
    }

    [Fact]
    public void Customers_are_counted_by_what_was_meant_and_the_fifty_first_is_one_too_many()
    {
        var (one, two, at) = (new PersonId(Guid.CreateVersion7()), new PersonId(Guid.CreateVersion7()), new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc));
        AskedCustomer Ask(string customer, int minutes, PersonId? person = null) => new(customer, person ?? one, at.AddMinutes(minutes));
        AskedCustomers.Count([]).ShouldBe(0);
        AskedCustomers.Count([Ask("bo", 0), Ask("bode", 1), Ask("bode plastics", 2)]).ShouldBe(1, "still being typed");
        AskedCustomers.Count([Ask("bode plastics", 0), Ask("bode", 1)]).ShouldBe(1, "taken back letter by letter");
        AskedCustomers.Count([Ask("bo", 0), Ask("bode", 3)]).ShouldBe(2, "too long ago to be one typing");
        AskedCustomers.Count([Ask("bo", 0), Ask("bode", 1, two)]).ShouldBe(2, "two people");
        AskedCustomers.Count([Ask("bode", 0), Ask("aller", 1), Ask("bode", 5)]).ShouldBe(2, "the same one again");
        AskedCustomers.Count([Ask("bode", 0, two), Ask("bode", 1), Ask("bode plastics", 2)]).ShouldBe(2, "what a colleague has asked about stays counted");
        AskedCustomers.Count([.. Enumerable.Range(0, AskedCustomers.MostADay).Select(i => Ask($"customer {i:00}", i))]).ShouldBe(AskedCustomers.MostADay);
    }

    [SkippableTheory, Databases]
    public async Task A_company_asks_about_fifty_customers_a_day_and_the_next_day_again(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (partner, other) = (await world.PartnerAsync("Asker Ltd"), await world.PartnerAsync("Other Ltd"));
        var colleague = await world.Tenant.PartnerPersonAsync(partner.Actor.Partner!.Value, "Asker Ltd");
        static Task<Result<DuplicateWarning>> AskAsync(TestPerson by, DealWorld of, string customer) => by.DoAsync<AskAboutCustomer, Result<DuplicateWarning>>(a => a.RunAsync((of.Fields(customer), null), default));
        for (var i = 0; i < AskedCustomers.MostADay; i++) (await AskAsync(i % 2 == 0 ? partner : colleague, world, $"{(char)('a' + (i % 26))}{i:00} works")).Problem.ShouldBeNull($"customer {i}");
        var refused = (await AskAsync(colleague, world, "zz one too many")).Problem;
        (refused!.Code, refused.Kind, refused.Facts["perDay"]).ShouldBe(("deals.too_many_customers", ProblemKind.Busy, AskedCustomers.MostADay));
        (await AskAsync(partner, world, "a00 works")).Problem.ShouldBeNull("one that was asked about already");
        (await AskAsync(other, world, "zz one too many")).Problem.ShouldBeNull("another company has its own fifty");
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await AskAsync(colleague, world, "zz one too many")).Problem.ShouldBeNull("a new day");
    }

    [SkippableTheory, Databases]
    public async Task A_suspicion_that_nobody_looks_at_goes_up_to_the_administrators(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.InReviewAsync(first, "Gera Looms GmbH");
        await world.RegisterAsync(second, world.Fields("Gera Looms"));
        var id = (await FindAsync(world.Manager)).ShouldHaveSingleItem().Id;
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Conflict>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.OpenedAt, w.Now.AddDays(-15))));
        await world.Tenant.App.RunAsync<EscalateConflicts>();
        (await SeeAsync(world.Manager, id)).Value.Level.ShouldBe(3);
        var mail = (await world.Manager.DoAsync<Work, List<MailRow>>(w => w.Db.Set<MailRow>().Where(m => m.To == world.Tenant.Administrator.Email && m.Subject.StartsWith("Waits too long")).ToListAsync())).ShouldHaveSingleItem();
        mail.Body.ShouldContain("nobody has looked at it");
    }

    [SkippableTheory, Databases]
    public async Task A_refusal_by_a_person_is_looked_at_by_another(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Unstrut Foods");
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NotAFit), default))).Problem.ShouldBeNull();
        var id = (await RaiseAsync(partner, deal.Id, "It fits very well.")).Value;
        foreach (var reader in new[] { world.Manager, partner })
        {
            var file = (await SeeAsync(reader, id)).Value;
            (file.Appealed, file.Said.Single().Kind).ShouldBe((true, StatementKind.Appeal));
        }

        (await SettleAsync(world.Manager, id, ConflictOutcome.ClaimantHolds)).Problem!.Code.ShouldBe("conflicts.same_decider");
        (await SettleAsync(world.Manager, id, ConflictOutcome.Shared)).Problem.ShouldNotBeNull();
        var other = await world.Tenant.StaffAsync(Roles.ChannelOperations);
        (await SettleAsync(other, id, ConflictOutcome.ClaimantHolds)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).State.ShouldBe(DealState.Approved);
        (await AppealAsync(partner, id)).Problem!.Code.ShouldBe("conflicts.appeal_used");
    }

    [SkippableTheory, Databases]
    public async Task An_import_finds_the_direct_team_at_a_protected_customer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.AccountAsync("Havel Textiles AG");
        var deal = await world.RegisterAsync(partner, world.Fields("Havel Textiles"));
        deal.State.ShouldBe(DealState.Approved);
        (await FindAsync(world.Manager)).ShouldBeEmpty();
        await world.OpportunityAsync("OP-77", "Havel Textiles AG", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow));
        await world.Tenant.App.DrainAsync();
        var conflict = (await FindAsync(world.Manager)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.State, conflict.Deal).ShouldBe((ConflictKind.PartnerDirect, ConflictState.Suspected, deal.Id));
        (await SeeAsync(world.Manager, conflict.Id)).Value.Sides[1].Opportunity.ShouldBe("OP-77");
        // The same import again finds nothing new.
        await world.OpportunityAsync("OP-77", "Havel Textiles AG", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow));
        await world.Tenant.App.DrainAsync();
        (await FindAsync(world.Manager)).Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_the_direct_team_began_before_and_a_later_file_tells_is_found_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.AccountAsync("Mohnfeld Mills AG");
        var monday = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-9));
        var deal = await world.RegisterAsync(partner, world.Fields("Mohnfeld Mills"));
        await world.OpportunityAsync("OP-81", "Mohnfeld Mills AG", "Engaging", monday);
        await world.Tenant.App.DrainAsync();
        (await FindAsync(world.Manager)).ShouldHaveSingleItem().Deal.ShouldBe(deal.Id);
        await world.OpportunityAsync("OP-81", "Mohnfeld Mills AG", "Engaging", monday);
        await world.Tenant.App.DrainAsync();
        (await FindAsync(world.Manager)).Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_disputed_share_is_set_and_the_whole_stays_one(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Mulde Leasing"));
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000), default))).Problem.ShouldBeNull();
        (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        var raised = await guest.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(deal.Id, "We ran the whole pilot.", true, 4_000), default));
        raised.Problem.ShouldBeNull();
        (await SettleAsync(world.Manager, raised.Value, ConflictOutcome.Shared, share: 3_000)).Problem.ShouldBeNull();
        var shares = await world.Manager.DoAsync<Work, IReadOnlyList<(PartnerId, DealRole, int)>>(async w => DealCredit.Shares(deal.Partner, await w.Db.Set<DealMemberRow>().Where(m => m.DealId == deal.Id).ToListAsync()));
        shares.Select(s => s.Item3).ShouldBe([7_000, 3_000]);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_decided_share_can_be_accepted_though_others_have_taken_on_the_work_meanwhile(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest, next) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Saale Leasing"));
        await JoinAsync(guest, 6_000);
        var raised = (await guest.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(deal.Id, "We ran the whole pilot.", true, 4_000), default))).Value;
        (await guest.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, guest.Actor.Partner, "No people."), default))).Problem.ShouldBeNull();
        await JoinAsync(next, 7_000);
        (await SettleAsync(world.Manager, raised, ConflictOutcome.Shared, share: 3_000)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(holder, deal.Id)).Team.Select(t => (t.ShareBasisPoints, t.WorkBasisPoints)).ShouldBe([(6_000, 0), (3_000, 3_000), (1_000, 7_000)], ignoreOrder: true);

        async Task JoinAsync(TestPerson partner, int part)
        {
            (await holder.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, partner.Actor.Partner, null, DealRole.Influence, 1_000) { WorkBasisPoints = part, Known = true }, default))).Problem.ShouldBeNull();
            (await DealWorld.AcceptAsync(partner, deal.Id)).Problem.ShouldBeNull();
        }
    }

    [SkippableTheory, Databases]
    public async Task A_shared_settlement_is_an_offer_that_counts_when_it_is_accepted(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var held = await world.InReviewAsync(holder, "Bille Cranes GmbH");
        var second = await world.RegisterAsync(other, world.Fields("Bille Cranes", amount: 900_000_00));
        var conflict = (await FindAsync(world.Manager)).ShouldHaveSingleItem();
        conflict.Deal.ShouldBe(second.Id);
        (await SettleAsync(world.Manager, conflict.Id, ConflictOutcome.Shared, share: 2_500)).Problem.ShouldBeNull();
        // The deal stays with one of them; the other is asked, and nothing is its before it says yes.
        var kept = (await DealWorld.SeeAsync(world.Manager, held.Id)).State == DealState.Approved ? held : second;
        var (keeper, guest) = kept == held ? (holder, other) : (other, holder);
        (await SharesAsync()).ShouldBe([10_000]);
        (await DealWorld.SeeAsync(guest, kept.Id)).Invitation.ShouldBe(MemberState.Invited);
        (await DealWorld.SeeAsync(keeper, kept.Id)).Team.Single(t => t.Partner == guest.Actor.Partner).ShareBasisPoints.ShouldBe(2_500);
        (await DealWorld.AcceptAsync(guest, kept.Id)).Problem.ShouldBeNull();
        (await SharesAsync()).ShouldBe([7_500, 2_500]);

        Task<List<int>> SharesAsync() => world.Manager.DoAsync<Work, List<int>>(async w =>
            [.. DealCredit.Shares(kept.Partner, await w.Db.Set<DealMemberRow>().Where(m => m.DealId == kept.Id).ToListAsync()).Select(s => s.BasisPoints)]);
    }

    [SkippableTheory, Databases]
    public async Task Whoever_has_decided_before_does_not_decide_again(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync(), await world.PartnerAsync());
        var (second, third) = (await world.Tenant.StaffAsync(Roles.ChannelOperations), await world.Tenant.StaffAsync(Roles.ChannelOperations));
        await world.InReviewAsync(holder, "Alster Pumps GmbH");
        var late = await world.InReviewAsync(refused, "Alster Pumps");
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(late.Id, ReasonCode.DuplicateOfEarlierRegistration), default))).Problem.ShouldBeNull();
        var id = (await RaiseAsync(refused, late.Id, "We were first.")).Value;
        (await SettleAsync(second, id, ConflictOutcome.ClaimantHolds)).Problem.ShouldBeNull();
        (await AppealAsync(holder, id)).Problem.ShouldBeNull();
        // The one who refused, and the one who settled.
        foreach (var before in new[] { world.Manager, second })
        {
            (await SeeAsync(before, id)).Value.MaySettle.ShouldBeFalse();
            (await SettleAsync(before, id, ConflictOutcome.OtherHolds)).Problem!.Code.ShouldBe("conflicts.same_decider");
            (await before.DoAsync<TakeUp, Result<ConflictId>>(t => t.RunAsync(new TakeUpInput(id), default))).Problem!.Code.ShouldBe("conflicts.same_decider");
        }

        (await SettleAsync(third, id, ConflictOutcome.OtherHolds)).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_persons_approval_at_an_account_with_a_direct_opportunity_opens_a_conflict(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var there = await world.AccountAsync("Oder Shipyards AG");
        await world.OpportunityAsync("OP-51", "Oder Shipyards AG", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10));
        var deal = await world.InReviewAsync(partner, "Wharf of the North");
        (await FindAsync(world.Manager)).ShouldBeEmpty();
        (await ApproveAsync(world.Manager, new ApproveInput(deal.Id, Account: there))).Problem.ShouldBeNull();
        var conflict = (await FindAsync(world.Manager)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.State, conflict.Deal).ShouldBe((ConflictKind.PartnerDirect, ConflictState.Suspected, deal.Id));
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).Conflict.ShouldBe(ConflictState.Suspected);
    }

    [SkippableTheory, Databases]
    public async Task What_waits_too_long_goes_up_once_and_tells_somebody(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Elster Paper");
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NotAFit), default))).Problem.ShouldBeNull();
        var id = (await RaiseAsync(partner, deal.Id, "Please look again.")).Value;
        (await world.Manager.DoAsync<EscalateConflict, Result<bool>>(e => e.RunAsync(id, default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        // Four days pass for this conflict alone: the clock of the shared program stands for all tests.
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Conflict>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.DisputedAt, w.Now.AddDays(-4))));
        (await AsClockAsync(world, e => e.RunAsync(id, default))).Value.ShouldBeTrue();
        (await AsClockAsync(world, e => e.RunAsync(id, default))).Value.ShouldBeFalse();
        (await SeeAsync(world.Manager, id)).Value.Level.ShouldBe(1);
        var mails = await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.Subject.StartsWith("Waits too long")));
        mails.ShouldBeGreaterThan(0);
    }

    [SkippableTheory, Databases]
    public async Task A_reviewer_says_which_account_the_customer_is(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var there = await world.AccountAsync("Neisse Robotics GmbH", country: "AT");
        await world.OpportunityAsync("OP-9", "Neisse Robotics GmbH", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10));
        var deal = await world.RegisterAsync(partner, world.Fields("Neisse Robotics"));
        (deal.State, (await DealWorld.DecisionAsync(world.Manager, deal.Id)).RuleId).ShouldBe((DealState.InReview, "account-unclear"));
        var likely = (await DealWorld.DecisionAsync(world.Manager, deal.Id)).Evidence!.Likely.ShouldHaveSingleItem();
        (likely.Account, likely.Direct.Single().ExternalId).ShouldBe((there, "OP-9"));
        JsonSerializer.Serialize(await DealWorld.DecisionAsync(partner, deal.Id), Json.Options).ShouldNotContain("OP-9");
        (await ApproveAsync(world.Manager, new ApproveInput(deal.Id))).Problem!.Errors.Keys.ShouldBe(["account"]);
        (await ApproveAsync(world.Manager, new ApproveInput(deal.Id, NewCustomer: true))).Problem.ShouldBeNull();
        var account = (await DealWorld.SeeAsync(world.Manager, deal.Id)).Account;
        (account is not null && account != there).ShouldBeTrue();
        // The other way: the same question answered with the account.
        var second = await world.RegisterAsync(partner, world.Fields("Neisse Robotic") with { Country = "AT", Product = world.Vault });
        if (second.State == DealState.InReview)
        {
            (await ApproveAsync(world.Manager, new ApproveInput(second.Id, Account: there))).Problem.ShouldBeNull();
            (await DealWorld.SeeAsync(world.Manager, second.Id)).Account.ShouldBe(there);
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Spellings_of_one_customer_at_the_same_instant_give_exactly_one_protection(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partners = new List<TestPerson>();
        for (var i = 0; i < 6; i++) partners.Add(await world.PartnerAsync());
        var chance = new Random(17);
        for (var round = 0; round < 6; round++)
        {
            var word = "W" + new string([.. Enumerable.Range(0, 11).Select(_ => (char)('a' + chance.Next(26)))]);
            // Each is one step from each other: two slips apart they would be two companies.
            string[] spellings = [$"{word} Maschinenbau GmbH", $"{word} Maschinenbau", $"{word} Maschinenbau Deutschland", $"{word.ToUpperInvariant()}-MASCHINENBAU", $"{word}{word[^1]} Maschinenbau AG", $"Maschinenbau {word} Ltd"];
            var made = await Task.WhenAll(partners.Select((p, i) => Task.Run(() => DealWorld.TryRegisterAsync(p, world.Fields(spellings[i])))));
            made.ShouldAllBe(m => m.Ok);
            var ids = made.Select(m => m.Value).ToArray();
            var states = await world.Manager.DoAsync<Work, List<DealState>>(w => w.Db.Set<Deal>().Where(d => ids.Contains(d.Id)).Select(d => d.State).ToListAsync());
            states.Count(s => s == DealState.Approved).ShouldBe(1, $"round {round}: {string.Join(", ", states)}");
        }
    }

    [SkippableTheory, Databases]
    public async Task The_warning_while_typing_says_the_least_and_not_too_often(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, asker) = (await world.PartnerAsync(Canary), await world.PartnerAsync());
        await world.RegisterAsync(holder, world.Fields("Bode Plastics GmbH"));
        using var pages = await asker.PagesAsync();
        var page = pages.Http;
        var api = await page.GetAsync("/portal/deals/duplicates?name=Bode%20Plastics");
        api.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await api.Content.ReadAsStringAsync();
        text.ShouldContain("\"protectedForAnother\":true");
        text.ShouldNotContain(Canary);
        var last = HttpStatusCode.OK;
        for (var i = 0; i < DuplicateBrake.PerMinute + 5 && last == HttpStatusCode.OK; i++) last = (await page.GetAsync($"/portal/deals/duplicates?name=Any%20Name%20{i}")).StatusCode;
        last.ShouldNotBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Both_faces_work_on_pages_and_the_portal_shows_nothing_foreign(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync(Canary), await world.PartnerAsync());
        var held = await world.RegisterAsync(holder, world.Fields("Ilmenau Glass GmbH", amount: 77_654_00));
        var lost = await world.RegisterAsync(refused, world.Fields("Ilmenau Glass"));
        using var portal = await refused.PagesAsync();
        (await portal.GetAsync($"/portal/deals/{lost.Id}")).Text.ShouldContain("Appeal against the refusal");
        var form = await portal.GetAsync($"/portal/deals/{lost.Id}/dispute");
        (await portal.SubmitAsync(form, "raise", ("Input.Text", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var made = await portal.SubmitAsync(form, "raise", ("Input.Text", "We know them."));
        made.Address.AbsolutePath.ShouldStartWith("/portal/conflicts/");
        using var app = await world.Manager.PagesAsync();
        (await app.GetAsync("/app/conflicts?state=open")).Text.ShouldContain(Canary);
        var mediation = await app.GetAsync(made.Address.AbsolutePath.Replace("/portal/", "/app/", StringComparison.Ordinal));
        mediation.Text.ShouldContain(Canary);
        (await app.SubmitAsync(mediation, "settle", ("Input.Outcome", "other_holds"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await app.SubmitAsync(mediation, "settle", ("Input.Outcome", "other_holds"), ("Input.Reason", "Who showed work first holds it."))).Text.ShouldContain("Write to the other side too");
        (await app.SubmitAsync(mediation, "settle", ("Input.Outcome", "other_holds"), ("Input.Reason", "Who showed work first holds it."), ("Input.OtherReason", "You showed your work first."))).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/portal/conflicts", made.Address.AbsolutePath, $"/portal/deals/{lost.Id}", "/portal/conflicts.csv", "/portal/search?q=ilmenau" })
        {
            var shown = (await portal.GetAsync(path)).Document.DocumentElement.OuterHtml;
            foreach (var secret in new[] { Canary, held.Id.ToString(), "77,654" }) shown.ShouldNotContain(secret);
        }

        (await portal.GetAsync(made.Address.AbsolutePath)).Text.ShouldContain("is not protected");
        (await portal.GetAsync(made.Address.AbsolutePath)).Text.ShouldContain("Who showed work first holds it.");
        (await portal.GetAsync(made.Address.AbsolutePath)).Text.ShouldNotContain("You showed your work first.");
        (await app.GetAsync(mediation.Address.AbsolutePath)).Text.ShouldContain("The second side reads");
        (await app.GetAsync($"/app/accounts/{(await DealWorld.SeeAsync(world.Manager, held.Id)).Account}")).Text.ShouldContain("Registrations and conflicts");
        using var third = await (await world.PartnerAsync()).PagesAsync();
        (await third.GetAsync(made.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task NothingForeignAsync(TestPerson person, ConflictId id, DealId own, DealId foreign, params string[] secrets)
    {
        var seen = (await SeeAsync(person, id)).Value;
        seen.Sides.Select(s => s.Deal).ShouldBe([own]);
        var api = await (await (await person.ApiAsync()).GetAsync($"/api/v1/conflicts/{id}")).Content.ReadAsStringAsync();
        var list = await (await (await person.ApiAsync()).GetAsync("/api/v1/conflicts")).Content.ReadAsStringAsync();
        var deal = JsonSerializer.Serialize(await DealWorld.SeeAsync(person, own), Json.Options);
        foreach (var text in new[] { JsonSerializer.Serialize(seen, Json.Options), api, list, deal })
            foreach (var secret in secrets.Append(foreign.ToString())) text.ShouldNotContain(secret);
    }

    private static Task<Result<ConflictId>> RaiseAsync(TestPerson person, DealId deal, string text) => person.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(deal, text), default));

    private static Task<Result<ConflictId>> SayAsync(TestPerson person, ConflictId id, string text) => person.DoAsync<StateSide, Result<ConflictId>>(s => s.RunAsync(new SideInput(id, text), default));

    private static Task<Result<ConflictId>> AppealAsync(TestPerson person, ConflictId id) => person.DoAsync<Appeal, Result<ConflictId>>(a => a.RunAsync(new SideInput(id, "It was read wrongly."), default));

    private static Task<Result<ConflictId>> SettleAsync(TestPerson person, ConflictId id, ConflictOutcome outcome, string reason = "Who showed work first holds it.", int? share = null, OverrideReason? because = OverrideReason.NewFacts) =>
        person.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(new SettleInput(id, outcome, reason, share, Because: because), default));

    private static Task<Result<DealId>> ApproveAsync(TestPerson person, ApproveInput input) => person.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(input, default));

    private static Task<Result<ConflictDetail>> SeeAsync(TestPerson person, ConflictId id) => person.DoAsync<Work, Result<ConflictDetail>>(w => ConflictPage.FindAsync(w, id, default));

    private static async Task<IReadOnlyList<ConflictLine>> FindAsync(TestPerson person) => (await person.DoAsync<Work, Page<ConflictLine>>(w => ConflictList.FindAsync(w, new ConflictQuery(), default))).Items;

    private static Task<Result<bool>> AsClockAsync(DealWorld world, Func<EscalateConflict, Task<Result<bool>>> act) => world.Tenant.AsSystemAsync(act);
}
