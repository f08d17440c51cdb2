using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Trellis.Accounts.Imports;

/// <summary>How the bytes of a file become text.</summary>
internal enum TextEncoding
{
    Utf8,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

/// <summary>How a row of a file ends.</summary>
internal enum LineEnd
{
    Line,

    /// <summary>With the file, without a line end.</summary>
    None,

    /// <summary>With the file, while a quotation is open.</summary>
    Quoted,
}

/// <summary>Reads a delimited file row by row; the memory it takes does not depend on the file's length.</summary>
internal sealed class Sheet : IDisposable
{
    /// <summary>Longer cells are no values of a table; mostly a quotation mark was not closed.</summary>
    public const int LongestCell = 20_000;

    private readonly CsvParser _parser;

    public Sheet(Stream content, TextEncoding encoding, string delimiter)
    {
        var reader = new StreamReader(content, Of(encoding), detectEncodingFromByteOrderMarks: true, bufferSize: 65_536);
        _parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = false,
            BadDataFound = null,
            MaxFieldSize = LongestCell,
            BufferSize = 65_536,
            CacheFields = true,
        });
    }

    /// <summary>The row as a spreadsheet counts.</summary>
    public int Number { get; private set; }

    public string[] Cells { get; private set; } = [];

    /// <summary>How the present row ends.</summary>
    public LineEnd End
    {
        get
        {
            var raw = _parser.RawRecord.AsSpan();
            if (raw.Length == 0 || raw[^1] is '\n' or '\r') return raw.Count('"') % 2 == 0 || raw.Length == 0 ? LineEnd.Line : LineEnd.Quoted;
            return raw.Count('"') % 2 == 0 ? LineEnd.None : LineEnd.Quoted;
        }
    }

    /// <summary>Reads the next row that is not a blank line. False at the end.</summary>
    public bool Read()
    {
        while (_parser.Read())
        {
            Number++;
            if (_parser.Count == 1 && string.IsNullOrEmpty(_parser[0])) continue;
            Cells = _parser.Record!;
            return true;
        }

        return false;
    }

    public void Dispose() => _parser.Dispose();

    public static Encoding Of(TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf16Little => Encoding.Unicode,
        TextEncoding.Utf16Big => Encoding.BigEndianUnicode,
        TextEncoding.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => new UTF8Encoding(false),
    };
}
