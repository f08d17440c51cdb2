using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Hears;

/// <summary>Somebody has got access to the portal by the partner's own admin: the contact says so, and is made where there was none.</summary>
internal sealed class LinkContact(Work work) : IHear<MemberJoined>
{
    public async Task HearAsync(MemberJoined happened, CancellationToken ct)
    {
        var contact = await work.Db.Set<Contact>().SingleOrDefaultAsync(c => c.PartnerId == happened.Partner && c.Email == happened.Email, ct);
        if (contact is null)
        {
            if (!await work.Db.Set<Partner>().AnyAsync(p => p.Id == happened.Partner, ct)) return;
            work.Db.Add(contact = AddContact.Create(work, happened.Partner, new NewContact(happened.Name, happened.Email, ContactFunction.Sales)));
        }

        contact.PersonId = happened.Person;
    }
}
