using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Names a team template.</summary>
internal readonly record struct FormationId(Guid Value) : ITypedId<FormationId>
{
    public static string Prefix => "frm";
    public static FormationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FormationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A place of a template: which partner, with which terms.</summary>
internal sealed record FormationPlace(PartnerId Partner, string PartnerName, DealRole Role, int ShareBasisPoints, int WorkBasisPoints, DealVisibility Visibility);

/// <summary>A team that has won, kept as a template: who, with which role, which shares and which sight.</summary>
internal sealed class Formation : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public FormationId Id { get; init; }

    /// <summary>The partner that saved it; null for the vendor.</summary>
    public PartnerId? OwnerId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The won deal it comes from.</summary>
    public DealId DealId { get; init; }

    /// <summary>The places as JSON.</summary>
    public string Content { get; init; } = "[]";

    public DateTime SavedAt { get; init; }
    public string SavedByName { get; init; } = "";

    public IReadOnlyList<FormationPlace> Places => JsonSerializer.Deserialize<List<FormationPlace>>(Content, Json.Options)!;
}
