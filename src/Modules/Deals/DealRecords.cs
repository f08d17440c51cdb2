using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Registrations have custom fields; the partner that holds one writes those that are open to it, and nobody else of its side sees them.</summary>
internal sealed class DealRecords(Work work) : RecordType<DealId>(work)
{
    public override string Code => "deals";

    public override string Label => "Deal";

    public override Permission View => DealsPermissions.View;

    public override Permission Edit => DealsPermissions.WorkOn;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<DealId> ids, CancellationToken ct)
    {
        // The partner may have shown the direct team a part only.
        var limited = Work.Actor.IsPartner || Work.Actor.May(DealsPermissions.SeeAll) ? []
            : await Work.Db.Set<Workspace.DirectSight>().Where(s => ids.Contains(s.DealId) && s.Level != DealVisibility.Full).Select(s => s.DealId).ToListAsync(ct);
        var rows = await Work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        // A partner on the team of another's deal sees of it what the team shares, and these fields are the holder's.
        return [.. rows.Where(d => !limited.Contains(d.Id)).Where(d => !Work.Actor.IsPartner || d.IsHeldBy(Work.Actor.Partner))
            .Select(d => new FieldSubject(d.Id.ToString(), d.Title, $"/{(Work.Actor.IsPartner ? "portal" : "app")}/deals/{d.Id}", Work.Actor.May(Edit)))];
    }
}
