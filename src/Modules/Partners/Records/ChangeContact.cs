using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Changes what is known of a contact. Who signs in keeps the address: it belongs to the person.</summary>
internal sealed class ChangeContact(Work work, CustomFields fields) : UseCase<(PartnerId Partner, ContactId Contact, NewContact Input), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, ContactId Contact, NewContact Input) input, CancellationToken ct)
    {
        if (AddContact.Check(input.Input).Problem is { } problem) return problem;
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var contact = await Db.Set<Contact>().SingleOrDefaultAsync(c => c.Id == input.Contact && c.PartnerId == input.Partner, ct);
        if (contact is null) return PartnersProblems.NoContact();
        var fresh = AddContact.Create(Work, input.Partner, input.Input);
        if (fresh.Email != contact.Email)
        {
            if (contact.PersonId is not null) return Problem.Invalid("email", "This person signs in with the address; it is changed by the person.");
            if (await Db.Set<Contact>().Where(c => c.PartnerId == input.Partner && c.Email == fresh.Email).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known) return PartnersProblems.KnownContact(known);
        }

        (contact.Name, contact.Email, contact.Phone, contact.JobTitle, contact.Function, contact.SearchText) = (fresh.Name, fresh.Email, fresh.Phone, fresh.JobTitle, fresh.Function, fresh.SearchText);
        if (input.Input.Fields is not null)
        {
            // Two who write at once follow each other: rows are removed and added.
            await Work.LockAsync($"fields:{contact.Id}", ct);
            if (await fields.KeepAsync(PartnerContactRecords.Name, contact.Id.ToString(), isNew: false, input.Input.Fields, complete: true, ct) is { } refused) return refused;
        }

        return default(Done);
    }
}
