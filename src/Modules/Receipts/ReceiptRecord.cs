using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>A fact of a receipt as people read it.</summary>
internal sealed record ReadFact(string Label, string Value);

/// <summary>A receipt in full: what it says, its file, and how its check comes out.</summary>
internal sealed record ReceiptDetails(
    ReceiptId Id, ReceiptKind Kind, string Subject, string Title, PartnerId Partner, DateTime At, string ContentHash, long? Sequence, DateTime? SealedAt, DateOnly? Day, string? Root, DateTime? ErasedAt,
    IReadOnlyList<ReadFact> Facts, IReadOnlyList<ReadFact> Personal, CheckReport Check)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string File { get; init; } = "";
}

internal static class ReceiptRecord
{
    public static async Task<Result<ReceiptDetails>> LoadAsync(Work work, ReceiptId id, CancellationToken ct)
    {
        var receipt = await work.Db.Set<Receipt>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (receipt is null) return ReceiptsProblems.Missing();
        var link = await work.Db.Set<Link>().AsNoTracking().SingleOrDefaultAsync(l => l.ReceiptId == id, ct);
        var root = link is null ? null : await work.Db.Set<DayRoot>().AsNoTracking().SingleOrDefaultAsync(r => r.Day == link.Day, ct);
        var file = await FileAsync(work.Db, receipt, link, root, ct);
        if (!work.Db.ReadsAmounts() && ReceiptAmounts.In(receipt.Kind, file)) return AmountSight.Refused();
        var report = new CheckReport([.. FileCheck.Steps(file), .. await OnlineCheck.StepsAsync(work.Db, file, ct)]);
        return new ReceiptDetails(
            id, receipt.Kind, receipt.Subject, receipt.Title, receipt.PartnerId, receipt.At, file.ContentHash, link?.Sequence, link?.SealedAt, root?.Day, root?.Root, receipt.ErasedAt,
            Read(file), [.. file.Personal.Select(p => new ReadFact(FileCheck.Label(p.Key), p.Value.Value))], report)
        { File = file.Write() };
    }

    private static async Task<ReceiptFile> FileAsync(Db db, Receipt receipt, Link? link, DayRoot? root, CancellationToken ct)
    {
        var names = new[] { receipt.KeyId, root?.KeyId }.OfType<string>().Distinct().ToList();
        var keys = await db.Set<KeyRow>().AsNoTracking().Where(k => names.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => k.PublicKey, ct);
        var place = link is null ? null : new ChainPlace(link.Sequence, link.Previous, Statements.Time(link.SealedAt));
        DayProof? proof = null;
        if (root is not null && link is not null)
        {
            var hashes = await db.Set<Link>().Where(l => l.Day == root.Day).OrderBy(l => l.Sequence).Select(l => l.Hash).ToListAsync(ct);
            proof = new DayProof(MerkleTree.Proof(hashes, (int)(link.Sequence - root.First)), root.Statement, root.Signature);
        }

        return ReceiptFile.From(receipt.Content, receipt.Signature, keys, receipt.Opened, place, proof);
    }

    /// <summary>The facts in words: money with its currency, days as days.</summary>
    public static IReadOnlyList<ReadFact> Read(ReceiptFile file) =>
        [.. file.Facts.Where(f => f.Key is not ("currency" or "title")).Select(f => new ReadFact(FileCheck.Label(f.Key), Value(file, f.Key, f.Value)))];

    private static string Value(ReceiptFile file, string name, object value) => value switch
    {
        long minor when name.EndsWith("amount", StringComparison.Ordinal) && file.Facts.GetValueOrDefault("currency") is string currency => new Money(minor, currency).ToString(),
        long basisPoints when name.EndsWith("basis_points", StringComparison.Ordinal) => (basisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + " %",
        bool truth => truth ? "Yes" : "No",
        string word when name == "motion" && Words.Parse<Motion>(word) is { } motion => PartnerWords.Label(motion),
        string word when name is "state" or "reason" or "role" or "tier" && word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || c == '_') => FileCheck.Label(word),
        _ => value.ToString() ?? "",
    };
}
