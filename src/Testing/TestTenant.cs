using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts;
using Trellis.Accounts.Published;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Testing;

/// <summary>A person of a test tenant, with everything needed to act.</summary>
public sealed record TestPerson(TestTenant Tenant, Actor Actor, string Email)
{
    /// <summary>The password of every test person.</summary>
    public const string Password = "correct horse battery";

    // Dear by design: it is made once for all test persons.
    internal static readonly Lazy<string> PasswordHash = new(() => Passwords.Hash(Password));

    internal static Task<int> GivePasswordAsync(Db db, PersonId person) => db.Set<Person>().Where(p => p.Id == person).ExecuteUpdateAsync(s => s.SetProperty(p => p.PasswordHash, PasswordHash.Value));

    /// <summary>Runs a use case or a query as this person, in a scope of its own.</summary>
    public Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull => Tenant.AsAsync(Actor, act);

    /// <summary>A client of the API with this person's token.</summary>
    public async Task<HttpClient> ApiAsync()
    {
        var token = await Tenant.AsAsync<IssueToken, Result<NewToken>>(Actor, issue => issue.RunAsync("Test", default));
        var client = new HttpClient { BaseAddress = new Uri(Tenant.App.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Secret);
        return client;
    }

    /// <summary>A visitor of the pages, signed in by password.</summary>
    public async Task<PageClient> PagesAsync()
    {
        var client = new PageClient(Tenant.App.Address);
        await client.SignInAsync(Email, Password);
        return client;
    }
}

/// <summary>A tenant of its own for a test class.</summary>
public sealed class TestTenant
{
    private static int _next;

    private TestTenant(TestApp app, TenantId id) => (App, Id) = (app, id);

    public TestApp App { get; }

    public TenantId Id { get; }

    public TestPerson Administrator { get; private set; } = null!;

    internal static async Task<TestTenant> FoundAsync(TestApp app, string currency)
    {
        var tenant = new TestTenant(app, Ids.New<TenantId>(DateTime.UtcNow));
        await using var scope = app.Services.CreateAsyncScope();
        var email = $"admin-{Interlocked.Increment(ref _next)}-{tenant.Id.Value:N}@vendor.example";
        var (_, person) = await scope.ServiceProvider.GetRequiredService<FoundTenant>()
            .RunAsync(tenant.Id, "Vendor", currency, "UTC", "Ada Admin", email, TestPerson.PasswordHash.Value, null, default);
        tenant.Administrator = await tenant.FindAsync(person, null, email);
        return tenant;
    }

    /// <summary>A product that is there before the test begins. The program takes products from imports alone, which have tests of their own.</summary>
    public Task<ProductId> ProductAsync(string name, string? series = null, long? listPrice = null, string currency = "USD") => AsSystemAsync<Work, ProductId>(async work =>
    {
        var product = Product.Create(Id, work.NewId<ProductId>(), name, series, listPrice, currency);
        work.Db.Add(product);
        await work.Db.SaveChangesAsync();
        return product.Id;
    });

    /// <summary>A person of the vendor with these roles.</summary>
    public Task<TestPerson> StaffAsync(params string[] roles) => CreateAsync(new NewPerson("Sam Staff", NewEmail("staff"), roles));

    /// <summary>The same with a name of its own, where names tell people apart.</summary>
    public Task<TestPerson> StaffNamedAsync(string name, params string[] roles) => CreateAsync(new NewPerson(name, NewEmail("staff"), roles));

    /// <summary>A person of a partner.</summary>
    public Task<TestPerson> PartnerPersonAsync(PartnerId partner, string partnerName, string role = Roles.PartnerSales) =>
        CreateAsync(new NewPerson("Pat Partner", NewEmail("partner"), [], partner, partnerName, [role]));

    /// <summary>Lets a partner's person act for another partner too: invited, and accepted.</summary>
    public async Task JoinAsync(TestPerson person, PartnerId partner, string partnerName, string role = Roles.PartnerSales)
    {
        var joined = await Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember(person.Actor.Name, person.Email, partner, partnerName, role, s => "http://x/" + s), default));
        var id = await AsSystemAsync<Db, InvitationId>(db => db.Set<Invitation>().Where(i => i.PersonId == joined.Value && i.PartnerId == partner && i.AcceptedAt == null).Select(i => i.Id).SingleAsync());
        if ((await person.DoAsync<AcceptInvitation, Result<PartnerId>>(a => a.RunAsync(id, default))).Problem is { } problem) throw new InvalidOperationException(problem.Message);
    }

    /// <summary>Runs a service of the host as an actor, in a scope of its own.</summary>
    public async Task<T> AsAsync<TService, T>(Actor actor, Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Runs a service as Trellis itself in this tenant.</summary>
    public Task<T> AsSystemAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull => AsAsync(Actor.System(Id), act);

    private async Task<TestPerson> CreateAsync(NewPerson input)
    {
        var created = await AsAsync<CreatePerson, Result<PersonId>>(Administrator.Actor, create => create.RunAsync(input, default));
        await AsSystemAsync<Db, int>(db => TestPerson.GivePasswordAsync(db, created.Value));
        return await FindAsync(created.Value, input.Partner, input.Email!);
    }

    private async Task<TestPerson> FindAsync(PersonId person, PartnerId? partner, string email)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var actor = await scope.ServiceProvider.GetRequiredService<Actors>().FindAsync(Id, person, partner, null, ActorKind.Person, default);
        return new TestPerson(this, actor!, email);
    }

    private static string NewEmail(string kind) => $"{kind}-{Guid.CreateVersion7():N}@people.example";

}
