namespace Trellis.Compute.Learning;

/// <summary>How a table becomes the sparse rows of a linear model: each feature lights exactly one entry of a row, so products cost features, not levels.</summary>
internal sealed class Design
{
    private readonly Part[] _parts;
    private double[] _means = [];

    private Design(Part[] parts, string[] names)
    {
        _parts = parts;
        Names = names;
    }

    public string[] Names { get; }

    public static Design Learn(Table table)
    {
        var names = new List<string> { "intercept" };
        var parts = new List<Part>();
        foreach (var column in table.Columns)
        {
            var missing = names.Count;
            names.Add($"{column.Name} is missing");
            if (column is NumberColumn number)
            {
                var (mean, deviation) = Moments(number.Values);
                parts.Add(new Part(column.Name, missing, names.Count, mean, deviation, null));
                names.Add(column.Name);
                continue;
            }

            var levels = new Dictionary<string, int>(StringComparer.Ordinal);
            var category = (CategoryColumn)column;
            var seen = new bool[category.Levels.Length];
            foreach (var code in category.Codes)
                if (code >= 0) seen[code] = true;
            for (var i = 0; i < seen.Length; i++)
            {
                if (!seen[i]) continue;
                levels[category.Levels[i]] = names.Count;
                names.Add($"{column.Name} = {category.Levels[i]}");
            }

            parts.Add(new Part(column.Name, missing, 0, 0, 1, levels));
        }

        var design = new Design(parts.ToArray(), names.ToArray());
        design._means = design.Encode(table).Means(names.Count);
        return design;
    }

    public EncodedRows Encode(Table table)
    {
        var width = _parts.Length + 1;
        var index = new int[table.Rows * width];
        var value = new double[table.Rows * width];
        for (var i = 0; i < table.Rows; i++) (index[i * width], value[i * width]) = (0, 1);
        for (var f = 0; f < _parts.Length; f++)
        {
            var part = _parts[f];
            var column = table.Find(part.Name) ?? throw new ArgumentException($"The table has no column '{part.Name}', which the model needs.", nameof(table));
            if (column is CategoryColumn != part.Levels is not null) throw new ArgumentException($"Column '{part.Name}' changed between number and category.", nameof(table));
            var map = column is CategoryColumn c ? c.Levels.Select(l => part.Levels!.GetValueOrDefault(l, part.Missing)).ToArray() : null;
            for (var i = 0; i < table.Rows; i++)
            {
                var at = i * width + f + 1;
                (index[at], value[at]) = (part.Missing, 1);
                if (map is not null)
                {
                    var code = ((CategoryColumn)column).Codes[i];
                    if (code >= 0) index[at] = map[code];
                }
                else if (((NumberColumn)column).Values[i] is var x && !float.IsNaN(x)) (index[at], value[at]) = (part.Slot, (x - part.Mean) / part.Deviation);
            }
        }

        return new EncodedRows(index, value, width);
    }

    public Explanation Explain(Table table, int row, double[] weights)
    {
        var one = table.Take([row]);
        var encoded = Encode(one);
        var baseline = weights[0];
        var score = encoded.Dot(0, weights);
        var contributions = new List<Contribution>();
        for (var f = 0; f < _parts.Length; f++)
        {
            var usual = UsualPart(_parts[f], weights);
            baseline += usual;
            contributions.Add(new Contribution(_parts[f].Name, table.Find(_parts[f].Name)!.Show(row), encoded.Entry(0, f + 1, weights) - usual));
        }

        var ordered = contributions.OrderByDescending(c => Math.Abs(c.Effect)).ThenBy(c => c.Feature, StringComparer.Ordinal).ToArray();
        return new Explanation(baseline, score, Explaining.Unlink(Goal.Probability, score), Explaining.Unlink(Goal.Probability, baseline), ordered);
    }

    private double UsualPart(Part part, double[] weights)
    {
        var usual = weights[part.Missing] * _means[part.Missing];
        if (part.Levels is null) return usual + weights[part.Slot] * _means[part.Slot];
        foreach (var slot in part.Levels.Values) usual += weights[slot] * _means[slot];
        return usual;
    }

    private static (double Mean, double Deviation) Moments(float[] values)
    {
        double sum = 0, count = 0, squares = 0;
        foreach (var v in values)
            if (float.IsFinite(v)) (sum, count) = (sum + v, count + 1);
        var mean = count > 0 ? sum / count : 0;
        foreach (var v in values)
            if (float.IsFinite(v)) squares += (v - mean) * (v - mean);
        var deviation = count > 1 ? Math.Sqrt(squares / count) : 0;
        return (mean, deviation > 1e-12 * (1 + Math.Abs(mean)) ? deviation : 1);
    }

    private sealed record Part(string Name, int Missing, int Slot, double Mean, double Deviation, Dictionary<string, int>? Levels);
}

/// <summary>Rows of a linear model: <paramref name="width"/> entries each.</summary>
internal sealed class EncodedRows(int[] index, double[] value, int width)
{
    public double Dot(int row, double[] weights)
    {
        double sum = 0;
        for (var k = row * width; k < (row + 1) * width; k++) sum += value[k] * weights[index[k]];
        return sum;
    }

    public double Entry(int row, int part, double[] weights) => value[row * width + part] * weights[index[row * width + part]];

    public void AddTo(int row, double first, double second, double[] gradient, double[] hessian)
    {
        var p = gradient.Length;
        for (var k = row * width; k < (row + 1) * width; k++)
        {
            gradient[index[k]] += first * value[k];
            var scaled = second * value[k];
            // Entries of a row rise by part, so the lower triangle is filled by the earlier ones.
            for (var l = row * width; l <= k; l++) hessian[index[k] * p + index[l]] += scaled * value[l];
        }
    }

    public double[] Means(int size)
    {
        var means = new double[size];
        var rows = index.Length / width;
        for (var k = 0; k < index.Length; k++) means[index[k]] += value[k] / rows;
        return means;
    }
}
