using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Jobs;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests.Life;

public sealed class RequestTests
{
    [SkippableTheory, Databases]
    public async Task An_extension_is_asked_for_granted_and_ends_with_the_limit(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(partner, world.Fields("Wallis Robotics"));
        (await AskAsync(partner, deal.Id, "")).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AskAsync(partner, deal.Id, "Budget moved.", 46)).Problem!.Errors.Keys.ShouldBe(["days"]);
        (await AskAsync(other, deal.Id, "Mine")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        for (var used = 1; used <= 2; used++)
        {
            var before = (await DealWorld.SeeAsync(partner, deal.Id)).ExpiresOn!.Value;
            var request = (await AskAsync(partner, deal.Id, "The budget moved to the next quarter.")).Value;
            (await AskAsync(partner, deal.Id, "Again")).Problem!.Code.ShouldBe("deals.request_open");
            (await DealWorld.SeeAsync(partner, deal.Id)).Protection.ShouldBe(ProtectionState.ExtensionRequested);
            (await AnswerAsync(partner, request, true)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
            (await AnswerAsync(world.Manager, request, true, null, 30)).Problem.ShouldBeNull();
            var extended = await DealWorld.SeeAsync(partner, deal.Id);
            (extended.Protection, extended.ExpiresOn).ShouldBe((ProtectionState.Extended, before.AddDays(30)));
            extended.StateReason.ShouldBe($"Extended by 30 days: the customer is protected for you until {Rules.Phrases.Day(before.AddDays(30))}.");
        }

        (await AskAsync(partner, deal.Id, "Once more")).Problem!.Code.ShouldBe("deals.extensions_used_up");
        var life = await LifeAsync(partner, deal.Id);
        (life.Extensions.Used, life.MayExtend).ShouldBe((2, false));
        life.Requests.Select(r => r.State).ShouldAllBe(s => s == RequestState.Granted);
    }

    [SkippableTheory, Databases]
    public async Task A_refused_or_withdrawn_extension_leaves_the_protection_as_it_stood(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Jura Watches"));
        var first = (await AskAsync(partner, deal.Id, "Longer tests.")).Value;
        (await AnswerAsync(world.Manager, first, false)).Problem!.Errors.Keys.ShouldBe(["text"]);
        (await AnswerAsync(world.Manager, first, false, "Nothing has moved since spring.")).Problem.ShouldBeNull();
        (await AnswerAsync(world.Manager, first, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        var kept = await DealWorld.SeeAsync(partner, deal.Id);
        (kept.Protection, kept.ExpiresOn).ShouldBe((ProtectionState.Protected, deal.ExpiresOn));
        var second = (await AskAsync(partner, deal.Id, "Longer tests, now with a date.")).Value;
        (await partner.DoAsync<WithdrawRequest, Result<RequestId>>(w => w.RunAsync(second, default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).Protection.ShouldBe(ProtectionState.Protected);
        (await LifeAsync(partner, deal.Id)).Extensions.Left.ShouldBe(2, "only granted ones count");
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_answers_at_once_and_one_of_them_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        for (var i = 0; i < 3; i++)
        {
            var deal = await world.RegisterAsync(partner, world.Fields($"Twin {(char)('K' + i)}orp {i}"));
            var request = (await AskAsync(partner, deal.Id, "Longer.")).Value;
            var answers = await Task.WhenAll(Task.Run(() => AnswerAsync(world.Manager, request, true)), Task.Run(() => AnswerAsync(world.Manager, request, true)));
            answers.Count(a => a.Ok).ShouldBe(1);
            (await DealWorld.SeeAsync(partner, deal.Id)).ExpiresOn.ShouldBe(deal.ExpiresOn!.Value.AddDays(45));
        }
    }

    [SkippableTheory, Databases]
    public async Task Free_fields_change_at_once_and_key_fields_wait_while_the_protection_stands(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(partner, world.Fields("Ticino Foods", amount: 40_000_00));
        var fields = world.Fields("Ticino Foods", amount: 48_000_00) with { NextStep = "Contract" };
        (await AmendAsync(partner, deal.Id, fields)).Value.Waits.ShouldBeFalse();
        var changed = await DealWorld.SeeAsync(partner, deal.Id);
        (changed.State, changed.Amount, changed.NextStep).ShouldBe((DealState.Approved, 48_000_00L, "Contract"));

        var larger = fields with { Product = world.Vault, Amount = 60_000_00, NextStep = "Board meeting" };
        (await AmendAsync(partner, deal.Id, larger)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AmendAsync(partner, deal.Id, larger, "They want Vault.")).Value.Waits.ShouldBeTrue();
        var waiting = await DealWorld.SeeAsync(partner, deal.Id);
        (waiting.State, waiting.Product, waiting.Amount, waiting.NextStep, waiting.ExpiresOn).ShouldBe((DealState.Approved, world.Relay, 48_000_00L, "Board meeting", deal.ExpiresOn));
        (await AmendAsync(partner, deal.Id, larger with { Amount = 70_000_00 }, "More.")).Problem!.Code.ShouldBe("deals.request_open");
        (await AmendAsync(other, deal.Id, larger, "Mine")).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        // Somebody else is protected for the wanted product meanwhile: the change is not possible, and the old protection stands.
        var request = (await LifeAsync(partner, deal.Id)).Requests.Single(r => r.State == RequestState.Pending);
        var rival = await world.RegisterAsync(other, world.Fields("Ticino Foods", world.Vault));
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(rival.Id), default))).Problem.ShouldBeNull();
        (await AnswerAsync(world.Manager, request.Id, true)).Problem!.Code.ShouldBe("deals.protected");
        (await DealWorld.SeeAsync(partner, deal.Id)).Product.ShouldBe(world.Relay);
        (await AnswerAsync(world.Manager, request.Id, false, "Vault is taken.")).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_granted_change_is_taken_over_and_one_in_review_changes_at_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Engadin Energy", amount: 40_000_00));
        (await AmendAsync(partner, deal.Id, world.Fields("Engadin Energy", amount: 90_000_00), "Two more sites.")).Value.Waits.ShouldBeTrue();
        var request = (await LifeAsync(world.Manager, deal.Id)).Requests.Single();
        (await AnswerAsync(world.Manager, request.Id, true)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).Amount.ShouldBe(90_000_00);

        var held = await world.InReviewAsync(partner, "Rhein Motors");
        (await AmendAsync(partner, held.Id, world.Fields("Rhein Motors AG", world.Vault, 800_000_00))).Value.Waits.ShouldBeFalse();
        var seen = await DealWorld.SeeAsync(partner, held.Id);
        (seen.State, seen.CustomerName, seen.Product, seen.Amount).ShouldBe((DealState.InReview, "Rhein Motors AG", world.Vault, 800_000_00L));
    }

    [SkippableTheory, Databases]
    public async Task Taken_back_and_corrected_twice_and_then_no_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Glarus Textiles");
        (await BackAsync<Recall>(partner, deal.Id)).Problem.ShouldBeNull();
        var draft = await DealWorld.SeeAsync(partner, deal.Id);
        (draft.State, draft.SubmittedAt).ShouldBe((DealState.Draft, null));
        (await DealWorld.TrySeeAsync(world.Manager, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        for (var i = 0; i < 2; i++)
        {
            (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, deal.Id), default))).Problem.ShouldBeNull();
            (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NoVerifiableContact, null), default))).Problem.ShouldBeNull();
            (await DealWorld.SeeAsync(partner, deal.Id)).Allowed.ShouldBe([DealTrigger.Reopen]);
            (await BackAsync<Reopen>(partner, deal.Id)).Problem.ShouldBeNull();
        }

        // Withdrawn before it was sent: that uses nothing, however often.
        for (var i = 0; i < 3; i++)
        {
            (await partner.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, null), default))).Problem.ShouldBeNull();
            (await LifeAsync(partner, deal.Id)).ResubmissionsLeft.ShouldBe(1);
            (await BackAsync<Reopen>(partner, deal.Id)).Problem.ShouldBeNull();
        }

        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, deal.Id), default))).Problem.ShouldBeNull();
        (await partner.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Given up."), default))).Problem.ShouldBeNull();
        (await BackAsync<Reopen>(partner, deal.Id)).Problem!.Code.ShouldBe("deals.no_more_resubmissions");
        (await DealWorld.SeeAsync(partner, deal.Id)).Allowed.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Warnings_come_once_each_and_a_request_in_time_keeps_the_protection_until_it_is_answered(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var partner = await world.PartnerAsync(tier: Tier.Registered);
        var deal = await world.RegisterAsync(partner, world.Fields("Meseta Wind"));
        async Task<int> WarningsAsync()
        {
            await app.RunAsync<WarnOfExpiries>();
            await app.RunAsync<WarnOfExpiries>();
            return await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == partner.Email && m.Subject.StartsWith("Ends soon")));
        }

        (await WarningsAsync()).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(30));
        (await WarningsAsync()).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(10));
        (await WarningsAsync()).ShouldBe(1, "no date of the four lies between");
        app.Clock.Advance(TimeSpan.FromDays(14));
        (await WarningsAsync()).ShouldBe(2, "the one of 14 days is late and gives way to the one of 7");
        app.Clock.Advance(TimeSpan.FromDays(6));
        (await WarningsAsync()).ShouldBe(3);
        var request = (await AskAsync(partner, deal.Id, "Signature next week.")).Value;
        async Task<int> RemindersAsync()
        {
            await app.RunAsync<KeepPromises>();
            await app.RunAsync<KeepPromises>();
            return await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == world.Manager.Email && (m.Subject.StartsWith("Half the time") || m.Subject.StartsWith("Late"))));
        }

        (await RemindersAsync()).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<ExpireDeals>();
        (await DealWorld.SeeAsync(partner, deal.Id)).State.ShouldBe(DealState.Approved, "asked in time");
        app.Clock.Advance(TimeSpan.FromDays(9));
        (await RemindersAsync()).ShouldBe(1, "late: once, whoever runs it");
        await app.RunAsync<ExpireDeals>();
        await app.DrainAsync();
        (await DealWorld.SeeAsync(partner, deal.Id)).State.ShouldBe(DealState.Expired);
        (await LifeAsync(partner, deal.Id)).Requests.Single().State.ShouldBe(RequestState.Lapsed);
        (await AnswerAsync(world.Manager, request, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
    }

    [SkippableTheory, Databases]
    public async Task The_reviewer_is_reminded_at_half_time_and_a_late_registration_goes_up_once_a_level(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var executive = await world.Tenant.StaffAsync(Roles.Executive);
        var partner = await world.PartnerAsync(tier: Tier.Registered);
        var deal = await world.RegisterAsync(partner, world.Fields("Picardie Glass", amount: 150_000_00));
        deal.Reviewer.ShouldBe(Roles.PartnerManager);
        Task<int> MailsAsync(TestPerson to, string begins) => world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == to.Email && m.Subject.StartsWith(begins)));
        async Task TickAsync()
        {
            await app.RunAsync<KeepPromises>();
            await app.RunAsync<KeepPromises>();
        }

        await TickAsync();
        (await MailsAsync(world.Manager, "Half the time")).ShouldBe(0);
        app.Clock.Advance(Promise.HalfTime(WorkCalendar.Standard, deal.StateSince, deal.DecideBy!.Value) - deal.StateSince + TimeSpan.FromMinutes(1));
        await TickAsync();
        (await MailsAsync(world.Manager, "Half the time")).ShouldBe(1);
        app.Clock.Advance(deal.DecideBy.Value - app.Clock.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(1));
        await TickAsync();
        var late = await DealWorld.SeeAsync(partner, deal.Id);
        (late.Reviewer, late.EscalatedFrom, late.DecideBy).ShouldBe((Roles.ChannelOperations, Roles.PartnerManager, deal.DecideBy));
        (await MailsAsync(partner, "We are late")).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(5));
        await TickAsync();
        (await DealWorld.SeeAsync(partner, deal.Id)).Reviewer.ShouldBe(Roles.Executive);
        (await MailsAsync(executive, "Late")).ShouldBe(1);
        (await DealWorld.SeeAsync(partner, deal.Id)).History.Count(h => h.Trigger == DealTrigger.Escalate).ShouldBe(2);
    }

    private static Task<Result<RequestId>> AskAsync(TestPerson by, DealId deal, string reason, int? days = null) => by.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal, reason, days), default));

    private static Task<Result<RequestId>> AnswerAsync(TestPerson by, RequestId request, bool grant, string? text = null, int? days = null) =>
        by.DoAsync<DecideRequest, Result<RequestId>>(r => r.RunAsync(new RequestAnswer(request, grant, text, days), default));

    [SkippableTheory, Databases]
    public async Task A_changed_customer_is_found_under_its_new_name_by_the_next_registration(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.InReviewAsync(partner, "Nameless Customer");
        (await AmendAsync(partner, deal.Id, world.Fields("Havelland Windpower GmbH", amount: 900_000_00))).Problem.ShouldBeNull();
        var second = await world.RegisterAsync(rival, world.Fields("Havelland Windpowr"));
        (await DealWorld.DecisionAsync(world.Manager, second.Id)).Evidence!.Perhaps.ShouldContain(c => c.Deal == deal.Id);
    }

    private static Task<Result<Amended>> AmendAsync(TestPerson by, DealId deal, DealFields fields, string? reason = null) => by.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal, fields, reason), default));

    private static Task<Result<DealId>> BackAsync<T>(TestPerson by, DealId deal) where T : UseCase<WordsInput, DealId> => by.DoAsync<T, Result<DealId>>(r => r.RunAsync(new WordsInput(deal, null), default));

    internal static async Task<DealLife> LifeAsync(TestPerson by, DealId deal) => (await by.DoAsync<Work, Result<DealLife>>(w => DealLife.FindAsync(w, deal, default))).Value;
}
