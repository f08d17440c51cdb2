using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Names a run of rules over past decisions.</summary>
internal readonly record struct RuleRunId(Guid Value) : ITypedId<RuleRunId>
{
    public static string Prefix => "rrn";
    public static RuleRunId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RuleRunId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names a decision that came out differently.</summary>
internal readonly record struct RuleDifferenceId(Guid Value) : ITypedId<RuleDifferenceId>
{
    public static string Prefix => "rdf";
    public static RuleDifferenceId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RuleDifferenceId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum RuleRunKind
{
    /// <summary>A draft decides what other rules have decided.</summary>
    Simulation,

    /// <summary>Each decision is decided again by its own version; nothing may differ.</summary>
    Replay,
}

/// <summary>What a difference means to the partner.</summary>
internal enum Effect
{
    /// <summary>A milder outcome, or more days, extensions or credit.</summary>
    Gains,

    /// <summary>A stricter outcome, or fewer.</summary>
    Loses,

    /// <summary>Another reason, reviewer or compensation, or better in one thing and worse in another.</summary>
    Other,
}

/// <summary>Rules run over past decisions, with what came of it.</summary>
internal sealed class RuleRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public RuleRunId Id { get; init; }
    public RuleRunKind Kind { get; init; }

    /// <summary>The draft that was simulated.</summary>
    public RuleDraftId? Draft { get; init; }

    /// <summary>The table that was simulated, so that the result can be had again.</summary>
    public string? Content { get; init; }

    /// <summary>Over how many days back.</summary>
    public int Days { get; init; }

    /// <summary>The first moment of the decisions.</summary>
    public DateTime From { get; init; }

    /// <summary>The work behind it; null for one of the demo.</summary>
    public JobId? Job { get; init; }

    public DateTime StartedAt { get; init; }
    public required string StartedByName { get; init; }
    public DateTime? FinishedAt { get; private set; }
    public long Decisions { get; private set; }
    public long Differ { get; private set; }

    /// <summary>The result as JSON, once there is one.</summary>
    public string? Summary { get; private set; }

    public void Finish(RunSummary summary, DateTime now) =>
        (Decisions, Differ, Summary, FinishedAt) = (summary.Decisions, summary.Differ, summary.ToJson(), now);
}

/// <summary>A past decision that came out differently.</summary>
internal sealed class RuleDifference : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public RuleDifferenceId Id { get; init; }
    public RuleRunId RunId { get; init; }
    public DecisionId DecisionId { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }
    public DateTime At { get; init; }
    public Effect Effect { get; init; }

    /// <summary>The amount of the registration, in minor units.</summary>
    public long Amount { get; init; }

    public Outcome FromOutcome { get; init; }
    public string? FromRule { get; init; }
    public int? FromDays { get; init; }
    public Outcome ToOutcome { get; init; }
    public string? ToRule { get; init; }
    public int? ToDays { get; init; }

    /// <summary>What differs besides outcome and days, in words.</summary>
    public string? Besides { get; init; }
}
