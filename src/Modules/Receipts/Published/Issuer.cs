using Trellis.Kernel;

namespace Trellis.Receipts.Published;

/// <summary>A receipt that was issued: its id, and the hash of its content, which a mail can carry out of the house.</summary>
public sealed record IssuedReceipt(ReceiptId Id, string ContentHash);

/// <summary>Issues receipts inside the use case that they are about: signed and saved in its transaction, without waiting for anybody else.</summary>
public sealed class Issuer
{
    private readonly Work _work;
    private readonly SigningKeys _keys;

    internal Issuer(Work work, SigningKeys keys) => (_work, _keys) = (work, keys);

    /// <summary>Signs a receipt into the open transaction. Its place in the chain is given a few seconds later.</summary>
    public async Task<IssuedReceipt> IssueAsync(NewReceipt receipt, CancellationToken ct)
    {
        var key = await _keys.CurrentAsync(_work, ct);
        var issued = Receipt.Of(_work.Tenant, _work.NewId<ReceiptId>(), receipt.At ?? _work.Now, receipt, key);
        _work.Db.Add(issued);
        _work.Db.Add(new WaitingReceipt { TenantId = _work.Tenant, Id = issued.Id });
        return new IssuedReceipt(issued.Id, Hashes.Of(issued.Content));
    }
}
