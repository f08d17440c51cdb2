using System.Globalization;

namespace Trellis.Compute.Attribution;

/// <summary>What one model gives to each channel, in one unit for all models (conversions or money).</summary>
public sealed record ModelCredit(string Model, double[] Credits);

/// <summary>How far the models differ on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Min">Least credit and the first model that gives it.</param>
/// <param name="Max">Most credit and the first model that gives it.</param>
/// <param name="Mean">Mean over the models.</param>
/// <param name="Ranks">Rank under each model, 1 for the most credit; equal credits share the better rank.</param>
/// <param name="RankChange">Worst rank less best rank.</param>
public sealed record ChannelDisagreement(int Channel, (double Credit, string Model) Min, (double Credit, string Model) Max, double Mean, int[] Ranks, int RankChange)
{
    /// <summary>(Max − Min) ÷ Mean, or null when no model gives anything.</summary>
    public double? Spread => Mean > 0 ? (Max.Credit - Min.Credit) / Mean : null;

    /// <summary>The row in words.</summary>
    public string Explain(Func<int, string> name) => string.Create(CultureInfo.InvariantCulture,
        $"{name(Channel)}: from {Min.Credit:0.##} ({Min.Model}) to {Max.Credit:0.##} ({Max.Model}), rank {Ranks.Min()} to {Ranks.Max()}.");
}

/// <summary>The disagreement of several models over all channels.</summary>
/// <param name="Models">The models' names, in the order given.</param>
/// <param name="Channels">One row per channel.</param>
/// <param name="RankCorrelation">Kendall's τ-b between each two models (1: the same order; −1: reversed; NaN where a model gives all channels the same).</param>
/// <param name="Explanation">The finding in words.</param>
public sealed record DisagreementMap(string[] Models, ChannelDisagreement[] Channels, double[,] RankCorrelation, string Explanation);

/// <summary>Shows where the choice of the attribution model decides, so that nobody takes one model's figure for a fact.</summary>
public static class Disagreement
{
    /// <summary>Compares at least one model over the same channels.</summary>
    /// <exception cref="ArgumentException">No model, or models over different numbers of channels.</exception>
    public static DisagreementMap Compare(IReadOnlyList<ModelCredit> models)
    {
        if (models.Count == 0) throw new ArgumentException("At least one model is needed.", nameof(models));
        var channels = models[0].Credits.Length;
        if (models.FirstOrDefault(m => m.Credits.Length != channels) is { } odd)
            throw new ArgumentException($"{odd.Model} has {odd.Credits.Length} channels, {models[0].Model} has {channels}.", nameof(models));
        var ranks = models.Select(m => Ranks(m.Credits)).ToArray();
        var rows = new ChannelDisagreement[channels];
        for (var c = 0; c < channels; c++)
        {
            var (least, most) = (models[0], models[0]);
            double sum = 0;
            foreach (var model in models)
            {
                if (model.Credits[c] < least.Credits[c]) least = model;
                if (model.Credits[c] > most.Credits[c]) most = model;
                sum += model.Credits[c];
            }

            int[] own = [.. ranks.Select(r => r[c])];
            rows[c] = new ChannelDisagreement(c, (least.Credits[c], least.Model), (most.Credits[c], most.Model), sum / models.Count, own, own.Max() - own.Min());
        }

        var correlation = new double[models.Count, models.Count];
        for (var a = 0; a < models.Count; a++)
            for (var b = 0; b < models.Count; b++) correlation[a, b] = KendallTau(models[a].Credits, models[b].Credits);
        return new DisagreementMap([.. models.Select(m => m.Model)], rows, correlation, Explain(models.Count, rows));
    }

    private static string Explain(int models, ChannelDisagreement[] rows)
    {
        var moved = rows.Count(r => r.RankChange > 0);
        var spreads = rows.Where(r => r.Spread is not null).Select(r => r.Spread!.Value).Order().ToArray();
        var middle = spreads.Length == 0 ? 0 : spreads[spreads.Length / 2];
        return string.Create(CultureInfo.InvariantCulture,
            $"{models} models, {rows.Length} partners: the rank of {moved} depends on the model; in the middle case the most credit exceeds the least by {middle:P0} of the mean.");
    }

    private static int[] Ranks(double[] credits)
    {
        int[] order = [.. Enumerable.Range(0, credits.Length).OrderByDescending(c => credits[c])];
        var ranks = new int[credits.Length];
        for (var i = 0; i < order.Length; i++)
            ranks[order[i]] = i > 0 && credits[order[i]] == credits[order[i - 1]] ? ranks[order[i - 1]] : i + 1;
        return ranks;
    }

    /// <summary>τ-b (Kendall 1945, doi:10.2307/2332303), by looking at all pairs.</summary>
    private static double KendallTau(double[] x, double[] y)
    {
        long agree = 0, differ = 0, tiedX = 0, tiedY = 0;
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < i; j++)
            {
                int a = x[i].CompareTo(x[j]), b = y[i].CompareTo(y[j]);
                if (a * b > 0) agree++;
                else if (a * b < 0) differ++;
                if (a == 0) tiedX++;
                if (b == 0) tiedY++;
            }

        var pairs = (long)x.Length * (x.Length - 1) / 2;
        return (agree - differ) / Math.Sqrt((double)(pairs - tiedX) * (pairs - tiedY));
    }
}
