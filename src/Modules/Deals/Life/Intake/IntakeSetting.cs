using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>To which address partners forward mail; one row, or none.</summary>
internal sealed class IntakeSetting : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public string Address { get; set; } = "";
    public long Version { get; set; }
}

/// <summary>The address, and when the last mail came.</summary>
internal sealed record IntakeState(string? Address, DateTime? LastReceived, long Version) : IHasVersion
{
    public static async Task<IntakeState> ReadAsync(Work work, CancellationToken ct)
    {
        var setting = await work.Db.Set<IntakeSetting>().AsNoTracking().SingleOrDefaultAsync(ct);
        // Their ids are in the order in which they came.
        var last = await work.Db.Set<IntakeMail>().OrderByDescending(m => m.Id).Select(m => (DateTime?)m.At).FirstOrDefaultAsync(ct);
        return new IntakeState(setting?.Address, last, setting?.Version ?? 0);
    }

    /// <summary>What a partner's person is told on the page on which deals are registered.</summary>
    public static Task<string?> AddressAsync(Work work, CancellationToken ct) => work.Db.Set<IntakeSetting>().AsNoTracking().Select(s => (string?)s.Address).SingleOrDefaultAsync(ct);
}
