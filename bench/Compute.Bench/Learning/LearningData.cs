using Trellis.Compute.Learning;

namespace Trellis.Compute.Bench.Learning;

/// <summary>Generated rows shaped like the bank-marketing data: seven numbers, nine categories, about an eighth positive, a few missing.</summary>
internal static class LearningData
{
    public static (Table Table, float[] Target) Make(int rows, int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, 7).Select(_ => new float[rows]).ToArray();
        int[] levels = [12, 3, 4, 2, 2, 2, 3, 12, 4];
        var codes = levels.Select(_ => new int[rows]).ToArray();
        var target = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < 7; j++) numbers[j][i] = j < 3 ? (float)Math.Round(Math.Exp(3 * random.NextDouble())) : random.NextSingle() * 1000;
            for (var j = 0; j < 9; j++) codes[j][i] = random.Next(levels[j]);
            var score = -3 + numbers[3][i] / 400 + (codes[7][i] % 3 - 1) * 0.7 + (numbers[0][i] > 10 ? 0.6 : -0.3) * (codes[8][i] - 1.5);
            target[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
            if (random.Next(30) == 0) numbers[4][i] = float.NaN;
            if (random.Next(30) == 0) codes[6][i] = -1;
        }

        var columns = numbers.Select((v, j) => (Column)new NumberColumn($"n{j}", v))
            .Concat(codes.Select((c, j) => new CategoryColumn($"c{j}", c, Enumerable.Range(0, levels[j]).Select(l => $"level {l:00}").ToArray()))).ToArray();
        return (new Table(columns), target);
    }

    /// <summary>The repository's root, or the current folder when run from elsewhere.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Trellis.slnx"))) return folder.FullName;
        return ".";
    }
}
