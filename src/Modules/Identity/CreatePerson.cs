using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person to create.</summary>
/// <param name="Name">The name as it is shown.</param>
/// <param name="Email">The address, unique in the company.</param>
/// <param name="Roles">Role codes at the vendor; empty for a partner's person.</param>
/// <param name="Partner">The partner of a partner's person.</param>
/// <param name="PartnerName">That partner's name.</param>
/// <param name="PartnerRoles">Role codes at that partner.</param>
/// <param name="Password">At least 15 characters, or null where the person signs in by mailed link.</param>
internal sealed record NewPerson(
    string? Name, string? Email, string[]? Roles, PartnerId? Partner = null, string? PartnerName = null, string[]? PartnerRoles = null, string? Password = null);

/// <summary>Creates a person of the vendor or of a partner.</summary>
internal sealed class CreatePerson(Work work, RoleBook book) : UseCase<NewPerson, PersonId>(work)
{
    protected override Permission Permission => IdentityPermissions.ManagePeople;

    protected override async Task<Result<PersonId>> HandleAsync(NewPerson input, CancellationToken ct)
    {
        var check = new Check()
            .Text(input.Name, "name", "The name")
            .Text(input.Email, "email", "The e-mail address")
            .That(Person.IsEmail(input.Email), "email", "This is not an e-mail address.")
            .That(input.Password is null || PasswordRules.Fault(input.Password, false, input.Name, input.Email) is null, "password", $"Take a password of at least {PasswordRules.Shortest} characters that nobody guesses.")
            .That(input.Partner is not null || input.Roles is { Length: > 0 }, "roles", "Choose what the person may do.");
        if (check.Problem is { } problem) return problem;
        if (await book.CheckAsync(input.Roles ?? [], RoleSide.Vendor, "roles", ct) is { } role) return role;
        if (await book.CheckAsync(input.PartnerRoles ?? [], RoleSide.Partner, "partnerRoles", ct) is { } partnerRole) return partnerRole;

        var email = Person.NormaliseEmail(input.Email!);
        if (await Db.Set<Login>().AnyAsync(l => l.TenantId == Work.Tenant && l.Email == email, ct)) return Problem.Invalid("email", "Somebody already signs in with this address.");
        var person = new Person
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PersonId>(),
            Name = input.Name!.Trim(),
            Email = email,
            PasswordHash = input.Password is null ? null : Passwords.Hash(input.Password),
            Roles = string.Join(' ', (input.Roles ?? []).Distinct()),
            Stamp = RandomNumberGenerator.GetHexString(16, true),
            SearchText = Text.Fold(input.Name, email),
        };
        Db.Add(person);
        Db.Add(new Login { Email = email, TenantId = Work.Tenant, PersonId = person.Id });
        if (input.Partner is { } partner)
        {
            Db.Add(new Membership
            {
                TenantId = Work.Tenant,
                PersonId = person.Id,
                PartnerId = partner,
                PartnerName = input.PartnerName ?? "",
                Roles = string.Join(' ', input.PartnerRoles ?? [Published.Roles.PartnerSales]),
                Since = Work.Now,
            });
        }

        return person.Id;
    }
}
