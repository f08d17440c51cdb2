using System.Text.Json;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;

namespace Trellis.Partners.Merging;

internal readonly record struct MergeId(Guid Value) : ITypedId<MergeId>
{
    public static string Prefix => "pmrg";
    public static MergeId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MergeId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A merge that was done, with everything that is needed to take it back.</summary>
internal sealed class PartnerMerge : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public MergeId Id { get; init; }
    public PartnerId FromId { get; init; }
    public PartnerId IntoId { get; init; }
    public required string FromName { get; init; }
    public required string IntoName { get; init; }
    public required string By { get; init; }
    public DateTime At { get; init; }

    /// <summary>JSON of <see cref="Merging.Snapshot"/>.</summary>
    public required string Snapshot { get; set; }

    /// <summary>How many rows of all modules were moved.</summary>
    public int Rows { get; set; }

    public DateTime? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }
}

/// <summary>How both records were before, and which rows were moved.</summary>
/// <param name="Into">The profile of the partner that stays, before the chosen fields were taken over.</param>
/// <param name="IntoManager">Its manager before.</param>
/// <param name="FromState">Where the other one stood.</param>
/// <param name="FromStateReason">Why.</param>
/// <param name="Moved">The rows that were moved, table by table.</param>
/// <param name="Untied">Ties to other partners that the first one had.</param>
/// <param name="Tied">Ties that the second one got instead.</param>
/// <param name="Fields">What became of custom fields.</param>
/// <param name="Expertise">The expertise of the one that stays, where the other one's was added to it.</param>
/// <param name="Written">What the merge has written: only where it still stands does it go back to what was before.</param>
internal sealed record Snapshot(
    Profile Into, PersonId? IntoManager, PartnerState FromState, string? FromStateReason, IReadOnlyList<MovedRows> Moved, IReadOnlyList<OldTie> Untied, IReadOnlyList<OldTie> Tied, MergedFields? Fields = null, OldExpertise? Expertise = null, Written? Written = null);

/// <summary>The partner that stays as the merge has left it.</summary>
internal sealed record Written(Profile Into, PersonId? Manager, OldExpertise? Expertise);

/// <summary>A tie between two partners as it was.</summary>
internal sealed record OldTie(PartnerId From, PartnerId To, RelationKind Kind, string? Note, DateTime Since);

/// <summary>Rows of one table whose column named the first partner.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Keys">For each row the values of its key but for tenant and this column, as JSON.</param>
internal sealed record MovedRows(string Table, string Column, IReadOnlyList<JsonElement[]> Keys);

/// <summary>The fields that somebody chooses between when two records are merged, with how each is read and taken over. One list for page, API and use case.</summary>
internal static class MergeFields
{
    public static readonly IReadOnlyList<(string Name, string Label, Func<Profile, string?> Read, Func<Profile, Profile, Profile> Take)> All =
    [
        ("name", "Name", p => p.Name, (into, from) => into with { Name = from.Name }),
        ("legalName", "Legal name", p => p.LegalName, (into, from) => into with { LegalName = from.LegalName }),
        ("website", "Web site", p => p.Website, (into, from) => into with { Website = from.Website, Domain = from.Domain }),
        ("description", "Description", p => p.Description, (into, from) => into with { Description = from.Description }),
        ("country", "Country", p => Countries.Name(p.Country), (into, from) => into with { Country = from.Country }),
        ("city", "Town", p => p.City, (into, from) => into with { City = from.City }),
        ("postcode", "Postcode", p => p.Postcode, (into, from) => into with { Postcode = from.Postcode }),
        ("phone", "Phone", p => p.Phone, (into, from) => into with { Phone = from.Phone }),
        ("employees", "Employees", p => p.Employees?.ToString("N0", System.Globalization.CultureInfo.CurrentCulture), (into, from) => into with { Employees = from.Employees }),
        ("revenue", "Yearly revenue", p => p.Revenue is { } band ? PartnerWords.Label(band) : null, (into, from) => into with { Revenue = from.Revenue }),
        ("mainType", "Kind of company", p => PartnerWords.Label(p.MainType), (into, from) => into with { MainType = from.MainType }),
        ("languages", "Languages", p => p.Languages.Replace("; ", ", "), (into, from) => into with { Languages = from.Languages }),
        ("verticals", "Industries", p => p.Verticals.Replace("; ", ", "), (into, from) => into with { Verticals = from.Verticals }),
        ("competencies", "Competencies", p => p.Competencies.Replace("; ", ", "), (into, from) => into with { Competencies = from.Competencies }),
    ];

    /// <summary>The profile that stays: what is chosen comes from the other record, and so does whatever this one lacks.</summary>
    public static Profile Blend(Profile into, Profile from, IReadOnlySet<string> chosen)
    {
        var blended = into;
        foreach (var (name, _, read, take) in All)
        {
            if (chosen.Contains(name) || (string.IsNullOrEmpty(read(into)) && !string.IsNullOrEmpty(read(from)))) blended = take(blended, from);
        }

        return blended;
    }

    /// <summary>The profile as it was before a merge, but for the fields that somebody has changed since.</summary>
    public static Profile Restore(Profile now, Profile before, Profile written)
    {
        var restored = now;
        foreach (var (_, _, read, take) in All)
        {
            if (read(now) == read(written)) restored = take(restored, before);
        }

        return restored;
    }
}
