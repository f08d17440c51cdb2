using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A row of the workspace that can be put back for a while after somebody has removed it. Until then every query leaves it out (<see cref="Db.RemovedFilter"/>).</summary>
internal interface IRemovable
{
    DateTime? RemovedAt { get; set; }
    string? RemovedByName { get; set; }

    /// <summary>The partner whose person that is; null for the vendor.</summary>
    PartnerId? RemovedByPartner { get; set; }
}

/// <summary>Something that was removed, for whoever may put it back.</summary>
internal sealed record RemovedLine(string Id, string Title, DateTime At, string? By);

/// <summary>What is removed stays for some days, and is forgotten then.</summary>
internal static class Removal
{
    public const int Days = 30;

    public static void TakeOff(this IRemovable row, Work work) => (row.RemovedAt, row.RemovedByName, row.RemovedByPartner) = (work.Now, work.Actor.Name, work.Actor.Partner);

    public static void PutBack(this IRemovable row) => (row.RemovedAt, row.RemovedByName, row.RemovedByPartner) = (null, null, null);

    /// <summary>The removed rows that can still be put back.</summary>
    public static IQueryable<T> Removed<T>(this IQueryable<T> rows, DateTime now) where T : class, IRemovable
    {
        var oldest = now.AddDays(-Days);
        return rows.IgnoreQueryFilters([Db.RemovedFilter]).Where(r => r.RemovedAt >= oldest);
    }
}
