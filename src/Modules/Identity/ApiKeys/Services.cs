using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A program with keys of its own, as it is listed.</summary>
internal sealed record ServiceItem(PersonId Id, string Name, string[] Roles, PersonState State, int Keys, DateTime? UsedAt, DateTime? NextExpiry);

/// <summary>Service accounts: they have roles like people, but no address and no password; keys alone open the API for them.</summary>
internal static class Services
{
    public static async Task<List<ServiceItem>> ReadAsync(Work work, RoleBook book, CancellationToken ct)
    {
        var (tenant, now) = (work.Tenant, work.Now);
        var people = await work.Db.Set<Person>().AsNoTracking().Where(p => p.IsService).OrderBy(p => p.SearchText).Take(500).ToListAsync(ct);
        var ids = people.Select(p => p.Id).ToList();
        var keys = await work.Db.Set<Key>().AsNoTracking().Where(k => k.TenantId == tenant && ids.Contains(k.PersonId) && k.ExpiresAt > now)
            .Select(k => new { k.PersonId, k.UsedAt, k.ExpiresAt }).ToListAsync(ct);
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        return [.. people.Select(p =>
        {
            var own = keys.Where(k => k.PersonId == p.Id).ToList();
            return new ServiceItem(p.Id, p.Name, [.. RoleRules.Codes(p.Roles).Select(c => names.GetValueOrDefault(c, c))], p.State, own.Count, own.Max(k => k.UsedAt), own.Count == 0 ? null : own.Min(k => k.ExpiresAt));
        })];
    }

    /// <summary>Why the actor may not touch this service account, or null.</summary>
    public static async Task<Problem?> RefusalAsync(Work work, PersonId service, CancellationToken ct) =>
        !work.Actor.May(IdentityPermissions.ManageServices) ? Problem.Denied(IdentityPermissions.ManageServices)
        : await work.Db.Set<Person>().AnyAsync(p => p.Id == service && p.IsService, ct) ? null : KeyProblems.NoService();
}

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

/// <summary>Issues a key for a service account, for the permissions that are named, or for all.</summary>
internal sealed class IssueServiceKey(Work work, RoleBook book) : UseCase<(PersonId Service, KeyWish Wish), NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageServices;

    protected override async Task<Result<NewToken>> HandleAsync((PersonId Service, KeyWish Wish) input, CancellationToken ct)
    {
        if (await Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Service && p.IsService, ct) is not { } service) return KeyProblems.NoService();
        // Nobody watches a program: what it may do is said, and never left out by mistake.
        if (input.Wish.Scopes is not { Length: > 0 }) return KeyProblems.NoScopes();
        var wish = input.Wish.Scopes is [KeyRing.Everything] ? input.Wish with { Scopes = null } : input.Wish;
        var codes = RoleRules.Codes(service.Roles);
        var held = RoleRules.Union((await book.AllAsync(ct)).Where(r => codes.Contains(r.Code)));
        var wide = wish.Scopes is { } scopes ? scopes.ToHashSet() : held;
        if (KeyRing.Check(wish, held) is { } problem) return problem;
        // Whoever holds the key acts with it, so nobody makes one that may do more than they.
        if (!wide.IsSubsetOf(Work.Actor.Permissions)) return RoleProblems.MoreThanYouHold(service.Name, "scopes");
        return KeyRing.Add(Work, wish, service.Id, null).Token;
    }
}

/// <summary>Ends a key of a service account.</summary>
internal sealed class RevokeServiceKey(Work work) : UseCase<(PersonId Service, string Key), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageServices;

    protected override async Task<Result<Done>> HandleAsync((PersonId Service, string Key) input, CancellationToken ct)
    {
        if (await Services.RefusalAsync(Work, input.Service, ct) is { } refused) return refused;
        var (tenant, prefix) = (Work.Tenant, input.Key);
        if (prefix.Length < KeyRing.ShortLength) return Problem.Missing("key");
        var key = await Db.Set<Key>().SingleOrDefaultAsync(k => k.TenantId == tenant && k.PersonId == input.Service && k.Kind == KeyKind.Token && k.Hash.StartsWith(prefix), ct);
        if (key is null) return Problem.Missing("key");
        Db.Remove(key);
        Work.Note("identity.revoke_token", "identity_person", input.Service.ToString(), new { key.Name });
        return default(Done);
    }
}
