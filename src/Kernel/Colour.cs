using System.Globalization;

namespace Trellis.Kernel;

/// <summary>A colour of the screen (sRGB), and how well one is read on another (WCAG 2.2, success criterion 1.4.3).</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The contrast that text needs at level AA.</summary>
    public const double TextContrast = 4.5;

    /// <summary>White.</summary>
    public static readonly Colour White = new(255, 255, 255);

    /// <summary>Black.</summary>
    public static readonly Colour Black = new(0, 0, 0);

    /// <summary>Reads <c>#0b6b5b</c>, with or without the sign, or in three digits.</summary>
    public static Colour? Parse(string? text)
    {
        var hex = (text ?? "").Trim().TrimStart('#');
        if (hex.Length == 3) hex = string.Concat(hex.SelectMany(c => new[] { c, c }));
        return hex.Length == 6 && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) ? new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb) : null;
    }

    /// <summary>From 1 (the same) to 21 (black on white).</summary>
    public double Contrast(Colour other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Part of the way towards another colour.</summary>
    public Colour Towards(Colour other, double share)
    {
        byte Mix(byte from, byte to) => (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);
        return new(Mix(Red, other.Red), Mix(Green, other.Green), Mix(Blue, other.Blue));
    }

    /// <summary>The nearest shade towards <paramref name="end"/> that reaches the contrast on every ground.</summary>
    public Colour ReadableOn(Colour end, double contrast, params ReadOnlySpan<Colour> grounds)
    {
        for (var step = 0; step < 100; step++)
        {
            var shade = Towards(end, step / 100.0);
            var reached = true;
            foreach (var ground in grounds) reached &= shade.Contrast(ground) >= contrast;
            if (reached) return shade;
        }

        return end;
    }

    /// <summary><c>#0b6b5b</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
