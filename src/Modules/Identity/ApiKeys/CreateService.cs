using System.Security.Cryptography;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A service account to create.</summary>
internal sealed record NewService(string? Name, string[]? Roles);

/// <summary>Creates a service account with roles that its maker could give to a person.</summary>
internal sealed class CreateService(Work work, RoleBook book) : UseCase<NewService, PersonId>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageServices;

    protected override async Task<Result<PersonId>> HandleAsync(NewService input, CancellationToken ct)
    {
        var check = new Check().Text(input.Name, "name", "The name", 100).That(input.Roles is { Length: > 0 }, "roles", "Choose what the program may do.");
        if (check.Problem is { } problem) return problem;
        if (await book.CheckAsync(input.Roles!, RoleSide.Vendor, "roles", ct) is { } refused) return refused;
        var id = Work.NewId<PersonId>();
        Db.Add(new Person
        {
            TenantId = Work.Tenant,
            Id = id,
            Name = input.Name!.Trim(),
            // A name that no mail reaches (RFC 2606).
            Email = $"{id.Value:N}@service.invalid",
            Roles = RoleRules.Join(input.Roles!),
            IsService = true,
            Stamp = RandomNumberGenerator.GetHexString(16, true),
            SearchText = Text.Fold(input.Name),
        });
        return id;
    }
}
