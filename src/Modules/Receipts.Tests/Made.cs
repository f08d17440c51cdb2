using System.Security.Cryptography;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Tests;

/// <summary>A chain made in memory by the same functions as in use, over several days.</summary>
internal sealed class Made
{
    private static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private Made(SigningKey key) => Key = key;

    public static readonly TenantId Tenant = Ids.New<TenantId>(Start);

    public SigningKey Key { get; }

    public List<Receipt> Receipts { get; } = [];

    public List<Link> Links { get; } = [];

    public List<DayRoot> Roots { get; } = [];

    public Dictionary<string, string> Keys => new() { [Key.Id] = Key.PublicKey };

    public static SigningKey NewKey()
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Convert.ToHexStringLower(pair.ExportSubjectPublicKeyInfo());
        return new SigningKey(Signatures.KeyId(publicKey), publicKey, pair);
    }

    public static NewReceipt Registration(int number) => new(ReceiptKind.DealRegistered, $"deal_{number:x32}", Ids.New<PartnerId>(Start), $"Kunde {number} – Größe", new ReceiptFacts
    {
        { "customer", $"Kunde {number} \"& Söhne\"" }, { "amount", 25_000_00L + number }, { "currency", "EUR" }, { "expected_close", new DateOnly(2026, 6, 1) }, { "checked", true },
    })
    { Personal = new Dictionary<string, string?> { ["by"] = "Rosa Díaz", ["contact"] = "Ana\nSilva" } };

    public static Made Chain(int count, int perDay)
    {
        var made = new Made(NewKey());
        for (var i = 0; i < count; i++)
        {
            var at = Start.AddDays(i / perDay).AddSeconds(i % perDay);
            var receipt = Receipt.Of(Tenant, Ids.New<ReceiptId>(at), at, Registration(i), made.Key);
            made.Receipts.Add(receipt);
            made.Links.AddRange(Sealing.Links(Tenant, made.Links.LastOrDefault(), [new(receipt.Id, receipt.Content)], at.AddSeconds(2)));
        }

        foreach (var day in made.Links.GroupBy(l => l.Day)) made.Roots.Add(Sealing.Root(Tenant, day.Key, [.. day], made.Roots.LastOrDefault(), made.Key, at: Start.AddYears(1)));
        return made;
    }

    public string File(int index, bool whole = true)
    {
        var (receipt, link) = (Receipts[index], Links[index]);
        var root = Roots.Single(r => r.Day == link.Day);
        var hashes = Links.Where(l => l.Day == link.Day).Select(l => l.Hash).ToList();
        return ReceiptFile.From(receipt.Content, receipt.Signature, Keys, receipt.Opened,
            whole ? new ChainPlace(link.Sequence, link.Previous, Statements.Time(link.SealedAt)) : null,
            whole ? new DayProof(MerkleTree.Proof(hashes, (int)(link.Sequence - root.First)), root.Statement, root.Signature) : null).Write();
    }

    public string Fingerprint => Signatures.Fingerprint(Key.PublicKey);

    public IReadOnlyList<string> Faults(IEnumerable<Link>? links = null, IEnumerable<Receipt>? receipts = null, IEnumerable<DayRoot>? roots = null)
    {
        var by = (receipts ?? Receipts).ToDictionary(r => r.Id);
        var checker = new ChainChecker(Tenant.ToString(), Keys, roots ?? Roots);
        foreach (var link in links ?? Links) checker.Take(link, by.GetValueOrDefault(link.ReceiptId));
        return checker.Finish(DateOnly.FromDateTime(Start.AddYears(1)));
    }

    public static Link With(Link l, string? hash = null, string? content = null, string? previous = null, long? sequence = null, ReceiptId? receipt = null, DateTime? at = null) => new()
    {
        TenantId = l.TenantId,
        Sequence = sequence ?? l.Sequence,
        ReceiptId = receipt ?? l.ReceiptId,
        Content = content ?? l.Content,
        Previous = previous ?? l.Previous,
        Hash = hash ?? l.Hash,
        Day = l.Day,
        SealedAt = at ?? l.SealedAt,
    };

    public static Receipt With(Receipt r, string? content = null, string? signature = null) => new()
    {
        TenantId = r.TenantId,
        Id = r.Id,
        Kind = r.Kind,
        Subject = r.Subject,
        PartnerId = r.PartnerId,
        Title = r.Title,
        At = r.At,
        Content = content ?? r.Content,
        Signature = signature ?? r.Signature,
        KeyId = r.KeyId,
        SearchText = r.SearchText,
    };
}
