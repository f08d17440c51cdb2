using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>For the operator at the command line: a token of a person known by address.</summary>
public sealed class TokenOfPerson(Db db, CurrentActor current, IServiceProvider services)
{
    /// <summary>The token's secret, or null when nobody signs in with this address.</summary>
    public async Task<string?> IssueAsync(string email, CancellationToken ct)
    {
        var normalised = Person.NormaliseEmail(email);
        var login = await db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.Email == normalised, ct);
        if (login is null) return null;
        var partner = await db.AllTenants<Membership>("of a person found by address").Where(m => m.TenantId == login.TenantId && m.PersonId == login.PersonId)
            .OrderBy(m => m.Since).Select(m => (PartnerId?)m.PartnerId).FirstOrDefaultAsync(ct);
        var actors = (Actors)services.GetService(typeof(Actors))!;
        if (await actors.FindAsync(login.TenantId, login.PersonId, partner, null, ActorKind.Person, ct) is not { } actor) return null;
        current.Actor = actor;
        var issued = await ((IssueToken)services.GetService(typeof(IssueToken))!).RunAsync("Command line", ct);
        return issued.Ok ? issued.Value.Secret : null;
    }
}
