using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Intake.Mailboxes;
using Trellis.Deals.Opportunities;
using Trellis.Deals.Passing;
using Trellis.Deals.Plans;
using Trellis.Deals.Relations;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What Deals keeps about a person: what it registered, wrote and decided.</summary>
internal sealed class DealsPersonalData(Work work) : IPersonalData
{
    public string Module => "deals";

    public NamedColumns Named { get; } = new NamedColumns().AllOf(typeof(DealsPersonalData).Assembly);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.RegisteredBy == id).OrderBy(d => d.Id).Select(d => new { d.Id, d.PartnerId, d.RegisteredByName, d.State }).ToListAsync(ct);
        var comments = await work.Db.Set<DealComment>().AsNoTracking().Where(c => c.AuthorId == id).OrderBy(c => c.At).Select(c => new { c.DealId, c.Body, c.At, c.AuthorName }).ToListAsync(ct);
        var email = subject.Email.ToLowerInvariant();
        var leads = await work.Db.Set<Lead>().AsNoTracking().Where(l => l.PassedBy == id || l.AnsweredBy == id || (l.ContactEmail != null && l.ContactEmail.ToLower() == email)).OrderBy(l => l.Id)
            .Select(l => new { l.Id, l.CustomerName, l.ContactName, l.ContactEmail, l.Need, l.Answer, l.State, l.PassedByName, l.AnsweredByName }).ToListAsync(ct);
        var claims = await work.Db.Set<RelationClaim>().AsNoTracking().Where(c => c.ClaimedBy == id).OrderBy(c => c.Id).Select(c => new { c.DealId, c.Basis, c.ClaimedAt, c.ClaimedByName }).ToListAsync(ct);
        var steps = await work.Db.Set<NextStep>().AsNoTracking().Where(s => s.SetBy == id).OrderBy(s => s.Id).Select(s => new { s.DealId, s.What, s.DueOn, s.SetAt, s.SetByName }).ToListAsync(ct);
        var planned = await work.Db.Set<PlannedPlace>().AsNoTracking().Where(p => p.PlannedBy == id).OrderBy(p => p.Id).Select(p => new { p.OpportunityId, p.PartnerId, p.Note, p.PlannedAt, p.PlannedByName }).ToListAsync(ct);
        var mails = await work.Db.Set<IntakeMail>().AsNoTracking().Where(m => m.PersonId == id || m.FromAddress.ToLower() == email).OrderBy(m => m.Id).Select(m => new { m.Id, m.FromAddress, m.Subject, m.Outcome, m.At }).ToListAsync(ct);
        var parked = await work.Db.Set<MailboxMessage>().AsNoTracking().Where(m => m.FromAddress != null && m.FromAddress.ToLower() == email).OrderBy(m => m.Id).Select(m => new { m.Id, m.FromAddress, m.Subject, m.At }).ToListAsync(ct);
        var contacts = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.ContactEmail == email).OrderBy(d => d.Id).Select(d => new { d.Id, d.ContactName, d.ContactEmail }).ToListAsync(ct);
        var buyers = await work.Db.Set<CommitteePerson>().AsNoTracking().Where(p => p.Email != null && p.Email.ToLower() == email).OrderBy(p => p.Id).Select(p => new { p.DealId, p.Name, p.JobTitle, p.Email, p.Role }).ToListAsync(ct);
        var known = await work.Db.Set<TargetContact>().AsNoTracking().Where(c => c.Email == email).OrderBy(c => c.Id).Select(c => new { c.TargetId, c.Name, c.JobTitle, c.Email, c.Role, c.KnownBy, c.KnownByName }).ToListAsync(ct);
        var notes = await work.Db.Set<TargetNote>().AsNoTracking().Where(n => n.AuthorId == id).OrderBy(n => n.Id).Select(n => new { n.TargetId, n.Body, n.At, n.AuthorName }).ToListAsync(ct);
        return [new("registrations", [.. deals]), new("comments", [.. comments]), new("leads", [.. leads]), new("relation_claims", [.. claims]), new("next_steps", [.. steps]), new("planned_places", [.. planned]),
            new("forwarded_mails", [.. mails]), new("parked_mails", [.. parked]), new("deal_contacts", [.. contacts]), new("buying_committees", [.. buyers]), new("target_contacts", [.. known]), new("target_notes", [.. notes])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var rows = await work.Db.Set<Deal>().Where(d => d.RegisteredBy == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.RegisteredByName, Erasure.Name), ct);
        rows += await work.Db.Set<DealComment>().Where(c => c.AuthorId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.AuthorName, Erasure.Name), ct);
        rows += await work.Db.Set<Lead>().Where(l => l.PassedBy == id).ExecuteUpdateAsync(s => s.SetProperty(l => l.PassedByName, Erasure.Name), ct);
        rows += await work.Db.Set<Lead>().Where(l => l.AnsweredBy == id).ExecuteUpdateAsync(s => s.SetProperty(l => l.AnsweredByName, Erasure.Name), ct);
        // The person at the customer may be the same one.
        var email = subject.Email.ToLowerInvariant();
        rows += await work.Db.Set<Lead>().Where(l => l.ContactEmail != null && l.ContactEmail.ToLower() == email).ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactName, (string?)null).SetProperty(l => l.ContactEmail, (string?)null), ct);
        rows += await work.Db.Set<Deal>().Where(d => d.ContactEmail == email).ExecuteUpdateAsync(s => s.SetProperty(d => d.ContactName, (string?)null).SetProperty(d => d.ContactEmail, (string?)null), ct);
        rows += await work.Db.Set<CommitteePerson>().Where(p => p.Email != null && p.Email.ToLower() == email).ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, Erasure.Name).SetProperty(p => p.JobTitle, (string?)null).SetProperty(p => p.Email, (string?)null), ct);
        rows += await work.Db.Set<IntakeMail>().Where(m => m.PersonId == id || m.FromAddress.ToLower() == email).ExecuteUpdateAsync(s => s.SetProperty(m => m.FromAddress, Erasure.Name), ct);
        rows += await work.Db.Set<MailboxMessage>().Where(m => m.FromAddress != null && m.FromAddress.ToLower() == email).ExecuteUpdateAsync(s => s.SetProperty(m => m.FromAddress, (string?)null).SetProperty(m => m.Subject, ""), ct);
        rows += await work.Db.Set<NextStep>().Where(s => s.SetBy == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SetByName, Erasure.Name), ct);
        rows += await work.Db.Set<PlannedPlace>().Where(p => p.PlannedBy == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.PlannedByName, Erasure.Name), ct);
        rows += await work.Db.Set<TargetContact>().Where(c => c.Email == email).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, Erasure.Name).SetProperty(c => c.JobTitle, (string?)null).SetProperty(c => c.Email, (string?)null), ct);
        rows += await work.Db.Set<TargetNote>().Where(n => n.AuthorId == id).ExecuteUpdateAsync(s => s.SetProperty(n => n.AuthorName, Erasure.Name), ct);
        // Contacts of target lists are written freely.
        var name = subject.Name;
        var targets = subject.NameIsUnique ? await work.Db.Set<Target>().Where(t => t.Contacts != null && t.Contacts.Contains(name)).ToListAsync(ct) : [];
        foreach (var target in targets) target.Contacts = target.Contacts!.Replace(name, Erasure.Name, StringComparison.Ordinal);
        rows += targets.Count;
        return rows;
    }
}
