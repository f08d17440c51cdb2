using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>The three texts that are hashed or signed: the receipt itself, its link of the chain, and the root of a day.</summary>
internal static class Statements
{
    public const string ReceiptFormat = "trellis.receipt.v1";
    public const string LinkFormat = "trellis.link.v1";
    public const string RootFormat = "trellis.root.v1";

    /// <summary>A link binds a receipt to its place: who changes, drops, adds or swaps one must change every link after it.</summary>
    public static string LinkHash(string issuer, long sequence, string previous, string content, string sealedAt)
    {
        var link = Canonical.Object();
        link["content"] = content;
        link["format"] = LinkFormat;
        link["issuer"] = issuer;
        link["previous"] = previous;
        link["sealed_at"] = sealedAt;
        link["sequence"] = sequence;
        return Hashes.Of(Canonical.Write(link));
    }

    /// <summary>What is published for a day: the tree over its links, the last of them, and the day before.</summary>
    public static string Root(string issuer, DateOnly day, long first, long last, string root, string head, string previous, string key)
    {
        var statement = Canonical.Object();
        statement["day"] = Day(day);
        statement["first"] = first;
        statement["format"] = RootFormat;
        statement["head"] = head;
        statement["issuer"] = issuer;
        statement["key"] = key;
        statement["last"] = last;
        statement["previous"] = previous;
        statement["root"] = root;
        return Canonical.Write(statement);
    }

    public static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTime? ReadTime(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>Half a pair of a character cannot be written as UTF-8: it becomes U+FFFD, so that a receipt never fails for a name.</summary>
    public static string Words(string text) => Text.IsClean(text) ? text : string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
}
