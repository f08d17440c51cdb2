using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>Removes a contact for good.</summary>
internal sealed class RemoveAccountContact(Work work) : UseCase<ContactId, AccountId>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<AccountId>> HandleAsync(ContactId input, CancellationToken ct)
    {
        var contact = await Db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == input, ct);
        if (contact is null) return AccountsProblems.MissingContact();
        await FieldRows.DeleteAsync(Db, [input], ct);
        Db.Remove(contact);
        return contact.AccountId;
    }
}
