using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>Adds a person who works at an account.</summary>
internal sealed class AddAccountContact(Work work, CustomFields fields) : UseCase<(AccountId Account, ContactInput Contact), ContactId>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<ContactId>> HandleAsync((AccountId Account, ContactInput Contact) input, CancellationToken ct)
    {
        var facts = ContactRules.Read(input.Contact);
        if (!facts.Ok) return facts.Problem;
        var own = await fields.FillAsync(ContactRecords.Name, input.Contact.Fields, ct);
        if (!own.Ok) return own.Problem;
        if (!await Db.Set<Account>().AnyAsync(a => a.Id == input.Account, ct)) return AccountsProblems.Missing();
        if (facts.Value.Email is { } mail)
        {
            await Work.LockAsync($"contact:{mail}", ct);
            if (await Db.Set<AccountContact>().Where(c => c.AccountId == input.Account && c.Email == mail).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known) return AccountsProblems.KnownContact(known);
        }

        var contact = AccountContact.Create(Work.Tenant, Work.NewId<ContactId>(), input.Account, facts.Value, Work.Now);
        Db.Add(contact);
        Db.AddRange(RecordType<ContactId>.RowsOf(Work.Tenant, contact.Id, own.Value));
        return contact.Id;
    }
}
