using System.Globalization;
using System.Text;
using System.Xml;

namespace Trellis.Kernel;

/// <summary>Walks through one part of a workbook: no document type, no entities, no resolver, no depth without end; names without their namespace, which differs by dialect.</summary>
internal sealed class XlsxXml(Stream content) : IDisposable
{
    private const int Deepest = 64;
    private readonly char[] _chunk = new char[4096];
    private readonly XmlReader _xml = XmlReader.Create(content, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        CloseInput = true,
    });

    public bool IsEmpty => _xml.IsEmptyElement;

    public string? this[string attribute]
    {
        get
        {
            if (_xml.GetAttribute(attribute) is { } plain) return plain;
            // r:id, whatever the dialect calls that namespace.
            string? found = null;
            if (!_xml.MoveToFirstAttribute()) return null;
            do
            {
                if (_xml.LocalName == attribute && _xml.Prefix.Length > 0) found = _xml.Value;
            }
            while (found is null && _xml.MoveToNextAttribute());
            _xml.MoveToElement();
            return found;
        }
    }

    public bool Next(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            var more = _xml.Read();
            if (_xml.Depth > Deepest) throw new XlsxRefusal(XlsxLimits.TooLarge());
            return more;
        }
        catch (XmlException exception) when (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new XlsxRefusal(XlsxLimits.Foreign());
        }
    }

    public bool Starts(string name) => _xml.NodeType == XmlNodeType.Element && _xml.LocalName == name;

    /// <summary>The end of an element, or an element that has none.</summary>
    public bool Ends(string name) => _xml.LocalName == name && (_xml.NodeType == XmlNodeType.EndElement || (_xml.NodeType == XmlNodeType.Element && _xml.IsEmptyElement));

    /// <summary>Goes on to the end of an element.</summary>
    public void To(string name, CancellationToken ct)
    {
        while (!Ends(name) && Next(ct))
        {
        }
    }

    /// <summary>The text of the element on which the reader stands; leaves it at the element's end.</summary>
    public string Text(XlsxLimits limits, int row, int column, CancellationToken ct)
    {
        if (_xml.IsEmptyElement) return "";
        string? only = null;
        StringBuilder? text = null;
        var name = _xml.LocalName;
        while (Next(ct) && !Ends(name))
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)) continue;
            int read;
            while ((read = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0)
            {
                if (only is null && text is null) only = new string(_chunk, 0, read);
                else (text ??= new StringBuilder(only)).Append(_chunk, 0, read);
                if ((text?.Length ?? only!.Length) > limits.CellLength) throw new XlsxRefusal(XlsxLimits.CellTooLong(row, column, limits.CellLength));
            }
        }

        return text?.ToString() ?? only ?? "";
    }

    /// <summary>The text of all runs inside an element, without how it is to be pronounced; leaves the reader at the element's end.</summary>
    public Reached RichText(string name, XlsxLimits limits, int row, int column, CancellationToken ct)
    {
        if (_xml.IsEmptyElement) return new Reached("");
        string? only = null;
        StringBuilder? text = null;
        var spoken = false;
        while (Next(ct) && !Ends(name))
        {
            if (Starts("rPh")) spoken = !_xml.IsEmptyElement;
            else if (Ends("rPh")) spoken = false;
            else if (Starts("t") && !spoken)
            {
                var run = Text(limits, row, column, ct);
                if (only is null) only = run;
                else (text ??= new StringBuilder(only)).Append(run);
                if (text?.Length > limits.CellLength) throw new XlsxRefusal(XlsxLimits.CellTooLong(row, column, limits.CellLength));
            }
        }

        return new Reached(Unescaped(text?.ToString() ?? only ?? ""));
    }

    /// <summary>Characters that XML cannot hold stand as <c>_x000D_</c>.</summary>
    public static string Unescaped(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        var plain = new StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.IndexOf("_x", at, StringComparison.Ordinal))
        {
            if (at + 7 <= text.Length && text[at + 6] == '_' && int.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append(text, from, at - from).Append((char)code);
                from = at += 7;
            }
            else
            {
                at += 2;
            }
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    public void Dispose() => _xml.Dispose();

    /// <summary>A text, after which the reader has somewhere to go.</summary>
    internal readonly record struct Reached(string Text)
    {
        public string Through(Action then)
        {
            then();
            return Text;
        }
    }
}
