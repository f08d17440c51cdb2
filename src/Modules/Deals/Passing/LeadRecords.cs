using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Leads have custom fields; the partner whose turn it is, or that has passed the lead, reads and writes those that are open to it.</summary>
internal sealed class LeadRecords(Work work) : RecordType<LeadId>(work)
{
    public const string Name = "leads";

    public override string Code => Name;

    public override string Label => "Lead";

    public override Permission View => PassingPermissions.View;

    public override Permission Edit => Work.Actor.IsPartner ? PassingPermissions.Refer : PassingPermissions.Pass;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<LeadId> ids, CancellationToken ct)
    {
        var rows = await LeadList.Filtered(Work, new LeadQuery()).Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.CustomerName }).ToListAsync(ct);
        return [.. rows.Select(l => new FieldSubject(l.Id.ToString(), l.CustomerName, $"/{(Work.Actor.IsPartner ? "portal" : "app")}/leads/{l.Id}", Work.Actor.May(Edit)))];
    }

    /// <summary>What the vendor says of a lead goes on with it to the next partner; what a partner has written stays with its own turn.</summary>
    public static async Task CarryAsync(Work work, CustomFields fields, LeadId from, LeadId to, CancellationToken ct)
    {
        var ours = (await fields.OfAsync(Name, ct)).Where(f => f.Sight != FieldSight.PartnerWrites).Select(f => f.Id).ToList();
        if (ours.Count == 0) return;
        var said = await FieldRows.ReadAsync<LeadId>(work.Db, [from], ours, ct);
        work.Db.AddRange(RowsOf(work.Tenant, to, said.ToDictionary(v => v.Key.Field, v => v.Value)));
    }
}
