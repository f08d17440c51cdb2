using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Jobs;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class LifeTests
{
    [SkippableTheory, Databases]
    public async Task A_person_returns_asks_and_approves(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Wisła Freight");
        deal.DecideBy.ShouldNotBeNull();
        var queue = await QueueAsync(world);
        queue.Single().Line.Id.ShouldBe(deal.Id);
        queue.Single().RuleId.ShouldBe("large");

        (await ReturnAsync(world.Manager, deal.Id, " ")).Problem!.Errors.Keys.ShouldBe(["text"]);
        (await ReturnAsync(world.Manager, deal.Id, "Who is your contact?")).Problem.ShouldBeNull();
        (await QueueAsync(world)).ShouldBeEmpty();
        var asked = await DealWorld.SeeAsync(partner, deal.Id);
        asked.State.ShouldBe(DealState.InfoRequested);
        asked.StateReason.ShouldBe("Who is your contact?");
        asked.Allowed.ShouldBe([DealTrigger.Resubmit, DealTrigger.Withdraw, DealTrigger.Recall]);

        (await AnswerAsync(partner, deal.Id, "Ana Silva, head of operations.")).Problem.ShouldBeNull();
        (await QueueAsync(world)).Single().Line.State.ShouldBe(DealState.InReview);
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id, 45, Note: "Welcome."), default))).Problem.ShouldBeNull();
        var approved = await DealWorld.SeeAsync(partner, deal.Id);
        approved.State.ShouldBe(DealState.Approved);
        approved.ExpiresOn.ShouldBe(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(45));
        approved.History.Select(h => h.Trigger).ShouldBe([DealTrigger.Submit, DealTrigger.Hold, DealTrigger.RequestInfo, DealTrigger.Resubmit, DealTrigger.Hold, DealTrigger.Approve]);
    }

    [SkippableTheory, Databases]
    public async Task A_refusal_needs_its_reason_and_other_needs_words(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Bałtyk Stores");
        (await RefuseAsync(world.Manager, deal.Id, null, null)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await RefuseAsync(world.Manager, deal.Id, ReasonCode.Other, "")).Problem!.Errors.Keys.ShouldBe(["text"]);
        (await RefuseAsync(partner, deal.Id, ReasonCode.NotAFit, null)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await RefuseAsync(world.Manager, deal.Id, ReasonCode.NotAFit, "Too small for us.")).Problem.ShouldBeNull();
        var refused = await DealWorld.SeeAsync(partner, deal.Id);
        refused.State.ShouldBe(DealState.Rejected);
        refused.StateReason.ShouldBe("Not a fit: Too small for us.");
        var again = (await RefuseAsync(world.Manager, deal.Id, ReasonCode.NotAFit, null)).Problem!;
        again.Code.ShouldBe("deals.not_allowed");
        again.Facts["state"].ShouldBe("rejected");
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_reviewers_at_once_and_one_of_them_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var other = await world.Tenant.StaffAsync(Roles.Executive);
        for (var i = 0; i < 5; i++)
        {
            var deal = await world.InReviewAsync(partner, $"{(char)('A' + i)}{(char)('Z' - i)}quorum {i}");
            var answers = await Task.WhenAll(
                Task.Run(() => world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))),
                Task.Run(() => RefuseAsync(other, deal.Id, ReasonCode.NotAFit, null)));
            answers.Count(a => a.Ok).ShouldBe(1);
            answers.Single(a => !a.Ok).Problem!.Kind.ShouldBeOneOf(ProblemKind.Conflict, ProblemKind.Stale);
        }
    }

    [SkippableTheory, Databases]
    public async Task Approving_beside_a_protected_rival_is_refused_and_names_the_rival_to_the_vendor(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        var waiting = await world.InReviewAsync(first, "Schwarzwald Sensors");
        var later = await world.RegisterAsync(second, world.Fields("Schwarzwald Sensors"));
        later.State.ShouldBe(DealState.InReview);
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(waiting.Id), default))).Problem.ShouldBeNull();
        var refused = (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(later.Id), default))).Problem!;
        refused.Code.ShouldBe("deals.protected");
        refused.Facts["rival"].ShouldBe(waiting.Id.ToString());
    }

    [SkippableTheory, Databases]
    public async Task Stale_eyes_change_nothing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Franken Bearings");
        (await ReturnAsync(world.Manager, deal.Id, "Who?")).Problem.ShouldBeNull();
        (await AnswerAsync(partner, deal.Id, "Ana.")).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id, Version: deal.Version), default))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
    }

    [SkippableTheory, Databases]
    public async Task A_deal_is_converted_and_won_and_says_so_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.AccountAsync("Thames Robotics Ltd", country: "GB");
        var deal = await world.RegisterAsync(partner, world.Fields("Thames Robotics Ltd") with { Country = "GB" });
        deal.State.ShouldBe(DealState.Approved);
        await world.OpportunityAsync("OP-77", "Thames Robotics Ltd", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow));
        var account = (await DealWorld.SeeAsync(world.Manager, deal.Id)).Account;
        account.ShouldNotBeNull();
        var opportunity = await world.Manager.DoAsync<Work, Trellis.Accounts.Published.OpportunityId>(w =>
            w.Db.Set<Trellis.Accounts.Published.OpportunityRow>().Where(o => o.AccountId == account).Select(o => o.Id).SingleAsync());
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        (await WinAsync(world.Manager, deal.Id, 0)).Problem!.Errors.Keys.ShouldBe(["amount"]);
        (await WinAsync(world.Manager, deal.Id, 31_000_00, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1))).Problem!.Errors.Keys.ShouldBe(["on"]);
        (await WinAsync(world.Manager, deal.Id, 31_000_00)).Problem.ShouldBeNull();
        (await WinAsync(world.Manager, deal.Id, 31_000_00)).Problem!.Code.ShouldBe("deals.not_allowed");
        var won = await DealWorld.SeeAsync(partner, deal.Id);
        (won.State, won.WonAmount).ShouldBe((DealState.Won, 31_000_00L));
        won.Protection.ShouldBe(ProtectionState.Lapsed);
        // Its own opportunity does not stand in the way of the next registration as a direct one.
        (await world.RegisterAsync(partner, world.Fields("Thames Robotics Ltd") with { Country = "GB" })).State.ShouldBe(DealState.Approved);
    }

    [SkippableTheory, Databases]
    public async Task A_protection_ends_by_the_clock_and_the_customer_is_free_on_the_day_after(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (first, second) = (await world.PartnerAsync(tier: Tier.Registered), await world.PartnerAsync());
        var deal = await world.RegisterAsync(first, world.Fields("Meseta Solar"));
        app.Clock.Advance(TimeSpan.FromDays(60));
        await app.RunAsync<ExpireDeals>();
        (await DealWorld.SeeAsync(first, deal.Id)).State.ShouldBe(DealState.Approved, "the last day is protected");
        app.Clock.Advance(TimeSpan.FromDays(1));
        // Free at once, even before the job has run.
        (await world.RegisterAsync(second, world.Fields("Meseta Solar") with { ExpectedClose = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(30) })).State.ShouldBe(DealState.Approved);
        await app.RunAsync<ExpireDeals>();
        var ended = await DealWorld.SeeAsync(first, deal.Id);
        ended.State.ShouldBe(DealState.Expired);
        ended.Protection.ShouldBe(ProtectionState.Lapsed);
        await app.RunAsync<ExpireDeals>();
        (await DealWorld.SeeAsync(first, deal.Id)).History.Count(h => h.Trigger == DealTrigger.Expire).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Manager_and_registrant_get_one_mail_with_one_link_each(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Dolomiti Labs");
        await RefuseAsync(world.Manager, deal.Id, ReasonCode.NotAFit, null);
        var mails = await world.Manager.DoAsync<Work, List<MailRow>>(w => w.Db.Set<MailRow>().Where(m => m.Body.Contains(deal.Id.ToString())).OrderBy(m => m.Id).ToListAsync());
        mails.Select(m => m.To).Order().ShouldBe(new[] { world.Manager.Email, partner.Email }.Order());
        mails.Single(m => m.To == world.Manager.Email).Body.ShouldContain($"/app/deals/{deal.Id}");
        mails.Single(m => m.To == partner.Email).Body.ShouldContain("Not a fit");
    }

    private static Task<IReadOnlyList<QueueItem>> QueueAsync(DealWorld world) => world.Manager.DoAsync<Work, IReadOnlyList<QueueItem>>(w => ReviewQueue.FindAsync(w, null, default));

    private static Task<Result<DealId>> ReturnAsync(TestPerson by, DealId deal, string? text) => by.DoAsync<ReturnForInformation, Result<DealId>>(r => r.RunAsync(new WordsInput(deal, text), default));

    private static Task<Result<DealId>> AnswerAsync(TestPerson by, DealId deal, string? text) => by.DoAsync<AnswerInformation, Result<DealId>>(r => r.RunAsync(new WordsInput(deal, text), default));

    private static Task<Result<DealId>> RefuseAsync(TestPerson by, DealId deal, ReasonCode? reason, string? text) => by.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal, reason, text), default));

    private static Task<Result<DealId>> WinAsync(TestPerson by, DealId deal, long amount, DateOnly? on = null) => by.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal, amount, on), default));
}
