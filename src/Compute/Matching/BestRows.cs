namespace Trellis.Compute.Matching;

/// <summary>Keeps the candidates of highest score; equal scores by row, so that the answer does not depend on the order of visits.</summary>
internal sealed class BestRows
{
    private (float Score, int Row)[] _ranked = new (float, int)[64];

    public List<int> Rows { get; } = [];

    /// <param name="scratch">The candidates.</param>
    /// <param name="keep">How many at most.</param>
    /// <param name="least">Share of the best score below which a candidate cannot compete.</param>
    /// <param name="removed">Rows that no longer count.</param>
    public void Take(CandidateScratch scratch, int keep, float least, HashSet<int>? removed)
    {
        if (keep >= _ranked.Length) _ranked = new (float, int)[keep + 1];
        var count = 0;
        for (var i = 0; i < scratch.Count; i++)
        {
            var (score, row) = (scratch.Score(i), scratch.Row(i));
            if (count == keep && !Above(score, row, _ranked[count - 1]) || removed is not null && removed.Contains(row)) continue;
            var at = count < keep ? count++ : count - 1;
            for (; at > 0 && Above(score, row, _ranked[at - 1]); at--) _ranked[at] = _ranked[at - 1];
            _ranked[at] = (score, row);
        }

        Rows.Clear();
        for (var i = 0; i < count && _ranked[i].Score >= _ranked[0].Score * least; i++) Rows.Add(_ranked[i].Row);
    }

    private static bool Above(float score, int row, (float Score, int Row) other) => score > other.Score || score == other.Score && row < other.Row;
}
