using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>A mail, and the message as it was kept.</summary>
internal sealed record ChosenMail(IntakeId Mail, byte[] Message);

/// <summary>Makes the draft of a mail for the partner for which its sender acts now.</summary>
internal sealed class DraftChosenMail(Work work) : UseCase<ChosenMail, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(ChosenMail input, CancellationToken ct)
    {
        var person = Work.Actor.Person;
        await Work.LockAsync($"deals-intake:{input.Mail}", ct);
        if (await Db.Set<IntakeMail>().IgnoreQueryFilters([Db.PartnerFilter]).SingleOrDefaultAsync(m => m.Id == input.Mail && m.PersonId == person, ct) is not { } mail) return Problem.Missing("mail");
        if (mail.DealId is { } there) return mail.PartnerId == Work.Actor.Partner ? there : LifeProblems.MailChosen();
        if (MailText.Read(input.Message) is not { } read || (await IntakeSender.HomesAsync(Work, read.From, ct)).FirstOrDefault(h => h.Person == person && h.Partner == Work.Actor.Partner) is not { } home) return Problem.Missing("mail");
        var made = await IntakeSender.DraftAsync(Work, read, home, ct);
        mail.Became(made.Id, home.Partner);
        return made.Id;
    }
}
