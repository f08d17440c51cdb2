namespace Trellis.Kernel;

/// <summary>What a file is by its first bytes, among the kinds that we take. Its name decides nothing but which of them it must be.</summary>
public static class FileKinds
{
    /// <summary>No file may be larger.</summary>
    public const long MostBytes = 20_000_000;

    // All parts of an office file together; below the second size nobody asks how well a part was packed.
    private const long MostUnpacked = 300_000_000;
    private const long FreeUnpacked = 16_000_000;
    private const int MostRatio = 250;

    /// <summary>For the file field and for people.</summary>
    public const string Accept = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.txt,.csv";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
    };

    /// <summary>The content type, or null where name and content do not belong together or the kind is not taken.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="head">Its first bytes, up to 4,096.</param>
    public static string? Of(string name, ReadOnlySpan<byte> head)
    {
        var ending = Path.GetExtension(name);
        if (!Types.TryGetValue(ending, out var type)) return null;
        var fits = ending.ToLowerInvariant() switch
        {
            ".pdf" => head.StartsWith("%PDF-"u8),
            ".png" => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            ".jpg" or ".jpeg" => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
            ".docx" or ".xlsx" or ".pptx" => head.StartsWith("PK\u0003\u0004"u8),
            _ => IsText(head),
        };
        return fits ? type : null;
    }

    /// <summary>Whether an office file holds what its ending promises, no macros, and no more when unpacked than somebody writes. Needs the whole content.</summary>
    public static bool IsOffice(string name, Stream content)
    {
        var folder = Path.GetExtension(name).ToLowerInvariant() switch { ".docx" => "word/", ".xlsx" => "xl/", ".pptx" => "ppt/", _ => null };
        if (folder is null) return true;
        try
        {
            using var zip = new System.IO.Compression.ZipArchive(content, System.IO.Compression.ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > 10_000 || Explodes(zip)) return false;
            return zip.Entries.Any(e => e.FullName == "[Content_Types].xml") && zip.Entries.Any(e => e.FullName.StartsWith(folder, StringComparison.Ordinal))
                && !zip.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // What the archive says of itself may be wrong, so it is unpacked and counted, and given up where it becomes too much.
    private static bool Explodes(System.IO.Compression.ZipArchive zip)
    {
        if (zip.Entries.Sum(e => Math.Min(e.Length, MostUnpacked + 1)) > MostUnpacked) return true;
        var (all, buffer) = (0L, new byte[81_920]);
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            var (size, packed) = (0L, Math.Max(1, entry.CompressedLength));
            while (part.Read(buffer) is > 0 and var read)
            {
                (size, all) = (size + read, all + read);
                if (all > MostUnpacked || (size > FreeUnpacked && size / MostRatio > packed)) return true;
            }
        }

        return false;
    }

    // UTF-8 without control characters, and no mark-up that a careless program would run.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r')) return false;
        var text = System.Text.Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.IndexOf('\uFFFD') is var broken && (broken < 0 || broken >= text.Length - 3)
            && !text.StartsWith("<!", StringComparison.Ordinal) && !text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<script", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase);
    }
}
