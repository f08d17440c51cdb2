using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Notifications;

/// <summary>
/// Ends mails of one kind by the signed link of a mail, without signing in. The link names tenant and person, so this works as Trellis itself
/// inside that tenant and changes nothing else.
/// </summary>
internal sealed class StopMails(SignedLinks signed, KindList kinds, CurrentActor current, Work work)
{
    private static readonly Problem Unknown = new(ProblemKind.Missing, "notifications.link", "This link is not complete or no longer valid. Sign in to choose your mails.");

    /// <summary>The kind that the link is about.</summary>
    public Result<string> Label(string? key) => signed.ReadStop(key) is { } read && kinds.Find(read.Kind) is { } kind ? kind.Label : Unknown;

    public async Task<Result<string>> RunAsync(string? key, CancellationToken ct)
    {
        if (signed.ReadStop(key) is not { } read || kinds.Find(read.Kind) is not { } kind) return Unknown;
        using var _ = current.As(Actor.System(read.Tenant, "Unsubscribe link") with { Person = read.Person });
        return await work.TransactAsync<string>("notifications.stop_mails", async () =>
        {
            await work.LockAsync($"notifications:{read.Person}", ct);
            var row = await work.Db.Set<Preference>().SingleOrDefaultAsync(p => p.PersonId == read.Person && p.Kind == read.Kind, ct);
            if (row is null) work.Db.Add(row = new Preference { TenantId = read.Tenant, PersonId = read.Person, Kind = read.Kind, InApp = !kind.MailOnly });
            row.Mail = ByMail.Off;
            return kind.Label;
        }, ct);
    }
}
