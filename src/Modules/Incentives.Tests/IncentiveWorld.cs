using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Incentives.Jobs;
using Trellis.Incentives.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Tests;

/// <summary>A vendor with a published plan, and partners whose deals are registered, approved and won over the API.</summary>
internal sealed class IncentiveWorld : IDisposable
{
    public const int HoldDays = 30;
    private static int _next;
    private string _product = "";

    private IncentiveWorld(TestTenant tenant, TestPerson operations, TestPerson finance, HttpClient api) => (Tenant, Operations, Finance, Api) = (tenant, operations, finance, api);

    public TestTenant Tenant { get; }

    public TestPerson Operations { get; }

    public TestPerson Finance { get; }

    /// <summary>The API as channel operations.</summary>
    public HttpClient Api { get; }

    public static async Task<IncentiveWorld> FoundAsync(TestApp app, bool plan = true)
    {
        var tenant = await app.TenantAsync();
        var operations = await tenant.StaffAsync(Roles.ChannelOperations, Roles.PartnerManager);
        var world = new IncentiveWorld(tenant, operations, await tenant.StaffAsync(Roles.Finance), await operations.ApiAsync());
        world._product = (await tenant.ProductAsync("Relay", "Data", 900_00)).ToString();
        if (plan) await world.PublishAsync(await world.DraftAsync(world.Today.AddYears(-1)));
        return world;
    }

    public DateOnly Today => DateOnly.FromDateTime(Tenant.App.Clock.GetUtcNow().UtcDateTime);

    public async Task<PlanId> DraftAsync(DateOnly from, int source = 1000, int influence = 500, long minimum = 0)
    {
        RateItem[] rates = [.. Enum.GetValues<Tier>().SelectMany(t => new[] { new RateItem(DealRole.Source, t, source), new RateItem(DealRole.Influence, t, influence) })];
        var made = await Finance.DoAsync<WritePlan, Result<PlanId>>(w => w.RunAsync((null, new PlanInput("Plan", "USD", from, HoldDays, minimum, rates)), default));
        made.Problem.ShouldBeNull();
        return made.Value;
    }

    public Task<Result<PlanId>> TryPublishAsync(PlanId plan) => Finance.DoAsync<PublishPlan, Result<PlanId>>(p => p.RunAsync(plan, default));

    public async Task PublishAsync(PlanId plan) => (await TryPublishAsync(plan)).Problem.ShouldBeNull();

    public async Task<TestPerson> PartnerAsync(string role = Roles.PartnerAdmin)
    {
        var name = $"Partner {Interlocked.Increment(ref _next)}";
        var made = await Operations.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner(name, "DE", PartnerType.Reseller)
        { State = PartnerState.Active, Motions = [Motion.Resell, Motion.Influence], Manager = Operations.Actor.Person }, default));
        made.Problem.ShouldBeNull();
        return await Tenant.PartnerPersonAsync(made.Value, name, role);
    }

    /// <summary>A deal of a partner, with an influence partner where one is named; not won yet.</summary>
    public async Task<DealId> DealAsync(TestPerson holder, TestPerson? helper = null, int share = 3000, string? motion = null)
    {
        using var api = await holder.ApiAsync();
        var made = await JsonAsync(await api.PostAsJsonAsync("/api/v1/deals", new
        {
            customerName = $"Customer {Interlocked.Increment(ref _next)} {Guid.CreateVersion7():N}",
            country = "DE",
            product = _product,
            amount = 25_000_00,
            expectedClose = Today.AddDays(60),
            contactName = "Ana Silva",
            contactEmail = "ana@gmail.com",
            workDone = "Two meetings and a demo with the head of operations.",
            nextStep = "Offer next week.",
            motion,
        }));
        var deal = Ids.Parse<DealId>(made.GetProperty("id").GetString())!.Value;
        if (made.GetProperty("state").GetString() != "approved") await JsonAsync(await Api.PostAsJsonAsync($"/api/v1/deals/{deal}/approve", new { }));
        if (helper is null) return deal;
        await JsonAsync(await Api.PostAsJsonAsync($"/api/v1/deals/{deal}/members", new { partner = helper.Actor.Partner.ToString(), role = "influence", shareBasisPoints = share }));
        // The vendor invites, so the partner that registered the deal consents.
        await JsonAsync(await api.PostAsJsonAsync($"/api/v1/deals/{deal}/members/{helper.Actor.Partner}/consent", new { consent = true }));
        using var guest = await helper.ApiAsync();
        var terms = (await JsonAsync(await guest.GetAsync($"/api/v1/deals/{deal}/workspace"))).GetProperty("agreements")[0];
        await JsonAsync(await guest.PostAsJsonAsync($"/api/v1/deals/{deal}/invitation", new { accept = true, hash = terms.GetProperty("hash").GetString() }));
        return deal;
    }

    public async Task WinAsync(DealId deal, long amount)
    {
        await JsonAsync(await Api.PostAsJsonAsync($"/api/v1/deals/{deal}/win", new { amount }));
        await Tenant.App.DrainAsync();
    }

    public async Task<DealId> WonAsync(TestPerson holder, long amount, TestPerson? helper = null, int share = 3000)
    {
        var deal = await DealAsync(holder, helper, share);
        await WinAsync(deal, amount);
        return deal;
    }

    public Task<List<EarningRow>> EarningsAsync(TestPerson? of = null) =>
        Tenant.AsSystemAsync<Work, List<EarningRow>>(w => w.Db.Set<EarningRow>().Where(e => of == null || e.PartnerId == of.Actor.Partner).OrderBy(e => e.Id).ToListAsync());

    public Task<IReadOnlyList<AccountBalance>> BalanceAsync() => Finance.DoAsync<Work, IReadOnlyList<AccountBalance>>(w => LedgerBook.TrialBalanceAsync(w, default));

    public async Task<long> BalanceAsync(LedgerAccount account) => (await BalanceAsync()).Where(b => b.Account == account).Sum(b => b.Balance);

    public Task ReleaseAsync(int daysFromNow) => Tenant.AsSystemAsync<ReleaseDue, Result<Done>>(r => r.RunAsync(Today.AddDays(daysFromNow), default));

    public Task<Result<PayoutId>> PayoutAsync() => Finance.DoAsync<CreatePayout, Result<PayoutId>>(c => c.RunAsync("USD", default));

    public Task<Result<PayoutState>> SettleAsync(PayoutId payout) => Finance.DoAsync<SettlePayout, Result<PayoutState>>(s => s.RunAsync((payout, "REF-1"), default));

    public Task<Result<EarningState>> ReverseAsync(EarningId earning, string? reason = "Cancelled by the customer.") => Finance.DoAsync<ReverseEarning, Result<EarningState>>(r => r.RunAsync((earning, reason), default));

    public Task<Result<EarningState>> HoldAsync(EarningId earning, DateOnly? until = null) => Finance.DoAsync<HoldEarning, Result<EarningState>>(h => h.RunAsync((earning, "Invoice is open.", until), default));

    public Task<Result<EarningState>> ApproveAsync(EarningId earning) => Finance.DoAsync<ApproveEarning, Result<EarningState>>(a => a.RunAsync((earning, null), default));

    public void Dispose() => Api.Dispose();

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }
}
