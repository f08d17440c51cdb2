using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

/// <summary>What partners waited for, as answer times by segment are computed from it.</summary>
public sealed class AnsweredTests
{
    [SkippableTheory, Databases]
    public async Task Registrations_of_a_person_and_requests_are_told_with_promise_and_answer_and_what_was_decided_at_once_is_not(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.InReviewAsync(partner, "Aare Robotics");
        var deal = await world.RegisterAsync(partner, world.Fields("Reuss Robotics"));
        var waiting = (await AskedAsync(world)).ShouldHaveSingleItem("the rules have decided the other one");
        (waiting.Kind, waiting.Partner, waiting.IsOpen).ShouldBe((AskedKind.Registration, partner.Actor.Partner!.Value, true));
        waiting.PromisedBy.ShouldNotBeNull().ShouldBeGreaterThan(waiting.AskedAt);

        var first = await AskAsync(partner, deal.Id);
        (await AskedAsync(world)).Single(a => a.Kind == AskedKind.Request).IsOpen.ShouldBeTrue();
        (await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(r => r.RunAsync(new RequestAnswer(first, true, null, 30), default))).Problem.ShouldBeNull();
        var answered = (await AskedAsync(world)).Single(a => a.Kind == AskedKind.Request);
        (answered.IsOpen, answered.InTime, answered.IsJudged(DateTime.UtcNow)).ShouldBe((false, true, true));
        var second = await AskAsync(partner, deal.Id);
        (await partner.DoAsync<WithdrawRequest, Result<RequestId>>(w => w.RunAsync(second, default))).Problem.ShouldBeNull();
        (await AskedAsync(world)).Single(a => a.Kind == AskedKind.Request && a.TakenBackAt is not null).ShouldSatisfyAllConditions(a => a.IsOpen.ShouldBeFalse(), a => a.IsJudged(DateTime.UtcNow.AddYears(1)).ShouldBeFalse());
        (await world.Tenant.AsSystemAsync<Work, IReadOnlyList<AskedFact>>(w => new DealAnswers().SinceAsync(w, DateTime.UtcNow.AddDays(1), default))).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<AskedFact>> AskedAsync(DealWorld world) => world.Tenant.AsSystemAsync<Work, IReadOnlyList<AskedFact>>(w => new DealAnswers().SinceAsync(w, DateTime.UtcNow.AddDays(-1), default));

    private static async Task<RequestId> AskAsync(TestPerson by, DealId deal)
    {
        var asked = await by.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal, "Longer tests.", null), default));
        asked.Problem.ShouldBeNull();
        return asked.Value;
    }
}
