using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

public sealed class SubmissionTests
{
    [SkippableTheory, Databases]
    public async Task What_was_promised_is_measured_against_what_was_promised_then_whatever_is_promised_now(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Aller Dairy");
        var promised = deal.DecideBy!.Value;
        (await FactsAsync(world)).ShouldHaveSingleItem().PromisedBy.ShouldBe(promised);

        await PublishAsync(world, 10);
        (await FactsAsync(world)).ShouldHaveSingleItem().PromisedBy.ShouldBe(promised);
        var later = await world.InReviewAsync(partner, "Bever Steel");
        var facts = await FactsAsync(world);
        facts.Single(f => f.Deal == later.Id).PromisedBy.ShouldBe(later.DecideBy!.Value);
        later.DecideBy!.Value.ShouldBeGreaterThan(promised.AddDays(5));

        // Decisions of before the promise was kept with them: by the version that decided.
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Decision>().ExecuteUpdateAsync(s => s.SetProperty(d => d.PromisedBy, (DateTime?)null)));
        facts = await FactsAsync(world);
        // Counted again from the instant of sending, which is a moment before that of the decision.
        facts.Single(f => f.Deal == deal.Id).PromisedBy.ShouldBe(promised, TimeSpan.FromSeconds(30));
        facts.Single(f => f.Deal == later.Id).PromisedBy.ShouldBe(later.DecideBy!.Value, TimeSpan.FromSeconds(30));
    }

    [SkippableTheory, Databases]
    public async Task What_is_corrected_and_sent_again_is_another_submission_and_the_first_stays_as_it_was_decided(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Chiem Boats");
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.Incomplete), default))).Problem.ShouldBeNull();
        (await partner.DoAsync<Reopen, Result<DealId>>(r => r.RunAsync(new WordsInput(deal.Id, "The amount."), default))).Problem.ShouldBeNull();
        (await FactsAsync(world)).ShouldHaveSingleItem().PersonSaid.ShouldBe(DealState.Rejected, "a draft again, and still refused once");

        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Chiem Boats", amount: 950_000_00), deal.Id), default))).Problem.ShouldBeNull();
        var two = (await FactsAsync(world)).OrderBy(f => f.SubmittedAt).ToList();
        two.Select(f => (f.RulesSaid, f.PersonSaid, f.DecidedAt is null)).ShouldBe([(null, DealState.Rejected, false), (null, null, true)]);

        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))).Problem.ShouldBeNull();
        two = [.. (await FactsAsync(world)).OrderBy(f => f.SubmittedAt)];
        two.Select(f => (f.PersonSaid, f.ProtectedFrom is not null)).ShouldBe([(DealState.Rejected, false), (DealState.Approved, true)]);
    }

    [SkippableTheory, Databases]
    public async Task What_the_rules_refused_is_approved_with_a_reason_that_is_kept_and_what_the_vendor_revokes_keeps_its_promised_end(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync(), await world.PartnerAsync());
        var held = await world.RegisterAsync(holder, world.Fields("Drau Timber GmbH"));
        var lost = await world.RegisterAsync(refused, world.Fields("Drau Timber"));
        (held.State, lost.State).ShouldBe((DealState.Approved, DealState.Rejected));
        var id = (await refused.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(lost.Id, "We have worked there for years."), default))).Value;
        var settle = new SettleInput(id, ConflictOutcome.ClaimantHolds, "Work was shown.");
        (await world.Manager.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(settle, default))).Problem!.Errors.Keys.ShouldBe(["because"]);
        (await world.Manager.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(settle with { Because = OverrideReason.WrongRecords }, default))).Problem.ShouldBeNull();

        var facts = await FactsAsync(world);
        var won = facts.Single(f => f.Deal == lost.Id);
        (won.RulesSaid, won.PersonSaid, won.Reason).ShouldBe((DealState.Rejected, DealState.Approved, "Our records were wrong"));
        var taken = facts.Single(f => f.Deal == held.Id);
        (taken.RevokedOn, taken.ProtectedUntil, taken.Reason).ShouldBe((DateOnly.FromDateTime(DateTime.UtcNow), held.ExpiresOn, "Duplicate of an earlier registration"));
    }

    [SkippableTheory, Databases]
    public async Task Who_takes_a_registration_back_in_time_has_no_decision_to_wait_for(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.InReviewAsync(partner, "Eider Ferries");
        (await partner.DoAsync<Recall, Result<DealId>>(r => r.RunAsync(new WordsInput(deal.Id, null), default))).Problem.ShouldBeNull();
        var fact = (await FactsAsync(world)).ShouldHaveSingleItem();
        (fact.DecidedAt, fact.TakenBackAt is not null, fact.TakenBackAt < fact.PromisedBy).ShouldBe((null, true, true));
    }

    private static Task<IReadOnlyList<DecisionFact>> FactsAsync(DealWorld world) => world.Manager.DoAsync<Work, IReadOnlyList<DecisionFact>>(w => DecisionHistory.ReadAsync(w, DateTime.UtcNow.AddDays(-1), default));

    private static async Task PublishAsync(DealWorld world, int days) =>
        (await world.Manager.DoAsync<PublishRules, Result<RuleSetId>>(p => p.RunAsync(new NewRules(DefaultRules.Text with { DecideWithin = days }, DateOnly.FromDateTime(DateTime.UtcNow), "Slower"), default))).Problem.ShouldBeNull();
}
