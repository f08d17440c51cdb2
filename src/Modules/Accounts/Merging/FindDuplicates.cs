using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>
/// Compares all accounts with each other and keeps the pairs that are probably one company, with the reasons. What a person has said about a pair stays said. The comparison runs outside any
/// transaction; only the pairs are written in one.
/// </summary>
internal sealed class FindDuplicates(Work work) : IJob, IRecurring
{
    public const string Kind = "accounts.find_duplicates";

    /// <summary>More than this nobody works through; the most probable ones are kept.</summary>
    public const int MostPairs = 20_000;

    private const double Probable = 0.75;

    // Weights are learnt from the accounts themselves once there are enough of them; before that the built-in ones are better.
    private const int EnoughToLearn = 2000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct) => (await RunAsync((_, _) => Task.FromResult(true), ct)).Then<Done>(_ => default(Done));

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) =>
        (await RunAsync((done, total) => progress.TellAsync(done, total, "Comparing accounts"), ct)).Then<string>(open => $"{open:N0} pairs are open");

    private sealed record Row(AccountId Id, string Name, string? Domain, string? TaxNumber, string? Country, string? City);

    private static Problem Stopped() => new(ProblemKind.Conflict, "accounts.duplicates_stopped", "Stopped on request; the pairs found earlier stay.");

    private async Task<Result<int>> RunAsync(Func<long, long, Task<bool>> tell, CancellationToken ct)
    {
        var (matcher, ids) = (new CompanyMatcher(), new List<AccountId>());
        await foreach (var row in Rows(work.Db.Set<Account>()).AsAsyncEnumerable().WithCancellation(ct))
        {
            ids.Add(row.Id);
            matcher.Left.Add(new CompanyRecord(row.Name, row.Domain, row.TaxNumber, row.Country, row.City));
        }

        if (!await tell(0, ids.Count)) return Stopped();
        var options = new MatchOptions { Threshold = Probable, Rounds = ids.Count >= EnoughToLearn ? 100 : 0 };
        var pairs = ids.Count < 2 ? [] : matcher.Deduplicate(options, null, ct).Pairs.OrderByDescending(p => p.Probability).ThenBy(p => p.Left).ThenBy(p => p.Right).Take(MostPairs).ToList();
        if (!await tell(ids.Count, ids.Count)) return Stopped();
        return await StoreAsync([.. pairs.Select(p => Order(ids[p.Left], ids[p.Right], p.Probability))], ct);
    }

    private static IQueryable<Row> Rows(IQueryable<Account> accounts) => accounts.AsNoTracking().OrderBy(a => a.Id).Select(a => new Row(a.Id, a.Name, a.Domain, a.TaxNumber, a.Country, a.City));

    private static (AccountId Left, AccountId Right, double Probability) Order(AccountId a, AccountId b, double probability) =>
        a.Value.CompareTo(b.Value) < 0 ? (a, b, probability) : (b, a, probability);

    private Task<Result<int>> StoreAsync(IReadOnlyList<(AccountId Left, AccountId Right, double Probability)> pairs, CancellationToken ct) =>
        work.TransactAsync<int>("accounts.find_duplicates", async () =>
        {
            await work.LockAsync("accounts.merge", ct);
            var known = await work.Db.Set<DuplicatePair>().ToDictionaryAsync(d => (d.LeftId, d.RightId), ct);
            var fresh = pairs.Where(p => !known.ContainsKey((p.Left, p.Right))).ToList();
            var reasons = await ReasonsAsync(fresh, ct);
            foreach (var (left, right, probability) in pairs)
            {
                if (!known.Remove((left, right), out var pair)) continue;
                pair.Score = (int)(probability * 10_000);
            }

            // Not alike any more, or an account is gone.
            foreach (var pair in known.Values.Where(p => p.State == DuplicateState.Open)) work.Db.Remove(pair);
            var rows = fresh.Where(p => reasons.ContainsKey((p.Left, p.Right))).Select(p => new DuplicatePair
            {
                TenantId = work.Tenant,
                Id = work.NewId<DuplicateId>(),
                LeftId = p.Left,
                RightId = p.Right,
                Score = (int)(p.Probability * 10_000),
                Reasons = JsonSerializer.Serialize(reasons[(p.Left, p.Right)], Json.Options),
                FoundAt = work.Now,
                Version = 1,
            }).ToList();
            await work.SaveAsync(ct);
            await work.Db.Engine.InsertAsync(work.Db, rows, ct);
            var open = await work.Db.Set<DuplicatePair>().CountAsync(d => d.State == DuplicateState.Open, ct);
            work.Note("accounts.find_duplicates", "accounts_duplicate", "all", new { found = rows.Count, open });
            return open;
        }, ct);

    // In words, by the same comparison that tells who a typed customer is. An account that has gone in the meantime has none.
    private async Task<Dictionary<(AccountId, AccountId), string[]>> ReasonsAsync(IReadOnlyList<(AccountId Left, AccountId Right, double Probability)> pairs, CancellationToken ct)
    {
        var reasons = new Dictionary<(AccountId, AccountId), string[]>();
        foreach (var some in pairs.Chunk(400))
        {
            var ids = some.SelectMany(p => new[] { p.Left, p.Right }).Distinct().ToList();
            var rows = await Rows(work.Db.Set<Account>().Where(a => ids.Contains(a.Id))).ToDictionaryAsync(r => r.Id, ct);
            foreach (var (left, right, _) in some)
            {
                if (!rows.TryGetValue(left, out var a) || !rows.TryGetValue(right, out var b)) continue;
                var likeness = new CompanyProbe(Record(a)).Compare(Record(b));
                reasons[(left, right)] = [.. Likeness.Match(b.Id, b.Name, likeness, b.Domain, b.Country).Reasons];
            }
        }

        return reasons;
    }

    private static CompanyRecord Record(Row row) => new(row.Name, row.Domain, row.TaxNumber, row.Country, row.City);
}
