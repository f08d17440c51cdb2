using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Passing;
using Trellis.Deals.Plans;
using Trellis.Deals.Relations;
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
        return [new("registrations", [.. deals]), new("comments", [.. comments]), new("leads", [.. leads]), new("relation_claims", [.. claims])];
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
        // Contacts of target lists are written freely.
        var name = subject.Name;
        var targets = subject.NameIsUnique ? await work.Db.Set<Target>().Where(t => t.Contacts != null && t.Contacts.Contains(name)).ToListAsync(ct) : [];
        foreach (var target in targets) target.Contacts = target.Contacts!.Replace(name, Erasure.Name, StringComparison.Ordinal);
        rows += targets.Count;
        return rows;
    }
}
