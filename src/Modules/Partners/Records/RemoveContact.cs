using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Takes a contact away. Whoever can sign in loses the access first.</summary>
internal sealed class RemoveContact(Work work) : UseCase<(PartnerId Partner, ContactId Contact), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, ContactId Contact) input, CancellationToken ct)
    {
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var contact = await Db.Set<Contact>().SingleOrDefaultAsync(c => c.Id == input.Contact && c.PartnerId == input.Partner, ct);
        if (contact is null) return PartnersProblems.NoContact();
        if (contact.PersonId is not null) return PartnersProblems.StillSignsIn(contact.Name);
        await FieldRows.DeleteAsync(Db, [contact.Id], ct);
        Db.Remove(contact);
        return default(Done);
    }
}
