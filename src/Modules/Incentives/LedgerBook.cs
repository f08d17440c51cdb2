using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>An account in one currency: debits positive, credits negative.</summary>
internal sealed record AccountBalance(string Currency, LedgerAccount Account, long Debit, long Credit)
{
    public long Balance => Debit + Credit;
}

internal sealed record EntryLine(LedgerAccount Account, PartnerId? PartnerId, string? PartnerName, long Amount, string Currency, EarningId? EarningId);

/// <summary>A transaction with its entries; in each currency they sum to zero.</summary>
internal sealed record TransactionItem(TransactionId Id, string SourceKey, TransactionKind Kind, DateTime At, string Memo, string By)
{
    public IReadOnlyList<EntryLine> Entries { get; init; } = [];
}

/// <summary>Reading the ledger.</summary>
internal static class LedgerBook
{
    /// <summary>The trial balance. The balances of each currency sum to zero, always.</summary>
    public static async Task<IReadOnlyList<AccountBalance>> TrialBalanceAsync(Work work, CancellationToken ct)
    {
        var sums = await work.Db.Set<LedgerEntry>().GroupBy(e => new { e.Currency, e.Account })
            .Select(g => new { g.Key.Currency, g.Key.Account, Debit = g.Sum(e => e.Amount > 0 ? e.Amount : 0), Credit = g.Sum(e => e.Amount < 0 ? e.Amount : 0) }).ToListAsync(ct);
        return [.. sums.Select(s => new AccountBalance(s.Currency, s.Account, s.Debit, s.Credit)).OrderBy(b => b.Currency).ThenBy(b => b.Account)];
    }

    /// <summary>Transactions, newest first, of one partner or of all.</summary>
    public static async Task<Page<TransactionItem>> TransactionsAsync(Work work, PartnerId? partner, TransactionKind? kind, Paging paging, CancellationToken ct)
    {
        var db = work.Db;
        var rows = db.Set<LedgerTransaction>().AsNoTracking();
        if (kind is { } one) rows = rows.Where(t => t.Kind == one);
        if (partner is { } owner) rows = rows.Where(t => db.Set<LedgerEntry>().Any(e => e.TenantId == t.TenantId && e.TransactionId == t.Id && e.PartnerId == owner));
        var page = await rows.PageAsync(t => t.At, t => t.Id, true, paging, ct);
        var ids = page.Items.Select(t => t.Id).ToList();
        var entries = await (
            from e in db.Set<LedgerEntry>()
            join p in db.Set<PartnerRow>() on new { e.TenantId, Id = e.PartnerId } equals new { p.TenantId, Id = (PartnerId?)p.Id } into partners
            from p in partners.DefaultIfEmpty()
            where ids.Contains(e.TransactionId)
            orderby e.TransactionId, e.Line
            select new { e.TransactionId, Line = new EntryLine(e.Account, e.PartnerId, p.Name, e.Amount, e.Currency, e.EarningId) }).ToListAsync(ct);
        var lines = entries.ToLookup(e => e.TransactionId, e => e.Line);
        return page.Select(t => new TransactionItem(t.Id, t.SourceKey, t.Kind, t.At, t.Memo, t.By) { Entries = [.. lines[t.Id]] });
    }
}
