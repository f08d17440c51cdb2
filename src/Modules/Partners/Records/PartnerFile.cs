using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>A file that lies with a partner: internal unless it is shared.</summary>
internal sealed class PartnerFile : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public FileId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public NoteAudience Audience { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Digest { get; init; }
    public DateTime At { get; init; }
    public PersonId AddedBy { get; init; }
    public required string By { get; init; }
    public bool FromPartner { get; init; }
}

internal sealed record PartnerFileItem(FileId Id, string Name, string ContentType, long Bytes, NoteAudience Audience, string By, bool FromPartner, DateTime At, bool MayRemove);

internal static class PartnerFiles
{
    public static bool MayRemove(Actor actor, PersonId by, bool fromPartner) => by == actor.Person || (!fromPartner && !actor.IsPartner && actor.May(PartnersPermissions.Manage));

    public const int Most = 200;

    /// <summary>The newest, read once for a page.</summary>
    public static Task<List<PartnerFile>> RowsAsync(Work work, PartnerId partner, CancellationToken ct) => work.Kept<ReadOnce>().Files.OrReadAsync(partner,
        () => work.Db.Set<PartnerFile>().AsNoTracking().Where(f => f.PartnerId == partner).OrderByDescending(f => f.Id).Take(Most).ToListAsync(ct));

    public static async Task<IReadOnlyList<PartnerFileItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await RowsAsync(work, partner, ct);
        return [.. rows.Select(f => new PartnerFileItem(f.Id, f.Name, f.ContentType, f.Bytes, f.Audience, f.By, f.FromPartner, f.At, MayRemove(work.Actor, f.AddedBy, f.FromPartner)))];
    }
}
