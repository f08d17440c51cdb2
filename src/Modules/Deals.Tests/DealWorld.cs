using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

/// <summary>A vendor with two products, a manager and partners, made through use cases and imports.</summary>
internal sealed class DealWorld
{
    private static int _next;

    private DealWorld(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public TestPerson Manager { get; private set; } = null!;

    public ProductId Relay { get; private set; }

    public ProductId Vault { get; private set; }

    public static async Task<DealWorld> CreateAsync(Database database) => await CreateAsync(await TestApp.SharedAsync(database));

    public static async Task<DealWorld> CreateAsync(TestApp app, string currency = "USD")
    {
        var world = new DealWorld(await app.TenantAsync(currency));
        world.Manager = await world.Tenant.StaffAsync(Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive);
        world.Relay = await world.Tenant.ProductAsync("Relay", "Data", 900_00, currency);
        world.Vault = await world.Tenant.ProductAsync("Vault", "Data", 1200_00, currency);
        return world;
    }

    /// <summary>An active partner, and one of its people.</summary>
    public async Task<TestPerson> PartnerAsync(string? name = null, Tier tier = Tier.Gold, string? website = null, string role = Roles.PartnerSales, Motion[]? motions = null)
    {
        name ??= $"Partner {Interlocked.Increment(ref _next)}";
        var made = await Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner(name, "DE", PartnerType.Reseller)
        {
            State = PartnerState.Active,
            Motions = motions ?? [Motion.Resell],
            Manager = Manager.Actor.Person,
            Website = website,
            EvenIfSimilar = true,
        }, default));
        made.Problem.ShouldBeNull();
        if (tier != Tier.Registered)
            (await Tenant.Administrator.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(made.Value, tier, "Test"), default))).Problem.ShouldBeNull();
        return await Tenant.PartnerPersonAsync(made.Value, name, role);
    }

    public DealFields Fields(string customer, ProductId? product = null, long amount = 25_000_00, string? domain = null) => new()
    {
        CustomerName = customer,
        CustomerDomain = domain,
        Country = "DE",
        Product = product ?? Relay,
        Amount = amount,
        ExpectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60),
        ContactName = "Ana Silva",
        ContactEmail = "ana@gmail.com",
        WorkDone = "Two meetings and a demo with the head of operations.",
        NextStep = "Offer next week.",
    };

    public static Task<Result<DealId>> TryRegisterAsync(TestPerson person, DealFields fields) =>
        person.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(fields), default));

    public async Task<DealDetail> RegisterAsync(TestPerson person, DealFields fields)
    {
        var made = await TryRegisterAsync(person, fields);
        made.Problem.ShouldBeNull();
        return await SeeAsync(person, made.Value);
    }

    public static Task<Result<DealDetail>> TrySeeAsync(TestPerson person, DealId deal) => person.DoAsync<Work, Result<DealDetail>>(w => DealPage.FindAsync(w, deal, default));

    public static async Task<DealDetail> SeeAsync(TestPerson person, DealId deal)
    {
        var found = await TrySeeAsync(person, deal);
        found.Problem.ShouldBeNull();
        return found.Value;
    }

    /// <summary>The holder's consent to an invitation by the vendor.</summary>
    public static Task<Result<DealId>> ConsentAsync(TestPerson holder, DealId deal, TestPerson guest) =>
        holder.DoAsync<AnswerProposal, Result<DealId>>(a => a.RunAsync(new ProposalAnswer(deal, guest.Actor.Partner, true), default));

    /// <summary>The invited partner reads the terms and accepts them.</summary>
    public static async Task<Result<DealId>> AcceptAsync(TestPerson guest, DealId deal)
    {
        var terms = await guest.DoAsync<Work, CoalitionAgreement?>(w => w.LivingAsync(deal, guest.Actor.Partner!.Value, default));
        return await guest.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal, true, terms?.Hash), default));
    }

    public static async Task<DecisionDetail> DecisionAsync(TestPerson person, DealId deal) =>
        (await person.DoAsync<Work, Result<DecisionDetail>>(w => DecisionPage.FindAsync(w, deal, default))).Value;

    /// <summary>A registration that waits for a person, because it is too large for the rules alone.</summary>
    public Task<DealDetail> InReviewAsync(TestPerson person, string customer) => RegisterAsync(person, Fields(customer, amount: 900_000_00));

    public async Task<AccountId> AccountAsync(string name, string? domain = null, bool named = false, string country = "DE")
    {
        var made = await Tenant.Administrator.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount(name, domain, country, Named: named) { EvenIfSimilar = true }, default));
        made.Problem.ShouldBeNull();
        return made.Value;
    }

    /// <summary>An opportunity of the direct team, as the CRM's export has it.</summary>
    public Task OpportunityAsync(string id, string account, string stage, DateOnly? opened, string product = "Relay") =>
        ImportAsync("opportunities", $"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n{id},Sam Carter,{product},{account},{stage},{opened:yyyy-MM-dd},{(stage == "Won" ? $"{opened:yyyy-MM-dd}" : "")},{(stage == "Won" ? "5000" : "")}\n");

    public async Task MergeAsync(AccountId from, AccountId into)
    {
        using var api = await Tenant.Administrator.ApiAsync();
        using var body = System.Net.Http.Json.JsonContent.Create(new { into = into.ToString() });
        (await api.PostAsync($"/api/v1/accounts/{from}/merge", body)).EnsureSuccessStatusCode();
    }

    public async Task ImportAsync(string kind, string csv)
    {
        using var api = await Tenant.Administrator.ApiAsync();
        using var body = new StringContent(csv);
        body.Headers.ContentType = new("text/csv");
        var import = await JsonAsync(await api.PostAsync($"/api/v1/imports?name={kind}.csv&kind={kind}", body));
        var id = import.GetProperty("id").GetString();
        foreach (var (step, end) in new[] { ("dry-run", "checked"), ("apply", "applied") })
        {
            (await api.PostAsync($"/api/v1/imports/{id}/{step}", null)).EnsureSuccessStatusCode();
            // Another test class of this process may be running the job.
            for (var i = 0; i < 200; i++)
            {
                await Tenant.App.DrainAsync();
                import = await JsonAsync(await api.GetAsync($"/api/v1/imports/{id}"));
                if (import.GetProperty("state").GetString() == end) break;
                await Task.Delay(20);
            }

            import.GetProperty("state").GetString().ShouldBe(end, import.ToString());
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
