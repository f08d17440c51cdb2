using Fields = System.Collections.Generic.SortedDictionary<string, object>;

namespace Trellis.Receipts;

/// <summary>Where a receipt stands in the chain.</summary>
internal sealed record ChainPlace(long Sequence, string Previous, string SealedAt);

/// <summary>The proof that a link is among those of a published day.</summary>
internal sealed record DayProof(IReadOnlyList<string> Path, string Statement, string Signature);

/// <summary>A personal value with the salt that opens its commitment.</summary>
internal sealed record PersonalValue(string Salt, string Value);

/// <summary>
/// A receipt as it is handed out: the signed text, what opens its commitments, its place, its proof and the public keys. It reads back only from the very
/// bytes that it writes, so that no byte of a file can be changed unnoticed.
/// </summary>
internal sealed record ReceiptFile
{
    public const string Format = "trellis.receipt_file.v1";

    /// <summary>The signed text.</summary>
    public required string Content { get; init; }

    public required string Signature { get; init; }

    /// <summary>Public keys by their name.</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    /// <summary>What has not been erased.</summary>
    public required IReadOnlyDictionary<string, PersonalValue> Personal { get; init; }

    public ChainPlace? Chain { get; init; }

    public DayProof? Proof { get; init; }

    public string Id => Text("id");

    public string Issuer => Text("issuer");

    public string Kind => Text("kind");

    public string Subject => Text("subject");

    public string Partner => Text("partner");

    public string At => Text("at");

    public string Key => Text("key");

    public IReadOnlyDictionary<string, object> Facts => (Fields)Body["facts"];

    public IReadOnlyDictionary<string, object> Commitments => (Fields)Body["commitments"];

    public string ContentHash => Hashes.Of(Content);

    public string? LinkHash => Chain is null ? null : Statements.LinkHash(Issuer, Chain.Sequence, Chain.Previous, ContentHash, Chain.SealedAt);

    private Fields Body { get; init; } = null!;

    public static ReceiptFile From(string content, string signature, IReadOnlyDictionary<string, string> keys, IReadOnlyDictionary<string, PersonalValue> personal, ChainPlace? chain, DayProof? proof) => new()
    {
        Content = content,
        Signature = signature,
        Keys = keys,
        Personal = personal,
        Chain = chain,
        Proof = proof,
        Body = Canonical.Read(content) ?? throw new FormatException("The stored receipt is not canonical."),
    };

    public string Write()
    {
        var file = Canonical.Object();
        file["content"] = Body;
        file["format"] = Format;
        file["keys"] = Object(Keys, key => key);
        file["personal"] = Object(Personal, p => Object(new Dictionary<string, string> { ["salt"] = p.Salt, ["value"] = p.Value }, v => v));
        file["signature"] = Signature;
        if (Chain is { } chain)
        {
            var place = Canonical.Object();
            (place["previous"], place["sealed_at"], place["sequence"]) = (chain.Previous, chain.SealedAt, chain.Sequence);
            file["chain"] = place;
        }

        if (Proof is { } proof)
        {
            var day = Canonical.Object();
            (day["path"], day["root"], day["signature"]) = (proof.Path.Cast<object>().ToList(), Canonical.Read(proof.Statement)!, proof.Signature);
            file["proof"] = day;
        }

        return Canonical.Write(file);
    }

    /// <summary>The file, or null where a single byte is not as it was written. Blanks around it are forgiven: mail programs and editors add them.</summary>
    public static ReceiptFile? Read(string text)
    {
        if (Canonical.Read(text.Trim()) is not { } file) return null;
        var wanted = new[] { "content", "format", "keys", "personal", "signature" }.Concat(new[] { "chain", "proof" }.Where(file.ContainsKey));
        if (!Has(file, [.. wanted]) || file["format"] is not Format || file["signature"] is not string signature) return null;
        if (file["content"] is not Fields content || !IsContent(content)) return null;
        if (Map(file["keys"], k => k as string) is not { } keys || Map(file["personal"], Personally) is not { } personal) return null;
        ChainPlace? chain = null;
        if (file.TryGetValue("chain", out var place) && (chain = Place(place)) is null) return null;
        DayProof? proof = null;
        if (file.TryGetValue("proof", out var day) && (proof = Day(day)) is null) return null;
        return new ReceiptFile { Content = Canonical.Write(content), Body = content, Signature = signature, Keys = keys, Personal = personal, Chain = chain, Proof = proof };
    }

    private string Text(string name) => (string)Body[name];

    private static bool IsContent(Fields content) =>
        Has(content, "at", "commitments", "facts", "format", "id", "issuer", "key", "kind", "partner", "subject")
        && content["format"] is Statements.ReceiptFormat
        && content["commitments"] is Fields commitments && commitments.Values.All(c => c is string)
        && content["facts"] is Fields facts && facts.Values.All(f => f is string or long or bool)
        && new[] { "at", "id", "issuer", "key", "kind", "partner", "subject" }.All(name => content[name] is string);

    private static ChainPlace? Place(object value) =>
        value is Fields place && Has(place, "previous", "sealed_at", "sequence") && place["previous"] is string previous && place["sealed_at"] is string at && place["sequence"] is long sequence
            ? new ChainPlace(sequence, previous, at) : null;

    private static DayProof? Day(object value) =>
        value is Fields day && Has(day, "path", "root", "signature") && day["path"] is IReadOnlyList<object> path && path.All(p => p is string) && day["root"] is Fields root && day["signature"] is string signature
            ? new DayProof([.. path.Cast<string>()], Canonical.Write(root), signature) : null;

    private static PersonalValue? Personally(object value) =>
        value is Fields fields && Has(fields, "salt", "value") && fields["salt"] is string salt && fields["value"] is string words ? new PersonalValue(salt, words) : null;

    private static bool Has(Fields fields, params string[] names) => fields.Count == names.Length && names.All(fields.ContainsKey);

    private static Dictionary<string, T>? Map<T>(object value, Func<object, T?> read) where T : class
    {
        if (value is not Fields fields) return null;
        Dictionary<string, T> map = [];
        foreach (var (name, item) in fields)
        {
            if (read(item) is not { } known) return null;
            map[name] = known;
        }

        return map;
    }

    private static Fields Object<T>(IReadOnlyDictionary<string, T> from, Func<T, object> turn)
    {
        var fields = Canonical.Object();
        foreach (var (name, value) in from) fields[name] = turn(value);
        return fields;
    }
}
