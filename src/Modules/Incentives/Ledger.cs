using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

internal readonly record struct TransactionId(Guid Value) : ITypedId<TransactionId>
{
    public static string Prefix => "ltx";
    public static TransactionId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TransactionId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The accounts. Accrued and payable are kept for each partner.</summary>
internal enum LedgerAccount
{
    /// <summary>What partners cost us.</summary>
    Expense,

    /// <summary>Owed to the partner, not payable yet.</summary>
    Accrued,

    /// <summary>Owed to the partner, payable now.</summary>
    Payable,
    Cash,
}

internal enum TransactionKind
{
    Accrual,
    Release,
    Payout,
    Reversal,
}

/// <summary>A transaction of the ledger: its entries sum to zero in each currency, and there is one for each source event. Never changed, never deleted.</summary>
internal sealed class LedgerTransaction : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public TransactionId Id { get; init; }

    /// <summary>What caused it, for example <c>deal:deal_01…:won</c>; unique.</summary>
    public required string SourceKey { get; init; }

    public TransactionKind Kind { get; init; }
    public DateTime At { get; init; }
    public required string Memo { get; init; }
    public required string By { get; init; }
}

/// <summary>One entry: a debit is positive, a credit negative. Never changed, never deleted; a correction is an opposite transaction.</summary>
internal sealed class LedgerEntry : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public TransactionId TransactionId { get; init; }
    public int Line { get; init; }
    public LedgerAccount Account { get; init; }
    public PartnerId? PartnerId { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; init; }

    public required string Currency { get; init; }
    public EarningId? EarningId { get; init; }
}

/// <summary>An entry before it is posted.</summary>
internal readonly record struct Posting(LedgerAccount Account, PartnerId? Partner, long Amount, string Currency, EarningId? Earning);

/// <summary>The double-entry ledger.</summary>
internal static class Ledger
{
    /// <summary>Moves an amount from one account to another: the one is credited, the other debited.</summary>
    public static Posting[] Transfer(LedgerAccount from, LedgerAccount to, PartnerId partner, long amount, string currency, EarningId? earning) =>
    [
        new(to, Owner(to, partner), amount, currency, earning),
        new(from, Owner(from, partner), -amount, currency, earning),
    ];

    /// <summary>Earned: we have a cost, and owe it to the partner.</summary>
    public static Posting[] Accrual(Earning e) => Transfer(LedgerAccount.Accrued, LedgerAccount.Expense, e.PartnerId, e.Amount, e.Currency, e.Id);

    /// <summary>The debt becomes payable.</summary>
    public static Posting[] Release(Earning e) => Transfer(LedgerAccount.Payable, LedgerAccount.Accrued, e.PartnerId, e.Amount, e.Currency, e.Id);

    /// <summary>The debt is paid.</summary>
    public static Posting[] Payment(Earning e) => Transfer(LedgerAccount.Cash, LedgerAccount.Payable, e.PartnerId, e.Amount, e.Currency, e.Id);

    /// <summary>The cost and the debt are taken back, from where the debt stands.</summary>
    public static Posting[] Reversal(Earning e, LedgerAccount debt) => Transfer(LedgerAccount.Expense, debt, e.PartnerId, e.Amount, e.Currency, e.Id);

    /// <summary>Posts a transaction into the open unit of work. Postings that do not sum to zero are a bug and stop everything.</summary>
    public static LedgerTransaction Post(Work work, string sourceKey, TransactionKind kind, string memo, IEnumerable<Posting> postings)
    {
        var transaction = new LedgerTransaction { TenantId = work.Tenant, Id = work.NewId<TransactionId>(), SourceKey = sourceKey, Kind = kind, At = work.Now, Memo = memo, By = work.Actor.Name };
        work.Db.Add(transaction);
        work.Db.AddRange(Entries(transaction, postings));
        return transaction;
    }

    public static IReadOnlyList<LedgerEntry> Entries(LedgerTransaction transaction, IEnumerable<Posting> postings)
    {
        var entries = postings.Where(p => p.Amount != 0).Select((p, i) => new LedgerEntry
        {
            TenantId = transaction.TenantId,
            TransactionId = transaction.Id,
            Line = i + 1,
            Account = p.Account,
            PartnerId = p.Partner,
            Amount = p.Amount,
            Currency = p.Currency,
            EarningId = p.Earning,
        }).ToList();
        foreach (var currency in entries.GroupBy(e => e.Currency))
        {
            if (currency.Sum(e => e.Amount) != 0) throw new InvalidOperationException($"The transaction {transaction.SourceKey} does not sum to zero in {currency.Key}.");
        }

        return entries;
    }

    public static Task<bool> HasAsync(Db db, string sourceKey, CancellationToken ct) => db.Set<LedgerTransaction>().AnyAsync(t => t.SourceKey == sourceKey, ct);

    private static PartnerId? Owner(LedgerAccount account, PartnerId partner) => account is LedgerAccount.Accrued or LedgerAccount.Payable ? partner : null;
}
