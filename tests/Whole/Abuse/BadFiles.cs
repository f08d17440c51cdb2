using System.IO.Compression;
using System.Text;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>Files that lie about what they are, explode, or are cut off. Made here, so that each can be read.</summary>
internal static class BadFiles
{
    private const string Script = "<script>alert(document.domain)</script>";

    public static List<Upload> All()
    {
        var csv = Encoding.UTF8.GetBytes("name,domain,country\nAcme,acme.example,DE\n");
        return
        [
            new("nothing", "empty.csv", "text/csv", []),
            new("blanks", "blank.csv", "text/csv", "\n\n   \n"u8.ToArray()),
            new("HTML as a picture", "photo.png", "image/png", Encoding.UTF8.GetBytes($"<html>{Script}</html>")),
            new("a picture that is HTML as well", "photo.gif", "image/gif", Encoding.UTF8.GetBytes($"GIF89a/*{Script}*/=1;")),
            new("a drawing with script", "logo.svg", "image/svg+xml", Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\">{Script}</svg>")),
            new("a page", "page.html", "text/html", Encoding.UTF8.GetBytes(Script)),
            new("a program as PDF", "offer.pdf", "application/pdf", [0x4d, 0x5a, 0x90, 0, 3, .. new byte[500]]),
            new("a PDF that is HTML as well", "both.pdf", "application/pdf", Encoding.UTF8.GetBytes($"%PDF-1.7\n{Script}\n%%EOF")),
            new("text with script as text", "note.txt", "text/html", Encoding.UTF8.GetBytes(Script)),
            new("an archive as a table", "table.csv", "text/csv", Zip(("a.csv", csv, 0))),
            new("an archive that explodes, as a workbook", "bomb.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Zip(("[Content_Types].xml", "<Types/>"u8.ToArray(), 0), ("xl/workbook.xml", [], 400))),
            new("an archive that explodes, as a document", "bomb.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Zip(("[Content_Types].xml", "<Types/>"u8.ToArray(), 0), ("word/document.xml", [], 400))),
            new("an archive within an archive", "deep.zip", "application/zip", Nested(30)),
            new("an archive with 50,000 files", "many.xlsx", "application/zip", Zip([.. Enumerable.Range(0, 50_000).Select(i => ($"f{i}", Array.Empty<byte>(), 0))])),
            new("an archive with names that climb", "climb.docx", "application/zip", Zip(("[Content_Types].xml", csv, 0), ("word/document.xml", csv, 0), ("../../../../tmp/trellis-escaped.txt", csv, 0), ("/tmp/trellis-escaped.txt", csv, 0))),
            new("an archive cut off", "cut.docx", "application/zip", Zip(("[Content_Types].xml", csv, 0), ("word/document.xml", csv, 1))[..200]),
            new("laughter", "laugh.dmn", "application/xml", Encoding.UTF8.GetBytes(Laughter())),
            new("a foreign entity", "entity.dmn", "application/xml", "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><definitions>&x;</definitions>"u8.ToArray()),
            new("deep XML", "deep.xml", "text/xml", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000)))),
            new("deep JSON", "deep.json", "application/json", Encoding.UTF8.GetBytes(new string('[', 100_000))),
            new("half a signature", "receipt.json", "application/json", "{\"receipt\":{\"kind\":\"x\"},\"signature\":\"\\ud800\"}"u8.ToArray()),
            new("UTF-16 without a mark", "utf16.csv", "text/csv", Encoding.Unicode.GetBytes("name,domain\nAcme,acme.example\n")),
            new("UTF-32", "utf32.csv", "text/csv", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("name\nAcme\n")]),
            new("an old mainframe's text", "ebcdic.csv", "text/csv", [0x95, 0x81, 0x94, 0x85, 0x15, 0xc1, 0x83, 0x94, 0x85, 0x15]),
            new("Latin-1 in the midst of UTF-8", "mixed.csv", "text/csv", [.. Encoding.UTF8.GetBytes("name,city\nMüller,Köln\n"), 0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x0a]),
            new("NUL in a cell", "nul.csv", "text/csv", "name,domain\nAc\0me,acme.example\n"u8.ToArray()),
            new("cut off in a quotation", "cut.csv", "text/csv", "name,domain\n\"Acme, the first"u8.ToArray()),
            new("a quotation that never ends", "quote.csv", "text/csv", Encoding.UTF8.GetBytes("name\n\"" + new string('x', 2_000_000))),
            new("other columns", "columns.csv", "text/csv", "wind,weather\n1,2\n"u8.ToArray()),
            new("the same column twice", "twice.csv", "text/csv", "name,name,domain\nA,B,c.example\n"u8.ToArray()),
            new("rows of other lengths", "ragged.csv", "text/csv", "name,domain\nA\nB,b.example,x,y,z\n,\n"u8.ToArray()),
            new("ten thousand columns", "wide.csv", "text/csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + "\n1\n")),
            new("formulas", "formula.csv", "text/csv", "name,domain\n=cmd|' /C calc'!A0,a.example\n@SUM(1),b.example\n+1,c.example\n\"\t=1\",d.example\n"u8.ToArray()),
            new("a name that climbs", "../../../../tmp/trellis-escaped.csv", "text/csv", csv),
            new("a name of another system", "C:\\con\\..\\x.csv", "text/csv", csv),
            new("a name that reads backwards", "a\u202Evsc.exe.csv", "text/csv", csv),
            new("a name that is a device", "CON.csv", "text/csv", csv),
            new("a very long name", new string('n', 3000) + ".csv", "text/csv", csv),
            new("a name with script", "<img src=x onerror=alert(1)>.csv", "text/csv", csv),
            new("a mail cut off", "mail.eml", "message/rfc822", "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\n!!!!"u8.ToArray()),
            new("a mail of mails", "deep.eml", "message/rfc822", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")))),
        ];
    }

    /// <summary>An archive of these files; a third value above zero stands for so many megabytes of nothing.</summary>
    private static byte[] Zip(params (string Name, byte[] Content, int Megabytes)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content, megabytes) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
                var nothing = new byte[1 << 20];
                for (var i = 0; i < megabytes; i++) entry.Write(nothing);
            }

        return memory.ToArray();
    }

    private static byte[] Nested(int depth)
    {
        var inner = Zip(("zero", [], 10));
        for (var i = 0; i < depth; i++) inner = Zip(("a.zip", inner, 0), ("b.zip", inner, 0)) is { Length: < 3_000_000 } next ? next : inner;
        return inner;
    }

    private static string Laughter()
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 12; i++) text.Append($"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">");
        return text.Append("]><definitions>&l11;</definitions>").ToString();
    }
}
