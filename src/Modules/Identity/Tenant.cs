using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A company that runs its partner program here.</summary>
internal sealed class Tenant : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public required string Name { get; set; }

    /// <summary>The currency in which it reports, ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>The IANA time zone of its people by default.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The brand's colour, <c>#0b6b5b</c>; null for ours.</summary>
    public string? Colour { get; set; }

    public FileId? Logo { get; set; }
    public string? LogoType { get; set; }

    /// <summary>Its own host name, as wished; links lead there once it is verified.</summary>
    public string? Host { get; set; }

    /// <summary>What must stand in the name system to prove that the host is its own.</summary>
    public string? HostProof { get; set; }

    public DateTime? HostVerifiedAt { get; set; }

    /// <summary>The month in which its fiscal year begins.</summary>
    public int FiscalMonth { get; set; } = 1;

    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>The days on which people work: bit 0 is Sunday.</summary>
    public int WorkDays { get; set; } = WorkCalendar.Weekdays;

    /// <summary>One holiday a line.</summary>
    public string? Holidays { get; set; }

    public string? Imprint { get; set; }
    public string? PrivacyPage { get; set; }

    /// <summary>The language of its pages and mails where a person has not chosen one; null to follow each browser.</summary>
    public string? Language { get; set; }

    public DateTime CreatedAt { get; init; }
    public long Version { get; set; }
}
