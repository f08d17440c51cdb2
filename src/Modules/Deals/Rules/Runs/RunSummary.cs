using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>How often one outcome became another.</summary>
internal sealed record OutcomeMove(Outcome From, Outcome To, long Count);

/// <summary>What a run means for a group of partners.</summary>
/// <param name="Label">The tier, or the band of registrations.</param>
/// <param name="Partners">How many partners.</param>
/// <param name="Decisions">How many decisions on their registrations.</param>
/// <param name="Gains">How many would be better for them.</param>
/// <param name="Loses">How many would be worse.</param>
/// <param name="Gained">The amount of the registrations that gain, in minor units.</param>
/// <param name="Lost">The amount of those that lose.</param>
internal sealed record RunGroup(string Label, int Partners, long Decisions, long Gains, long Loses, long Gained, long Lost);

/// <summary>What a run means for one partner.</summary>
internal sealed record RunPartner(PartnerId Partner, long Decisions, long Gains, long Loses, long Gained, long Lost);

/// <summary>How often a rule decided, in the draft and before.</summary>
internal sealed record RuleUse(string Rule, long Before, long Now);

/// <summary>What a run has found.</summary>
internal sealed record RunSummary
{
    public required long Decisions { get; init; }
    public required long Differ { get; init; }
    public long Gains { get; init; }
    public long Loses { get; init; }
    public long Gained { get; init; }
    public long Lost { get; init; }
    public string Currency { get; init; } = "USD";

    /// <summary>Time spent on reading facts and deciding, without the database.</summary>
    public double Seconds { get; init; }

    /// <summary>How many of the differences are listed one by one.</summary>
    public long Listed { get; init; }

    public IReadOnlyList<OutcomeMove> Moves { get; init; } = [];
    public IReadOnlyList<RunGroup> ByTier { get; init; } = [];
    public IReadOnlyList<RunGroup> BySize { get; init; } = [];

    /// <summary>The partners concerned most.</summary>
    public IReadOnlyList<RunPartner> Partners { get; init; } = [];

    public IReadOnlyList<RuleUse> Rules { get; init; } = [];

    /// <summary>Facts that the table asks for and that older decisions were stored without: fact → how many.</summary>
    public IReadOnlyDictionary<string, long> Absent { get; init; } = new Dictionary<string, long>();

    public double PerSecond => Seconds <= 0 ? 0 : Decisions / Seconds;

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static RunSummary FromJson(string json) => JsonSerializer.Deserialize<RunSummary>(json, Json.Options)!;
}
