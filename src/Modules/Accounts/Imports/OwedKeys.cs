using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>
/// The keys of accounts that an import has made, written for many batches together in the order of their index: batch by batch, each would write nearly every page of the index anew. Until
/// then the accounts are there, but only found by their exact name. A batch remembers whether its keys are written, so a run that goes on after a crash writes what is owed.
/// Where two may write at a time, that happens on a connection of its own beside the next batches.
/// </summary>
internal sealed class OwedKeys(Work work, IServiceScopeFactory scopes, ILogger logger) : IAsyncDisposable
{
    // With one writer the batches wait meanwhile, so it is done seldom: about a hundred megabytes of memory. Beside the batches little is left over when the last of them is written.
    private readonly int _most = work.Db.Engine.WritesSideBySide ? 20_000 : 100_000;

    // One transaction: others who write wait less than a second.
    private const int Together = 50_000;

    private readonly Actor _actor = work.Actor;
    private List<KeyedAccount> _owed = [];
    private List<AccountId> _left = [];
    private IReadOnlyList<Account> _written = [];
    private Task _beside = Task.CompletedTask;

    /// <summary>These were made in the open transaction; it may run again.</summary>
    public void Wrote(IReadOnlyList<Account> accounts) => _written = accounts;

    /// <summary>The transaction is committed.</summary>
    public async Task CommittedAsync(ImportId import, CancellationToken ct)
    {
        _owed.AddRange(_written.Select(a => new KeyedAccount(a.Id, a.Name, a.Domain, a.TaxNumber)));
        _written = [];
        if (_owed.Count >= _most) await BeginAsync(import, ct);
        if (!work.Db.Engine.WritesSideBySide) await _beside;
    }

    /// <summary>Learns which accounts a run that was killed has left without keys, or with some of them.</summary>
    public async Task RecallAsync(ImportId import, CancellationToken ct) =>
        _left = [.. (await work.Db.Set<ImportBatch>().AsNoTracking().Where(b => b.ImportId == import && !b.Settled && !b.Undone).Select(b => b.Made).ToListAsync(ct))
            .SelectMany(MadeRecords.Read).Select(made => AccountId.From(made.Record))];

    /// <summary>All of them are written when it returns.</summary>
    public async Task SettleAsync(ImportId import, CancellationToken ct)
    {
        await BeginAsync(import, ct);
        await _beside;
    }

    /// <summary>Nothing is written any more when it returns.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAny(_beside);

    // What is owed belongs to the batches that are committed at this moment; those that follow are none of its business.
    private async Task BeginAsync(ImportId import, CancellationToken ct)
    {
        await _beside;
        if (_owed.Count + _left.Count == 0) return;
        var batches = await work.Db.Set<ImportBatch>().Where(b => b.ImportId == import && !b.Settled).Select(b => b.Number).ToListAsync(ct);
        var (owed, left) = (_owed, _left);
        (_owed, _left) = ([], []);
        _beside = Task.Run(() => WriteAsync(import, batches, owed, left, ct), ct);
    }

    private async Task WriteAsync(ImportId import, List<int> batches, List<KeyedAccount> owed, List<AccountId> left, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = _actor;
        var own = scope.ServiceProvider.GetRequiredService<Work>();
        foreach (var keys in AccountKeys.Sorted(own.Tenant, owed).Chunk(Together))
        {
            if ((await TryAsync(own, () => own.Db.Engine.InsertAsync(own.Db, keys, ct), ct)).Problem is not { } problem) continue;
            // Mostly somebody has changed one of them meanwhile, which wrote its keys: what lacks is written for the accounts as they are now.
            logger.LogInformation("The keys of {Count} imported accounts are written one by one: {Code}", owed.Count, problem.Code);
            left.AddRange(owed.Select(a => a.Id));
            break;
        }

        foreach (var ids in left.Chunk(1000)) await DoAsync(own, () => AccountKeys.CompleteAsync(own, ids, ct), ct);
        await DoAsync(own, () => own.Db.Set<ImportBatch>().Where(b => b.ImportId == import && EF.Parameter(batches).Contains(b.Number)).ExecuteUpdateAsync(s => s.SetProperty(b => b.Settled, true), ct), ct);
    }

    private static async Task DoAsync(Work own, Func<Task> write, CancellationToken ct)
    {
        var result = await TryAsync(own, write, ct);
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }

    private static Task<Result<Done>> TryAsync(Work own, Func<Task> write, CancellationToken ct) => own.TransactAsync<Done>("accounts.import", async () =>
    {
        await write();
        return default(Done);
    }, ct);
}
