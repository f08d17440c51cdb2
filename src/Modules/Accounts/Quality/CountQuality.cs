using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>What one check counts now.</summary>
internal sealed record Counted(string Code, long Failing, long Total, long Revenue, string Currency);

/// <summary>
/// Holds all data against the checks and writes down what it finds, one row for each check and day. Pages read those rows, so they cost the same whatever the number of accounts.
/// </summary>
internal sealed class CountQuality(Work work) : IJob, IRecurring
{
    public const string Kind = "accounts.count_quality";
    private const int DaysKept = 400;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) => (await RunAsync(ct)).Then<string>(_ => "The data are counted.");

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var counted = await NowAsync(work, ct);
        return await work.TransactAsync<Done>("accounts.count_quality", async () =>
        {
            var today = work.Today;
            var rows = await work.Db.Set<QualityCount>().Where(q => q.Day == today).ToDictionaryAsync(q => q.Code, ct);
            foreach (var count in counted)
            {
                if (!rows.TryGetValue(count.Code, out var row)) work.Db.Add(row = new QualityCount { TenantId = work.Tenant, Day = today, Code = count.Code, Currency = count.Currency });
                (row.Failing, row.Total, row.Revenue, row.Currency, row.At) = (count.Failing, count.Total, count.Revenue, count.Currency, work.Now);
            }

            var oldest = today.AddDays(-DaysKept);
            await work.Db.Set<QualityCount>().Where(q => q.Day < oldest).ExecuteDeleteAsync(ct);
            return default(Done);
        }, ct);
    }

    /// <summary>Counts without writing.</summary>
    public static async Task<IReadOnlyList<Counted>> NowAsync(Work work, CancellationToken ct)
    {
        var (accounts, opportunities) = (work.Db.Set<Account>().AsNoTracking(), work.Db.Set<Opportunity>().AsNoTracking());
        var won = opportunities.Where(o => o.Stage == OpportunityStage.Won);
        var (allAccounts, allOpportunities) = (await accounts.LongCountAsync(ct), await opportunities.LongCountAsync(ct));
        var counted = new List<Counted>();
        foreach (var check in QualityChecks.All)
        {
            var (failing, total, revenue) = (0L, 0L, 0L);
            if (QualityChecks.Accounts.TryGetValue(check.Code, out var ofAccount))
            {
                var wrong = accounts.Where(ofAccount(work));
                (failing, total) = (await wrong.LongCountAsync(ct), allAccounts);
                if (failing > 0 && check.LeftOut.Length > 0) revenue = await Revenue(won, wrong).SumAsync(o => o.MainAmount, ct);
            }
            else if (QualityChecks.Opportunities.TryGetValue(check.Code, out var ofOpportunity))
            {
                var rule = ofOpportunity(work);
                (failing, total) = (await opportunities.LongCountAsync(rule, ct), allOpportunities);
                if (failing > 0 && check.LeftOut.Length > 0) revenue = await won.Where(rule).SumAsync(o => o.MainAmount, ct);
            }
            else if (check.Code == QualityChecks.Duplicates)
            {
                var open = work.Db.Set<DuplicatePair>().AsNoTracking().Where(d => d.State == DuplicateState.Open);
                var twins = open.Select(d => d.RightId);
                (failing, total) = (await open.LongCountAsync(ct), allAccounts);
                if (failing > 0) revenue = await won.Where(o => o.AccountId != null && twins.Contains(o.AccountId.Value)).SumAsync(o => o.MainAmount, ct);
            }
            else
            {
                var contacts = work.Db.Set<AccountContact>().AsNoTracking();
                (failing, total) = (await (check.Code == QualityChecks.ContactLacksField ? contacts.LongCountAsync(QualityChecks.ContactLacks(work.Db), ct) : contacts.LongCountAsync(c => c.Email == null, ct)), await contacts.LongCountAsync(ct));
            }

            counted.Add(new Counted(check.Code, failing, total, revenue, work.Settings.Currency));
        }

        return counted;
    }

    private static IQueryable<Opportunity> Revenue(IQueryable<Opportunity> won, IQueryable<Account> wrong) =>
        from o in won
        join a in wrong on new { o.TenantId, Id = o.AccountId } equals new { a.TenantId, Id = (AccountId?)a.Id }
        select o;
}
