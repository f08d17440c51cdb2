using System.Globalization;
using System.Text;

namespace Trellis.Server.Bench;

/// <summary>Figures beside their budgets, as Markdown.</summary>
internal sealed class Report
{
    private const double PageBudget = 50;
    private readonly List<string> _notes = [];
    private readonly StringBuilder _figures = new("| figure | measured | budget | verdict |\n| --- | ---: | ---: | --- |\n");
    private readonly StringBuilder _pages = new(
        "| page | as | p50 ms | p95 ms | p50 ms, 4 at once | p95 ms, 4 at once | CPU ms | budget p95 | verdict |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");

    /// <summary>How many figures are over their budget.</summary>
    public int Missed { get; private set; }

    public void Note(string note) => _notes.Add(note);

    public void Add(string figure, double value, string unit, double? budget) =>
        _figures.Append(CultureInfo.InvariantCulture, $"| {figure} | {Number(value)} {unit} | {(budget is null ? "" : $"{budget} {unit}")} | {Verdict(value, budget)} |\n");

    public void AddPage(string page, string who, List<double> alone, List<double> together, double cpu) =>
        _pages.Append(CultureInfo.InvariantCulture,
            $"| `{page}` | {who} | {At(alone, 0.5):0.0} | {At(alone, 0.95):0.0} | {At(together, 0.5):0.0} | {At(together, 0.95):0.0} | {cpu:0.0} | {PageBudget} | {Verdict(At(alone, 0.95), PageBudget)} |\n");

    public override string ToString() => $"# Server bench\n\n{string.Join("\n\n", _notes)}\n\n{_figures}\n{_pages}";

    private string Verdict(double value, double? budget)
    {
        if (budget is null) return "";
        if (value <= budget) return "kept";
        Missed++;
        return double.IsNaN(value) ? "**not measured**" : "**over**";
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : value == Math.Floor(value) ? "0" : "0.0#", CultureInfo.InvariantCulture);

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)Math.Ceiling(part * times.Count) - 1);
}
