using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Pure: the shades that pages use of a brand's colour, each readable (WCAG 2.2, level AA) in light and in dark.</summary>
internal sealed record BrandStyle(Colour Wished, BrandShades Light, BrandShades Dark)
{
    // The grounds of our pages (tokens.css): what a link or a button may stand on.
    private static readonly Colour[] LightGrounds = [Colour.White, new(0xf4, 0xf7, 0xf5), new(0xed, 0xf2, 0xef)];
    private static readonly Colour[] DarkGrounds = [new(0x0d, 0x14, 0x12), new(0x14, 0x1d, 0x1a), new(0x1b, 0x26, 0x22)];

    /// <summary>Whether the colour as given is readable on light pages, so that nothing had to be darkened.</summary>
    public bool IsReadable => Light.Accent == Wished;

    /// <summary>How well white words are read on the colour as given.</summary>
    public double ContrastOnWhite => Wished.Contrast(Colour.White);

    public static BrandStyle Of(Colour wished) => new(
        wished,
        Shades(wished, LightGrounds, Colour.White, Colour.Black, 0.88),
        Shades(wished, DarkGrounds, DarkGrounds[1], Colour.White, 0.80));

    private static BrandShades Shades(Colour wished, Colour[] grounds, Colour paper, Colour end, double softness)
    {
        // What is soft is mostly paper, so the words on it are the hardest to read: they count as a ground, too.
        var soft = wished.Towards(paper, softness);
        var accent = wished.ReadableOn(end, Colour.TextContrast, grounds);
        var ink = accent.Contrast(Colour.White) >= Colour.TextContrast ? Colour.White : Colour.Black;
        var hover = accent.Towards(end, 0.15);
        return new(accent, hover, ink, soft, wished.ReadableOn(end, Colour.TextContrast, [.. grounds, soft]));
    }

    /// <summary>The style sheet that lays the shades over ours.</summary>
    public string Css() => $"{Rule(":root, [data-bs-theme=\"light\"]", Light)}\n{Rule("[data-bs-theme=\"dark\"]", Dark)}\n";

    private static string Rule(string where, BrandShades s) => string.Create(CultureInfo.InvariantCulture,
        $"{where} {{ --t-accent: {s.Accent}; --t-accent-hover: {s.Hover}; --t-accent-ink: {s.Ink}; --t-accent-soft: {s.Soft}; --t-accent-text: {s.Text}; --t-focus: {s.Text}; --tblr-primary-rgb: {s.Accent.Red}, {s.Accent.Green}, {s.Accent.Blue}; }}");
}

/// <summary>The shades of one theme.</summary>
internal sealed record BrandShades(Colour Accent, Colour Hover, Colour Ink, Colour Soft, Colour Text);
