using Microsoft.EntityFrameworkCore;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class AsksTests
{
    [SkippableTheory, BothDatabases]
    public async Task Several_look_ups_come_back_in_their_order_with_the_values_as_they_were_stored(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp", 5)).Value;
        var other = (await tenant.Administrator.MakeAsync("Vase", 7)).Value;

        await tenant.Administrator.DoAsync<Work, bool>(async work =>
        {
            var stored = await work.Db.Set<Thing>().SingleAsync(t => t.Id == made.Id);
            var asks = new Asks(work.Db);
            asks.Lock(["a", "b"]);
            var one = asks.For("SELECT id, name, amount, at, state, code FROM trial_thing WHERE tenant_id = $1 AND name = $2 AND at <= $3",
                row => (row.Id<ThingId>(0), row.Text(1), row.Number(2), row.Time(3), row.Word<ThingState>(4), row.TextOrNull(5)), "Lamp", work.Now.AddMinutes(1));
            var (condition, values) = work.Db.Engine.OneOf("id", 2, [made.Id.Value, other.Id.Value]);
            var both = asks.For($"SELECT name FROM trial_thing WHERE tenant_id = $1 AND {condition} ORDER BY name", row => row.Text(0), values);
            await asks.RunAsync(default);
            one.ShouldBe([(made.Id, "Lamp", 5, stored.At, ThingState.Raw, null)]);
            both.ShouldBe(["Lamp", "Vase"]);
            return true;
        });
    }

    [SkippableTheory, BothDatabases]
    public async Task A_look_up_sees_its_own_tenant_and_one_that_names_none_is_refused(Database database)
    {
        var host = await TrialHost.SharedAsync(database);
        var (tenant, stranger) = (await host.TenantAsync(), await host.TenantAsync());
        (await tenant.Administrator.MakeAsync("Lamp")).Ok.ShouldBeTrue();

        (await NamesAsync(tenant)).ShouldBe(["Lamp"]);
        (await NamesAsync(stranger)).ShouldBeEmpty();
        await tenant.Administrator.DoAsync<Work, bool>(work =>
        {
            Should.Throw<ArgumentException>(() => new Asks(work.Db).For("SELECT name FROM trial_thing", row => row.Text(0)));
            return Task.FromResult(true);
        });
    }

    [SkippableTheory, BothDatabases]
    public async Task A_look_up_inside_a_transaction_is_answered_anew_each_time(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        foreach (var name in new[] { "Lamp", "Vase" }) (await tenant.Administrator.MakeAsync(name)).Ok.ShouldBeTrue();
        (await InsideAsync(tenant, "Lamp", "Vase", "None", "Lamp")).ShouldBe(["Lamp", "Vase", "-", "Lamp"]);
        // One that fails on the way leaves nothing behind for the next transaction.
        await Should.ThrowAsync<Exception>(() => InsideAsync(tenant, "Vase", null));
        // The engine empties its pool here: the next transaction may have another connection.
        await tenant.Administrator.DoAsync<Work, bool>(async work =>
        {
            await work.Db.Engine.AnalyseAsync(work.Db, default);
            return true;
        });
        (await InsideAsync(tenant, "Vase", "Lamp")).ShouldBe(["Vase", "Lamp"]);
    }

    // The name of each, or a dash; null asks for what no table has.
    private static Task<List<string>> InsideAsync(TestTenant tenant, params string?[] names) => tenant.Administrator.DoAsync<Work, List<string>>(async work =>
    {
        var found = new List<string>();
        (await work.TransactAsync<Done>("trial.asks", async () =>
        {
            foreach (var name in names)
            {
                var asks = new Asks(work.Db);
                var rows = asks.For(name is null ? "SELECT nothing FROM trial_thing WHERE tenant_id = $1" : "SELECT name FROM trial_thing WHERE $2 = name AND tenant_id = $1", row => row.Text(0), name is null ? [] : [name]);
                await asks.RunAsync(default);
                found.Add(rows.SingleOrDefault("-"));
            }

            return default(Done);
        }, default)).Ok.ShouldBeTrue();
        return found;
    });

    [SkippableTheory, BothDatabases]
    public async Task Rows_that_are_there_stay_as_they_are_and_those_that_are_missing_are_written(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        await tenant.Administrator.DoAsync<Work, bool>(async work =>
        {
            ThingId[] ids = [.. Enumerable.Range(0, 4).Select(_ => work.NewId<ThingId>())];
            Effect Row(int place, string name) => new() { TenantId = work.Tenant, Id = ids[place], Name = name, Thing = ids[0] };
            await work.Db.Engine.InsertAsync(work.Db, [Row(0, "first"), Row(2, "first")], default);
            await work.Db.Engine.InsertMissingAsync(work.Db, [Row(0, "second"), Row(1, "second"), Row(2, "second"), Row(3, "second")], default);
            await work.Db.Engine.InsertMissingAsync<Effect>(work.Db, [], default);
            (await work.Db.Set<Effect>().Where(e => ids.Contains(e.Id)).OrderBy(e => e.Id).Select(e => e.Name).ToListAsync()).ShouldBe(["first", "second", "first", "second"]);
            return true;
        });
    }

    [SkippableTheory, BothDatabases]
    public async Task What_goes_along_is_written_with_the_work_once_and_not_where_the_work_is_refused(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp")).Value;

        (await AlongAsync(tenant, made.Id, "Lantern", false)).Ok.ShouldBeFalse();
        (await NamesAsync(tenant)).ShouldBe(["Lamp"]);
        (await AlongAsync(tenant, made.Id, "Lantern", true)).Ok.ShouldBeTrue();
        (await NamesAsync(tenant)).ShouldBe(["Lantern"]);
    }

    // One transaction after the other by the same work: what went along with the first does not go again.
    private static Task<Result<Done>> AlongAsync(TestTenant tenant, ThingId thing, string name, bool well) => tenant.Administrator.DoAsync<Work, Result<Done>>(async work =>
    {
        var done = await work.TransactAsync<Done>("trial.along", () =>
        {
            work.Along(new Ask("UPDATE trial_thing SET name = $3 WHERE tenant_id = $1 AND id = $2", [work.Db.Engine.Stored(work.Tenant), work.Db.Engine.Stored(thing), name], _ => { }));
            return Task.FromResult<Result<Done>>(well ? default(Done) : Problem.Missing("thing"));
        }, default);
        await work.TransactAsync<Done>("trial.nothing", () => Task.FromResult<Result<Done>>(default(Done)), default);
        return done;
    });

    private static Task<List<string>> NamesAsync(TestTenant tenant) => tenant.Administrator.DoAsync<Work, List<string>>(async work =>
    {
        var asks = new Asks(work.Db);
        var names = asks.For("SELECT name FROM trial_thing WHERE tenant_id = $1 ORDER BY name", row => row.Text(0));
        await asks.RunAsync(default);
        return names;
    });
}
