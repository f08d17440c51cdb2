using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>Changes what is known about a contact.</summary>
internal sealed class ChangeAccountContact(Work work, CustomFields fields) : UseCase<(ContactId Contact, ContactInput Input, long? Version), Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((ContactId Contact, ContactInput Input, long? Version) input, CancellationToken ct)
    {
        var contact = await Db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == input.Contact, ct);
        if (contact is null) return AccountsProblems.MissingContact();
        if (input.Version is { } read && read != contact.Version) return Problem.Stale();
        var now = input.Input;
        var facts = ContactRules.Read(new ContactInput(now.Name ?? contact.Name, now.Title ?? contact.Title, now.Email ?? contact.Email, now.Phone ?? contact.Phone,
            now.Role ?? contact.Role, now.Consent ?? contact.Consent, now.ConsentNote ?? contact.ConsentNote));
        if (!facts.Ok) return facts.Problem;
        if (facts.Value.Email is { } mail && mail != contact.Email)
        {
            await Work.LockAsync($"contact:{mail}", ct);
            if (await Db.Set<AccountContact>().Where(c => c.AccountId == contact.AccountId && c.Email == mail && c.Id != contact.Id).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known)
                return AccountsProblems.KnownContact(known);
        }

        contact.Rewrite(facts.Value);
        if (now.Fields is not null)
        {
            // Two who write at once follow each other: rows are removed and added.
            await Work.LockAsync($"fields:{contact.Id}", ct);
            if (await fields.KeepAsync(ContactRecords.Name, contact.Id.ToString(), isNew: false, now.Fields, complete: true, ct) is { } refused) return refused;
        }

        return default(Done);
    }
}
