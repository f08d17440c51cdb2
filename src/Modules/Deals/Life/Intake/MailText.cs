using System.Text;
using System.Text.RegularExpressions;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>A mail as it was read.</summary>
/// <param name="Automatic">Whether a program wrote it by itself (RFC 3834): an absence note, a report of delivery.</param>
internal sealed record ReadMail(string From, string Subject, string? MessageId, string? Signature, string Body, bool Automatic = false);

/// <summary>
/// Reads a message by RFC 5322 with what mail programs put into it: folded headers, encoded words (RFC 2047), parts (RFC 2046), base64 and
/// quoted-printable (RFC 2045). This part looks for the text to read.
/// </summary>
internal static partial class MailText
{
    public const int Longest = 10_000_000;
    private const int DeepestParts = 8;
    private const int LongestBody = 100_000;

    public static ReadMail? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length is 0 or > Longest) return null;
        // One byte, one character: parts choose their own charset later.
        var (headers, body) = Split(Encoding.Latin1.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal));
        if (Address(headers.GetValueOrDefault("from")) is not { } from) return null;
        var text = Part(headers, body, 0) ?? "";
        return new ReadMail(from, Storable(Words(headers.GetValueOrDefault("subject") ?? ""), 300), Text.OrNull(headers.GetValueOrDefault("message-id")),
            Text.OrNull(headers.GetValueOrDefault("authentication-results")) is { } result ? Storable(result, 500) : null, Storable(text, LongestBody), IsAutomatic(headers));
    }

    private static bool IsAutomatic(Dictionary<string, string> headers) =>
        (headers.GetValueOrDefault("auto-submitted") is { } submitted && (submitted.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) || submitted.StartsWith("auto-generated", StringComparison.OrdinalIgnoreCase)))
        || headers.GetValueOrDefault("return-path") == "<>" || string.Equals(headers.GetValueOrDefault("precedence"), "auto_reply", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address in a header, lower case: of several senders the first.</summary>
    public static string? Address(string? header)
    {
        if (header is null) return null;
        var match = Bracketed().Match(header) is { Success: true } bracketed ? bracketed.Groups[1] : Bare().Match(header).Groups[0];
        return match.Success && System.Net.Mail.MailAddress.TryCreate(match.Value, out var address) ? address.Address.ToLowerInvariant() : null;
    }

    /// <summary>A header with its encoded words as people read it.</summary>
    public static string Words(string header)
    {
        var joined = BetweenWords().Replace(header, "?==?");
        return EncodedWord().Replace(joined, m =>
        {
            var bytes = m.Groups[2].Value is "B" or "b" ? Base64(m.Groups[3].Value) : Quoted(m.Groups[3].Value.Replace('_', ' '));
            return Charset(m.Groups[1].Value).GetString(bytes);
        });
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (text, "") : (text[..end], text[(end + 2)..]);
        Dictionary<string, string> headers = [];
        foreach (var line in Folded().Replace(head, " ").Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            // The first of each name counts: what the receiving server wrote stands above what the sender wrote.
            if (colon > 0) headers.TryAdd(line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
        }

        return (headers, body);
    }

    // Plain text, else HTML without its marks; of several parts the first that has any.
    private static string? Part(Dictionary<string, string> headers, string body, int depth)
    {
        var type = headers.GetValueOrDefault("content-type") ?? "text/plain";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            if (depth >= DeepestParts || Parameter(type, "boundary") is not { } boundary) return null;
            var parts = body.Split("--" + boundary).Skip(1).TakeWhile(p => !p.StartsWith("--", StringComparison.Ordinal)).Select(p => Split(p.TrimStart('\n'))).ToList();
            return parts.Where(p => !IsHtml(p.Headers)).Concat(parts.Where(p => IsHtml(p.Headers))).Select(p => Part(p.Headers, p.Body, depth + 1)).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));
        }

        if (type.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) && depth < DeepestParts)
        {
            var (inner, content) = Split(body);
            return $"From: {Words(inner.GetValueOrDefault("from") ?? "")}\nSubject: {Words(inner.GetValueOrDefault("subject") ?? "")}\n\n{Part(inner, content, depth + 1)}";
        }

        if (!type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || headers.GetValueOrDefault("content-disposition")?.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true) return null;
        var bytes = headers.GetValueOrDefault("content-transfer-encoding")?.Trim().ToLowerInvariant() switch
        {
            "base64" => Base64(body),
            "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
            _ => Encoding.Latin1.GetBytes(body),
        };
        var text = Charset(Parameter(type, "charset") ?? "utf-8").GetString(bytes);
        return IsHtml(headers) ? Plain(text) : text;
    }

    private static bool IsHtml(Dictionary<string, string> headers) => headers.GetValueOrDefault("content-type")?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private static string Plain(string html) =>
        System.Net.WebUtility.HtmlDecode(Tag().Replace(LineTag().Replace(Hidden().Replace(html, ""), "\n"), ""));

    private static string? Parameter(string header, string name)
    {
        var match = Regex.Match(header, $"""(?:^|;)\s*{name}\s*=\s*(?:"([^"]*)"|([^;\s]*))""", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        return !match.Success ? null : Text.OrNull(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value);
    }

    private static Encoding Charset(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            // A charset nobody knows: what is ASCII in it can still be read.
            return Encoding.UTF8;
        }
    }

    private static byte[] Base64(string text)
    {
        var clean = new string([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/')]);
        clean = clean[..(clean.Length - (clean.Length % 4 == 1 ? 1 : 0))];
        return System.Convert.FromBase64String(clean.PadRight((clean.Length + 3) / 4 * 4, '='));
    }

    private static byte[] Quoted(string text)
    {
        List<byte> bytes = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private static string Storable(string text, int max) => text.Length == 0 ? "" : Text.Storable(text, max).Trim();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?([^?*]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"<([^<>\s]+@[^<>\s]+)>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[^\s<>,;:""]+@[^\s<>,;:""]+")]
    private static partial Regex Bare();

    [GeneratedRegex(@"=[ \t]*\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"<(script|style|head)\b.*?</\1>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex LineTag();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();
}
