using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What Identity and the kernel keep about a person.</summary>
internal sealed class IdentityData(Work work) : IPersonalData
{
    private const int MostEntries = 50_000;

    public string Module => "identity";

    public NamedColumns Named { get; } = new NamedColumns().Add<Transition>(t => t.ActorName).Add<Invitation>(i => i.InvitedByName).Add<JobRow>(j => j.StartedByName).Add<BulkRun>(b => b.StartedByName)
        .Add<Viewing>(v => v.PersonName).Add<Viewing>(v => v.ViewerName).Add<SavedView>(v => v.PersonName).Add<CompanyProposal>(p => p.ByName).Add<CompanyProposal>(p => p.RefusedByName);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var (db, tenant, id, email) = (work.Db, work.Tenant, subject.Person, subject.Email);
        var person = await db.Set<Person>().AsNoTracking().Where(p => p.Id == id).Select(p => new { p.Id, p.Name, p.Email, p.Roles, p.State, p.TimeZone, p.Language, p.ExternalId }).ToListAsync(ct);
        var memberships = await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == id).Select(m => new { m.PartnerId, m.PartnerName, m.Roles, m.State, m.Since }).ToListAsync(ct);
        var invitations = await db.Set<Invitation>().AsNoTracking().Where(i => i.PersonId == id).Select(i => new { i.Name, i.Email, i.PartnerName, i.Roles, i.SentAt, i.ExpiresAt, i.AcceptedAt, i.RevokedAt, i.InvitedByName }).ToListAsync(ct);
        var keys = await db.Set<Key>().AsNoTracking().Where(k => k.TenantId == tenant && k.PersonId == id).Select(k => new { k.Kind, k.Name, k.CreatedAt, k.ExpiresAt, k.UsedAt, k.Scopes }).ToListAsync(ct);
        var viewings = await db.Set<Viewing>().AsNoTracking().Where(v => v.PersonId == id || v.ViewerId == id).Select(v => new { v.ViewerName, v.PersonName, v.PartnerName, v.Reason, v.BeganAt, v.EndsAt, v.EndedAt }).ToListAsync(ct);
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.PersonId == id).Select(s => new { s.Device, s.Address, s.By, s.Since, s.SeenAt }).ToListAsync(ct);
        var days = await db.Set<SignInDay>().AsNoTracking().Where(d => d.PersonId == id).OrderBy(d => d.At).Select(d => new { d.PartnerId, d.Day, d.At }).ToListAsync(ct);
        var passkeys = await db.Set<Passkey>().AsNoTracking().Where(k => k.PersonId == id).Select(k => new { k.Name }).ToListAsync(ct);
        var mails = await db.Set<MailRow>().AsNoTracking().Where(m => m.To == email).OrderBy(m => m.Id).Select(m => new { m.To, m.Subject, m.CreatedAt, m.State }).Take(MostEntries).ToListAsync(ct);
        var views = await db.Set<SavedView>().AsNoTracking().Where(v => v.Person == id).OrderBy(v => v.At).Select(v => new { v.Path, v.Name, v.Query, v.Shared, v.At }).ToListAsync(ct);
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.ActorPerson == id).OrderBy(a => a.Id).Select(a => new { a.At, a.Action, a.SubjectKind, a.Subject, a.Changes }).Take(MostEntries).ToListAsync(ct);
        var proposals = await db.Set<CompanyProposal>().AsNoTracking().Where(p => p.By == id).Select(p => new { p.PartnerId, p.Issuer, p.Domains, p.ByName, p.At }).ToListAsync(ct);
        return
        [
            new("sign_in_proposals", [.. proposals]),
            new("person", [.. person]), new("memberships", [.. memberships]), new("invitations", [.. invitations]), new("keys", [.. keys]),
            new("looks", [.. viewings]), new("sessions", [.. sessions]), new("sign_in_days", [.. days]), new("passkeys", [.. passkeys]), new("mails", [.. mails]), new("actions", [.. entries]), new("saved_views", [.. views]),
        ];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var (db, tenant, id, email, now) = (work.Db, work.Tenant, subject.Person, subject.Email, work.Now);
        var nobody = $"{id.Value:N}@erased.invalid";
        var rows = await db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<Login>().Where(l => l.TenantId == tenant && l.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<Session>().Where(s => s.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<SignInDay>().Where(d => d.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<CompanyAccount>().Where(a => a.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<CompanyProposal>().Where(p => p.By == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.ByName, Erasure.Name), ct);
        rows += await db.Set<Passkey>().Where(k => k.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<SecondFactor>().Where(f => f.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<RecoveryCode>().Where(c => c.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<Membership>().Where(m => m.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<GroupMember>().Where(m => m.PersonId == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<Invitation>().Where(i => i.PersonId == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Name, Erasure.Name).SetProperty(i => i.Email, nobody).SetProperty(i => i.KeyHash, ""), ct);
        rows += await db.Set<Viewing>().Where(v => v.PersonId == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.PersonName, Erasure.Name), ct);
        rows += await db.Set<Viewing>().Where(v => v.ViewerId == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.ViewerName, Erasure.Name), ct);
        rows += await db.Set<MailRow>().Where(m => m.To == email).ExecuteDeleteAsync(ct);
        rows += await MailsAsync(subject, ct);
        rows += await DeliveriesAsync(subject, ct);
        rows += await db.Set<SavedView>().Where(v => v.Person == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<BulkRun>().Where(b => b.StartedBy == id).ExecuteUpdateAsync(s => s.SetProperty(b => b.StartedByName, Erasure.Name), ct);
        rows += await BulkTitlesAsync(subject, ct);
        rows += await db.Set<IdempotentReply>().Where(r => r.Person == id).ExecuteDeleteAsync(ct);
        rows += await db.Set<JobRow>().Where(j => j.StartedBy == id).ExecuteUpdateAsync(s => s.SetProperty(j => j.StartedByName, Erasure.Name), ct);
        rows += await db.Set<Person>().Where(p => p.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(p => p.Name, Erasure.Name).SetProperty(p => p.Email, nobody).SetProperty(p => p.PasswordHash, (string?)null).SetProperty(p => p.Roles, "")
            .SetProperty(p => p.FromGroups, "").SetProperty(p => p.ExternalId, (string?)null).SetProperty(p => p.TimeZone, (string?)null).SetProperty(p => p.Language, (string?)null).SetProperty(p => p.State, PersonState.Suspended)
            .SetProperty(p => p.RemovedAt, now).SetProperty(p => p.Stamp, "").SetProperty(p => p.SearchText, "former person").SetProperty(p => p.Version, p => p.Version + 1), ct);
        return rows;
    }

    // Mails to others that name the person: who is told by them is told still, of a former person. A batch at a time, whatever their number.
    private async Task<int> MailsAsync(DataSubject subject, CancellationToken ct)
    {
        var (mails, name, email) = (work.Db.Set<MailRow>(), subject.Name, subject.Email);
        var ids = await mails.AsNoTracking().Where(m => m.Body.Contains(email) || m.Subject.Contains(email) || (subject.NameIsUnique && (m.Body.Contains(name) || m.Subject.Contains(name)))).Select(m => m.Id).ToListAsync(ct);
        foreach (var some in ids.Chunk(500))
        {
            foreach (var mail in await mails.AsNoTracking().Where(m => some.Contains(m.Id)).Select(m => new { m.Id, m.Subject, m.Body }).ToListAsync(ct))
            {
                var (title, body) = (Without(mail.Subject), Without(mail.Body));
                await mails.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Subject, title).SetProperty(m => m.Body, body), ct);
            }
        }

        return ids.Count;

        string Without(string text)
        {
            var rest = text.Replace(email, "erased", StringComparison.OrdinalIgnoreCase);
            return subject.NameIsUnique ? rest.Replace(name, Erasure.Name, StringComparison.Ordinal) : rest;
        }
    }

    // What was chosen may be a person: by its name, or by its address where several have one name.
    private async Task<int> BulkTitlesAsync(DataSubject subject, CancellationToken ct)
    {
        var (runs, name, email, unique) = (work.Db.Set<BulkRun>(), subject.Name, subject.Email, subject.NameIsUnique);
        var named = await runs.AsNoTracking().Where(b => b.Title.Contains(email) || b.Typed!.Contains(email) || b.Argument!.Contains(email) || (unique && (b.Title.Contains(name) || b.Typed.Contains(name) || b.Argument.Contains(name))))
            .Select(b => new { b.Id, b.Title, b.Typed, b.Argument }).ToListAsync(ct);
        foreach (var run in named)
        {
            // Both stand in one title: “Kim Double (kim@…)” is this person, whoever else has the name.
            var (title, typed, argument) = (Without(run.Title)!, Without(run.Typed), Without(run.Argument));
            await runs.Where(b => b.Id == run.Id).ExecuteUpdateAsync(s => s.SetProperty(b => b.Title, title).SetProperty(b => b.Typed, typed).SetProperty(b => b.Argument, argument), ct);
        }

        return named.Count;

        string? Without(string? text)
        {
            var rest = text?.Replace($"{name} ({email})", Erasure.Name, StringComparison.OrdinalIgnoreCase).Replace(email, "erased", StringComparison.OrdinalIgnoreCase);
            return unique ? rest?.Replace(name, Erasure.Name, StringComparison.Ordinal) : rest;
        }
    }

    // What tells others of a new member names it, and heard late it would bring the person back; elsewhere the name gives way.
    private async Task<int> DeliveriesAsync(DataSubject subject, CancellationToken ct)
    {
        var (outbox, joined, person) = (work.Db.Set<OutboxRow>(), OutboxRow.WireName(typeof(MemberJoined)), subject.Person.ToString());
        var rows = await outbox.Where(o => o.Event == joined && o.Payload.Contains(person)).ExecuteDeleteAsync(ct);
        var (name, email) = (Json.Encoded(subject.Name), Json.Encoded(subject.Email));
        foreach (var row in await outbox.AsNoTracking().Where(o => o.Payload.Contains(email) || (subject.NameIsUnique && o.Payload.Contains(name))).ToListAsync(ct))
        {
            var payload = row.Payload.Replace(email, "erased", StringComparison.OrdinalIgnoreCase);
            if (subject.NameIsUnique) payload = payload.Replace(name, Erasure.Name, StringComparison.Ordinal);
            rows += await outbox.Where(o => o.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Payload, payload), ct);
        }

        return rows;
    }
}
