using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>What one check counted on one day: the row of today is the present state, those before it the trend.</summary>
internal sealed class QualityCount : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>The check.</summary>
    public required string Code { get; init; }

    /// <summary>Records that fail it.</summary>
    public long Failing { get; set; }

    /// <summary>Records that it looks at.</summary>
    public long Total { get; set; }

    /// <summary>Won revenue that analytics cannot use because of it, minor units of <see cref="Currency"/>.</summary>
    public long Revenue { get; set; }

    public required string Currency { get; set; }
    public DateTime At { get; set; }
}

/// <summary>Who looks after a check.</summary>
internal sealed class QualityOwner : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public required string Code { get; init; }
    public PersonId Person { get; set; }
    public string PersonName { get; set; } = "";
    public long Version { get; set; }
}
