using System.Text;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>A file that lies in a mail, by the name that its sender gave it.</summary>
internal sealed record MailAttachment(string Name, byte[] Content);

/// <summary>Files in a mail (RFC 2183, names by RFC 2231): also those of the mail that was forwarded. Pictures in the text are signatures and logos, and are left.</summary>
internal static partial class MailText
{
    /// <summary>So many files of a mail are kept at most.</summary>
    public const int MostAttachments = 10;

    public static IReadOnlyList<MailAttachment> Attachments(ReadOnlySpan<byte> message)
    {
        List<MailAttachment> found = [];
        if (message.Length is 0 or > Longest) return found;
        var (headers, body) = Split(Encoding.Latin1.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal));
        Collect(headers, body, 0, found);
        return found;
    }

    private static void Collect(Dictionary<string, string> headers, string body, int depth, List<MailAttachment> found)
    {
        var (type, disposition) = (headers.GetValueOrDefault("content-type") ?? "text/plain", headers.GetValueOrDefault("content-disposition") ?? "");
        if (depth > DeepestParts || found.Count > MostAttachments) return;
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            if (Parameter(type, "boundary") is not { } boundary) return;
            foreach (var part in body.Split("--" + boundary).Skip(1).TakeWhile(p => !p.StartsWith("--", StringComparison.Ordinal)))
            {
                // The line end before a boundary belongs to the boundary.
                var (inner, content) = Split(part.TrimStart('\n'));
                Collect(inner, content.EndsWith('\n') ? content[..^1] : content, depth + 1, found);
            }

            return;
        }

        if (type.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase))
        {
            var (inner, content) = Split(body);
            Collect(inner, content, depth + 1, found);
            return;
        }

        if (FileName(disposition, type) is not { } name) return;
        var inText = disposition.StartsWith("inline", StringComparison.OrdinalIgnoreCase);
        if (inText && (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))) return;
        found.Add(new MailAttachment(name, headers.GetValueOrDefault("content-transfer-encoding")?.Trim().ToLowerInvariant() switch
        {
            "base64" => Base64(body),
            "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
            _ => Encoding.Latin1.GetBytes(body),
        }));
    }

    private static string? FileName(string disposition, string type)
    {
        if (Parameter(disposition, "filename") is { } plain) return Words(plain);
        if (Parameter(disposition, @"filename\*") is { } one) return Extended(one);
        var pieces = new StringBuilder();
        for (var n = 0; n < 20 && Parameter(disposition, $@"filename\*{n}\*?") is { } piece; n++) pieces.Append(piece);
        if (pieces.Length > 0) return Extended(pieces.ToString());
        return Parameter(type, "name") is { } named ? Words(named) : null;
    }

    // utf-8'de'Angebot%20f%C3%BCr.pdf
    private static string? Extended(string written)
    {
        var text = written.Split('\'', 3) is [var charset, _, var rest] ? (Set: charset, Name: rest) : (Set: "utf-8", Name: written);
        return Text.OrNull(Charset(text.Set).GetString(Quoted(text.Name.Replace('%', '='))));
    }
}
