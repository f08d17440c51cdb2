using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

/// <summary>A vendor with products, a manager and partners, made through use cases as far as these exist.</summary>
internal sealed class DealWorld
{
    private static int _next;

    private DealWorld(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public TestPerson Manager { get; private set; } = null!;

    public ProductId Relay { get; } = ProductId.From(Guid.CreateVersion7());

    public ProductId Vault { get; } = ProductId.From(Guid.CreateVersion7());

    public static async Task<DealWorld> CreateAsync(Database database) => await CreateAsync(await TestApp.SharedAsync(database));

    public static async Task<DealWorld> CreateAsync(TestApp app)
    {
        var world = new DealWorld(await app.TenantAsync());
        world.Manager = await world.Tenant.StaffAsync(Roles.ChannelOperations, Roles.PartnerManager);
        await world.InsertAsync("accounts_product", Row("id", world.Relay, ("name", "Relay"), ("currency", "USD"), ("active", true)), Row("id", world.Vault, ("name", "Vault"), ("currency", "USD"), ("active", true)));
        return world;
    }

    /// <summary>An active partner with a selling motion, and one of its people.</summary>
    public async Task<TestPerson> PartnerAsync(string? name = null, Tier tier = Tier.Gold, string? domain = null, string role = Roles.PartnerSales, Motion[]? motions = null)
    {
        name ??= $"Partner {Interlocked.Increment(ref _next)}";
        var made = await Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner(name, "DE", PartnerType.Reseller)
        {
            State = PartnerState.Active,
            Motions = motions ?? [Motion.Resell],
            Manager = Manager.Actor.Person,
            Website = domain,
            EvenIfSimilar = true,
        }, default));
        if (tier != Tier.Registered)
            (await Tenant.Administrator.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(made.Value, tier, "Test"), default))).Ok.ShouldBeTrue();
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

    public Task<Result<DealId>> TryRegisterAsync(TestPerson person, DealFields fields) =>
        person.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(fields), default));

    public async Task<DealDetail> RegisterAsync(TestPerson person, DealFields fields)
    {
        var made = await TryRegisterAsync(person, fields);
        made.Problem.ShouldBeNull();
        return await SeeAsync(person, made.Value);
    }

    public async Task<DealDetail> SeeAsync(TestPerson person, DealId deal)
    {
        var found = await person.DoAsync<Work, Result<DealDetail>>(w => DealPage.FindAsync(w, deal, default));
        found.Problem.ShouldBeNull();
        return found.Value;
    }

    /// <summary>A registration that waits for a person, because it is too large for the tier.</summary>
    public Task<DealDetail> InReviewAsync(TestPerson person, string customer) => RegisterAsync(person, Fields(customer, amount: 900_000_00));

    public async Task<AccountId> AccountAsync(string name, string? domain = null, bool named = false)
    {
        var id = AccountId.From(Guid.CreateVersion7());
        await InsertAsync("accounts_account", Row("id", id, ("name", name), ("domain", domain), ("named", named), ("search_text", Text.Fold(name))));
        return id;
    }

    private Dictionary<string, object?> Row(string key, ITypedId id, params (string, object?)[] values) =>
        new(values.ToDictionary(v => v.Item1, v => v.Item2)) { [key] = id, ["tenant_id"] = Tenant.Id };

    private static Dictionary<string, object?> RowOf(TenantId tenant, ITypedId id, (string, object?)[] values) => new(values.ToDictionary(v => v.Item1, v => v.Item2)) { ["id"] = id, ["tenant_id"] = tenant };
}
