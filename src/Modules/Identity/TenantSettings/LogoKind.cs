using System.Xml;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Pure: what a logo is by its content; its name decides nothing.</summary>
internal static class LogoKind
{
    public const long MostBytes = 300_000;
    public const string Accept = ".png,.webp,.svg,image/png,image/webp,image/svg+xml";

    private const string Svg = "http://www.w3.org/2000/svg";

    // What draws. Everything else of SVG can load, link, run or move; a picture that needs it is refused, not mended.
    private static readonly HashSet<string> Drawing =
    [
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use", "pattern", "metadata",
    ];

    /// <summary>The content type, or the reason why it is not taken.</summary>
    public static Result<string> Of(byte[] content)
    {
        if (content.Length == 0) return Wrong("The file is empty.");
        var head = content.AsSpan();
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Sized(PngSize(head), "image/png");
        if (head.Length > 30 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBPVP8"u8)) return "image/webp";
        return OfSvg(content);
    }

    // A picture may promise a size that no memory holds.
    private static Result<string> Sized((uint Width, uint Height)? size, string type) =>
        size is { Width: > 0 and <= 4000, Height: > 0 and <= 4000 } ? type : Wrong("The picture is damaged, or larger than 4,000 by 4,000 points.");

    private static (uint, uint)? PngSize(ReadOnlySpan<byte> png) => png.Length < 24 || !png[12..].StartsWith("IHDR"u8)
        ? null : (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png[16..]), System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png[20..]));

    private static Result<string> OfSvg(byte[] content)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "svg" || xml.NamespaceURI != Svg) return Wrong("A logo is a PNG, WebP or SVG picture.");
            do
            {
                if (xml.NodeType == XmlNodeType.ProcessingInstruction) return Wrong("The SVG contains an instruction for a program.");
                if (xml.NodeType == XmlNodeType.Element && Fault(xml) is { } fault) return Wrong(fault);
            }
            while (xml.Read());
            return "image/svg+xml";
        }
        catch (XmlException)
        {
            return Wrong("A logo is a PNG, WebP or SVG picture; this is none, or it is damaged.");
        }
    }

    private static string? Fault(XmlReader xml)
    {
        if (xml.NamespaceURI == Svg && !Drawing.Contains(xml.LocalName)) return $"The SVG contains “{xml.LocalName}”, which a logo does not need. Export it as a plain SVG with outlines.";
        if (xml.NamespaceURI is not (Svg or "") && xml.NamespaceURI.Contains("xhtml", StringComparison.OrdinalIgnoreCase)) return "The SVG contains a web page.";
        if (!xml.MoveToFirstAttribute()) return null;
        string? fault = null;
        do
        {
            var value = xml.Value.Replace(" ", "", StringComparison.Ordinal);
            if (xml.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)) fault = "The SVG contains a script.";
            else if (xml.LocalName == "href" && !value.StartsWith('#')) fault = "The SVG links to something outside itself.";
            else if (xml.Prefix != "xmlns" && xml.Name != "xmlns" && (Has(value, "script:") || (Has(value, "url(") && !Has(value, "url(#") && !Has(value, "url('#") && !Has(value, "url(\"#")) || Has(value, "@import"))) fault = "The SVG loads something from elsewhere.";
        }
        while (fault is null && xml.MoveToNextAttribute());
        xml.MoveToElement();
        return fault;
    }

    private static bool Has(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Problem Wrong(string why) => Problem.Invalid("logo", why);
}
