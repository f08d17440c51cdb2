using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>A message that could not be taken in, and whether it shall be tried again.</summary>
internal sealed record ParkedAnswer(MailboxMessageId Message, bool Again);

/// <summary>A person lets a message be tried again, or says that nothing shall be made of it: then it is marked as done in the mailbox when that is read next.</summary>
internal sealed class AnswerParked(Work work) : UseCase<ParkedAnswer, Done>(work)
{
    protected override Permission Permission => LifePermissions.TakeInMail;

    protected override async Task<Result<Done>> HandleAsync(ParkedAnswer input, CancellationToken ct)
    {
        if (await Db.Set<MailboxMessage>().SingleOrDefaultAsync(m => m.Id == input.Message && m.State == MailboxMessageState.Parked, ct) is not { } message) return Problem.Missing("mail");
        Work.Note(input.Again ? "deals.retry_mail" : "deals.leave_mail", "deals_mailbox_message", message.Id.ToString(), new { reason = message.Reason });
        if (input.Again) Db.Remove(message);
        else message.Leave(Work.Now);
        return default(Done);
    }
}
