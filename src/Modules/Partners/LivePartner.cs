using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>The days that can be true of a partnership.</summary>
internal static class PartnerDays
{
    /// <summary>No partnership that anybody keeps here is older.</summary>
    public static readonly DateOnly Earliest = new(1950, 1, 1);

    /// <summary>A day in year 2100 or later is a slip of the pen.</summary>
    public static readonly DateOnly Latest = new(2100, 12, 31);
}

/// <summary>Partners that are there to be written to: one that has become part of another leads to that one, and what is written to it would be lost.</summary>
internal static class LivePartner
{
    public static Task<bool> IsAsync(Db db, PartnerId id, CancellationToken ct) => db.Set<Partner>().AnyAsync(p => p.Id == id && p.MergedInto == null, ct);
}
