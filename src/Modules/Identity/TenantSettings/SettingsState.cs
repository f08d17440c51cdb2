using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>The company's settings as page and API show and take them.</summary>
internal sealed record SettingsInput
{
    /// <summary>The name as people know it.</summary>
    public string? Name { get; set; }

    /// <summary>The main currency, ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>The IANA time zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The code of the language of pages and mails where a person has chosen none; empty to follow each browser.</summary>
    public string? Language { get; set; }

    /// <summary>The month in which the fiscal year begins, 1 to 12.</summary>
    public int FiscalMonth { get; set; } = 1;

    /// <summary><c>monday</c>, <c>sunday</c> …</summary>
    public string? WeekStart { get; set; }

    /// <summary>The days on which people work: <c>monday</c> …</summary>
    public string[]? WorkDays { get; set; }

    /// <summary>One holiday a line: <c>2026-04-03 Good Friday</c>, or <c>12-25 Christmas Day</c> for each year.</summary>
    public string? Holidays { get; set; }

    /// <summary>The brand's colour, <c>#0b6b5b</c>; empty for the product's own.</summary>
    public string? Colour { get; set; }

    /// <summary>Who answers for the pages, in plain text.</summary>
    public string? Imprint { get; set; }

    /// <summary>The address of the page about privacy.</summary>
    public string? PrivacyPage { get; set; }

    /// <summary>The version that the caller has seen; null overwrites whatever is there.</summary>
    public long? Version { get; set; }

    public static SettingsInput Of(Tenant tenant) => new()
    {
        Name = tenant.Name,
        Currency = tenant.Currency,
        TimeZone = tenant.TimeZone,
        Language = tenant.Language,
        FiscalMonth = tenant.FiscalMonth,
        WeekStart = DayWord(tenant.WeekStart),
        WorkDays = [.. Enum.GetValues<DayOfWeek>().Where(d => (tenant.WorkDays & (1 << (int)d)) != 0).Select(DayWord)],
        Holidays = tenant.Holidays,
        Colour = tenant.Colour,
        Imprint = tenant.Imprint,
        PrivacyPage = tenant.PrivacyPage,
        Version = tenant.Version,
    };

    public static string DayWord(DayOfWeek day) => day.ToString().ToLowerInvariant();

    public static DayOfWeek? Day(string? word) => Enum.GetValues<DayOfWeek>().Where(d => DayWord(d) == word).Select(d => (DayOfWeek?)d).FirstOrDefault();
}

/// <summary>What stands behind the settings page.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="CurrencyIsFixed">There are amounts, so the main currency stays.</param>
/// <param name="HasLogo">A logo is shown.</param>
/// <param name="Host">The wished host name.</param>
/// <param name="HostRecord">The name of the TXT record that proves it.</param>
/// <param name="HostProof">What that record must say.</param>
/// <param name="HostVerifiedAt">Since when it is proved.</param>
/// <param name="Version">The version of all of it.</param>
internal sealed record SettingsState(SettingsInput Settings, bool CurrencyIsFixed, bool HasLogo, string? Host, string? HostRecord, string? HostProof, DateTime? HostVerifiedAt, long Version) : IHasVersion
{
    public static async Task<SettingsState> ReadAsync(Work work, IEnumerable<IMoneyRows> money, CancellationToken ct)
    {
        var tenant = await work.Db.Set<Tenant>().AsNoTracking().SingleAsync(ct);
        return new(SettingsInput.Of(tenant), await HasMoneyAsync(money, ct), tenant.Logo is not null, tenant.Host,
            tenant.Host is { } host ? HostProofs.RecordOf(host) : null, tenant.HostProof, tenant.HostVerifiedAt, tenant.Version);
    }

    public static async Task<bool> HasMoneyAsync(IEnumerable<IMoneyRows> money, CancellationToken ct)
    {
        foreach (var rows in money)
            if (await rows.AnyAsync(ct)) return true;
        return false;
    }

    /// <summary>The names of the months in the reader's language.</summary>
    public static string Month(int month) => CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(month);
}
