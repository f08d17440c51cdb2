using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Applying;
using Trellis.Partners.Graph;
using Trellis.Partners.Imports;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Merging;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;
using Trellis.Partners.Solutions;
using Trellis.Partners.WordLists;

namespace Trellis.Partners;

/// <summary>What Partners keeps about a person: the contact at a partner, and what the person wrote and decided.</summary>
internal sealed class PartnersPersonalData(Work work) : IPersonalData
{
    public string Module => "partners";

    public NamedColumns Named { get; } = new NamedColumns()
        .Add<Note>(n => n.By).Add<Certifications.Certification>(c => c.PersonName).Add<Certifications.Certification>(c => c.StateBy).Add<Tag>(t => t.By)
        .Add<Contribution>(c => c.By).Add<PartnerFile>(f => f.By).Add<Segment>(s => s.By).Add<CustomerTie>(t => t.By).Add<Hears.CustomerMove>(m => m.By)
        .Add<SolutionGroup>(g => g.By).Add<SolutionPart>(p => p.InvitedBy).Add<SolutionPart>(p => p.AnsweredBy).Add<WordList>(l => l.By)
        .Add<Motions.MotionChange>(m => m.By).Add<Ownership.FieldOwner>(o => o.By).Add<Assets.Asset>(a => a.By).Add<Assets.Asset>(a => a.StateBy)
        .Add<Joint.JointValue>(j => j.By).Add<Joint.JointValue>(j => j.FirstBy).Add<Joint.JointValue>(j => j.SecondBy).Add<PartnerImport>(i => i.StartedByName)
        .Add<PartnerImport>(i => i.TakenBackByName).Add<Step>(s => s.By).Add<PartnerMerge>(m => m.By).Add<PartnerMerge>(m => m.UndoneBy)
        .Add<Hygiene.TwinRow>(t => t.DecidedByName).Add<Conflicts.SaidValue>(s => s.By).Add<Conflicts.SaidValue>(s => s.TheirBy).Add<Hygiene.PartnerCheckOwner>(o => o.PersonName).Add<PublicListing>(l => l.ConsentBy)
        .Add<TierChange>(c => c.By).Add<Application>(a => a.StateBy).Add<Starting.OnboardingTemplate>(t => t.By).Add<Agreements.PartnerAgreement>(a => a.By).Add<Agreements.Renewal>(r => r.By)
        .Add<Agreements.Renewal>(r => r.AnsweredBy).Add<Partner>(p => p.StateBy)
        .Add<Partner>(p => p.TierBy);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var (name, id, email) = (subject.NameIsUnique ? subject.Name : "", subject.Person, subject.Email);
        var contacts = await Of(id, email).AsNoTracking().Select(c => new { c.PartnerId, c.Name, c.Email, c.Phone, c.JobTitle, c.Function, c.CreatedAt }).ToListAsync(ct);
        var own = await (from v in Values(id, email).AsNoTracking()
                         join f in work.Db.Set<CustomField>() on new { v.TenantId, Id = v.FieldId } equals new { f.TenantId, f.Id }
                         orderby v.Subject, f.Position, v.Part
                         select new { f.Label, v.Text }).ToListAsync(ct);
        var notes = await work.Db.Set<Note>().AsNoTracking().Where(n => n.By == name).OrderBy(n => n.At).Select(n => new { n.PartnerId, n.Text, n.At }).ToListAsync(ct);
        var certifications = await work.Db.Set<Certifications.Certification>().AsNoTracking().Where(c => c.PersonName == name).Select(c => new { c.PartnerId, c.Subject, c.Level, c.Issuer, c.ValidFrom, c.ValidUntil, c.Evidence, c.State }).ToListAsync(ct);
        var given = await work.Db.Set<Contribution>().AsNoTracking().Where(c => c.AuthorId == id).OrderBy(c => c.On).Select(c => new { c.PartnerId, c.Kind, c.Title, c.Text, c.Link, c.On }).ToListAsync(ct);
        var files = await work.Db.Set<PartnerFile>().AsNoTracking().Where(f => f.AddedBy == id).OrderBy(f => f.At).Select(f => new { f.PartnerId, f.Name, f.Bytes, f.At }).ToListAsync(ct);
        var offered = await work.Db.Set<Assets.Asset>().AsNoTracking().Where(a => a.AuthorId == id).OrderBy(a => a.At).Select(a => new { a.PartnerId, a.Kind, a.Name, a.Description, a.Link, a.At }).ToListAsync(ct);
        var applied = await work.Db.Set<Application>().AsNoTracking().Where(a => a.Email == email).OrderBy(a => a.Id).Select(a => new { a.Company, a.Website, a.Country, a.Motion, a.OtherMotions, a.ContactName, a.Email, a.Text, a.CreatedAt, a.ConsentAt }).ToListAsync(ct);
        return [new("applications", [.. applied]), new("catalogue", [.. offered]), new("contributions", [.. given]), new("files", [.. files]), new("contacts", [.. contacts]), new("contact_fields", [.. own]), new("notes", [.. notes]), new("certifications", [.. certifications])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var gone = $"{subject.Person.Value:N}@erased.invalid";
        var rows = await Values(subject.Person, subject.Email).ExecuteDeleteAsync(ct);
        rows += await Of(subject.Person, subject.Email).ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Name, Erasure.Name).SetProperty(c => c.Email, gone).SetProperty(c => c.Phone, (string?)null).SetProperty(c => c.JobTitle, (string?)null)
            .SetProperty(c => c.PersonId, (PersonId?)null).SetProperty(c => c.SearchText, "former person").SetProperty(c => c.Version, c => c.Version + 1), ct);
        rows += await work.Db.Set<Application>().Where(a => a.Email == subject.Email).ExecuteUpdateAsync(s => s
            .SetProperty(a => a.ContactName, Erasure.Name).SetProperty(a => a.Email, gone).SetProperty(a => a.Text, (string?)null).SetProperty(a => a.Version, a => a.Version + 1), ct);
        rows += await work.Db.Set<Hygiene.PartnerCheckOwner>().Where(o => o.Person == subject.Person).ExecuteDeleteAsync(ct);
        rows += await work.Db.Set<Conflicts.SaidValue>().Where(s => s.ById == subject.Person).ExecuteUpdateAsync(s => s.SetProperty(v => v.By, Erasure.Name).SetProperty(v => v.ById, (PersonId?)null), ct);
        return rows;
    }

    // What the vendor's own fields say of the contact.
    private IQueryable<FieldValue<ContactId>> Values(PersonId person, string email) => work.Db.Set<FieldValue<ContactId>>().Where(v => Of(person, email).Select(c => c.Id).Contains(v.Subject));

    private IQueryable<Contact> Of(PersonId person, string email) => work.Db.Set<Contact>().Where(c => c.PersonId == person || c.Email == email);
}
