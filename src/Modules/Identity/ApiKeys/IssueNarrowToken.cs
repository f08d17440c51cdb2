using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Issues a token for the person who asks, narrowed where wished.</summary>
internal sealed class IssueNarrowToken(Work work) : UseCase<KeyWish, NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override Task<Result<NewToken>> HandleAsync(KeyWish wish, CancellationToken ct) => Task.FromResult<Result<NewToken>>(
        KeyRing.Check(wish, Work.Actor.Permissions) is { } problem ? problem : KeyRing.Add(Work, wish, Work.Actor.Person, Work.Actor.Partner).Token);
}
