using Trellis.Kernel;

namespace Trellis.Partners.Assets;

internal readonly record struct AssetId(Guid Value) : ITypedId<AssetId>
{
    public static string Prefix => "past";
    public static AssetId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AssetId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a partner has made that others can use or ask for.</summary>
internal enum AssetKind
{
    Accelerator,
    Method,
    App,
    Template,
    Integration,
    Expertise,
}

internal enum AssetState
{
    Submitted,
    Published,
    Returned,
    Withdrawn,
}

internal enum AssetTrigger
{
    Submit,
    Publish,
    Return,
    Withdraw,
}

internal static class AssetLifecycle
{
    public static readonly Machine<AssetState, AssetTrigger> Machine = new("partner_assets",
        (AssetState.Submitted, AssetTrigger.Publish, AssetState.Published),
        (AssetState.Submitted, AssetTrigger.Return, AssetState.Returned),
        (AssetState.Submitted, AssetTrigger.Submit, AssetState.Submitted),
        (AssetState.Submitted, AssetTrigger.Withdraw, AssetState.Withdrawn),
        (AssetState.Published, AssetTrigger.Submit, AssetState.Submitted),
        (AssetState.Published, AssetTrigger.Return, AssetState.Returned),
        (AssetState.Published, AssetTrigger.Withdraw, AssetState.Withdrawn),
        (AssetState.Returned, AssetTrigger.Submit, AssetState.Submitted),
        (AssetState.Returned, AssetTrigger.Withdraw, AssetState.Withdrawn),
        (AssetState.Withdrawn, AssetTrigger.Submit, AssetState.Submitted));
}

/// <summary>An entry of the catalogue of what partners have made.</summary>
internal sealed class Asset : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public AssetId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public AssetKind Kind { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>Lists as <see cref="TextList"/> writes them.</summary>
    public string Products { get; set; } = "";
    public string Verticals { get; set; } = "";

    public string? Link { get; set; }

    /// <summary>A file of the partner that is shared with the vendor.</summary>
    public FileId? FileId { get; set; }

    /// <summary>On which terms others get it.</summary>
    public string? Terms { get; set; }

    /// <summary>Whether its owner lets other partners see it.</summary>
    public bool ForPartners { get; set; }

    public AssetState State { get; private set; }
    public string? StateReason { get; private set; }
    public string StateBy { get; private set; } = "";
    public DateTime StateAt { get; private set; }

    /// <summary>The day on which it was published first.</summary>
    public DateOnly? PublishedOn { get; private set; }

    public string By { get; init; } = "";
    public PersonId AuthorId { get; init; }
    public DateTime At { get; init; }
    public string SearchText { get; set; } = "";
    public long Version { get; set; }

    public void Enter(AssetState state, string by, string? reason, DateTime at)
    {
        (State, StateBy, StateReason, StateAt) = (state, by, reason, at);
        if (state == AssetState.Published) PublishedOn ??= DateOnly.FromDateTime(at);
    }
}
