using System.Globalization;

namespace Trellis.Accounts.Values;

/// <summary>The registrable domain behind a web site, an e-mail address or a host name.</summary>
internal static class WebDomains
{
    private static readonly IdnMapping Idn = new();

    // Second-level labels under which companies register, for country domains of two letters.
    private static readonly HashSet<string> SecondLevel = ["co", "com", "net", "org", "ac", "gov", "edu", "or", "ne", "go", "ltd", "plc", "me", "gob", "nom", "id"];

    private static readonly HashSet<string> Shared =
    [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net",
        "web.de", "t-online.de", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "qq.com", "163.com", "126.com", "orange.fr", "wanadoo.fr", "free.fr", "libero.it",
        "facebook.com", "linkedin.com", "wordpress.com", "wixsite.com", "blogspot.com", "github.io",
    ];

    /// <summary>Whether many unrelated people use this domain, so that it says nothing about a company.</summary>
    public static bool IsShared(string domain) => Shared.Contains(domain);

    /// <summary>Lower case, punycode, without host names; null where the text names no domain.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 500) return null;
        var host = text.Trim();
        if (host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme) host = host[(scheme + 3)..];
        if (host.IndexOfAny(['/', '?', '#']) is >= 0 and var end) host = host[..end];
        if (host.LastIndexOf('@') is >= 0 and var at) host = host[(at + 1)..];
        if (host.IndexOf(':', StringComparison.Ordinal) is >= 0 and var port) host = host[..port];
        if (Plain(host.TrimEnd('.')) is not { } plain) return null;
        var labels = plain.Split('.');
        if (labels.Length < 2 || labels.Any(l => !IsLabel(l)) || labels[^1].All(char.IsAsciiDigit)) return null;
        var take = labels.Length > 2 && labels[^1].Length == 2 && SecondLevel.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^take..]);
    }

    private static string? Plain(string host)
    {
        try
        {
            return host.Length is 0 or > 253 ? null : Idn.GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
