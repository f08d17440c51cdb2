namespace Trellis.Compute.Matching;

/// <summary>The compared fields, in the order of a model's tables.</summary>
public enum MatchField { Name, Domain, TaxNumber, Country, City, Postcode, Sector }

/// <summary>
/// Fellegi–Sunter weights: for each field and level of agreement the probability among matches (m) and among non-matches (u) of the candidate pairs.
/// Fellegi, I. and Sunter, A. (1969), "A theory for record linkage", JASA 64(328). Level 0 means that a value is missing and weighs nothing.
/// </summary>
public sealed record MatchModel
{
    /// <summary>Share of candidate pairs that are matches, before any field is looked at.</summary>
    public required double Prior { get; init; }

    /// <summary>m-probabilities by <see cref="MatchField"/> and level.</summary>
    public required double[][] M { get; init; }

    /// <summary>u-probabilities by <see cref="MatchField"/> and level.</summary>
    public required double[][] U { get; init; }

    /// <summary>Bits of evidence of one level: log2(m/u); 0 for a missing value.</summary>
    public double Bits(MatchField field, int level) => level == 0 ? 0 : Math.Log2(M[(int)field][level] / U[(int)field][level]);

    /// <summary>Probability that a pair with so many bits of evidence is a match.</summary>
    public double Probability(double bits) => 1 / (1 + (1 - Prior) / Prior * Math.Pow(2, -bits));

    /// <summary>
    /// Weights to begin with, from what the levels mean rather than from any list: agreement by chance is as likely as the agreeing words are frequent,
    /// and the other fields have rates usual in business directories. Fit a model with the matcher where two whole lists are at hand.
    /// </summary>
    public static MatchModel Default { get; } = CreateDefault();

    private static MatchModel CreateDefault()
    {
        var m = new double[Levels.Count.Length][];
        var u = new double[Levels.Count.Length][];
        (m[0], u[0]) = DefaultName();
        Set(MatchField.Domain, [0, .80, .06, .14], [0, .002, .004, .994]);
        Set(MatchField.TaxNumber, [0, .95, .05], [0, .0005, .9995]);
        Set(MatchField.Country, [0, .93, .07], [0, .30, .70]);
        Set(MatchField.City, [0, .75, .07, .18], [0, .03, .02, .95]);
        Set(MatchField.Postcode, [0, .65, .12, .23], [0, .003, .02, .977]);
        Set(MatchField.Sector, [0, .75, .25], [0, .20, .80]);
        return new MatchModel { Prior = 0.05, M = m, U = u };

        void Set(MatchField field, double[] match, double[] non) => (m[(int)field], u[(int)field]) = (match, non);
    }

    // Candidates share at least a rare word, so their non-matches agree in about log2(names) bits; each further bit halves the chance.
    private static (double[] M, double[] U) DefaultName()
    {
        double[] share = [.62, .08, .07, .06, .05, .04, .03, .03, .02];
        double[] rarity = [.05, .15, .25, .25, .30];
        double[] chance = [.004, .006, .012, .03, .06, .10, .16, .26, .37];
        double[] chanceRarity = [.42, .40, .12, .04, .02];
        var m = new double[Levels.Count[0]];
        var u = new double[Levels.Count[0]];
        for (var s = 0; s < Levels.Shares; s++)
            for (var r = 0; r < Levels.Rarities; r++)
            {
                m[Levels.NameLevel(s, r)] = share[s] * rarity[r];
                u[Levels.NameLevel(s, r)] = chance[s] * chanceRarity[r];
            }

        return (m, u);
    }
}
