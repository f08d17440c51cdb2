using Trellis.Kernel;

namespace Trellis.Partners.Leaving;

internal readonly record struct StepId(Guid Value) : ITypedId<StepId>
{
    public static string Prefix => "poff";
    public static StepId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out StepId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum StepState
{
    Open,
    Done,

    /// <summary>It was decided, with a reason, that this is not needed.</summary>
    Waived,
}

/// <summary>One line of the checklist by which a partnership is brought to an orderly end.</summary>
internal sealed class Step : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public StepId Id { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>Names the check that looks by itself, or the line of the house that a person confirms.</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }
    public int Order { get; init; }
    public PersonId? OwnerId { get; set; }
    public DateOnly DueOn { get; set; }
    public StepState State { get; set; }

    /// <summary>Why it was waived, or what was done.</summary>
    public string? Reason { get; set; }
    public string? By { get; set; }
    public DateTime? At { get; set; }
    public long Version { get; set; }
}
