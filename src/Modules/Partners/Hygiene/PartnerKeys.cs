using Microsoft.EntityFrameworkCore;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>A short text under which a partner is found: its name in several writings, its web domain.</summary>
internal sealed class PartnerKey : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Key { get; init; }
    public PartnerId PartnerId { get; init; }
}

/// <summary>Keeps the keys of partners in step with their profiles, and asks by them, so that a question about one company reads a few partners and not all.</summary>
internal static class PartnerKeys
{
    // Enough for every exact hit; a key that more partners share tells little.
    private const int Most = 400;

    public static PartnerKey[] Of(Partner partner)
    {
        var keys = CompanyKeys.Stored(Record(partner));
        return [.. keys.Exact.Concat(keys.Near).Distinct().Select(key => new PartnerKey { TenantId = partner.TenantId, Key = key, PartnerId = partner.Id })];
    }

    /// <summary>Whenever a profile was written, inside the same transaction.</summary>
    public static async Task KeepAsync(Work work, Partner partner, CancellationToken ct)
    {
        var (id, wanted) = (partner.Id, Of(partner));
        var there = await work.Db.Set<PartnerKey>().Where(k => k.PartnerId == id).ToListAsync(ct);
        work.Db.RemoveRange(there.Where(t => !wanted.Any(w => w.Key == t.Key)));
        work.Db.AddRange(wanted.Where(w => !there.Any(t => t.Key == w.Key)));
    }

    /// <summary>The partners that share a key with this company: those of its name and domain first.</summary>
    public static async Task<IReadOnlyList<Partner>> AskAsync(Work work, CompanyRecord asked, CancellationToken ct)
    {
        var keys = CompanyKeys.Asked(asked);
        var found = new List<Partner>();
        foreach (var some in new[] { keys.Exact, keys.Near })
        {
            var ids = work.Db.Set<PartnerKey>().Where(k => some.Contains(k.Key)).Select(k => k.PartnerId);
            found.AddRange(await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && ids.Contains(p.Id)).OrderBy(p => p.Id).Take(Most).ToListAsync(ct));
        }

        return [.. found.DistinctBy(p => p.Id)];
    }

    public static CompanyRecord Record(Partner partner) => new(partner.Name, partner.Domain, null, partner.Country, partner.City, partner.Postcode);
}
