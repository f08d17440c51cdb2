using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What a provider has said about a person, checked.</summary>
internal sealed record CompanyClaims(string Subject, string? Email, bool EmailVerified, string? Name, IReadOnlyList<string> Groups);

/// <summary>Domains of e-mail addresses.</summary>
internal static class CompanyDomains
{
    public static string Of(string email) => Person.NormaliseEmail(email)[(Person.NormaliseEmail(email).LastIndexOf('@') + 1)..];

    public static string[] Split(string? domains) =>
        [.. (domains ?? "").ToLowerInvariant().Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(d => d.TrimStart('@')).Distinct().Order(StringComparer.Ordinal)];

    public static bool IsOne(string domain) => domain.Length <= 200 && domain.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(domain) == UriHostNameType.Dns;
}

/// <summary>Which roles groups give: a pure decision.</summary>
internal static class CompanyRoles
{
    /// <summary>The roles, or null where groups say nothing and the person keeps its own.</summary>
    public static string[]? Of(IReadOnlyCollection<(string Group, string Role)> map, IReadOnlyList<string> groups, string? otherwise)
    {
        if (map.Count == 0) return null;
        string[] given = [.. map.Where(m => groups.Contains(m.Group, StringComparer.Ordinal)).Select(m => m.Role).Distinct().Order(StringComparer.Ordinal)];
        return given.Length > 0 ? given : otherwise is null ? [] : [otherwise];
    }
}

/// <summary>Finds the person whom a company vouches for, makes an account at the first sign-in, and keeps the roles in step with the groups.</summary>
internal sealed class CompanyPeople(Db db, Work work)
{
    public async Task<Result<SignedIn>> AdmitAsync(Company company, CompanyClaims claims, CancellationToken ct) =>
        await work.TransactAsync<SignedIn>("identity.company_sign_in", async () =>
        {
            // Two first sign-ins at once must not make two people.
            await work.LockAsync($"company:{company.Id}:{claims.Subject}", ct);
            var groups = await db.Set<CompanyGroup>().AsNoTracking().Where(g => g.CompanyId == company.Id).ToListAsync(ct);
            var roles = CompanyRoles.Of([.. groups.Select(g => (g.Group, g.Role))], claims.Groups, company.DefaultRole);
            if (roles is []) return Refused("your groups give you no role here. Ask your own administrator.");
            var account = await db.Set<CompanyAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.CompanyId == company.Id && a.Subject == claims.Subject, ct);
            var person = account is null ? null : await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == account.PersonId, ct);
            if (person is null)
            {
                var found = await ByAddressAsync(company, claims, roles, ct);
                if (!found.Ok) return found.Problem;
                person = found.Value;
                db.Add(new CompanyAccount { TenantId = work.Tenant, CompanyId = company.Id, Subject = claims.Subject, PersonId = person.Id, Since = work.Now });
            }

            if (person.State != PersonState.Active) return Refused("your account here is suspended.");
            if (roles is not null) await KeepInStepAsync(person, roles, ct);
            return person.Roles.Length == 0 ? Refused("you have no role here. Ask your administrator.") : new SignedIn(person.TenantId, person.Id, null, person.Stamp);
        }, ct);

    // An address links to an account only where the company may speak for its domain and has checked it itself.
    private async Task<Result<Person>> ByAddressAsync(Company company, CompanyClaims claims, string[]? roles, CancellationToken ct)
    {
        var address = Address(company, claims);
        if (!address.Ok) return address.Problem;
        var email = address.Value;
        var login = await db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.TenantId == work.Tenant && l.Email == email, ct);
        if (login is not null)
        {
            var known = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == login.PersonId, ct);
            if (known is null || known.Roles.Length == 0) return Refused("somebody of a partner signs in with your e-mail address.");
            work.Note("identity.company_linked", "identity_person", known.Id.ToString(), new { company.Name });
            return known;
        }

        if (!company.CreatesPeople) return Refused("you have no account here yet. Ask your administrator for one.");
        roles ??= company.DefaultRole is { } role ? [role] : [];
        if (roles.Length == 0) return Refused("no role is set for new people. Ask your administrator.");
        return New(claims, email, string.Join(' ', roles));
    }

    /// <summary>The address, where the company may speak for its domain and has checked it itself.</summary>
    internal static Result<string> Address(Company company, CompanyClaims claims)
    {
        if (!Person.IsEmail(claims.Email)) return Refused("it does not tell your e-mail address.");
        if (!claims.EmailVerified) return Refused("it has not checked your e-mail address.");
        var email = Person.NormaliseEmail(claims.Email!);
        return CompanyDomains.Split(company.Domains).Contains(CompanyDomains.Of(email)) ? email : Refused("your e-mail address does not belong to one of its domains.");
    }

    /// <summary>Somebody who signs in for the first time.</summary>
    internal Person New(CompanyClaims claims, string email, string roles)
    {
        var name = Text.OrNull(claims.Name) is { Length: <= 200 } said && Text.IsClean(said) ? said : email[..email.IndexOf('@', StringComparison.Ordinal)];
        var person = new Person
        {
            TenantId = work.Tenant,
            Id = work.NewId<PersonId>(),
            Name = name,
            Email = email,
            Roles = roles,
            Stamp = RandomNumberGenerator.GetHexString(16, true),
            SearchText = Text.Fold(name, email),
        };
        db.Add(person);
        db.Add(new Login { Email = email, TenantId = work.Tenant, PersonId = person.Id });
        return person;
    }

    private async Task KeepInStepAsync(Person person, string[] roles, CancellationToken ct)
    {
        var now = string.Join(' ', roles);
        if (person.Roles == now) return;
        var held = person.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // A mistake in the company's groups must not leave the tenant without anybody who can correct it.
        if (held.Contains(Roles.Administrator) && !roles.Contains(Roles.Administrator)
            && !await db.Set<Person>().AnyAsync(p => p.Id != person.Id && p.State == PersonState.Active && (" " + p.Roles + " ").Contains(" " + Roles.Administrator + " "), ct))
            return;
        person.Roles = now;
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
    }

    internal static Problem Refused(string why) => IdentitySignInProblems.SingleSignOnRefused(why);
}
