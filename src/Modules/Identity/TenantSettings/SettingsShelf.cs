using System.Collections.Concurrent;
using System.Net;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>
/// The settings of tenants, kept for some seconds: links, mails and promises ask for them in the middle of other work, so they are read past it and
/// at once, and past the model, for which the first page of a start does not wait. A change on this node shows at once, on another after that time.
/// </summary>
internal sealed class SettingsShelf(Engine engine, TimeProvider clock) : ITenantSettings
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<TenantId, (TenantSettings Settings, DateTimeOffset Until)> _kept = new();
    private readonly ConcurrentDictionary<string, (TenantId? Owner, DateTimeOffset Until)> _hosts = new();
    private (TenantId? Only, DateTimeOffset Until) _only;

    public TenantSettings Of(TenantId tenant)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(tenant, out var kept) && kept.Until > now) return kept.Settings;
        if (tenant == default) return Nobody;
        TenantSettings? found = null;
        // Another company may have proved since then that the host is its own.
        Ask($"SELECT {Facts} FROM identity_tenant AS t LEFT JOIN identity_host AS h ON h.host = t.host AND h.tenant_id = t.tenant_id WHERE t.tenant_id = $1", tenant, row => found = Read(tenant, row));
        // While a tenant is being founded nobody else sees it yet: not kept.
        if (found is null) return Nobody with { Tenant = tenant };
        if (_kept.Count >= Most) _kept.Clear();
        return (_kept[tenant] = (found, now + Kept)).Settings;
    }

    public TenantSettings? Visited(string host)
    {
        var tenant = Proven(host) ?? Only();
        return tenant is { } found ? Of(found) : null;
    }

    // Asked at every request of a page, so kept as the settings are. No host is an address of the network.
    public TenantId? OwnerOf(string host)
    {
        if (IPAddress.TryParse(host, out _)) return null;
        var (name, now) = (host.ToLowerInvariant(), clock.GetUtcNow());
        if (_hosts.TryGetValue(name, out var kept) && kept.Until > now) return kept.Owner;
        if (_hosts.Count >= Most) _hosts.Clear();
        return (_hosts[name] = (Proven(name), now + Kept)).Owner;
    }

    public bool Several => Only() is null;

    /// <summary>Forgets what has just been changed.</summary>
    public void Forget(TenantId tenant)
    {
        _kept.TryRemove(tenant, out _);
        _hosts.Clear();
        _only = default;
    }

    private const string Facts =
        "t.name, t.currency, t.time_zone, t.work_days, t.holidays, t.fiscal_month, t.week_start, t.colour, t.logo, t.version, t.privacy_page, t.imprint, t.host_verified_at, h.host";

    private static TenantSettings Read(TenantId tenant, AskedRow row)
    {
        var (timeZone, version) = (row.Text(2), row.Number(9));
        return new TenantSettings
        {
            Tenant = tenant,
            Name = row.Text(0),
            Currency = row.Text(1),
            TimeZone = timeZone,
            Calendar = new WorkCalendar(TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc, (int)row.Number(3)!, Holiday.Read(row.TextOrNull(4)).Holidays),
            FiscalMonth = (int)row.Number(5)!,
            WeekStart = (DayOfWeek)row.Number(6)!,
            Stylesheet = row.TextOrNull(7) is null ? null : $"/brand/{tenant}/{version}/style.css",
            Logo = row.IdOrNull<FileId>(8) is null ? null : $"/brand/{tenant}/{version}/logo",
            Address = row.Time(12) is not null && row.TextOrNull(13) is { } host ? $"https://{host}" : null,
            PrivacyPage = row.TextOrNull(10),
            Imprint = row.TextOrNull(11),
        };
    }

    private static readonly TenantSettings Nobody = new() { Tenant = default, Name = "", Currency = "USD" };

    // The Host header says only which door was used; whose door that is, is a row that its owner has proved.
    private TenantId? Proven(string host)
    {
        if (host.Length is 0 or > 253 || !host.Contains('.', StringComparison.Ordinal) || !Text.IsClean(host)) return null;
        var name = host.ToLowerInvariant();
        TenantId? found = null;
        Ask("SELECT h.tenant_id FROM identity_host AS h WHERE h.host = $1", name, row => found = row.Id<TenantId>(0));
        return found;
    }

    private TenantId? Only()
    {
        var now = clock.GetUtcNow();
        if (_only.Until > now) return _only.Only;
        List<TenantId> tenants = [];
        Ask("SELECT t.tenant_id FROM identity_tenant AS t LIMIT $1", 2L, row => tenants.Add(row.Id<TenantId>(0)));
        _only = (tenants.Count == 1 ? tenants[0] : null, now + Kept);
        return _only.Only;
    }

    private void Ask(string sql, object value, Action<AskedRow> read) => engine.Look(new Ask(sql, [engine.Stored(value)], read));
}
