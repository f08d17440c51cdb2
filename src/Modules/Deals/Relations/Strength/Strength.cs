namespace Trellis.Deals.Relations.Strength;

/// <summary>What is known of one partner at one customer.</summary>
internal sealed record StrengthFacts
{
    /// <summary>Age in days of each deal that it won there, as holder or on the team.</summary>
    public IReadOnlyList<int> Wins { get; init; } = [];

    /// <summary>Its protected deals and those that wait for a decision.</summary>
    public int Open { get; init; }

    /// <summary>People there whom it knows: contacts of its registrations and people of buying committees with whom its side keeps the contact.</summary>
    public int People { get; init; }

    /// <summary>Age in days of each thing that it did there in the last year: registrations, messages and tasks.</summary>
    public IReadOnlyList<int> Touches { get; init; } = [];

    /// <summary>The strongest tie that is noted in the ecosystem, by its machine name.</summary>
    public string? Tie { get; init; }

    /// <summary>It holds the customer relation, alone or with the vendor.</summary>
    public bool Holds { get; init; }
}

/// <summary>One part of a score.</summary>
/// <param name="Key">Which part.</param>
/// <param name="Points">What it has.</param>
/// <param name="Most">The most that it can have.</param>
/// <param name="Count">How many things it counts; null where it does not count.</param>
internal sealed record StrengthPart(StrengthKey Key, int Points, int Most, int? Count);

internal enum StrengthKey
{
    Wins,
    Open,
    People,
    Touches,
    Tie,
    Ownership,
}

/// <summary>A score with its parts; they sum to it.</summary>
internal sealed record StrengthScore(int Points, IReadOnlyList<StrengthPart> Parts);

/// <summary>
/// Pure: how strong a partner's relation with a customer is, 0 to 100. The formula is a stated one, not a model: each part is bounded and rounded to whole points, and the score is their sum.
/// Deals won together, at most 30: 10 points for each, halved with every 730 days since the win. Open deals, at most 15: 8 each. People known, at most 20: 4 each.
/// Activity, at most 15: 1.5 points for each registration, message and task of the last 365 days, falling evenly to nothing at the end of the year.
/// A tie noted in the ecosystem, at most 10: operates or knows people 10, advises or implements 8, sells 6; the strongest counts. Holding the customer relation, alone or with the vendor: 10; a partner that reads its own score must not learn which, and its own list leaves the ties out.
/// </summary>
internal static class Strengths
{
    public const int HalfLife = 730;
    public const int Year = 365;

    public static StrengthScore Of(StrengthFacts facts)
    {
        StrengthPart[] parts =
        [
            Part(StrengthKey.Wins, facts.Wins.Sum(days => 10 * Math.Pow(0.5, Math.Max(0, days) / (double)HalfLife)), 30, facts.Wins.Count),
            Part(StrengthKey.Open, 8.0 * facts.Open, 15, facts.Open),
            Part(StrengthKey.People, 4.0 * facts.People, 20, facts.People),
            Part(StrengthKey.Touches, facts.Touches.Sum(days => 1.5 * Math.Clamp(1 - (days / (double)Year), 0, 1)), 15, facts.Touches.Count(d => d < Year)),
            Part(StrengthKey.Tie, TiePoints(facts.Tie), 10, null),
            Part(StrengthKey.Ownership, facts.Holds ? 10 : 0, 10, null),
        ];
        return new StrengthScore(parts.Sum(p => p.Points), parts);
    }

    public static int TiePoints(string? tie) => tie switch { "operates" or "knows" => 10, "advises" or "implements" => 8, "sells_to" => 6, _ => 0 };

    public static string Label(StrengthKey key) => key switch
    {
        StrengthKey.Wins => "Deals won together",
        StrengthKey.Open => "Open deals",
        StrengthKey.People => "People known",
        StrengthKey.Touches => "Activity in the last year",
        StrengthKey.Tie => "Tie noted in the ecosystem",
        _ => "Holds the customer relation",
    };

    public static string Level(int points) => points switch { >= 60 => "Strong", >= 30 => "Known", > 0 => "Thin", _ => "None" };

    private static StrengthPart Part(StrengthKey key, double points, int most, int? count) => new(key, (int)Math.Round(Math.Clamp(points, 0, most), MidpointRounding.AwayFromZero), most, count);
}
