using System.Globalization;
using System.Text;

namespace Trellis.Kernel;

/// <summary>Which cell styles show their number as a date (ECMA-376 part 1, 18.8.30).</summary>
internal sealed class XlsxStyles(bool[] dates)
{
    private const int MostStyles = 100_000;

    public static readonly XlsxStyles None = new([]);

    public bool IsDate(int style) => style < dates.Length && dates[style];

    public static XlsxStyles Read(XlsxXml part, CancellationToken ct)
    {
        using var xml = part;
        var custom = new Dictionary<int, bool>();
        var dates = new List<bool>();
        var inside = false;
        while (xml.Next(ct))
        {
            if (dates.Count > MostStyles || custom.Count > MostStyles) throw new XlsxRefusal(XlsxLimits.TooLarge());
            if (xml.Starts("numFmt") && int.TryParse(xml["numFmtId"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) custom[id] = IsDateFormat(xml["formatCode"] ?? "");
            if (xml.Ends("cellXfs")) inside = false;
            else if (xml.Starts("cellXfs")) inside = true;
            else if (inside && xml.Starts("xf"))
                dates.Add(int.TryParse(xml["numFmtId"], NumberStyles.None, CultureInfo.InvariantCulture, out var format) && (custom.TryGetValue(format, out var shows) ? shows : IsBuiltInDate(format)));
        }

        return new XlsxStyles([.. dates]);
    }

    // The last two ranges are those of Chinese, Japanese and Korean calendars.
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 22) or (>= 45 and <= 47) or (>= 27 and <= 36) or (>= 50 and <= 58);

    /// <summary>Whether a format shows parts of a date: outside quotation marks, escapes and square brackets one of d, m, y, h, s.</summary>
    internal static bool IsDateFormat(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = code.IndexOf('"', i + 1);
                    if (i < 0) return false;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var end = code.IndexOf(']', i + 1);
                    if (end < 0) return false;
                    // Hours beyond a day: [h]:mm
                    if (code.AsSpan(i + 1, end - i - 1).IndexOfAnyExcept("hHmMsS") < 0) return true;
                    i = end;
                    break;
                case 'd' or 'D' or 'm' or 'M' or 'y' or 'Y' or 'h' or 'H' or 's' or 'S':
                    return true;
            }
        }

        return false;
    }
}

/// <summary>The texts that cells share, as UTF-8 in large pieces: half the memory of strings, and none that each costs by itself.</summary>
internal sealed class XlsxTexts(int most)
{
    private const int Piece = 1 << 20;

    private readonly List<byte[]> _pieces = [];
    private readonly List<(int Piece, int Start, int Length)> _places = [];
    private int _used = Piece;
    private long _bytes;

    public string this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_places.Count) throw new XlsxRefusal(XlsxLimits.Broken());
            var (piece, start, length) = _places[index];
            return Encoding.UTF8.GetString(_pieces[piece], start, length);
        }
    }

    public static XlsxTexts Read(XlsxXml part, XlsxLimits limits, CancellationToken ct)
    {
        using var xml = part;
        var texts = new XlsxTexts(limits.TextBytes);
        while (xml.Next(ct))
        {
            if (xml.Starts("si")) texts.Add(xml.RichText("si", limits, 0, 0, ct).Text);
        }

        return texts;
    }

    private void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        // A place costs twelve bytes, also for an empty text.
        if ((_bytes += length + 12) > most) throw new XlsxRefusal(XlsxLimits.TooMuchText());
        if (_used + length > Piece)
        {
            _pieces.Add(new byte[Math.Max(Piece, length)]);
            _used = 0;
        }

        Encoding.UTF8.GetBytes(text, _pieces[^1].AsSpan(_used));
        _places.Add((_pieces.Count - 1, _used, length));
        _used += length;
    }
}
