using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>What became of a mail that was handed over.</summary>
internal sealed record IntakeAnswer(IntakeId Id, IntakeOutcome Outcome, DealId? Deal);

/// <summary>A message, and where it is stored in case its sender must be asked.</summary>
internal sealed record MailInput(byte[] Message, FileId? Kept = null);

/// <summary>
/// Makes a draft of a mail that a partner's person has forwarded, for that person, and answers it with one link. Never a registration: an address
/// in a mail proves nobody, and neither does the receiving server's word about its signature. Whoever opens the link signs in first.
/// </summary>
internal sealed class TakeInMail(Work work, LifeMail mail) : UseCase<MailInput, IntakeAnswer>(work)
{
    protected override Permission Permission => LifePermissions.TakeInMail;

    protected override async Task<Result<IntakeAnswer>> HandleAsync(MailInput input, CancellationToken ct)
    {
        var message = input.Message;
        if (MailText.Read(message) is not { } read) return Problem.Invalid("message", $"This is no mail with a sender, or it is larger than {MailText.Longest / 1_000_000} MB.");
        var key = System.Convert.ToHexStringLower(SHA256.HashData(read.MessageId is { } id ? Encoding.UTF8.GetBytes(id) : message));
        await Work.LockAsync($"deals-intake:{key}", ct);
        if (await Db.Set<IntakeMail>().AsNoTracking().SingleOrDefaultAsync(m => m.MessageKey == key, ct) is { } earlier) return new IntakeAnswer(earlier.Id, earlier.Outcome, earlier.DealId);

        var able = await IntakeSender.HomesAsync(Work, read.From, ct);
        var taken = new IntakeMail
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<IntakeId>(),
            MessageKey = key,
            FromAddress = Text.Storable(read.From, 300),
            Subject = read.Subject,
            PersonId = able.Select(h => (PersonId?)h.Person).FirstOrDefault(),
            Signature = Signature(read.Signature),
            At = Work.Now,
        };
        Db.Add(taken);
        if (read.Automatic) taken.Waits(IntakeOutcome.Automatic, null);
        else if (able is [var home])
        {
            var draft = await IntakeSender.DraftAsync(Work, read, home, ct);
            taken.Became(draft.Id, home.Partner);
            await mail.DraftedAsync(draft, ct);
        }
        else if (able.Count > 1)
        {
            taken.Waits(IntakeOutcome.SeveralPartners, input.Kept);
            // Without the message a link would lead to nothing.
            if (input.Kept is not null) mail.AskForPartner(taken, able);
        }
        else taken.Waits(IntakeOutcome.UnknownSender, null);

        return new IntakeAnswer(taken.Id, taken.Outcome, taken.DealId);
    }

    private static string? Signature(string? header) => header is null ? null : header.Contains("dkim=pass", StringComparison.OrdinalIgnoreCase) ? "pass" : header.Contains("dkim=", StringComparison.OrdinalIgnoreCase) ? "not passed" : null;
}
