using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Conflicts;

/// <summary>A field about which two sources say different things.</summary>
internal sealed record SaidConflict
{
    public required SaidValueId Id { get; init; }
    public required PartnerId Partner { get; init; }
    public required string PartnerName { get; init; }
    public required string Field { get; init; }

    /// <summary>What was said first; null where it was cleared.</summary>
    public required string? First { get; init; }

    public required SaidBy FirstSource { get; init; }
    public required string FirstBy { get; init; }
    public required PersonId? FirstById { get; init; }
    public required DateTime FirstAt { get; init; }

    /// <summary>What another source has said since, and what stands on the record.</summary>
    public required string? Later { get; init; }

    public required SaidBy LaterSource { get; init; }
    public required string? LaterBy { get; init; }
    public required DateTime Since { get; init; }
}

internal static class SaidList
{
    private const int CountAtMost = 1000;

    /// <summary>Those that nobody has decided, the newest first.</summary>
    public static Task<Page<SaidConflict>> PageAsync(Work work, Paging paging, CancellationToken ct) => Items(work.Db).PageAsync(i => i.Since, i => i.Id, true, paging, ct);

    /// <summary>How many there are, at most a thousand.</summary>
    public static Task<int> CountAsync(Work work, CancellationToken ct) => Items(work.Db).Take(CountAtMost).CountAsync(ct);

    /// <summary>How many partners have one: for the count by the clock.</summary>
    public static Task<int> PartnersAsync(Work work, CancellationToken ct) => Items(work.Db).Select(i => i.Partner).Distinct().CountAsync(ct);

    private static IQueryable<SaidConflict> Items(Db db) =>
        from s in db.Set<SaidValue>().AsNoTracking()
        join p in db.Set<Partner>() on new { s.TenantId, Id = s.PartnerId } equals new { p.TenantId, p.Id }
        where s.Since != null && p.MergedInto == null
        select new SaidConflict
        {
            Id = s.Id, Partner = s.PartnerId, PartnerName = p.Name, Field = s.Field, First = s.Ours, FirstSource = s.Source, FirstBy = s.By, FirstById = s.ById, FirstAt = s.At,
            Later = s.Theirs, LaterSource = s.TheirSource!.Value, LaterBy = s.TheirBy, Since = s.Since!.Value,
        };

    /// <summary>A source as a person reads it.</summary>
    public static string Label(SaidBy source) => source switch
    {
        SaidBy.Vendor => "Written here",
        SaidBy.Partner => "Said by the partner",
        SaidBy.Import => "From a file",
        _ => "From the system that owns the field",
    };
}
