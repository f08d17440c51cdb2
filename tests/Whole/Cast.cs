using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Identity.Published;

namespace Trellis.Whole.Tests;

/// <summary>Somebody with a token for the API and a session for the pages.</summary>
/// <param name="Name">As it stands in a failure.</param>
/// <param name="Actor">Who the database takes it for; null for nobody.</param>
/// <param name="Api">A client of the API.</param>
/// <param name="Pages">A client of the pages.</param>
internal sealed record Visitor(string Name, Actor? Actor, HttpClient Api, HttpClient Pages)
{
    public bool May(Route route) => Actor is not null && (route.Permission is null || Actor.Permissions.Contains(route.Permission));

    /// <summary>Whether the route lies on the other face: a partner's person on /app, the vendor's on /portal.</summary>
    public bool IsStrangerTo(Route route) => Actor is not null &&
        ((route.Pattern.StartsWith("/app", StringComparison.Ordinal) && Actor.IsPartner) || (route.Pattern.StartsWith("/portal", StringComparison.Ordinal) && !Actor.IsPartner));

    /// <summary>A program or a person without a password: it has a token and no session.</summary>
    public bool ApiOnly { get; init; }

    /// <summary>One of the roles that nobody of the demo has: records that nobody has are not asked for by each of them again.</summary>
    public bool Brief { get; init; }

    /// <summary>One of the roles of another tenant: it asks for what belongs to the demo company.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>One of the same side who may the same as somebody before.</summary>
    public bool Again { get; init; }

    /// <summary>Whether this route is asked: in a brief run the roles that nobody of the demo has, those elsewhere and whoever may the same as another ask every fourth.</summary>
    public bool Tries(Route route) => (!ApiOnly || route.IsApi) && (!(Brief || Elsewhere || Again) || BriefRun.Takes($"{Name} {route}"));

    public HttpClient For(Route route) => route.IsApi ? Api : Pages;

    public override string ToString() => Name;
}

/// <summary>
/// A host of its own with the demo company, everybody who is announced there, nobody, and the administrator of another tenant. What the second
/// partner alone may see carries a mark, so that a leak is a string that can be searched for.
/// </summary>
internal sealed class Cast
{
    /// <summary>The tests that share a cast go one after the other: some compare all tables before and after, and a theme chosen beside them is a change.</summary>
    public const string WatchedOnSqlite = "The shared cast on SQLite";

    /// <summary>The same on the other engine, which goes its way beside it.</summary>
    public const string WatchedOnPostgres = "The shared cast on PostgreSQL";

    /// <summary>Stands in texts of rows that Clearview may see and Brightpath may not.</summary>
    public const string Mark = "zqbmark";

    private static readonly ConcurrentDictionary<Database, Lazy<Task<Cast>>> Shared = new();
    private readonly ConcurrentDictionary<(Type, PartnerId?), List<Guid>> _visible = [];

    private Cast(TestApp app) => App = app;

    public TestApp App { get; }

    public List<Visitor> Visitors { get; } = [];

    /// <summary>A token whose person was suspended after it was issued.</summary>
    public HttpClient Suspended { get; private set; } = null!;

    public IReadOnlyList<Visitor> Vendors => [.. Visitors.Where(v => v.Actor is { IsPartner: false } && v.Actor.Tenant == DemoPeople.Tenant)];

    public IReadOnlyList<Visitor> PartnerPeople => [.. Visitors.Where(v => v.Actor is { IsPartner: true })];

    public Visitor Administrator => Visitors.Single(v => v.Name.StartsWith("ada@", StringComparison.Ordinal));

    public Visitor Brightpath => Visitors.Single(v => v.Name.StartsWith("rosa@", StringComparison.Ordinal));

    public Visitor Clearview => Visitors.Single(v => v.Name.StartsWith("ines@", StringComparison.Ordinal));

    public Visitor ThirdPartner => Visitors.Single(v => v.Name == "somebody of a third partner");

    public Visitor OtherTenant => Visitors.Single(v => v.Name == "another tenant's administrator");

    /// <summary>The cast that all tests which change nothing share.</summary>
    public static Task<Cast> OnAsync(Database database)
    {
        SkipWithoutServer(database);
        return Shared.GetOrAdd(database, d => new Lazy<Task<Cast>>(() => GatherAsync(d, allRoles: d == Database.Sqlite))).Value;
    }

    /// <summary>A cast for a test that may change anything.</summary>
    public static Task<Cast> OfItsOwnAsync(Database database)
    {
        SkipWithoutServer(database);
        return GatherAsync(database, allRoles: false);
    }

    private static void SkipWithoutServer(Database database) =>
        Skip.If(database == Database.Postgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TRELLIS_TEST_POSTGRES")),
            "PostgreSQL is not here: ./dev test installs and starts it, or set TRELLIS_TEST_POSTGRES.");

    private static async Task<Cast> GatherAsync(Database database, bool allRoles)
    {
        var cast = new Cast(await TestApp.StartWithDemoAsync(database));
        cast.Visitors.Add(new Visitor("nobody", null, cast.Client(null), new PageClient(cast.App.Address).Http));
        foreach (var person in DemoPeople.All)
        {
            var visitor = await cast.JoinAsync(person.Email, $"{person.Email} ({person.Roles})", DemoPeople.Password);
            cast.Visitors.Add(visitor with { Again = cast.Visitors.Any(v => v.Actor is { } known && known.Partner == visitor.Actor!.Partner && known.Permissions.SetEquals(visitor.Actor.Permissions)) });
        }

        var other = await cast.App.TenantAsync();
        cast.Visitors.Add(await cast.JoinAsync(other.Administrator.Email, "another tenant's administrator", TestPerson.Password));
        await cast.AdmitOthersAsync();
        if (allRoles)
        {
            await cast.AdmitRolesAsync();
            await cast.AdmitElsewhereAsync(other);
        }

        await Marks.WriteAsync(cast);
        return cast;
    }

    /// <summary>Somebody of a third partner, a narrow key, and one who is let in no more.</summary>
    private async Task AdmitOthersAsync()
    {
        var ada = Administrator.Api;
        PartnerId?[] known = [Brightpath.Actor!.Partner, Clearview.Actor!.Partner];
        var third = PartnerId.From((await IdsAsync(typeof(PartnerId), Administrator.Actor!)).First(p => !known.Contains(PartnerId.From(p))));
        Visitors.Add(await JoinAsync(await App.EmployAsync(Administrator.Actor!, third, "A third partner"), "somebody of a third partner", TestPerson.Password));
        using var narrow = await ada.PostAsJsonAsync("/api/v1/tokens", new { name = "Narrow", scopes = new[] { "deals.view", "identity.use_tokens" }, days = 7 });
        narrow.EnsureSuccessStatusCode();
        Visitors.Add(await MeetAsync("ada@northwind.example", "a key that may only see deals", (string)(await narrow.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!));
        var gone = $"gone-{Guid.CreateVersion7():N}@northwind.example";
        using var made = await ada.PostAsJsonAsync("/api/v1/people", new { name = "Gone Person", email = gone, roles = new[] { Roles.Administrator } });
        made.EnsureSuccessStatusCode();
        Suspended = Client(await TokenAsync(gone));
        (await Suspended.GetAsync("/api/v1/me")).EnsureSuccessStatusCode();
        (await ada.PostAsJsonAsync($"/api/v1/people/{await made.Content.ReadFromJsonAsync<string>()}/state", new { state = "suspended" })).EnsureSuccessStatusCode();
    }

    /// <summary>Every other role of the catalogue, so that a new one is judged on the day it is written. What a role may do is the same on both engines.</summary>
    private async Task AdmitRolesAsync()
    {
        foreach (var role in Roles.Defaults.Where(r => !DemoPeople.All.Any(p => p.Roles.Split(',', ' ').Contains(r.Code))))
        {
            var email = role.Side == RoleSide.Vendor ? await App.EmployAsync(Administrator.Actor!, role.Code) : await App.EmployAsync(Administrator.Actor!, ThirdPartner.Actor!.Partner!.Value, "A third partner", role.Code);
            Visitors.Add(await JoinAsync(email, $"a {role.Code}", TestPerson.Password) with { Brief = true });
        }
    }

    /// <summary>Every role again, in another tenant with a partner of its own.</summary>
    private async Task AdmitElsewhereAsync(TestTenant other)
    {
        using var made = await OtherTenant.Api.PostAsJsonAsync("/api/v1/partners", new { name = "Elsewhere Partners", country = "DE", mainType = "reseller", state = "active" });
        made.EnsureSuccessStatusCode();
        var partner = Ids.Parse<PartnerId>((string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!)!.Value;
        foreach (var role in Roles.Defaults)
        {
            var email = role.Side == RoleSide.Vendor ? await App.EmployAsync(other.Administrator.Actor, role.Code) : await App.EmployAsync(other.Administrator.Actor, partner, "Elsewhere Partners", role.Code);
            Visitors.Add(await JoinAsync(email, $"a {role.Code} of another tenant", TestPerson.Password) with { Elsewhere = true });
        }
    }

    /// <summary>
    /// Identifiers of this type that a visitor may see; with <paramref name="except"/>, that the other may not. Asked of the same filters that pages
    /// and API use.
    /// </summary>
    public async Task<List<Guid>> IdsAsync(Type id, Actor actor, Actor? except = null)
    {
        var visible = await VisibleAsync(id, actor);
        return except is null ? visible : [.. visible.Except(await VisibleAsync(id, except))];
    }

    /// <summary>Forgets who sees what, after a test has made records.</summary>
    public void LookAgain() => _visible.Clear();

    /// <summary>The addresses of a route without parameters, or with one that names a record: of the newest few that a visitor may see.</summary>
    public async Task<List<string>> OwnAddressesAsync(Route route, Visitor visitor, int most)
    {
        if (route.Parameters.Count == 0) return [route.Pattern];
        if (route.Parameters is not [{ Id: { } id }]) return [];
        return [.. (await IdsAsync(id, visitor.Actor!)).Take(most).Select(value => route.Address([Text(id, value)]))];
    }

    /// <summary>The text form of an identifier.</summary>
    public static string Text(Type id, Guid value) => id.GetMethod("From")!.Invoke(null, [value])!.ToString()!;

    /// <summary>Does something with the database as an actor would see it.</summary>
    public async Task<T> AsAsync<T>(Actor actor, Func<Db, Task<T>> act)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        return await act(scope.ServiceProvider.GetRequiredService<Db>());
    }

    private async Task<List<Guid>> VisibleAsync(Type id, Actor actor)
    {
        if (actor.Tenant == DemoPeople.Tenant && _visible.TryGetValue((id, actor.Partner), out var known)) return known;
        var found = await AsAsync(actor, async db =>
        {
            var ids = new List<Guid>();
            foreach (var entity in db.Model.GetEntityTypes().Where(e => IsNamedBy(e, id)))
                ids.AddRange(await (Task<List<Guid>>)Read.MakeGenericMethod(entity.ClrType, id).Invoke(null, [db])!);
            return ids;
        });
        if (actor.Tenant == DemoPeople.Tenant) _visible[(id, actor.Partner)] = found;
        return found;
    }

    private static readonly MethodInfo Read = typeof(Cast).GetMethod(nameof(ReadAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static bool IsNamedBy(IEntityType entity, Type id) =>
        entity.FindPrimaryKey() is { Properties: [{ Name: "TenantId" }, var key] } && key.ClrType == id;

    private static async Task<List<Guid>> ReadAsync<TEntity, TId>(Db db) where TEntity : class where TId : struct, ITypedId<TId>
    {
        var key = db.Model.FindEntityType(typeof(TEntity))!.FindPrimaryKey()!.Properties[1].Name;
        var ids = await db.Set<TEntity>().OrderByDescending(e => EF.Property<TId>(e, key)).Select(e => EF.Property<TId>(e, key)).Take(2000).ToListAsync();
        return [.. ids.Select(i => i.Value)];
    }

    private async Task<string?> TokenAsync(string email)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(email, null, default)).Value;
    }

    private async Task<Visitor> MeetAsync(string email, string name, string token)
    {
        var api = Client(token);
        return new Visitor(name, await ActorAsync(email, (await api.GetFromJsonAsync<JsonNode>("/api/v1/me"))!), api, api) { ApiOnly = true };
    }

    private async Task<Visitor> JoinAsync(string email, string name, string password)
    {
        var token = await TokenAsync(email);
        token.ShouldNotBeNull($"{name} does not sign in");
        var pages = new PageClient(App.Address);
        await pages.SignInAsync(email, password);
        var api = Client(token);
        var me = (await api.GetFromJsonAsync<JsonNode>("/api/v1/me"))!;
        return new Visitor(name, await ActorAsync(email, me), api, pages.Http);
    }

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(App.Address) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<Actor> ActorAsync(string email, JsonNode me)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var tenant = await scope.ServiceProvider.GetRequiredService<Db>().AllTenants<Identity.Published.PersonRow>("find the tenant of a test person")
            .Where(p => p.Email == email).Select(p => p.TenantId).SingleAsync();
        return new Actor
        {
            Kind = ActorKind.Person,
            Tenant = tenant,
            Person = Ids.Parse<PersonId>((string)me["id"]!)!.Value,
            Name = (string)me["name"]!,
            Partner = Ids.Parse<PartnerId>((string?)me["partner"]),
            Permissions = me["permissions"]!.AsArray().Select(p => (string)p!).ToHashSet(),
        };
    }
}
