using Microsoft.EntityFrameworkCore;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class AsksTests
{
    [SkippableTheory, Databases]
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

    [SkippableTheory, Databases]
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

    [SkippableTheory, Databases]
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
