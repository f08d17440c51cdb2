using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>The mailbox as it shall be.</summary>
/// <param name="Password">Null keeps the one that is there, for the same server and user.</param>
/// <param name="DoneFolder">Where mails go that were taken in; null: they stay and are marked as read.</param>
internal sealed record MailboxInput(string? Host, int? Port, MailboxSecurity? Security, string? User, string? Password, string? Folder, string? DoneFolder, bool On, long? Version = null);

/// <summary>The vendor says from which mailbox forwarded mail is read. A password is never sent to another server, for another user, or with less protection, than that for which it was entered.</summary>
internal sealed class SetMailbox(Work work, MailboxKeys keys, Outbound outbound) : UseCase<MailboxInput, Done>(work)
{
    public const string Lock = "deals-mailbox";

    protected override Permission Permission => LifePermissions.ConnectMailbox;

    protected override async Task<Result<Done>> HandleAsync(MailboxInput input, CancellationToken ct)
    {
        await Work.LockAsync(Lock, ct);
        var known = await Db.Set<Mailbox>().SingleOrDefaultAsync(ct);
        if (input.Version is { } seen && seen != (known?.Version ?? 0)) return Problem.Stale();
        var (host, user, folder, done) = (Text.OrNull(input.Host)?.ToLowerInvariant(), Text.OrNull(input.User), Text.OrNull(input.Folder) ?? Mailbox.Inbox, Text.OrNull(input.DoneFolder));
        var (port, security, password) = (input.Port ?? 993, input.Security ?? MailboxSecurity.Tls, string.IsNullOrEmpty(input.Password) ? null : input.Password);
        var same = known is not null && known.Host == host && known.UserName == user;
        var asSafe = same && known!.Port == port && (security == known.Security || security != MailboxSecurity.None);
        var check = new Check().Text(host, "host", "The server", 253).Text(user, "user", "The user", 320).Text(folder, "folder", "The folder", 200).Text(done, "doneFolder", "The folder", 200, required: false)
            .That(host is null || outbound.IsAllowed(host), "host", "Name a mail server on the open internet, such as imap.example.com.")
            .That(port is > 0 and <= ushort.MaxValue, "port", "A port is a number from 1 to 65535, mostly 993.")
            .That(security != MailboxSecurity.None || outbound.AllowsPrivate, "security", "Choose TLS or STARTTLS: nothing goes unprotected through the open internet.")
            .That(password is not null || asSafe, "password", known is null ? "Enter the password." : same ? "Enter the password again: the port is another one, or the way there is less protected." : "Enter the password again: the server or the user is another one.")
            .That(password is null or { Length: <= 1000 }, "password", "The password may have at most 1000 characters.")
            .That(!string.Equals(folder, done, StringComparison.OrdinalIgnoreCase), "doneFolder", "Choose another folder than the one that is read.");
        if (check.Problem is { } problem) return problem;
        // The numbers of messages are those of one folder of one mailbox.
        if (known is not null && (!same || !string.Equals(known.Folder, folder, StringComparison.Ordinal))) await ForgetAsync(Work, ct);
        if (known is null) Db.Add(known = new Mailbox { TenantId = Work.Tenant, Host = host!, UserName = user!, SealedPassword = keys.Seal(password!) });
        else if (password is not null) known.SealedPassword = keys.Seal(password);
        if (input.On && (!known.IsOn || !same)) known.Since = Work.Now;
        (known.Host, known.Port, known.Security, known.UserName, known.Folder, known.DoneFolder, known.IsOn) = (host!, port, security, user!, folder, done, input.On);
        // It is read at the next turn, whatever was wrong before.
        if (await Db.Set<MailboxReading>().SingleOrDefaultAsync(ct) is { } reading) Db.Remove(reading);
        return default(Done);
    }

    /// <summary>Forgets what was in hand or could not be taken in.</summary>
    public static Task ForgetAsync(Work work, CancellationToken ct)
    {
        var tenant = work.Tenant;
        return work.Db.Set<MailboxMessage>().Where(m => m.TenantId == tenant).ExecuteDeleteAsync(ct);
    }
}
