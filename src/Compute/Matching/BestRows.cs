namespace Trellis.Compute.Matching;

/// <summary>Keeps the candidates of highest score; equal scores by row, so that the answer does not depend on the order of visits.</summary>
internal sealed class BestRows
{
    private readonly PriorityQueue<int, (float, int)> _best = new();

    public List<int> Rows { get; } = [];

    public void Take(CandidateScratch scratch, int keep, HashSet<int>? removed)
    {
        _best.Clear();
        for (var i = 0; i < scratch.Count; i++)
        {
            var row = scratch.Row(i);
            if (removed is not null && removed.Contains(row)) continue;
            var rank = (scratch.Score(i), -row);
            if (_best.Count < keep) _best.Enqueue(row, rank);
            else _best.EnqueueDequeue(row, rank);
        }

        Rows.Clear();
        while (_best.TryDequeue(out var row, out _)) Rows.Add(row);
    }
}
