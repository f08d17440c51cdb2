using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Names a draft of the rules.</summary>
internal readonly record struct RuleDraftId(Guid Value) : ITypedId<RuleDraftId>
{
    public static string Prefix => "rdr";
    public static RuleDraftId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RuleDraftId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum RuleDraftState
{
    Draft,
    Simulated,
    Published,
    Discarded,
}

internal enum RuleDraftTrigger
{
    Edit,
    Simulate,
    Publish,
    Discard,
}

/// <summary>From draft to published version. Whoever edits a simulated draft has to simulate it again: what is published is what was tried.</summary>
internal static class RuleDraftLifecycle
{
    public static readonly Machine<RuleDraftState, RuleDraftTrigger> Machine = new("rules",
        (RuleDraftState.Draft, RuleDraftTrigger.Edit, RuleDraftState.Draft),
        (RuleDraftState.Draft, RuleDraftTrigger.Simulate, RuleDraftState.Simulated),
        (RuleDraftState.Draft, RuleDraftTrigger.Discard, RuleDraftState.Discarded),
        (RuleDraftState.Simulated, RuleDraftTrigger.Edit, RuleDraftState.Draft),
        (RuleDraftState.Simulated, RuleDraftTrigger.Simulate, RuleDraftState.Simulated),
        (RuleDraftState.Simulated, RuleDraftTrigger.Publish, RuleDraftState.Published),
        (RuleDraftState.Simulated, RuleDraftTrigger.Discard, RuleDraftState.Discarded));
}

/// <summary>Rules that somebody is working on. Its content may be unfinished; it is checked when it is simulated and when it is published.</summary>
internal sealed class RuleDraft : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public RuleDraftId Id { get; init; }

    /// <summary>What changes and why, in words.</summary>
    public string Note { get; private set; } = "";

    /// <summary>The version that it began with.</summary>
    public int BasedOn { get; init; }

    public RuleDraftState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public DateTime CreatedAt { get; init; }
    public string CreatedByName { get; init; } = "";

    /// <summary>The table as JSON.</summary>
    public string Content { get; private set; } = "";

    /// <summary>The version that it became.</summary>
    public int? PublishedNumber { get; private set; }

    public long Version { get; set; }

    public RuleSetText Text => RuleSetText.FromJson(Content);

    public static RuleDraft Begin(TenantId tenant, RuleDraftId id, int basedOn, string note, RuleSetText text, DateTime now, string by) => new()
    {
        TenantId = tenant,
        Id = id,
        BasedOn = basedOn,
        Note = note,
        Content = text.ToJson(),
        CreatedAt = now,
        CreatedByName = by,
        StateSince = now,
        StateBy = by,
    };

    public void Write(RuleSetText text, string note) => (Content, Note) = (text.ToJson(), note);

    /// <summary>Enters a state that the lifecycle has allowed.</summary>
    public void Enter(RuleDraftState state, DateTime now, string by) => (State, StateSince, StateBy) = (state, now, by);

    public void Become(int number) => PublishedNumber = number;
}
