namespace Trellis.Compute.Series;

/// <summary>A first estimate of level, season, holidays and spread from the learning observations, outliers cut off.</summary>
internal sealed record WarmStart(
    double Level, double LevelVariance, double GrowthVariance, double[] Season, double[] SeasonVariance, double[] Holiday, double[] HolidayVariance,
    double Spread, double Freedom, double Some, double None)
{
    private const int Rounds = 4;

    public static WarmStart Of(double[] values, int[] holidays, WatchOptions options, double prior)
    {
        var money = options.Measure == Measure.Money;
        var used = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]) && !(money && values[i] == 0)).ToArray();
        var zeros = values.Count(v => v == 0);
        var (some, none) = (used.Length + 0.5, zeros + 0.05);
        var season = Enumerable.Repeat(1.0, options.Period).ToArray();
        var holiday = Enumerable.Repeat(1.0, options.Holidays).ToArray();
        var seasonVariance = Enumerable.Repeat(options.Period > 1 ? prior : 0, options.Period).ToArray();
        var holidayVariance = Enumerable.Repeat(prior, options.Holidays).ToArray();
        if (used.Length == 0) return new WarmStart(Math.Log(money ? 1 : 0.1), 2, 1e-4, season.Select(f => Math.Log(f)).ToArray(), seasonVariance, holiday.Select(f => Math.Log(f)).ToArray(), holidayVariance, 0.2, 3, some, none);

        // Nothing but zeros still leaves room for a rate of one event in four times as long.
        var least = money ? 1e-9 : 0.25 / values.Length;
        var level = Math.Max(used.Average(i => values[i]), least);
        var spread = 0.1;
        var clean = (double[])values.Clone();
        var freedom = 1.0;
        for (var round = 0; round < Rounds; round++)
        {
            // One observation's worth of knowledge about a factor, against a prior factor of 1 with this variance.
            var worth = 1 / (spread + (money ? 0 : 1 / level));
            level = Math.Max(used.Sum(i => clean[i]) / used.Sum(i => Factor(i)), least);
            if (options.Period > 1) Refit(season, seasonVariance, i => i % options.Period, i => level * Factor(i) / season[i % options.Period]);
            Refit(holiday, holidayVariance, i => holidays[i], i => level * Factor(i) / (holidays[i] >= 0 ? holiday[holidays[i]] : 1));
            var parameters = 1 + season.Select((_, k) => 1 - seasonVariance[k] / prior).Sum() * (options.Period > 1 ? 1 : 0);
            freedom = Math.Max(2, used.Length - parameters);
            var squares = used.Sum(i => Math.Pow(clean[i] / (level * Factor(i)) - 1, 2));
            // Two prior observations of a moderate spread keep a lucky start from promising too much.
            var counting = money ? 0 : used.Average(i => 1 / (level * Factor(i)));
            spread = Math.Max(money ? 1e-3 : 0, (squares + 2 * (0.05 + counting)) / (freedom + 2) - counting);
            foreach (var i in used)
            {
                var mean = level * Factor(i);
                var deviation = mean * Math.Sqrt(spread + (money ? 0 : 1 / mean));
                clean[i] = Math.Clamp(values[i], mean - 3 * deviation, mean + 3 * deviation);
            }

            void Refit(double[] factors, double[] variances, Func<int, int> slot, Func<int, double> others)
            {
                for (var k = 0; k < factors.Length; k++)
                {
                    var own = used.Where(i => slot(i) == k).ToArray();
                    var ratio = own.Length == 0 ? 1 : own.Sum(i => clean[i]) / Math.Max(own.Sum(others), 1e-12);
                    var known = own.Length * worth;
                    factors[k] = Math.Max((1 / prior + known * ratio) / (1 / prior + known), 0.01);
                    variances[k] = 1 / (1 / prior + known);
                }
            }
        }

        var variance = (spread + (money ? 0 : 1 / level)) / used.Length;
        return new WarmStart(
            Math.Log(level), Math.Min(1, variance + Math.Pow(options.LevelStep, 2) * values.Length / 3), Math.Pow(options.GrowthStep, 2) * values.Length,
            season.Select(f => Math.Log(f)).ToArray(), seasonVariance, holiday.Select(f => Math.Log(f)).ToArray(), holidayVariance, spread, freedom + 2, some, none);

        double Factor(int i) => season[i % options.Period] * (holidays[i] >= 0 ? holiday[holidays[i]] : 1);
    }
}
