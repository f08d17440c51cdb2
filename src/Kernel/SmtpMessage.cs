using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Trellis.Kernel;

/// <summary>A mail as it travels (RFC 5322, RFC 2045): plain text in UTF-8, its headers within ASCII.</summary>
internal static class SmtpMessage
{
    public static string Of(MailRow mail, string from, string name, DateTime at)
    {
        var domain = MailAddress.TryCreate(from, out var address) ? address.Host : "localhost";
        var text = new StringBuilder();
        Header(text, "Date", at.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(text, "From", name.Length == 0 || from.Contains('<', StringComparison.Ordinal) ? from : $"{Phrase(name)} <{from}>");
        Header(text, "To", mail.To);
        Header(text, "Subject", Encoded(mail.Subject));
        // The same at every attempt, so that a mail server which took it before its answer was lost can tell.
        Header(text, "Message-ID", $"<{mail.Id}@{domain}>");
        if (mail.Unsubscribe is { } stop && OneClick(stop) is { } post)
        {
            Header(text, "List-Unsubscribe", $"<{post}>");
            Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        else
        {
            Header(text, "Auto-Submitted", "auto-generated");
        }

        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append("\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Body.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        return text.ToString();
    }

    // The page asks a person; a mail program's own button posts (RFC 8058).
    private static string? OneClick(string stop) => Uri.TryCreate(stop, UriKind.Absolute, out var uri) ? $"{uri.GetLeftPart(UriPartial.Path)}/one-click{uri.Query}" : null;

    private static void Header(StringBuilder text, string name, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0) throw new ArgumentException("A mail header may not contain a line break.", name);
        text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    // RFC 5322, section 3.2.4: a name with a comma or a point stands in quotes.
    private static string Phrase(string name) => Encoded(name) is var encoded && encoded != name ? encoded : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // RFC 2047: at most 75 characters a word; 45 bytes of UTF-8 are 60 of base64.
    internal static string Encoded(string value)
    {
        if (value.All(c => c is >= ' ' and < '\x7f') && value.Length < 900) return value;
        var (words, part) = (new List<string>(), new StringBuilder());
        foreach (var rune in value.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(part.ToString()) + rune.Utf8SequenceLength > 42) Flush();
            part.Append(rune.ToString());
        }

        Flush();
        return string.Join("\u0020", words);

        void Flush()
        {
            if (part.Length > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part.ToString()))}?=");
            part.Clear();
        }
    }
}
