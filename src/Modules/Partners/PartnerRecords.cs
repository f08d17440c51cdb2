using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Partners have custom fields; a partner's admin writes those that are open to it.</summary>
internal sealed class PartnerRecords(Work work) : RecordType<PartnerId>(work)
{
    public const string Name = "partners";

    public override string Code => Name;

    public override string Label => "Partner";

    public override Permission View => PartnersPermissions.View;

    public override Permission Edit => PartnersPermissions.EditProfile;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<PartnerId> ids, CancellationToken ct)
    {
        var rows = await Work.Db.Set<Partner>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.MergedInto == null).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. rows.Select(p => new FieldSubject(p.Id.ToString(), p.Name, Work.Actor.IsPartner ? "/portal/company" : $"/app/partners/{p.Id}", Work.Actor.May(Edit)))];
    }
}
