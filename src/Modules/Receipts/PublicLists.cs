using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>A key as everybody may see it.</summary>
internal sealed record PublishedKey(string Id, string Fingerprint, string PublicKey, DateTime CreatedAt, DateTime? RetiredAt, string? RetiredBecause);

/// <summary>A root as everybody may see it: enough to find out later whether it was changed.</summary>
internal sealed record PublishedRoot(DateOnly Day, long First, long Last, string Root, string Statement, string Signature, string Key, DateTime PublishedAt);

internal static class PublicLists
{
    public const int RootsAtMost = 400;

    public static async Task<IReadOnlyList<PublishedKey>> KeysAsync(Db db, CancellationToken ct) =>
        [.. (await db.Set<KeyRow>().AsNoTracking().OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(ct)).Select(k => new PublishedKey(k.Id, Signatures.Fingerprint(k.PublicKey), k.PublicKey, k.CreatedAt, k.RetiredAt, k.RetiredBecause))];

    /// <summary>The roots of one vendor, the newest first. Without a name it is the only vendor of this installation; with several, nobody is named to strangers.</summary>
    public static async Task<(TenantId? Issuer, IReadOnlyList<PublishedRoot> Roots)> RootsAsync(Db db, ITenants tenants, string? issuer, CancellationToken ct)
    {
        var known = Ids.Parse<TenantId>(issuer);
        if (known is null && issuer is null && await tenants.AllAsync(ct) is [var only]) known = only;
        if (known is not { } tenant) return (null, []);
        var roots = await db.AllTenants<DayRoot>("roots are published for everybody").AsNoTracking().Where(r => r.TenantId == tenant).OrderByDescending(r => r.Day).Take(RootsAtMost)
            .Select(r => new PublishedRoot(r.Day, r.First, r.Last, r.Root, r.Statement, r.Signature, r.KeyId, r.PublishedAt)).ToListAsync(ct);
        return (tenant, roots);
    }
}
