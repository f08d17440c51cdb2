using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A token as it is shown, once.</summary>
internal sealed record NewToken(string Secret, DateTime ExpiresAt);

/// <summary>Issues an API token for the person who asks, with all of that person's rights, for 90 days.</summary>
internal sealed class IssueToken(Work work) : UseCase<string, NewToken>(work)
{
    public const string TokenPrefix = "trl_";

    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override Task<Result<NewToken>> HandleAsync(string name, CancellationToken ct)
    {
        if (new Check().Text(name, "name", "The name", 100).Problem is { } problem) return Task.FromResult<Result<NewToken>>(problem);
        var (secret, hash) = Secrets.New(TokenPrefix);
        var expires = Work.Now.AddDays(90);
        Db.Add(new Key
        {
            Hash = hash,
            Kind = KeyKind.Token,
            TenantId = Work.Tenant,
            PersonId = Work.Actor.Person,
            PartnerId = Work.Actor.Partner,
            Name = name.Trim(),
            CreatedAt = Work.Now,
            ExpiresAt = expires,
        });
        Work.Note("identity.issue_token", "identity_person", Work.Actor.Person.ToString(), new { name, expires });
        return Task.FromResult<Result<NewToken>>(new NewToken(secret, expires));
    }
}
