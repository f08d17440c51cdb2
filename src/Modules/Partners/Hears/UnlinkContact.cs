using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Hears;

/// <summary>Somebody has lost the access: the contact stays, without a sign-in, and can be invited again.</summary>
internal sealed class UnlinkContact(Work work) : IHear<MemberLeft>
{
    public async Task HearAsync(MemberLeft happened, CancellationToken ct)
    {
        var contact = await work.Db.Set<Contact>().SingleOrDefaultAsync(c => c.PartnerId == happened.Partner && c.PersonId == happened.Person, ct);
        if (contact is not null) contact.PersonId = null;
    }
}
