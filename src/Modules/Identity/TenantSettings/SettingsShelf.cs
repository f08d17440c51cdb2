using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>
/// The settings of tenants, kept for some seconds: links, mails and promises ask for them in the middle of other work, so they are read in a scope of
/// their own and at once. A change on this node shows at once, on another after that time.
/// </summary>
internal sealed class SettingsShelf(IServiceScopeFactory scopes, TimeProvider clock) : ITenantSettings
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<TenantId, (TenantSettings Settings, DateTimeOffset Until)> _kept = new();
    private (TenantId? Only, DateTimeOffset Until) _only;

    public TenantSettings Of(TenantId tenant)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(tenant, out var kept) && kept.Until > now) return kept.Settings;
        if (tenant == default) return Nobody;
        using var scope = scopes.CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        // While a tenant is being founded nobody else sees it yet: not kept.
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (db.Set<Tenant>().AsNoTracking().SingleOrDefault() is not { } row) return Nobody with { Tenant = tenant };
        // Another company may have proved since then that the host is its own.
        var owns = row.HostVerifiedAt is not null && db.Set<TenantHost>().Any(h => h.Host == row.Host && h.TenantId == tenant);
        if (_kept.Count >= Most) _kept.Clear();
        return (_kept[tenant] = (Read(row, owns), now + Kept)).Settings;
    }

    public TenantSettings? Visited(string host)
    {
        var tenant = Proven(host) ?? Only();
        return tenant is { } found ? Of(found) : null;
    }

    /// <summary>Forgets what has just been changed.</summary>
    public void Forget(TenantId tenant)
    {
        _kept.TryRemove(tenant, out _);
        _only = default;
    }

    private static TenantSettings Read(Tenant row, bool ownsHost) => new()
    {
        Tenant = row.TenantId,
        Name = row.Name,
        Currency = row.Currency,
        TimeZone = row.TimeZone,
        Calendar = new WorkCalendar(TimeZoneInfo.TryFindSystemTimeZoneById(row.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc, row.WorkDays, Holiday.Read(row.Holidays).Holidays),
        FiscalMonth = row.FiscalMonth,
        WeekStart = row.WeekStart,
        Stylesheet = row.Colour is null ? null : $"/brand/{row.TenantId}/{row.Version}/style.css",
        Logo = row.Logo is null ? null : $"/brand/{row.TenantId}/{row.Version}/logo",
        Address = ownsHost ? $"https://{row.Host}" : null,
        PrivacyPage = row.PrivacyPage,
        Imprint = row.Imprint,
    };

    private static readonly TenantSettings Nobody = new() { Tenant = default, Name = "", Currency = "USD" };

    // The Host header says only which door was used; whose door that is, is a row that its owner has proved.
    private TenantId? Proven(string host)
    {
        if (host.Length is 0 or > 253 || !host.Contains('.', StringComparison.Ordinal) || !Text.IsClean(host)) return null;
        var name = host.ToLowerInvariant();
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<Db>().Set<TenantHost>().AsNoTracking().Where(h => h.Host == name).Select(h => (TenantId?)h.TenantId).FirstOrDefault();
    }

    private TenantId? Only()
    {
        var now = clock.GetUtcNow();
        if (_only.Until > now) return _only.Only;
        using var scope = scopes.CreateScope();
        var tenants = scope.ServiceProvider.GetRequiredService<Db>().AllTenants<Tenant>("is there one tenant or several").Select(t => t.TenantId).Take(2).ToList();
        _only = (tenants.Count == 1 ? tenants[0] : null, now + Kept);
        return _only.Only;
    }
}
