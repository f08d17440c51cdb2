using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>
/// The tables of tenants, kept for some seconds as their settings are: every look at a deal and every query filter of the portal asks them in the middle of other work. A change on this node shows at
/// once, on another after that time.
/// </summary>
internal sealed class SightShelf(Engine engine, TimeProvider clock) : IAmountLimits
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<TenantId, (SightTable Table, DateTimeOffset Until)> _kept = new();

    public SightTable Of(TenantId tenant)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(tenant, out var kept) && kept.Until > now) return kept.Table;
        if (tenant == default) return SightTable.Delivered;
        var found = SightTable.Delivered;
        engine.Look(new Ask("SELECT v.levels, v.limits FROM deals_sight_version AS v WHERE v.tenant_id = $1 ORDER BY v.set_at DESC, v.id DESC LIMIT 1", [engine.Stored(tenant)], row => found = SightVersion.Read(row.Text(0), row.Text(1))));
        if (_kept.Count >= Most) _kept.Clear();
        return (_kept[tenant] = (found, now + Kept)).Table;
    }

    public bool Read(TenantId tenant, IReadOnlyCollection<string> roles) => (Of(tenant).Left(roles) & PartBits.Figures) != 0;

    /// <summary>Forgets what has just been changed.</summary>
    public void Forget(TenantId tenant) => _kept.TryRemove(tenant, out _);
}

/// <summary>The table in force, for queries and use cases.</summary>
internal static class SightTables
{
    public static SightTable Sights(this Db db) => db.GetService<SightShelf>().Of(db.Tenant);

    /// <summary>Whether the roles of who asks leave it these parts of a deal; query filters name it.</summary>
    public static bool RolesRead(Db db, int bits) => db.SeesAllPartners || (db.Sights().Left(db.Actor) & bits) == bits;
}
