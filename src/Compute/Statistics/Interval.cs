namespace Trellis.Compute.Statistics;

/// <summary>An estimate with its interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Value, double Low, double High)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Shown(Value):0.####} ({Shown(Low):0.####} to {Shown(High):0.####})");

    /// <summary>Adding 0 turns a rounded −0 into 0.</summary>
    private static double Shown(double x) => Math.Round(x, 4) + 0.0;
}
