using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
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

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var (name, id, email) = (subject.NameIsUnique ? subject.Name : "", subject.Person, subject.Email);
        var contacts = await Of(id, email).AsNoTracking().Select(c => new { c.PartnerId, c.Name, c.Email, c.Phone, c.JobTitle, c.Function, c.CreatedAt }).ToListAsync(ct);
        var notes = await work.Db.Set<Note>().AsNoTracking().Where(n => n.By == name).OrderBy(n => n.At).Select(n => new { n.PartnerId, n.Text, n.At }).ToListAsync(ct);
        var certifications = await work.Db.Set<Certifications.Certification>().AsNoTracking().Where(c => c.PersonName == name).Select(c => new { c.PartnerId, c.Subject, c.Level, c.Issuer, c.ValidFrom, c.ValidUntil, c.Evidence, c.State }).ToListAsync(ct);
        var given = await work.Db.Set<Contribution>().AsNoTracking().Where(c => c.AuthorId == id).OrderBy(c => c.On).Select(c => new { c.PartnerId, c.Kind, c.Title, c.Text, c.Link, c.On }).ToListAsync(ct);
        var files = await work.Db.Set<PartnerFile>().AsNoTracking().Where(f => f.AddedBy == id).OrderBy(f => f.At).Select(f => new { f.PartnerId, f.Name, f.Bytes, f.At }).ToListAsync(ct);
        var offered = await work.Db.Set<Assets.Asset>().AsNoTracking().Where(a => a.AuthorId == id).OrderBy(a => a.At).Select(a => new { a.PartnerId, a.Kind, a.Name, a.Description, a.Link, a.At }).ToListAsync(ct);
        return [new("catalogue", [.. offered]), new("contributions", [.. given]), new("files", [.. files]), new("contacts", [.. contacts]), new("notes", [.. notes]), new("certifications", [.. certifications])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var gone = $"{subject.Person.Value:N}@erased.invalid";
        var rows = await Of(subject.Person, subject.Email).ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Name, Erasure.Name).SetProperty(c => c.Email, gone).SetProperty(c => c.Phone, (string?)null).SetProperty(c => c.JobTitle, (string?)null)
            .SetProperty(c => c.PersonId, (PersonId?)null).SetProperty(c => c.SearchText, "former person").SetProperty(c => c.Version, c => c.Version + 1), ct);
        rows += await subject.RenameAsync(work.Db.Set<Note>(), n => n.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Certifications.Certification>(), c => c.PersonName, ct);
        rows += await subject.RenameAsync(work.Db.Set<Certifications.Certification>(), c => c.StateBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Tag>(), t => t.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Contribution>(), c => c.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<PartnerFile>(), f => f.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Segment>(), s => s.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<CustomerTie>(), t => t.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Hears.CustomerMove>(), m => m.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<SolutionGroup>(), g => g.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<SolutionPart>(), p => p.InvitedBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<SolutionPart>(), p => p.AnsweredBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<WordList>(), l => l.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Motions.MotionChange>(), m => m.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Ownership.FieldOwner>(), o => o.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Assets.Asset>(), a => a.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Assets.Asset>(), a => a.StateBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Joint.JointValue>(), j => j.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Joint.JointValue>(), j => j.FirstBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Joint.JointValue>(), j => j.SecondBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<PartnerImport>(), i => i.StartedByName, ct);
        rows += await subject.RenameAsync(work.Db.Set<PartnerImport>(), i => i.TakenBackByName, ct);
        rows += await subject.RenameAsync(work.Db.Set<Step>(), s => s.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<PartnerMerge>(), m => m.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<PartnerMerge>(), m => m.UndoneBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Hygiene.TwinRow>(), t => t.DecidedByName, ct);
        rows += await subject.RenameAsync(work.Db.Set<PublicListing>(), l => l.ConsentBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<TierChange>(), c => c.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Partner>(), p => p.StateBy, ct);
        return rows + await subject.RenameAsync(work.Db.Set<Partner>(), p => p.TierBy, ct);
    }

    private IQueryable<Contact> Of(PersonId person, string email) => work.Db.Set<Contact>().Where(c => c.PersonId == person || c.Email == email);
}
