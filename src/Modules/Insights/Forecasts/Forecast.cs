using System.Text.Json.Serialization;
using Trellis.Kernel;

namespace Trellis.Insights.Forecasts;

/// <summary>How far an open registration has come.</summary>
internal enum ForecastStage
{
    /// <summary>Waits for a decision.</summary>
    Waiting,
    Approved,

    /// <summary>Linked to an opportunity: the co-sell pipeline.</summary>
    Opportunity,
}

/// <summary>What is expected of some open deals.</summary>
/// <param name="Deals">How many.</param>
/// <param name="Amount">What they bring if all are won; minor units.</param>
/// <param name="Value">Σ chance × amount.</param>
/// <param name="Low">Lower end of the 80 % interval; in the forecast itself widened by the error of the quarters that were tried.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Expectation(int Deals, long Amount, long Value, long Low, long High);

/// <summary>What is expected to close in a month; <c>overdue</c>, <c>later</c> and <c>none</c> stand for dates that have passed, that lie beyond a year, and that are missing.</summary>
internal sealed record ForecastLine(string When, DateOnly? Month, Expectation Expected);

/// <summary>The chance of a stage and motion, with the numbers that it comes from.</summary>
/// <param name="Ended">Deals that had reached this stage and ended.</param>
/// <param name="Won">Those of them that were won.</param>
/// <param name="Chance">The share that is reckoned with: pulled towards the stage's, as by twenty deals more.</param>
internal sealed record StageChance(ForecastStage Stage, string Motion, int Ended, int Won, double Chance, Expectation Open);

/// <summary>How deals came out that were overdue for so many days at least.</summary>
/// <param name="From">The first day of the band: days after the expected close.</param>
/// <param name="Ended">Deals that ended so many days after their expected close, or later.</param>
/// <param name="Won">Those of them that were won.</param>
internal sealed record OverdueChance(int From, int Ended, int Won);

/// <summary>What the same method would have said at the beginning of a quarter, and what came.</summary>
/// <param name="Expected">Of the deals that were open then and expected to close in the quarter; null where too few deals had ended.</param>
/// <param name="Came">Won in the quarter, of the deals that were expected to close in it.</param>
/// <param name="CameOther">Won in the quarter, of other deals that were open at its beginning: overdue, expected later, or without a date.</param>
/// <param name="CameNew">Won in the quarter, of deals registered in it: no forecast could know them.</param>
/// <param name="Within">Whether what came lies within the interval.</param>
internal sealed record BackQuarter(DateOnly From, DateOnly To, Expectation? Expected, long Came, long CameOther, long CameNew, bool? Within);

/// <summary>The forecast of indirect revenue.</summary>
/// <param name="Closed">Deals that ended in the last 24 months, on which the chances rest.</param>
/// <param name="Enough">Whether they suffice; if not, there is no forecast.</param>
internal sealed record Forecast(
    DateOnly Day, DateTime ComputedAt, string Currency, int Closed, bool Enough, Expectation Total, IReadOnlyList<ForecastLine> Lines, IReadOnlyList<StageChance> Chances, IReadOnlyList<BackQuarter> Quarters)
{
    public IReadOnlyList<OverdueChance> Overdue { get; init; } = [];

    /// <summary>Open deals that are counted with nothing: no amount was told, or its currency has no rate.</summary>
    public int Unvalued { get; init; }

    /// <summary>Open deals that stand in no month: nobody has said when they close.</summary>
    [JsonIgnore]
    public Expectation? Undated => Lines.FirstOrDefault(l => l.When == "none")?.Expected is { Deals: > 0 } undated ? undated : null;

    /// <summary>Quarters that could be tried.</summary>
    public int Tried { get; init; }

    /// <summary>Those of them in which what came lay outside the interval.</summary>
    public int Outside { get; init; }

    /// <summary>The largest |came − expected| ÷ expected of those outside: the intervals are at least as wide. 0 where none was.</summary>
    public double Error { get; init; }
}

/// <summary>The forecast as it was last computed.</summary>
internal sealed class ForecastRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime ComputedAt { get; init; }

    /// <summary>JSON: <see cref="Forecast"/>.</summary>
    public required string Result { get; init; }
}
