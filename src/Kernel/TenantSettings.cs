namespace Trellis.Kernel;

/// <summary>How a tenant shows itself and counts time, as every part of the program needs it.</summary>
public sealed record TenantSettings
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its name as people know it.</summary>
    public required string Name { get; init; }

    /// <summary>The main currency, in which it reports.</summary>
    public required string Currency { get; init; }

    /// <summary>The IANA time zone of its people by default.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The days on which its promises run.</summary>
    public WorkCalendar Calendar { get; init; } = WorkCalendar.Standard;

    /// <summary>The month in which its fiscal year begins, 1 to 12.</summary>
    public int FiscalMonth { get; init; } = 1;

    /// <summary>The day on which its weeks begin.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>The first day of the tenant's week in which this day lies.</summary>
    public DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek - (int)WeekStart + 7) % 7));

    /// <summary>The address of its own style sheet, or null.</summary>
    public string? Stylesheet { get; init; }

    /// <summary>The address of its logo, or null.</summary>
    public string? Logo { get; init; }

    /// <summary>Its public address, verified, without a slash at the end; null where links lead to the installation's own.</summary>
    public string? Address { get; init; }

    /// <summary>The address of its page about privacy, or null.</summary>
    public string? PrivacyPage { get; init; }

    /// <summary>Who answers for these pages, in its own words; null where nothing was written.</summary>
    public string? Imprint { get; init; }
}

/// <summary>Finds the settings of tenants; Identity owns them, layouts, mails and promises need them. Kept for some seconds.</summary>
public interface ITenantSettings
{
    /// <summary>The settings of a tenant; plain ones for nobody.</summary>
    TenantSettings Of(TenantId tenant);

    /// <summary>Whose pages a visitor of this host sees before signing in: the tenant that has proved the host to be its own, or the only one there is.</summary>
    TenantSettings? Visited(string host);

    /// <summary>The tenant that has proved this host to be its own; null where nobody has.</summary>
    TenantId? OwnerOf(string host);

    /// <summary>Whether more than one tenant is here.</summary>
    bool Several { get; }
}

/// <summary>A module that keeps amounts of money tells whether there are any: from then on the main currency stays.</summary>
public interface IMoneyRows
{
    /// <summary>Whether this tenant has an amount.</summary>
    Task<bool> AnyAsync(CancellationToken ct);
}
