using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity;

namespace Trellis.Whole.Tests;

/// <summary>
/// Every route, asked by everybody, for a record of their own, of another partner, of another tenant, and for one that does not exist. The rules are
/// few and stand in <see cref="Expected"/>; the routes are found, not listed, so a new one is judged on the day it is written.
/// </summary>
public abstract class AccessTests(Database database)
{
    /// <summary>A part of the addresses, for whoever works on a few routes: <c>TRELLIS_ROUTES=/deals</c>.</summary>
    private static readonly string Only = Environment.GetEnvironmentVariable("TRELLIS_ROUTES") ?? "";

    /// <summary>What a page or an export cannot do without.</summary>
    internal static readonly Dictionary<string, string> Queries = new()
    {
        ["/app/analytics/rows"] = "?metric=sourced-revenue",
        ["/app/analytics/rows.csv"] = "?metric=sourced-revenue",
        ["/app/analytics/fairness/rows"] = "?measure=decision_in_time",
        ["/app/analytics/fairness/rows.csv"] = "?measure=decision_in_time",
        ["/api/v1/fairness/rows"] = "?measure=decision_in_time",
        ["/app/analytics/funnel/rows"] = "?step=won",
        ["/app/analytics/funnel/rows.csv"] = "?step=won",
        ["/api/v1/analytics/funnel/rows"] = "?step=won",
        ["/portal/performance/funnel/rows"] = "?step=won",
        ["/portal/performance/funnel/rows.csv"] = "?step=won",
        ["/app/analytics/forecast/rows"] = "?when=overdue",
        ["/api/v1/analytics/forecast/rows"] = "?when=overdue",
        ["/portal/performance/rows"] = "?metric=sourced-revenue",
        ["/portal/performance/rows.csv"] = "?metric=sourced-revenue",
    };

    /// <summary>What a record need not have, each with the reason: their absence is a good answer.</summary>
    private static readonly Dictionary<string, string> MayLack = new()
    {
        ["/app/deals/{Id}/act"] = "asks for the act in its query, and only for one that the deal's state allows",
        ["/portal/deals/mail"] = "opens by the sealed link of a mail alone",
        ["/portal/deals/{Id}/act"] = "asks for the act in its query, and only for one that the deal's state allows",
        ["/api/v1/deals/{id}/decision"] = "a draft has none",
        ["/api/v1/partner-catalogue/{id}/file"] = "an entry of the catalogue need not have a file",
        ["/files/catalogue/{id}"] = "an entry of the catalogue need not have a file",
        ["/api/v1/partners/{partner}/people"] = "a partner need not have people who sign in",
        ["/api/v1/fairness/rows"] = "the demo of a test has not run its jobs, so no report was computed yet",
        ["/api/v1/analytics/forecast/"] = "the demo of a test has not run its jobs, so no forecast was computed yet",
        ["/app/service-accounts/{Id}"] = "a person is no service account",
        ["/api/v1/service-accounts/{service}/keys"] = "a person is no service account",
        ["/scim/v2/Schemas/{id}"] = "asks for the name of a schema",
        ["/scim/v2/ResourceTypes/{name}"] = "asks for the name of a type",
        ["/scim/v2/Groups/{id}"] = "the demo has no directory",
        ["/scim/v2/Users/{id}"] = "a partner's person is none of the directory's",
    };

    /// <summary>
    /// The words of a stranger that may be read: the name of a partner on the team of a deal that is shared, only on that deal's pages; and in the public directory the name
    /// and the description of a partner that has said yes to it.
    /// </summary>
    private static bool MayRead(Route route, Asked asked, string mark) =>
        (route.Pattern is "/partners" or "/partners/{Slug}" or "/partners/solutions" && mark is $"{Cast.Mark}-partners_partner-name" or $"{Cast.Mark}-partners_partner-description")
        || asked == Asked.Own && route.Pattern.Contains("/deals/{", StringComparison.OrdinalIgnoreCase) && mark == $"{Cast.Mark}-partners_partner-name";

    private enum Asked
    {
        Nothing,
        Own,
        Foreign,
        Absent,
    }

    [SkippableFact]
    public async Task Everybody_gets_what_is_theirs_and_nothing_else()
    {
        var cast = await Cast.OnAsync(database);
        foreach (var tenant in cast.Visitors.Select(v => v.Actor?.Tenant).OfType<TenantId>().Distinct()) await cast.App.ConfirmAllAsync(tenant);
        var before = await Tables.DigestAsync(cast);
        var faults = new ConcurrentBag<string>();
        var refused = new ConcurrentBag<(TenantId, string)>();
        using var statements = Statements.Watch(await cast.AsAsync(cast.Administrator.Actor!, db => Task.FromResult(Statements.TablesOf(db))));

        await Parallel.ForEachAsync(cast.Visitors, async (visitor, _) =>
        {
            foreach (var route in Route.All(cast.App.Services).Where(r => r.Method == "GET" && visitor.Tries(r) && IsAsked(cast, r, visitor) && r.Pattern.Contains(Only, StringComparison.Ordinal) && (database == Database.Sqlite || IsAskedOfTheDatabase(cast, r, visitor))))
                foreach (var (asked, address) in await AddressesAsync(cast, route, visitor))
                {
                    var answer = await Answer.ToAsync(visitor.For(route), address);
                    // Not every record has every page: a draft has no decision. One of the own must answer.
                    if (asked == Asked.Own && answer.Status == 404 && visitor.May(route))
                        foreach (var other in (await OthersAsync(cast, route, visitor)).TakeWhile(_ => answer.Status == 404)) answer = await Answer.ToAsync(visitor.For(route), other);
                    foreach (var fault in Faults(route, visitor, asked, answer)) faults.Add($"{visitor}: {route} ({asked.ToString().ToLowerInvariant()}, {address}): {fault}");
                    if (visitor.Actor is { } actor && answer.Status is 403 or 404 && IsAudited(route)) refused.Add((actor.Tenant, address.Split('?')[0]));
                }
        });

        List<string> all =
        [
            .. faults.Order(),
            .. statements.Faults.Order().Select(f => $"a statement does not name its tenant: {f}"),
            .. (await UnnotedAsync(cast, refused)).Select(path => $"a refusal is not in the audit: {path}"),
            .. (await Tables.DigestAsync(cast)).Except(before).Select(table => $"asking has changed a table: {table}"),
        ];
        all.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Changing_a_foreign_record_is_answered_as_changing_none()
    {
        var cast = await Cast.OnAsync(database);
        var before = await Tables.DigestAsync(cast);
        var faults = new ConcurrentBag<string>();
        var routes = Route.All(cast.App.Services).Where(r => r.Method != "GET" && r.IsApi && r.Parameters.Any(p => p.Id is not null) && r.Pattern.Contains(Only, StringComparison.Ordinal)).ToList();
        // What a role may is the same on both engines, and so is what belongs to whom: the second engine is asked by a partner, a third one and another tenant.
        var visitors = database == Database.Sqlite ? cast.Visitors.Where(v => v.Actor is not null) : [cast.Brightpath, cast.OtherTenant, cast.ThirdPartner];
        await Parallel.ForEachAsync(visitors, async (visitor, _) =>
        {
            // A role of another tenant that may not do this at home either is refused before any record is read.
            foreach (var route in routes.Where(r => visitor.Tries(r) && (!visitor.Elsewhere || visitor.May(r))))
            {
                var absent = await SendAsync(cast, route, visitor, Asked.Absent);
                var foreign = await SendAsync(cast, route, visitor, Asked.Foreign);
                if (foreign is null || absent is null) continue;
                if (absent.Status < 400) faults.Add($"{visitor}: {route}: changes a record that does not exist ({absent.Status})");
                if (foreign.Status != absent.Status || foreign.Plain != absent.Plain)
                    faults.Add($"{visitor}: {route}: a foreign record gives {foreign.Status}, an absent one {absent.Status}\n  {foreign.Plain}\n  {absent.Plain}");
            }
        });

        faults.Order().ShouldBeEmpty();
        (await Tables.DigestAsync(cast)).Except(before).ShouldBeEmpty("a refused change has changed these tables");
    }

    [SkippableFact]
    public async Task Search_finds_nothing_of_another_partner_or_tenant()
    {
        var cast = await Cast.OnAsync(database);
        var query = Cast.Mark[..^2];
        var finders = new List<string>();
        foreach (var visitor in cast.Visitors.Where(v => v.Actor is not null && !v.ApiOnly))
            foreach (var address in (string[])[$"/api/v1/search?q={query}", $"/{(visitor.Actor!.IsPartner ? "portal" : "app")}/search?q={query}"])
            {
                var answer = await Answer.ToAsync(address.StartsWith("/api", StringComparison.Ordinal) ? visitor.Api : visitor.Pages, address);
                answer.Status.ShouldBe(200, $"{visitor} {address}");
                if (answer.Text.Contains(Cast.Mark, StringComparison.OrdinalIgnoreCase)) finders.Add(visitor.Name);
            }

        finders.ShouldNotContain(cast.Brightpath.Name);
        finders.ShouldNotContain(cast.OtherTenant.Name);
    }

    private static IEnumerable<string> Faults(Route route, Visitor visitor, Asked asked, Answer answer)
    {
        foreach (var fault in answer.HeaderFaults()) yield return fault;
        if (answer.Status >= 500) yield return $"fails with {answer.Status}";
        if (route.IsApi && !route.IsScim)
            foreach (var fault in answer.ProblemFaults()) yield return fault;
        if (visitor.Actor is null || visitor.Actor.Partner is not null || visitor.Actor.Tenant != DemoPeople.Tenant)
        {
            // What a third partner shares with Clearview it may read; that it reads no more is asked by identifiers.
            var mayKnow = visitor.Actor?.Partner is not null && !visitor.Name.Contains("brightpath", StringComparison.Ordinal);
            if (!mayKnow)
                foreach (var column in answer.Marked().Where(m => !MayRead(route, asked, m))) yield return $"shows what belongs to Clearview: {column}";
        }

        if (Expected(route, visitor, asked, answer) is { } wanted) yield return $"expected {wanted}, got {answer.Status} at {answer.EndedAt}";
    }

    /// <summary>What should have come back, in words, or null where the answer is right.</summary>
    private static string? Expected(Route route, Visitor visitor, Asked asked, Answer answer)
    {
        var served = answer.Status is >= 200 and < 400 or 400 or 422;
        if (route.Anonymous) return null;
        if (visitor.Actor is null)
        {
            if (route.IsApi) return answer.Status == 401 ? null : "401";
            return answer.EndedAt == "/sign-in" ? null : "the sign-in";
        }

        if (visitor.IsStrangerTo(route)) return answer.Status == 404 ? null : "404, for it is the other face";
        if (!visitor.May(route)) return answer.Status == 403 ? null : $"403, for lack of {route.Permission}";
        return asked switch
        {
            // What the text names is the module's own affair: a metric, a code.
            Asked.Nothing when route.Parameters.Count > 0 => null,
            Asked.Foreign or Asked.Absent => answer.Status == 404 ? null : "404",
            Asked.Nothing when (visitor.Elsewhere || MayLack.ContainsKey(route.Pattern)) && answer.Status == 404 => null,
            Asked.Own when route.Parameters.Count > 1 || (MayLack.ContainsKey(route.Pattern) && answer.Status == 404) => null,
            _ => served ? null : "an answer",
        };
    }

    private static async Task<List<(Asked, string)>> AddressesAsync(Cast cast, Route route, Visitor visitor)
    {
        if (route.Parameters.Count == 0) return [(Asked.Nothing, route.Pattern + Queries.GetValueOrDefault(route.Pattern))];
        if (!route.Parameters.Any(p => p.Id is not null)) return [(Asked.Nothing, route.Address([.. route.Parameters.Select(p => Plain(p.Name))]))];
        var addresses = new List<(Asked, string)>();
        foreach (var asked in visitor switch { { Elsewhere: true } => (Asked[])[Asked.Foreign], { Brief: true } => [Asked.Own, Asked.Foreign], _ => [Asked.Own, Asked.Foreign, Asked.Absent] })
            if (await AddressAsync(cast, route, visitor, asked) is { } address) addresses.Add((asked, address));
        return addresses;
    }

    /// <summary>An address that names a record of this kind, or null where there is none.</summary>
    private static async Task<string?> AddressAsync(Cast cast, Route route, Visitor visitor, Asked asked)
    {
        var values = new List<string>();
        foreach (var (name, id) in route.Parameters)
        {
            if (id is null) values.Add(Plain(name));
            else if (asked == Asked.Absent) values.Add(Cast.Text(id, Guid.CreateVersion7()));
            else if ((asked == Asked.Own ? await OwnAsync(cast, id, visitor) : await ForeignAsync(cast, id, visitor)) is { } value) values.Add(Cast.Text(id, value));
            else return null;
        }

        return route.Address(values);
    }

    /// <summary>A few more records of the visitor's own, from the newest to the oldest.</summary>
    private static async Task<List<string>> OthersAsync(Cast cast, Route route, Visitor visitor)
    {
        if (route.Parameters is not [{ Id: { } id }]) return [];
        var ids = await cast.IdsAsync(id, visitor.Actor!);
        return [.. ids.Where((_, i) => i > 0 && (i < 10 || i % Math.Max(1, ids.Count / 10) == 0)).Take(20).Select(i => route.Address([Cast.Text(id, i)]))];
    }

    private static async Task<Guid?> OwnAsync(Cast cast, Type id, Visitor visitor) =>
        visitor.Actor is null ? null : First(await cast.IdsAsync(id, visitor.Actor));

    private static async Task<Guid?> ForeignAsync(Cast cast, Type id, Visitor visitor)
    {
        if (visitor.Actor is null || visitor.Actor.Tenant != DemoPeople.Tenant) return First(await cast.IdsAsync(id, cast.Clearview.Actor!));
        if (visitor.Actor.Partner is null) return First(await cast.IdsAsync(id, cast.OtherTenant.Actor!));
        var other = visitor.Actor.Partner == cast.Clearview.Actor!.Partner ? cast.Brightpath : cast.Clearview;
        return First(await cast.IdsAsync(id, other.Actor!, visitor.Actor));
    }

    private static Guid? First(List<Guid> ids) => ids.Count == 0 ? null : ids[0];

    private static string Plain(string name) => name.Contains("code", StringComparison.OrdinalIgnoreCase) ? "404" : "x";

    private static async Task<Answer?> SendAsync(Cast cast, Route route, Visitor visitor, Asked asked)
    {
        if (await AddressAsync(cast, route, visitor, asked) is not { } address) return null;
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), address);
        if (route.Body is not null) request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return await Answer.ToAsync(visitor.Api, request);
    }

    // The roles of another tenant ask for the demo company's records. What a role may not is asked at home, and what names no record elsewhere once, by the first who may.
    private static bool IsAsked(Cast cast, Route route, Visitor visitor)
    {
        if (!visitor.Elsewhere) return true;
        if (!visitor.May(route) || visitor.IsStrangerTo(route)) return false;
        return route.Parameters.Any(p => p.Id is not null) || visitor == cast.Visitors.First(v => v.Elsewhere && v.May(route) && !v.IsStrangerTo(route));
    }

    // Who lacks a permission is refused before any record is read, on either engine the same: the first engine asks that, the second asks for records.
    // What is shown depends on the reader's tenant, partner and permissions, which the first engine tries out: the second shows it to one or two of each side.
    private static bool IsAskedOfTheDatabase(Cast cast, Route route, Visitor visitor)
    {
        if (visitor.Actor is null) return true;
        if (!visitor.May(route)) return false;
        return (!BriefRun.IsOn && route.Parameters.Any(p => p.Id is not null)) || visitor == cast.Administrator || visitor == cast.Brightpath || visitor == cast.Clearview || visitor == cast.ThirdPartner || visitor == cast.OtherTenant;
    }

    private static bool IsAudited(Route route) =>
        route.Pattern.StartsWith("/app", StringComparison.Ordinal) || route.Pattern.StartsWith("/portal", StringComparison.Ordinal) || route.Pattern.StartsWith("/api/v1", StringComparison.Ordinal);

    private static async Task<List<string>> UnnotedAsync(Cast cast, IEnumerable<(TenantId Tenant, string Path)> refused)
    {
        var noted = await cast.AsAsync(cast.Administrator.Actor!, db => db.AllTenants<AuditEntry>("compare with the refusals")
            .Where(a => a.Action == "access.refused").Select(a => new { a.TenantId, a.Subject }).ToListAsync());
        var known = noted.Select(n => (n.TenantId, n.Subject)).ToHashSet();
        return [.. refused.Where(r => !known.Contains(r)).Select(r => r.Path).Distinct().Order()];
    }
}

[Collection(Cast.WatchedOnSqlite)]
public sealed class AccessOnSqliteTests() : AccessTests(Database.Sqlite);

[Collection(Cast.WatchedOnPostgres)]
public sealed class AccessOnPostgresTests() : AccessTests(Database.Postgres);
