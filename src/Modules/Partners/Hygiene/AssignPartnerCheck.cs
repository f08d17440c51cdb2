using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>Says who looks after a check of partners' records; null for nobody.</summary>
internal sealed class AssignPartnerCheck(Work work) : UseCase<(string Check, PersonId? Person), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Merge;

    protected override async Task<Result<Done>> HandleAsync((string Check, PersonId? Person) input, CancellationToken ct)
    {
        if (PartnerChecks.Find(input.Check) is null) return Problem.Missing("work queue");
        var owner = await Db.Set<PartnerCheckOwner>().SingleOrDefaultAsync(o => o.Code == input.Check, ct);
        if (input.Person is not { } id)
        {
            if (owner is not null) Db.Remove(owner);
            return default(Done);
        }

        var name = await People.OfVendor(Db).Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct);
        if (name is null) return Problem.Invalid("person", "Choose one of the vendor's people.");
        if (owner is null) Db.Add(owner = new PartnerCheckOwner { TenantId = Work.Tenant, Code = input.Check });
        (owner.Person, owner.PersonName) = (id, name);
        return default(Done);
    }
}
