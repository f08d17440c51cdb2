using Trellis.Kernel;
using Trellis.Partners.Conflicts;

namespace Trellis.Partners.Hygiene;

/// <summary>The four sides of good data, as for accounts.</summary>
internal enum CheckKind
{
    /// <summary>What should be there is there.</summary>
    Completeness,

    /// <summary>Each partner stands here once.</summary>
    Uniqueness,

    /// <summary>What stands there is said alike by all who say it.</summary>
    Validity,

    /// <summary>Somebody has said so lately.</summary>
    Freshness,
}

/// <summary>One rule that partners' records are held against.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Kind">Which side of good data.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Why">What it does harm to.</param>
/// <param name="Weakens">The figures and models that count without these partners, or with what is old.</param>
/// <param name="Gap">What the partners lack, where it is that.</param>
internal sealed record PartnerCheck(string Code, CheckKind Kind, string Title, string Why, string Weakens, Gap? Gap = null)
{
    public string Href => $"/app/partners/quality/{Code}";
}

internal static class PartnerChecks
{
    public const string Twins = "duplicate_partners";
    public const string Conflicts = "conflicts";

    public static readonly IReadOnlyList<PartnerCheck> All =
    [
        .. Lacks.All.Select(w => new PartnerCheck(Words.Of(w.Gap), w.Gap is Gap.Stale or Gap.Quiet or Gap.OldCapacity or Gap.OldReach ? CheckKind.Freshness : CheckKind.Completeness, w.Label, w.Effect, w.Weakens, w.Gap)),
        new(Twins, CheckKind.Uniqueness, "Partners that are probably one company", "Each counts its deals and earnings apart, so both look smaller than the partner is.", "Every figure and tier of these partners, which is too small"),
        new(Conflicts, CheckKind.Validity, "Partners about which two sources disagree", "A person, the partner itself, a file or the system that owns the field say different things; what was said last stands.", "Whatever counts or filters by the field that differs"),
    ];

    public static PartnerCheck? Find(string? code) => All.FirstOrDefault(c => c.Code == code);
}

/// <summary>What one check of partners' records counted on one day: the row of today is the present state, those before it the trend.</summary>
internal sealed class PartnerQualityCount : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>The check.</summary>
    public required string Code { get; init; }

    /// <summary>Partners that fail it.</summary>
    public int Failing { get; set; }

    /// <summary>Partners that it looks at.</summary>
    public int Total { get; set; }
}

/// <summary>Who looks after a check of partners' records.</summary>
internal sealed class PartnerCheckOwner : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public required string Code { get; init; }
    public PersonId Person { get; set; }
    public string PersonName { get; set; } = "";
    public long Version { get; set; }
}
