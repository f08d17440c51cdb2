namespace Trellis.Compute.Attribution;

/// <summary>
/// The Markov chain that counted transitions estimate: rows of probabilities between the states that occur. Row 0 is the start.
/// </summary>
internal sealed class AbsorbingChain
{
    /// <summary>Turns counts into probabilities; every state that occurs has at least one successor.</summary>
    public AbsorbingChain(TransitionCounts counts)
    {
        Channels = counts.Channels;
        var entries = counts.Sorted();
        long width = counts.Successors;
        var keys = new List<long>();
        var starts = new List<int>();
        for (var i = 0; i < entries.Length; i++)
        {
            var state = entries[i].Key / width;
            if (keys.Count > 0 && keys[^1] == state) continue;
            keys.Add(state);
            starts.Add(i);
        }

        starts.Add(entries.Length);
        long[] states = [.. keys];
        States = states.Length;
        (Offsets, Newest, Win, Visits) = (new int[States + 1], new int[States], new double[States], new double[States]);
        var between = entries.Count(e => e.Key % width < Channels);
        (Targets, Probabilities) = (new int[between], new double[between]);
        var filled = 0;
        long keep = 1;
        for (var i = 1; i < counts.Order; i++) keep *= Channels + 1;
        double started = counts.Conversions + counts.Nulls;
        for (var s = 0; s < States; s++)
        {
            Newest[s] = (int)(states[s] % (Channels + 1)) - 1;
            long total = 0;
            for (var i = starts[s]; i < starts[s + 1]; i++) total += entries[i].Count;
            // The estimated chain reproduces the flow it was counted from: expected visits are the counts per journey, exactly.
            Visits[s] = total / started;
            for (var i = starts[s]; i < starts[s + 1]; i++)
            {
                var next = entries[i].Key % width;
                if (next == width - 2) Win[s] = (double)entries[i].Count / total;
                if (next >= Channels) continue;
                Targets[filled] = Array.BinarySearch(states, (states[s] % keep * (Channels + 1)) + next + 1);
                Probabilities[filled++] = (double)entries[i].Count / total;
            }

            Offsets[s + 1] = filled;
        }
    }

    public int Channels { get; }

    public int States { get; }

    /// <summary>Where each state's transitions begin.</summary>
    public int[] Offsets { get; }

    /// <summary>The state that each transition leads to.</summary>
    public int[] Targets { get; }

    /// <summary>The probability of each transition; what is missing to 1 in a row is conversion or the end without it.</summary>
    public double[] Probabilities { get; }

    /// <summary>The channel of each state's newest touch, −1 for the start.</summary>
    public int[] Newest { get; }

    /// <summary>Probability that the journey converts right after the state.</summary>
    public double[] Win { get; }

    /// <summary>Expected visits to each state in one journey.</summary>
    public double[] Visits { get; }
}
