using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>How two registrations are known to name the same customer, apart from the account they were matched with.</summary>
internal static class Customer
{
    // Endings that say what a company is in law, not which one it is.
    private static readonly HashSet<string> LegalForms =
    [
        "ab", "ag", "aps", "as", "asa", "bv", "co", "company", "corp", "corporation", "doo", "eood", "gmbh", "group", "holding", "inc", "incorporated", "kft", "kg", "kk",
        "limited", "llc", "llp", "ltd", "ltda", "mbh", "nv", "ood", "oy", "oyj", "plc", "pte", "pty", "pvt", "sa", "sarl", "sas", "se", "sl", "slu", "spa", "sro", "srl", "zoo",
    ];

    // Mail providers: an address there says nothing about the company.
    private static readonly HashSet<string> Freemail =
        ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "gmx.de", "gmx.net", "web.de", "aol.com", "proton.me", "protonmail.com", "qq.com", "163.com", "mail.ru", "yandex.ru"];

    /// <summary>Folded words without punctuation and without legal forms at the end; never empty for a non-blank name.</summary>
    public static string Key(string name)
    {
        var folded = Text.Fold(name.Replace(".", "", StringComparison.Ordinal).Replace("&", " and ", StringComparison.Ordinal));
        var words = new string([.. folded.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 1 && LegalForms.Contains(words[^1])) words.RemoveAt(words.Count - 1);
        return words.Count == 0 ? folded : string.Join(' ', words);
    }

    /// <summary>The host of a web site or mail address without <c>www.</c>, or null where there is none or it is a mail provider's.</summary>
    public static string? Domain(string? typed)
    {
        if (Text.OrNull(typed)?.ToLowerInvariant() is not { } text) return null;
        var at = text.LastIndexOf('@');
        if (at >= 0) text = text[(at + 1)..];
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) text = text[(scheme + 3)..];
        var end = text.IndexOfAny(['/', '?', '#', ':', ' ']);
        if (end >= 0) text = text[..end];
        if (text.StartsWith("www.", StringComparison.Ordinal)) text = text[4..];
        text = text.TrimEnd('.');
        return text.Contains('.', StringComparison.Ordinal) && text.Length is > 3 and <= 200 && Uri.CheckHostName(text) == UriHostNameType.Dns && !Freemail.Contains(text) ? text : null;
    }
}
