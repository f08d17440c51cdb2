using System.Collections.Concurrent;
using System.Text;

namespace Trellis.Whole.Tests;

/// <summary>
/// Every change over the API, asked for by everybody who may not: nobody, a suspended person, a key that is too narrow, each role without the
/// permission. All are refused before anything is read, and nothing has changed.
/// </summary>
public abstract class RefusalTests(Database database)
{
    [SkippableFact]
    public async Task A_change_without_its_permission_is_refused_and_changes_nothing()
    {
        BriefRun.AsksOnlySqlite(database);
        var cast = await Cast.OnAsync(database);
        var routes = Route.All(cast.App.Services).Where(r => r.IsApi && r.Method is not ("GET" or "HEAD") && !r.Anonymous).ToList();
        routes.Count.ShouldBeGreaterThan(60);
        var before = await Tables.DigestAsync(cast);
        var (faults, tried) = (new ConcurrentBag<string>(), 0);
        await Parallel.ForEachAsync(routes, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (route, _) =>
        {
            foreach (var visitor in cast.Visitors.Where(v => !v.May(route) && BriefRun.Takes($"{v.Name} {route}")))
            {
                Interlocked.Increment(ref tried);
                await ExpectAsync(visitor.Name, visitor.Api, visitor.Actor is null ? 401 : 403, await AddressAsync(cast, route, visitor));
            }

            await ExpectAsync("a suspended person", cast.Suspended, 401, await AddressAsync(cast, route, cast.Administrator));

            async Task ExpectAsync(string who, HttpClient api, int status, string address)
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), address) { Content = Something(route) };
                var answer = await Answer.ToAsync(api, request);
                if (answer.Status != status) faults.Add($"{who}: {route} ({address}): {answer.Status} instead of {status}");
            }
        });

        faults.Order().ShouldBeEmpty();
        tried.ShouldBeGreaterThan(500);
        (await Tables.DigestAsync(cast)).Except(before).ShouldBeEmpty("a refused change has changed these tables");
    }

    private static HttpContent Something(Route route) => route.Media == "multipart/form-data"
        ? new MultipartFormDataContent { { new StringContent("a,b"), "file", "some.csv" } }
        : new StringContent("{}", Encoding.UTF8, route.Media);

    // A record that is there, where the visitor sees one: the refusal must not depend on it.
    private static async Task<string> AddressAsync(Cast cast, Route route, Visitor visitor)
    {
        var values = new List<string>();
        foreach (var (_, id) in route.Parameters)
        {
            var known = id is null || visitor.Actor is null ? [] : await cast.IdsAsync(id, visitor.Actor);
            values.Add(id is null ? "x" : Cast.Text(id, known.Count > 0 ? known[0] : Guid.CreateVersion7()));
        }

        return route.Address(values);
    }
}

[Collection(Cast.WatchedOnSqlite)]
public sealed class RefusalOnSqliteTests() : RefusalTests(Database.Sqlite);

[Collection(Cast.WatchedOnPostgres)]
public sealed class RefusalOnPostgresTests() : RefusalTests(Database.Postgres);
