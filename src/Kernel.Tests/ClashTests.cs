using Microsoft.EntityFrameworkCore;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class ClashTests
{
    [SkippableTheory, BothDatabases]
    public async Task Two_that_wait_for_each_other_in_a_circle_both_succeed(Database database)
    {
        Skip.If(database == Database.Sqlite, "SQLite has one writer: nobody can wait in a circle.");
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var (a, b) = ((await tenant.Administrator.MakeAsync("A")).Value.Id, (await tenant.Administrator.MakeAsync("B")).Value.Id);
        var (met, runs) = (new Barrier(2), 0);

        var results = await Task.WhenAll(CrossAsync(a, b), CrossAsync(b, a));

        results.ShouldAllBe(r => r.Ok);
        runs.ShouldBeGreaterThan(2, "one of them was the victim and ran again");
        (await tenant.AllAsync<Thing>()).ShouldAllBe(t => t.Amount == 2);

        Task<Result<Done>> CrossAsync(ThingId first, ThingId second) => Task.Run(() => tenant.Administrator.DoAsync<Work, Result<Done>>(work => work.TransactAsync<Done>("trial.cross", async () =>
        {
            var mine = Interlocked.Increment(ref runs);
            await RaiseAsync(work, first);
            if (mine <= 2) met.SignalAndWait(TimeSpan.FromSeconds(10));
            await RaiseAsync(work, second);
            return default(Done);
        }, default)));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_clash_without_end_is_a_refusal_and_no_fault(Database database)
    {
        Skip.If(database == Database.Sqlite, "Only PostgreSQL tells of a failed serialization.");
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var runs = 0;
        var result = await tenant.Administrator.DoAsync<Work, Result<Done>>(work => work.TransactAsync<Done>("trial.clash", async () =>
        {
            runs++;
            await work.Db.Database.ExecuteSqlRawAsync("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END $$");
            return default(Done);
        }, default));

        (result.Problem!.Status, result.Problem.Code, runs).ShouldBe((503, "busy", 4));
    }

    private static Task<int> RaiseAsync(Work work, ThingId id)
    {
        var tenant = work.Tenant;
        return work.Db.Set<Thing>().Where(t => t.TenantId == tenant && t.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Amount, t => t.Amount + 1));
    }
}
