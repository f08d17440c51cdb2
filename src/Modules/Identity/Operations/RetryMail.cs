using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Tries a mail again that the mail server refused or that waits for its next attempt.</summary>
internal sealed class RetryMail(Work work) : UseCase<MailId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    protected override async Task<Result<Done>> HandleAsync(MailId input, CancellationToken ct)
    {
        if (await Db.Set<MailRow>().SingleOrDefaultAsync(m => m.Id == input && m.State != MailState.Sent, ct) is not { } mail) return Problem.Missing("mail");
        (mail.State, mail.Attempts, mail.NextAttemptAt, mail.LeasedUntil) = (MailState.Waiting, 0, Work.Now, null);
        Work.Note("identity.retry_mail", "kernel_mail", mail.Id.ToString(), new { mail.To, mail.Subject });
        return default(Done);
    }
}
