using System.Collections;
using Trellis.Kernel;

namespace Trellis.Receipts.Published;

/// <summary>Names a receipt.</summary>
public readonly record struct ReceiptId(Guid Value) : ITypedId<ReceiptId>
{
    public static string Prefix => "rcp";
    public static ReceiptId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ReceiptId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a receipt is for.</summary>
public enum ReceiptKind
{
    DealRegistered,

    /// <summary>A person decides, by a promised instant.</summary>
    DealHeld,

    DealDecided,
    DealExtended,
    ExtensionRefused,
    DealTransferred,
    DealAmended,
    DealExpired,

    /// <summary>The partner has given its protection up.</summary>
    DealWithdrawn,

    ConflictSettled,
    CoalitionAgreed,
    LeadAnswered,
    EarningAccrued,
    EarningReversed,
    Payment,
    TierChanged,
}

/// <summary>The facts that a receipt states, by name; what is unknown is left out. Facts stand in plain text and can never be erased: no names of people.</summary>
public sealed class ReceiptFacts : IEnumerable<KeyValuePair<string, object>>
{
    private readonly SortedDictionary<string, object> _facts = Canonical.Object();

    internal SortedDictionary<string, object> Sorted => _facts;

    public void Add(string name, string? value) => Put(name, string.IsNullOrEmpty(value) ? null : Statements.Words(value));

    /// <summary>A whole number; money in minor units.</summary>
    public void Add(string name, long? value) => Put(name, value);

    public void Add(string name, bool value) => Put(name, value);

    public void Add(string name, DateOnly? value) => Put(name, value is { } day ? Statements.Day(day) : null);

    public void Add(string name, DateTime? value) => Put(name, value is { } at ? Statements.Time(at) : null);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _facts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Put(string name, object? value)
    {
        if (value is not null) _facts[name] = value;
    }
}

/// <summary>A receipt to be issued.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Subject">The id of the record, as text.</param>
/// <param name="Partner">Whose receipt it is: this partner sees and downloads it.</param>
/// <param name="Title">What people call the record.</param>
/// <param name="Facts">What it states.</param>
public sealed record NewReceipt(ReceiptKind Kind, string Subject, PartnerId Partner, string Title, ReceiptFacts Facts)
{
    /// <summary>Names of people and whatever else is personal: only salted commitments of them are signed, so that they can be erased later.</summary>
    public IReadOnlyDictionary<string, string?> Personal { get; init; } = new Dictionary<string, string?>();

    /// <summary>When it happened; the present by default.</summary>
    public DateTime? At { get; init; }
}
