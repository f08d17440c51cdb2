using System.Globalization;

namespace Trellis.Scale.Bench;

/// <summary>One measured figure: times as percentiles, or one number.</summary>
internal sealed record Figure(string Name, double? P50, double? P95, double? P99, double? Value, string Unit, double? Budget, bool AtLeast = false, string Note = "")
{
    public static Figure Times(string name, List<double> milliseconds, double? budget, string note = "") =>
        new(name, At(milliseconds, 0.5), At(milliseconds, 0.95), At(milliseconds, 0.99), null, "ms", budget, false, note);

    public static Figure One(string name, double value, string unit, double? budget = null, bool atLeast = false, string note = "") => new(name, null, null, null, value, unit, budget, atLeast, note);

    public bool? Kept => Budget is not { } budget ? null : AtLeast ? (Value ?? P95) >= budget : (Value ?? P95) <= budget;

    public string Row => string.Create(CultureInfo.InvariantCulture,
        $"| {Name} | {(Value is { } v ? $"{Number(v)} {Unit}" : "")} | {Number(P50)} | {Number(P95)} | {Number(P99)} | {(Budget is { } b ? $"{(AtLeast ? "≥" : "≤")} {Number(b)} {Unit}" : "")} | {(Kept is { } kept ? kept ? "kept" : "**over**" : "")} | {Note} |");

    private static string Number(double? value) => value is not { } v ? "" : v.ToString(v >= 100 ? "#,0" : v >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static double At(List<double> times, double part) => times.Count == 0 ? double.NaN : times.Order().ElementAt((int)Math.Ceiling(part * times.Count) - 1);
}

/// <summary>All figures of one engine at one size; kept as JSON, so that a table and a plot can be made of several runs.</summary>
internal sealed record Measured(string Engine, int Accounts, int Deals, int Partners, string When, string Machine, List<Figure> Figures);
