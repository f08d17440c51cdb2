using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person to forget.</summary>
/// <param name="Person">Whom.</param>
/// <param name="Address">The person's address, typed again, since nothing brings it back.</param>
/// <param name="Reason">Why: the request and its date.</param>
internal sealed record ErasureWish(PersonId Person, string? Address, string? Reason);

/// <summary>
/// Takes a person's name, address and secrets out of all modules. What it did stays in the books under “Former person”; the audit's chain stays
/// whole, because the places are redacted under a keyed mark.
/// </summary>
internal sealed class ErasePerson(Work work, RoleBook book, DataSubjects subjects, IEnumerable<IPersonalData> modules, Redaction redaction) : UseCase<ErasureWish, int>(work)
{
    protected override Permission Permission => IdentityPermissions.HandlePersonalData;

    protected override async Task<Result<int>> HandleAsync(ErasureWish input, CancellationToken ct)
    {
        if (new Check().Text(input.Reason, "reason", "The reason", 300).Problem is { } problem) return problem;
        if (await subjects.FindAsync(input.Person, ct) is not { } subject || subject.Name == Erasure.Name) return Problem.Missing("person");
        if (!string.Equals(input.Address?.Trim(), subject.Email, StringComparison.OrdinalIgnoreCase)) return Problem.Invalid("address", "Type the person’s address as it stands above. Nothing brings the data back.");
        if (input.Person == Work.Actor.Person) return PrivacyProblems.Yourself();
        var roles = await Db.Set<Person>().Where(p => p.Id == input.Person).Select(p => p.Roles).SingleAsync(ct);
        if (!await book.OutranksAsync(roles, ct)) return RoleProblems.AboveYou();
        if (RoleRules.Codes(roles).Contains(Roles.Administrator) && await book.LastAdministratorAsync(input.Person, ct) is { } last) return last;

        foreach (var partner in await Db.Set<Membership>().Where(m => m.PersonId == input.Person).Select(m => m.PartnerId).ToListAsync(ct))
            Work.Publish(new MemberLeft(partner, input.Person, Work.Now));
        Work.Publish(new AccessEnded(input.Person, null, Work.Now));
        var rows = 0;
        // The lowest module last: others may still look the person up.
        foreach (var module in modules.Reverse()) rows += await module.EraseAsync(subject, ct) + await module.Named.RenameAsync(subject, Db, ct);
        var entries = await redaction.RedactAsync(subject, ct);
        Work.Note("identity.erase_person", "identity_person", input.Person.ToString(), new { records = rows, entries, reason = input.Reason!.Trim() });
        return rows;
    }
}

/// <summary>Takes a person out of the audit without breaking its chain.</summary>
internal sealed class Redaction(Work work, Chain chain)
{
    /// <summary>Seals what is new, then replaces name and address; returns how many entries were changed.</summary>
    public async Task<int> RedactAsync(DataSubject subject, CancellationToken ct)
    {
        while (await chain.SealBatchAsync(ct) == Chain.Batch)
        {
        }

        if (await work.Db.Set<ChainHead>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } head || chain.KeyOf(head) is not { } key) return 0;
        string[] words = [Json.Encoded(subject.Name), Json.Encoded(subject.Email)];
        var (person, name, email) = (subject.Person, subject.NameIsUnique ? words[0] : words[1], words[1]);
        var ids = await work.Db.Set<AuditEntry>().AsNoTracking()
            .Where(a => a.ActorPerson == person || a.Changes.Contains(name) || a.Changes.Contains(email)).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        foreach (var some in ids.Chunk(500)) await RedactAsync(subject, key, some, ct);
        return ids.Count;
    }

    private async Task RedactAsync(DataSubject subject, ChainKey key, AuditId[] ids, CancellationToken ct)
    {
        var entries = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var seals = await work.Db.Set<Seal>().AsNoTracking().Where(s => ids.Contains(s.AuditId)).ToDictionaryAsync(s => s.AuditId, ct);
        foreach (var entry in entries)
        {
            var name = entry.ActorPerson == subject.Person ? Erasure.Name : entry.ActorName;
            var about = entry.ActorPerson == subject.Person || entry.Subject.Contains(subject.Person.ToString(), StringComparison.Ordinal);
            var changes = entry.Changes.Replace(Json.Encoded(subject.Email), "erased", StringComparison.OrdinalIgnoreCase);
            if (subject.NameIsUnique || about) changes = changes.Replace(Json.Encoded(subject.Name), Erasure.Name, StringComparison.Ordinal);
            if (name == entry.ActorName && changes == entry.Changes) continue;
            await work.Db.Set<AuditEntry>().Where(a => a.Id == entry.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorName, name).SetProperty(a => a.Changes, changes), ct);
            if (!seals.TryGetValue(entry.Id, out var seal)) continue;
            var (nameDigest, changesDigest) = (seal.NameDigest ?? key.Digest(entry.ActorName), seal.ChangesDigest ?? key.Digest(entry.Changes));
            var mark = key.Erased(seal, nameDigest, changesDigest, name, changes);
            await work.Db.Set<Seal>().Where(s => s.Sequence == seal.Sequence)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.NameDigest, nameDigest).SetProperty(x => x.ChangesDigest, changesDigest).SetProperty(x => x.ErasedHash, mark), ct);
        }
    }
}
