using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Replaces a key by a new one for as long; the old one works for a day more, so that a program can be changed over in peace.</summary>
internal sealed class RotateToken(Work work, RoleBook book) : UseCase<(PersonId? Service, string Key), NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<NewToken>> HandleAsync((PersonId? Service, string Key) input, CancellationToken ct)
    {
        var (tenant, owner, now, prefix) = (Work.Tenant, input.Service ?? Work.Actor.Person, Work.Now, input.Key);
        if (input.Service is { } service && await Services.RefusalAsync(Work, service, ct) is { } refused) return refused;
        if (prefix.Length < KeyRing.ShortLength) return Problem.Missing("key");
        var old = await Db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.TenantId == tenant && k.PersonId == owner && k.Kind == KeyKind.Token && k.Hash.StartsWith(prefix) && k.ExpiresAt > now, ct);
        if (old is null) return Problem.Missing("key");
        var days = Math.Clamp((int)Math.Round((old.ExpiresAt - old.CreatedAt).TotalDays), 1, KeyRing.LongestDays);
        var wish = new KeyWish(old.Name, old.Scopes is null ? null : [.. RoleRules.Codes(old.Scopes)], days);
        if (Work.Actor.Kind == ActorKind.Token && (old.Scopes is null || !RoleRules.Codes(old.Scopes).IsSubsetOf(Work.Actor.Permissions))) return KeyProblems.Wider();
        if (Work.Actor.Key is { } own && own.Hash != old.Hash && now.AddDays(days) > own.Until) return KeyProblems.Wider();
        if (input.Service is { } held && !await MayHoldAsync(held, old.Scopes, ct)) return RoleProblems.MoreThanYouHold(old.Name, "key");
        var until = now + KeyRing.Overlap;
        if (old.ExpiresAt > until)
            await Db.Set<Key>().Where(k => k.TenantId == tenant && k.Hash == old.Hash).ExecuteUpdateAsync(s => s.SetProperty(k => k.ExpiresAt, until), ct);
        return KeyRing.Add(Work, wish, owner, old.PartnerId, renews: old.Hash).Token;
    }

    private async Task<bool> MayHoldAsync(PersonId service, string? scopes, CancellationToken ct) =>
        scopes is null
            ? await book.OutranksAsync(await Db.Set<Person>().Where(p => p.Id == service).Select(p => p.Roles).SingleAsync(ct), ct)
            : RoleRules.Codes(scopes).IsSubsetOf(Work.Actor.Permissions);
}
