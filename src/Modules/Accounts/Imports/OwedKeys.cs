using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>
/// The keys of accounts that an import has made, written for many batches together in the order of their index: batch by batch, each would write nearly every page of the index anew. Until
/// then the accounts are there, but only found by their exact name. A batch remembers whether its keys are written, so a run that goes on after a crash writes what is owed.
/// </summary>
internal sealed class OwedKeys(Work work)
{
    // About a hundred megabytes of memory while they are written.
    private const int Most = 100_000;

    // One transaction: others who write wait less than a second.
    private const int Together = 50_000;

    private readonly List<KeyedAccount> _owed = [];
    private List<AccountId> _left = [];
    private IReadOnlyList<Account> _written = [];

    /// <summary>These were made in the open transaction; it may run again.</summary>
    public void Wrote(IReadOnlyList<Account> accounts) => _written = accounts;

    /// <summary>The transaction is committed. True where it is time to write.</summary>
    public bool Committed()
    {
        _owed.AddRange(_written.Select(a => new KeyedAccount(a.Id, a.Name, a.Domain, a.TaxNumber)));
        _written = [];
        return _owed.Count >= Most;
    }

    /// <summary>Learns which accounts a run that was killed has left without keys, or with some of them.</summary>
    public async Task RecallAsync(ImportId import, CancellationToken ct) =>
        _left = [.. (await work.Db.Set<ImportBatch>().AsNoTracking().Where(b => b.ImportId == import && !b.Settled && !b.Undone).Select(b => b.Made).ToListAsync(ct))
            .SelectMany(MadeRecords.Read).Select(made => AccountId.From(made.Record))];

    /// <summary>Writes them all.</summary>
    public async Task WriteAsync(Func<Func<Import, Task>, Task> transact, CancellationToken ct)
    {
        if (_owed.Count + _left.Count == 0) return;
        try
        {
            foreach (var keys in AccountKeys.Sorted(work.Tenant, _owed).Chunk(Together)) await transact(_ => work.Db.Engine.InsertAsync(work.Db, keys, ct));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Somebody has changed one of them meanwhile, which wrote its keys: what lacks is written for the accounts as they are now.
            _left.AddRange(_owed.Select(a => a.Id));
        }

        foreach (var ids in _left.Chunk(1000)) await transact(_ => AccountKeys.CompleteAsync(work, ids, ct));
        await transact(import => work.Db.Set<ImportBatch>().Where(b => b.ImportId == import.Id && !b.Settled).ExecuteUpdateAsync(s => s.SetProperty(b => b.Settled, true), ct));
        _owed.Clear();
        _left = [];
    }
}
