using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The second half of signing in: the code.</summary>
internal sealed class SecondStep(Db db, Work work, CurrentActor current, Attempts attempts, SecondFactors factors, Entrance entrance, Post post)
{
    /// <summary>Where to go, once the code was right.</summary>
    public async Task<Result<string>> RunAsync(HttpContext http, HalfWay half, string? code, CancellationToken ct)
    {
        var (who, knock) = (half.Who, Knock.Of(http));
        var limits = Limits.Guess("code", who.Person.ToString(), knock, who.Person);
        var last = await attempts.TakeLastAsync(limits, ct);
        if (!last.Ok) return last.Problem;
        var right = await SpendAsync(who, code, knock, limits, last.Value, ct);
        return right is { Ok: true, Value: true } ? await entrance.OpenAsync(http, who, half.By, true, half.Next, ct) : IdentitySignInProblems.WrongCode();
    }

    private async Task<Result<bool>> SpendAsync(SignedIn who, string? code, Knock knock, Limit[] limits, bool last, CancellationToken ct)
    {
        using var _ = current.As(Actor.System(who.Tenant) with { Person = who.Person });
        return await work.TransactAsync<bool>("identity.sign_in", async () =>
        {
            // What the first half was worth may be over: suspended, or another password.
            if (!await db.Set<Person>().AnyAsync(p => p.Id == who.Person && p.Stamp == who.Stamp && p.State == Published.PersonState.Active, ct)) return false;
            if (!await factors.SpendAsync(who.Tenant, who.Person, code, ct))
            {
                work.Note("identity.sign_in_refused", "identity_person", who.Person.ToString(), new { by = "code", knock.Address });
                if (last) EndedNotice.Send(post, work, await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == who.Person, ct), "a code");
                return false;
            }

            await attempts.ForgiveAsync(limits, ct);
            return true;
        }, ct);
    }
}
