using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>A partner's contacts have custom fields. They speak of a person: the audit does not remember the values, and they go with the person.</summary>
internal sealed class PartnerContactRecords(Work work) : RecordType<ContactId>(work)
{
    public const string Name = "partner_contacts";

    public override string Code => Name;

    public override string Label => "Partner contact";

    public override Permission View => PartnersPermissions.View;

    public override Permission Edit => PartnersPermissions.Manage;

    public override bool Personal => true;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<ContactId> ids, CancellationToken ct)
    {
        var rows = await Work.Db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.PartnerId, c.Name }).ToListAsync(ct);
        var may = !Work.Actor.IsPartner && Work.Actor.May(Edit);
        return [.. rows.Select(c => new FieldSubject(c.Id.ToString(), c.Name, Work.Actor.IsPartner ? "/portal/company#people" : may ? $"/app/partners/{c.PartnerId}/contacts/{c.Id}" : $"/app/partners/{c.PartnerId}#people", may))];
    }
}
