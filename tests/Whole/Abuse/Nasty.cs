namespace Trellis.Whole.Tests.Abuse;

/// <summary>Texts on which programs break, of our own making.</summary>
internal static class Nasty
{
    public static readonly string[] Texts =
    [
        // Nothing, and what looks like nothing.
        "", " ", "\t", "\u00a0", "\u200b", "\u3000", "\uFEFF", "\u2060", "\r\n", "\u0085", "\u2028",
        // Control characters, broken and odd Unicode.
        "\0", "a\0b", "\u0007", "\u001b[31mred", "\u007f", "\u0080", "\ud800", "a\udfffb", "\ufffe", "\uffff", "\u202Etxt.exe", "\u2066x\u2069", "e\u0301", "ﬁ", "İi", "ß", "Ω≈ç√∫", "田中さん", "ﷺ", "👩‍👩‍👧", "🏳️‍🌈", "𝕳", "Z̡̗͕a̶͓l͉͓g̰͡o̫",
        // Words of other languages of the machine.
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<!--", "]]>", "&#0;", "&nbsp", "' OR 1=1 --", "\"; DROP TABLE deals_deal; --", "%' AND 1=0 UNION SELECT 1 --", "\\", "\\\\", "\\u0000", "%", "_", "%%%", "[", "(", "(?", "*", "a*a*a*a*b", "{0}", "{{7*7}}", "@(1+1)", "${jndi:ldap://x}", "$(id)", "`id`", "| id", "%n%n%s", "%00", "%2e%2e%2f",
        "../../../../etc/passwd", "C:\\con", "CON", "file:///etc/passwd", "http://169.254.169.254/", "//evil.example", "mailto:x", "javascript:1", "data:,x", "x\r\nBcc: a@b.example", "=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0",
        // Numbers that are none, or too much.
        "NaN", "Infinity", "-0", "0", "1e400", "1e-400", "0x10", "010", "1_000", "12,5", "١٢٣", "²", "½", "2147483648", "-2147483649", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999", "0.00000000000000000000000000001",
        // Days that never were.
        "2026-02-30", "2026-02-29", "9999-12-31", "0001-01-01", "0000-00-00", "10000-01-01", "2026-13-01T25:61:61Z", "2026-01-01T00:00:00+99:00", "24:00", "-1.00:00:00",
        // Words that mean something to somebody.
        "true", "null", "undefined", "None", "default", "constructor", "__proto__", "Item1", "all", "*/*", "en-US-x-lvariant-POSIX", "Etc/GMT+99", "XXX", "par_00000000000000000000000000000000", "deal_zz", "deal_FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "per_01900000-0000-7000-8000-000000000001",
        // Long ones.
        new('x', 5000), new('é', 4001), new('9', 400), string.Concat(Enumerable.Repeat("👩", 2001)), string.Join(' ', Enumerable.Repeat("word", 1000)), new('(', 500), new string('a', 255) + "@b.example",
    ];

    public static string One(Random chance) => Texts[chance.Next(Texts.Length)];
}
