using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>For the operator at the command line: a token of a person known by address, and by company where the address is known in several.</summary>
public sealed class TokenOfPerson(Db db, CurrentActor current, IServiceProvider services)
{
    /// <summary>The token's secret.</summary>
    public async Task<Result<string>> IssueAsync(string email, string? company, CancellationToken ct)
    {
        var normalised = Person.NormaliseEmail(email);
        var found = await (from l in db.Set<Login>()
                           join t in db.AllTenants<Tenant>("of a person found by address") on l.TenantId equals t.TenantId
                           where l.Email == normalised
                           orderby t.Name
                           select new { Login = l, Company = t.Name }).AsNoTracking().ToListAsync(ct);
        if (company is not null) found.RemoveAll(f => !f.Company.Equals(company.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found.Count > 1) return Problem.Invalid("company", $"This address is known in several companies. Name one by --company: {string.Join(", ", found.Select(f => f.Company))}.");
        var nobody = Problem.Invalid("email", "Nobody signs in with this address. Start the server once, so that the demo company exists.");
        if (found is not [{ Login: var login }]) return nobody;
        var partner = await db.AllTenants<Membership>("of a person found by address").Where(m => m.TenantId == login.TenantId && m.PersonId == login.PersonId && m.State == PersonState.Active)
            .OrderBy(m => m.Since).Select(m => (PartnerId?)m.PartnerId).FirstOrDefaultAsync(ct);
        var actors = (Actors)services.GetService(typeof(Actors))!;
        if (await actors.FindAsync(login.TenantId, login.PersonId, partner, null, ActorKind.Person, ct) is not { } actor) return nobody;
        current.Actor = actor;
        var issued = await ((IssueToken)services.GetService(typeof(IssueToken))!).RunAsync("Command line", ct);
        return issued.Then<string>(token => token.Secret);
    }
}
