using System.Text.Json;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>A signed statement for one partner. Content and signature never change; only personal values are erased.</summary>
internal sealed class Receipt : ITenantOwned, IUnaudited, IWatched
{
    public TenantId TenantId { get; init; }
    public ReceiptId Id { get; init; }
    public ReceiptKind Kind { get; init; }

    /// <summary>The record's id as text.</summary>
    public required string Subject { get; init; }

    public PartnerId PartnerId { get; init; }
    public required string Title { get; init; }
    public DateTime At { get; init; }

    /// <summary>The canonical text that is signed.</summary>
    public required string Content { get; init; }

    public required string Signature { get; init; }
    public required string KeyId { get; init; }

    /// <summary>JSON: name → salt and value; null when there is nothing personal, or no more.</summary>
    [Secret]
    public string? Personal { get; private set; }

    public DateTime? ErasedAt { get; private set; }

    public required string SearchText { get; init; }

    public string Watched => Subject;

    public IReadOnlyDictionary<string, PersonalValue> Opened => Personal is null ? [] : JsonSerializer.Deserialize<Dictionary<string, PersonalValue>>(Personal, Json.Options)!;

    public static Receipt Of(TenantId tenant, ReceiptId id, DateTime at, NewReceipt receipt, SigningKey key)
    {
        var personal = receipt.Personal.Where(p => !string.IsNullOrEmpty(p.Value)).ToDictionary(p => p.Key, p => new PersonalValue(Hashes.NewSalt(), Statements.Words(p.Value!)));
        var commitments = Canonical.Object();
        foreach (var (name, value) in personal) commitments[name] = Hashes.Commit(name, value.Value, value.Salt);
        var facts = receipt.Facts.Sorted;
        facts["title"] = Statements.Words(receipt.Title);
        var content = Canonical.Object();
        content["at"] = Statements.Time(at);
        content["commitments"] = commitments;
        content["facts"] = facts;
        content["format"] = Statements.ReceiptFormat;
        content["id"] = id.ToString();
        content["issuer"] = tenant.ToString();
        content["key"] = key.Id;
        content["kind"] = Words.Of(receipt.Kind);
        content["partner"] = receipt.Partner.ToString();
        content["subject"] = receipt.Subject;
        var text = Canonical.Write(content);
        return new Receipt
        {
            TenantId = tenant,
            Id = id,
            Kind = receipt.Kind,
            Subject = receipt.Subject,
            PartnerId = receipt.Partner,
            Title = Text.Storable(receipt.Title, 400),
            At = at,
            Content = text,
            Signature = key.Sign(text),
            KeyId = key.Id,
            Personal = personal.Count == 0 ? null : JsonSerializer.Serialize(personal, Json.Options),
            SearchText = Text.Fold(receipt.Title),
        };
    }

    /// <summary>Forgets the personal values; what was signed stays valid, because it holds their commitments only.</summary>
    public void Erase(DateTime at) => (Personal, ErasedAt) = (null, at);

    /// <summary>Forgets the personal values that are one of these words, and leaves those of other people.</summary>
    public void Forget(IReadOnlyCollection<string> words, DateTime at)
    {
        var left = Opened.Where(o => !words.Contains(o.Value.Value, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        if (left.Count == Opened.Count) return;
        (Personal, ErasedAt) = (left.Count == 0 ? null : JsonSerializer.Serialize(left, Json.Options), at);
    }
}

/// <summary>That a receipt is signed, but not in the chain yet: a narrow row of its own, so that sealing does not write the wide one and all its indexes anew.</summary>
internal sealed class WaitingReceipt : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public ReceiptId Id { get; init; }
}

/// <summary>The place of a receipt in its tenant's chain; only ever added.</summary>
internal sealed class Link : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public long Sequence { get; init; }

    public ReceiptId ReceiptId { get; init; }

    /// <summary>The hash of the receipt's content.</summary>
    public required string Content { get; init; }

    /// <summary>The hash of the link before.</summary>
    public required string Previous { get; init; }

    public required string Hash { get; init; }

    /// <summary>The day on which it was sealed: the tree that it belongs to.</summary>
    public DateOnly Day { get; init; }

    public DateTime SealedAt { get; init; }
}

/// <summary>What was published about one day; only ever added.</summary>
internal sealed class DayRoot : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateOnly Day { get; init; }
    public long First { get; init; }
    public long Last { get; init; }
    public required string Root { get; init; }

    /// <summary>The signed text.</summary>
    public required string Statement { get; init; }

    public required string Signature { get; init; }
    public required string KeyId { get; init; }
    public DateTime PublishedAt { get; init; }
}

/// <summary>A key of this installation. The private half is protected by the keys in the data folder; the public half stays for ever.</summary>
[HostLocal]
internal sealed class KeyRow
{
    public required string Id { get; init; }
    public required string PublicKey { get; init; }

    [Secret]
    public required string PrivateKey { get; set; }

    public DateTime CreatedAt { get; init; }
    public DateTime? RetiredAt { get; private set; }

    /// <summary>Why it was retired, in words for everybody.</summary>
    public string? RetiredBecause { get; private set; }

    public void Retire(DateTime at, string because) => (RetiredAt, RetiredBecause, PrivateKey) = (at, because, "");
}
