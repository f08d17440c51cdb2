using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

public sealed class ConflictEscalationTests
{
    [SkippableTheory, Databases]
    public async Task Whoever_disputes_is_told_when_it_goes_up_and_reads_since_when_and_with_whom_it_is_but_no_names(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.InReviewAsync(partner, "Pleisse Glass");
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NotAFit), default))).Problem.ShouldBeNull();
        var id = (await partner.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(deal.Id, "Please look again."), default))).Value;
        using var pages = await partner.PagesAsync();
        (await pages.GetAsync($"/portal/conflicts/{id}")).Text.ShouldNotContain("Escalated");

        var (first, second) = (await WaitAsync(4), await WaitAsync(8));
        foreach (var told in new[] { first, second }) told.ShouldContain("Pleisse Glass");
        first.ShouldContain("It is with channel operations now.");
        second.ShouldContain("It is with the executive now.");
        (await MailsAsync(stranger.Email)).ShouldBeEmpty();
        var page = await pages.GetAsync($"/portal/conflicts/{id}");
        page.Text.ShouldContain("Escalated");
        page.Text.ShouldContain("With the executive");
        page.Text.ShouldNotContain(world.Manager.Actor.Name);
        (await pages.GetAsync("/portal/conflicts")).Text.ShouldContain("With the executive");
        using var api = await partner.ApiAsync();
        var seen = await api.GetStringAsync($"/api/v1/conflicts/{id}");
        using var detail = JsonDocument.Parse(seen);
        detail.RootElement.GetProperty("level").GetInt32().ShouldBe(2);
        var disputed = detail.RootElement.GetProperty("disputedAt").GetDateTime();
        detail.RootElement.GetProperty("raisedAt").GetDateTime().ShouldBe(disputed.AddHours(168));
        seen.ShouldNotContain(world.Manager.Actor.Name);
        using var foreign = await stranger.ApiAsync();
        (await foreign.GetAsync($"/api/v1/conflicts/{id}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        var other = await world.Tenant.StaffAsync(Roles.ChannelOperations);
        (await other.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(new SettleInput(id, ConflictOutcome.OtherHolds, "It stands.", null, Because: OverrideReason.NewFacts), default))).Problem.ShouldBeNull();
        (await pages.GetAsync($"/portal/conflicts/{id}")).Text.ShouldNotContain("Escalated");

        async Task<string> WaitAsync(int days)
        {
            await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Conflict>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.DisputedAt, w.Now.AddDays(-days))));
            (await world.Tenant.AsSystemAsync<EscalateConflict, Result<bool>>(e => e.RunAsync(id, default))).Value.ShouldBeTrue();
            (await world.Tenant.AsSystemAsync<EscalateConflict, Result<bool>>(e => e.RunAsync(id, default))).Value.ShouldBeFalse();
            var mails = await MailsAsync(partner.Email);
            return mails[^1];
        }

        async Task<List<string>> MailsAsync(string to) =>
            await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to && m.Subject.StartsWith("We are late")).OrderBy(m => m.Id).Select(m => m.Subject + "\n" + m.Body).ToListAsync());
    }

    [SkippableTheory, Databases]
    public async Task A_suspicion_that_goes_up_is_told_to_no_partner(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.InReviewAsync(first, "Orla Mills GmbH");
        await world.RegisterAsync(second, world.Fields("Orla Mills"));
        var id = await world.Manager.DoAsync<Work, ConflictId>(w => w.Db.Set<Conflict>().Select(c => c.Id).SingleAsync());
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Conflict>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.OpenedAt, w.Now.AddDays(-15))));
        (await world.Tenant.AsSystemAsync<EscalateConflict, Result<bool>>(e => e.RunAsync(id, default))).Value.ShouldBeTrue();
        foreach (var partner in new[] { first, second })
            (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == partner.Email && m.Subject.StartsWith("We are late")))).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task The_published_rules_say_who_decides_first_and_after_how_long_it_goes_to_whom(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        using var pages = await partner.PagesAsync();
        var text = (await pages.GetAsync("/portal/rules")).Text;
        text.ShouldContain("Who decides, and who is next when it is late");
        text.ShouldContain($"after {2 * DefaultRules.Text.DecideWithin} business days without a decision");
        foreach (var step in ConflictClock.Upwards) text.ShouldContain($"after {step.Hours} hours without a decision");
        text.ShouldContain("both sides are heard within 48 hours");
        using var api = await partner.ApiAsync();
        using var rules = JsonDocument.Parse(await api.GetStringAsync("/api/v1/rules"));
        var upwards = rules.RootElement.GetProperty("upwards");
        upwards.GetProperty("registrations").EnumerateArray().Select(s => s.GetProperty("roles")[0].GetString()).ShouldBe([Roles.PartnerManager, Roles.ChannelOperations, Roles.Executive]);
        upwards.GetProperty("conflicts").EnumerateArray().Select(s => s.GetProperty("after").GetInt32()).ShouldBe([0, 72, 168, 336]);
    }
}
