using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Identity.Published;

namespace Trellis.Whole.Tests.Crash;

/// <summary>What stands in the database, counted from its tables.</summary>
internal sealed record Standing(
    long Registrations, long Touches, long Earnings, long Accruals, long Receipts, long Payouts, long Undelivered, long Jobs, long Unfinished, IReadOnlyList<string> Faults)
{
    /// <summary>Each must give no row, whatever happened.</summary>
    private static readonly Dictionary<string, string> Never = new()
    {
        ["a transaction of the ledger does not sum to zero"] = "SELECT 1 FROM incentives_entry GROUP BY tenant_id, transaction_id, currency HAVING SUM(amount) <> 0",
        ["a transaction of the ledger has no entries"] = "SELECT 1 FROM incentives_transaction t WHERE NOT EXISTS (SELECT 1 FROM incentives_entry e WHERE e.tenant_id = t.tenant_id AND e.transaction_id = t.id)",
        ["an entry of the ledger has no transaction"] = "SELECT 1 FROM incentives_entry e WHERE NOT EXISTS (SELECT 1 FROM incentives_transaction t WHERE e.tenant_id = t.tenant_id AND e.transaction_id = t.id)",
        ["a registration has two touches"] = "SELECT 1 FROM insights_touch WHERE kind = 'registration' GROUP BY tenant_id, deal_id, partner_id HAVING COUNT(*) > 1",
        ["a deal earns twice"] = "SELECT 1 FROM incentives_earning WHERE kind = 'earning' GROUP BY tenant_id, deal_id, partner_id HAVING COUNT(*) > 1",
        ["a customer was registered twice"] = "SELECT 1 FROM deals_deal WHERE customer_name LIKE 'Crash %' GROUP BY customer_name HAVING COUNT(*) > 1",
        ["a paid line has no payout"] = "SELECT 1 FROM incentives_earning WHERE state IN ('batched', 'paid') AND payout_id IS NULL",
    };

    public static Task<Standing> OfAsync(TestApp app) => OnAsync(app, async db =>
    {
        var faults = new List<string>();
        foreach (var (what, sql) in Never)
            if ((await RowsAsync(db, sql + " LIMIT 1")).Count > 0) faults.Add(what);
        if (app.Database == Database.Sqlite && await RowsAsync(db, "PRAGMA integrity_check") is not [["ok"]]) faults.Add("the database file is damaged");
        return new Standing(
            await CountAsync(db, "deals_deal WHERE state <> 'draft'"), await CountAsync(db, "insights_touch WHERE kind = 'registration'"), await CountAsync(db, "incentives_earning"),
            await CountAsync(db, "incentives_transaction WHERE kind = 'accrual'"), await CountAsync(db, "receipts_receipt"), await CountAsync(db, "incentives_payout"),
            await CountAsync(db, "kernel_outbox WHERE state <> 'delivered'"), await CountAsync(db, "kernel_job"), await CountAsync(db, "kernel_job WHERE state <> 'succeeded'"), faults);
    });

    /// <summary>The deals that this test has made, and the state of each.</summary>
    public static Task<Dictionary<string, string>> StatesAsync(TestApp app) => OnAsync(app, async db =>
        (await RowsAsync(db, "SELECT id, state FROM deals_deal WHERE customer_name LIKE 'Crash %'"))
            .ToDictionary(r => $"deal_{(r[0] is byte[] bytes ? new Guid(bytes, true) : (Guid)r[0]):N}", r => (string)r[1]));

    /// <summary>Seals what waits, and reads the chains of the audit and of the receipts from end to end.</summary>
    public static async Task VerifyChainsAsync(TestApp app)
    {
        var schedule = app.Services.GetRequiredService<Schedule>();
        foreach (var job in app.Services.GetRequiredService<ModuleList>().Modules.SelectMany(m => m.GetType().Assembly.GetTypes())
                     .Where(t => typeof(IRecurring).IsAssignableFrom(t) && t.Name.StartsWith("Seal", StringComparison.Ordinal)))
            (await schedule.RunRecurringAsync(job, default)).Problem.ShouldBeNull();
        foreach (var verdict in await app.Services.GetRequiredService<VerifyAudits>().RunAsync(default)) verdict.Whole.ShouldBeTrue(string.Join('\n', verdict.Lines));

        using var pages = new PageClient(app.Address);
        await pages.SignInAsync("ada@northwind.example", DemoPeople.Password);
        await pages.SubmitAsync(await pages.GetAsync("/app/receipts/keys"), "chain");
        await app.DrainAsync();
        var check = await OnAsync(app, db => db.AllTenants<JobRow>("find the check").OrderByDescending(j => j.Id).FirstAsync());
        check.Kind.ShouldBe("receipts.check");
        check.State.ShouldBe(JobState.Succeeded, check.Message);
    }

    private static async Task<long> CountAsync(Db db, string of) => Convert.ToInt64((await RowsAsync(db, $"SELECT COUNT(*) FROM {of}"))[0][0], CultureInfo.InvariantCulture);

    private static async Task<List<object[]>> RowsAsync(Db db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(values);
        }

        return rows;
    }

    private static async Task<T> OnAsync<T>(TestApp app, Func<Db, Task<T>> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(DemoPeople.Tenant);
        return await act(scope.ServiceProvider.GetRequiredService<Db>());
    }
}
