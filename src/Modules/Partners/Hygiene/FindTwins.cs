using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>
/// Compares all partners with each other and keeps the pairs that are probably one company, with the reasons. What a person has said about a pair stays said. The comparison runs outside any
/// transaction; only the pairs are written in one.
/// </summary>
internal sealed class FindTwins(Work work) : IJob, IRecurring
{
    public const string Kind = "partners.find_duplicates";

    /// <summary>More than this nobody works through; the likeliest are kept.</summary>
    private const int MostPairs = 5_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct) => (await CompareAsync(ct)).Then<Done>(_ => default(Done));

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) => (await CompareAsync(ct)).Then<string>(open => $"{open:N0} pairs are open");

    private async Task<Result<int>> CompareAsync(CancellationToken ct)
    {
        var filled = await FillAsync(ct);
        return !filled.Ok ? filled : await StoreAsync(await Duplicates.PairsAsync(work, MostPairs, ct), ct);
    }

    // Partners that came past the use cases have no keys yet.
    private Task<Result<int>> FillAsync(CancellationToken ct) => work.TransactAsync<int>("partners.fill_keys", async () =>
    {
        var bare = await work.Db.Set<Partner>().AsNoTracking().Where(p => !work.Db.Set<PartnerKey>().Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id)).ToListAsync(ct);
        await work.Db.Engine.InsertAsync(work.Db, bare.SelectMany(PartnerKeys.Of), ct);
        return bare.Count;
    }, ct);

    private Task<Result<int>> StoreAsync(IReadOnlyList<TwinPair> pairs, CancellationToken ct) =>
        work.TransactAsync<int>("partners.find_duplicates", async () =>
        {
            await work.LockAsync(Kind, ct);
            var known = await work.Db.Set<TwinRow>().ToDictionaryAsync(t => (t.LeftId, t.RightId), ct);
            // Somebody may have been merged while they were compared.
            var gone = (await work.Db.Set<Partner>().Where(p => p.MergedInto != null).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
            var fresh = new List<TwinRow>();
            foreach (var pair in pairs.Where(p => !gone.Contains(p.One) && !gone.Contains(p.Other)))
            {
                var (left, right) = pair.One.Value.CompareTo(pair.Other.Value) < 0 ? (pair.One, pair.Other) : (pair.Other, pair.One);
                var (score, reasons) = ((int)(pair.Score * 10_000), JsonSerializer.Serialize(pair.Reasons, Json.Options));
                if (known.Remove((left, right), out var row)) (row.Score, row.Reasons) = (score, reasons);
                else fresh.Add(new TwinRow { TenantId = work.Tenant, Id = work.NewId<TwinId>(), LeftId = left, RightId = right, Score = score, Reasons = reasons, FoundAt = work.Now, Version = 1 });
            }

            // Not alike any more, or a partner is gone.
            work.Db.RemoveRange(known.Values.Where(t => !t.Apart));
            await work.SaveAsync(ct);
            await work.Db.Engine.InsertAsync(work.Db, fresh, ct);
            var open = await work.Db.Set<TwinRow>().CountAsync(t => !t.Apart, ct);
            work.Note("partners.find_duplicates", "partners_duplicate", "all", new { found = fresh.Count, open });
            return open;
        }, ct);
}

/// <summary>The pairs that are open, as they were last found.</summary>
internal static class Twins
{
    public static async Task<Page<TwinPair>> PageAsync(Work work, Paging paging, CancellationToken ct)
    {
        var partners = work.Db.Set<Partner>();
        var pairs = from t in work.Db.Set<TwinRow>().AsNoTracking()
                    join a in partners on new { t.TenantId, Id = t.LeftId } equals new { a.TenantId, a.Id }
                    join b in partners on new { t.TenantId, Id = t.RightId } equals new { b.TenantId, b.Id }
                    where !t.Apart && a.MergedInto == null && b.MergedInto == null
                    select new Found { Id = t.Id, One = t.LeftId, OneName = a.Name, Other = t.RightId, OtherName = b.Name, Score = t.Score, Reasons = t.Reasons };
        return (await pairs.PageAsync(f => f.Score, f => f.Id, true, paging, ct))
            .Select(f => new TwinPair(f.One, f.OneName, f.Other, f.OtherName, f.Score / 10_000.0, JsonSerializer.Deserialize<string[]>(f.Reasons, Json.Options)!, f.Id));
    }

    public static Task<int> CountAsync(Work work, CancellationToken ct) => work.Db.Set<TwinRow>().CountAsync(t => !t.Apart, ct);

    private sealed class Found
    {
        public TwinId Id { get; init; }
        public PartnerId One { get; init; }
        public string OneName { get; init; } = "";
        public PartnerId Other { get; init; }
        public string OtherName { get; init; } = "";
        public int Score { get; init; }
        public string Reasons { get; init; } = "";
    }
}
