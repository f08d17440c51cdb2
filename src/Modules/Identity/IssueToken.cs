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
        var (token, _) = KeyRing.Add(Work, new KeyWish(name), Work.Actor.Person, Work.Actor.Partner);
        return Task.FromResult<Result<NewToken>>(token);
    }
}
