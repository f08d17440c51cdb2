using System.Globalization;
using Trellis.Compute.Attribution;

namespace Trellis.Compute.Cli;

/// <summary>Touches of deals, one row each, grouped by deal and put in the order of their times.</summary>
internal sealed class TouchFile
{
    private readonly NamedRows rows;
    private readonly int[] order;

    public TouchFile(NamedRows rows, int decimals)
    {
        this.rows = rows;
        var (deals, partners) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        var (dealOf, partnerOf, times) = (new int[rows.Count], new int[rows.Count], new long[rows.Count]);
        for (var r = 0; r < rows.Count; r++)
        {
            dealOf[r] = Number(deals, Deals, rows.Text(r, "deal"));
            partnerOf[r] = Number(partners, Partners, rows.Text(r, "partner"));
            times[r] = rows.Has("time") ? Seconds(r, "time") : r;
        }

        // Stable: touches of one time stay in the order of the file.
        order = [.. Enumerable.Range(0, rows.Count).OrderBy(r => dealOf[r]).ThenBy(r => times[r])];
        var offsets = new int[Deals.Count + 1];
        foreach (var deal in dealOf) offsets[deal + 1]++;
        for (var d = 0; d < Deals.Count; d++) offsets[d + 1] += offsets[d];
        Values = new long[Deals.Count];
        var closed = new long[Deals.Count];
        for (var d = 0; d < Deals.Count; d++)
        {
            var touched = order.AsSpan(offsets[d]..offsets[d + 1]);
            closed[d] = times[touched[^1]];
            foreach (var r in touched)
            {
                if (rows.Has("value") && rows.Number(r, "value", 0) is var value && value != 0) Values[d] = (long)Math.Round((decimal)value * (decimal)Math.Pow(10, decimals));
                if (rows.Has("closed")) closed[d] = Seconds(r, "closed");
            }
        }

        Journeys = new Journeys(Partners.Count, offsets, [.. order.Select(r => partnerOf[r])]) { Times = [.. order.Select(r => times[r])], Closed = closed, Values = Values };
    }

    public List<string> Deals { get; } = [];

    public List<string> Partners { get; } = [];

    public Journeys Journeys { get; }

    public long[] Values { get; }

    /// <summary>Whether a touch has 1 in a column.</summary>
    public bool[] Flags(string column) => [.. order.Select(r => rows.Whole(r, column, 0) != 0)];

    public double[] Numbers(string column) => [.. order.Select(r => rows.Number(r, column))];

    public string[] Texts(string column) => [.. order.Select(r => rows.Text(r, column))];

    /// <summary>For each deal the first touch, as a place within the deal, that has 1 in a column; −1 where none has.</summary>
    public int[] FirstFlagged(string column)
    {
        var flags = Flags(column);
        return [.. Enumerable.Range(0, Journeys.Count).Select(d => Array.IndexOf(flags[Journeys.Offsets[d]..Journeys.Offsets[d + 1]], true))];
    }

    private static int Number(Dictionary<string, int> codes, List<string> names, string name)
    {
        if (!codes.TryGetValue(name, out var code))
        {
            codes[name] = code = names.Count;
            names.Add(name);
        }

        return code;
    }

    private long Seconds(int row, string column) =>
        DateTimeOffset.TryParse(rows.Text(row, column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds()
            : throw rows.Wrong(row, $"{column} is not a date or time such as 2026-01-31 or 2026-01-31T09:30Z: '{rows.Text(row, column)}'.");
}
