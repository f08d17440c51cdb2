using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

internal readonly record struct TwinId(Guid Value) : ITypedId<TwinId>
{
    public static string Prefix => "pdup";
    public static TwinId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TwinId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Two partners that are probably one company, as they were last compared.</summary>
internal sealed class TwinRow : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public TwinId Id { get; init; }

    /// <summary>The partner that came first.</summary>
    public PartnerId LeftId { get; init; }

    public PartnerId RightId { get; init; }

    /// <summary>The likeness in basis points.</summary>
    public int Score { get; set; }

    /// <summary>JSON: why, in words.</summary>
    public required string Reasons { get; set; }

    /// <summary>A person has said that they are two companies: the pair is not proposed again.</summary>
    public bool Apart { get; private set; }

    public DateTime FoundAt { get; init; }
    public DateTime? DecidedAt { get; private set; }
    public string? DecidedByName { get; private set; }
    public long Version { get; set; }

    public void KeepApart(DateTime at, string by) => (Apart, DecidedAt, DecidedByName) = (true, at, by);
}

internal static class TwinTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var key = model.Owned<PartnerKey>("partners_key", k => new { k.TenantId, k.Key, k.PartnerId });
        key.HasIndex(k => new { k.TenantId, k.PartnerId });
        key.HasQueryFilter(Db.PartnerFilter, k => db.SeesAllPartners || k.PartnerId == db.Partner);

        var twin = model.Owned<TwinRow>("partners_duplicate", t => new { t.TenantId, t.Id });
        twin.HasIndex(t => new { t.TenantId, t.LeftId, t.RightId }).IsUnique();
        twin.HasIndex(t => new { t.TenantId, t.RightId });
        twin.HasIndex(t => new { t.TenantId, t.Apart, t.Score, t.Id });
        twin.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners);
    }
}
