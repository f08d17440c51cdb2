using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>A mail that waits for its partner, as its sender reads it.</summary>
internal sealed record WaitingMail(IntakeId Id, string Subject, DateTime At, DealId? Deal, PartnerId? Partner, bool Kept);

/// <summary>The sender of a mail, who belongs to several partners, has chosen one: the draft is made of the message that was kept until then.</summary>
internal sealed class ChoosePartnerOfMail(Work work, FileStore files, ReceiveMail receive, DraftChosenMail draft)
{
    /// <summary>The mail, if the actor has sent it.</summary>
    public static Task<WaitingMail?> FindAsync(Work work, IntakeId id, CancellationToken ct)
    {
        var person = work.Actor.Person;
        return work.Db.Set<IntakeMail>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.Id == id && m.PersonId == person)
            .Select(m => new WaitingMail(m.Id, m.Subject, m.At, m.DealId, m.PartnerId, m.MessageFile != null)).SingleOrDefaultAsync(ct);
    }

    public async Task<Result<DealId>> RunAsync(IntakeChoice choice, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.Register)) return Problem.Denied(DealsPermissions.Register);
        if (await FindAsync(work, choice.Mail, ct) is not { } mail || work.Actor.Partner != choice.Partner) return Problem.Missing("mail");
        if (mail.Deal is { } there) return mail.Partner == choice.Partner ? there : LifeProblems.MailChosen();
        var person = work.Actor.Person;
        var file = await work.Db.Set<IntakeMail>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.Id == choice.Mail && m.PersonId == person).Select(m => m.MessageFile).SingleAsync(ct);
        if (file is not { } kept || await BytesAsync(kept, ct) is not { } message) return LifeProblems.MailForgotten();
        var made = await draft.RunAsync(new ChosenMail(choice.Mail, message), ct);
        if (!made.Ok) return made;
        await receive.KeepFilesAsync(choice.Mail, message, ct);
        files.Delete(work.Tenant, kept);
        return made;
    }

    private async Task<byte[]?> BytesAsync(FileId file, CancellationToken ct)
    {
        await using var content = files.Open(work.Tenant, file);
        return content is null ? null : await Body.BytesAsync(content, MailText.Longest, ct);
    }
}
