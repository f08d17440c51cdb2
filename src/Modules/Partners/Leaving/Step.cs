using Trellis.Kernel;

namespace Trellis.Partners.Leaving;

internal readonly record struct StepId(Guid Value) : ITypedId<StepId>
{
    public static string Prefix => "poff";
    public static StepId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out StepId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a checklist leads to.</summary>
internal enum ChecklistKind
{
    Offboarding,
    Onboarding,
}

/// <summary>Whose turn it is.</summary>
internal enum StepSide
{
    Vendor,
    Partner,
}

internal enum StepState
{
    Open,
    Done,

    /// <summary>It was decided, with a reason, that this is not needed.</summary>
    Waived,
}

/// <summary>One line of the checklist by which a partnership begins, or is brought to an orderly end.</summary>
internal sealed class Step : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public StepId Id { get; init; }
    public PartnerId PartnerId { get; init; }

    public ChecklistKind Kind { get; init; }
    public StepSide Side { get; init; }

    /// <summary>Names the check that looks by itself, or the line of the house that a person confirms.</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }
    public int Order { get; init; }

    /// <summary>The fact by which a line of onboarding is done by itself, or null.</summary>
    public string? Fact { get; init; }
    public PersonId? OwnerId { get; set; }
    public DateOnly DueOn { get; set; }
    public StepState State { get; set; }

    /// <summary>Why it was waived, or what was done.</summary>
    public string? Reason { get; set; }
    public string? By { get; set; }
    public DateTime? At { get; set; }
    public long Version { get; set; }

    /// <summary>Done, waived or opened again, by whom and why.</summary>
    public void Settle(StepState state, string? reason, string by, DateTime at)
    {
        (State, Reason) = (state, Text.OrNull(reason));
        (By, At) = state == StepState.Open ? ((string?)null, (DateTime?)null) : (by, at);
    }
}
