using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>
/// Takes a mail in, whichever way it came: the message and its files are stored outside of any transaction, the rows in short ones. The same message again goes on where the first time was cut off.
/// </summary>
internal sealed class ReceiveMail(Work work, FileStore files, TakeInMail take, RecordMailFiles record)
{
    public async Task<Result<IntakeAnswer>> RunAsync(byte[] message, CancellationToken ct)
    {
        if (!work.Actor.May(LifePermissions.TakeInMail)) return Problem.Denied(LifePermissions.TakeInMail);
        // Whoever belongs to several partners is asked first: until then the message itself is kept.
        FileId? kept = null;
        if (MailText.Read(message) is { Automatic: false } read && (await IntakeSender.HomesAsync(work, read.From, ct)).Count > 1)
        {
            kept = work.NewId<FileId>();
            using var content = new MemoryStream(message);
            if ((await files.SaveAsync(work.Tenant, kept.Value, content, MailText.Longest, ct)).Problem is { } tooLong) return tooLong;
        }

        var taken = await take.RunAsync(new MailInput(message, kept), ct);
        if (kept is { } file && !(taken.Ok && await work.Db.Set<IntakeMail>().AnyAsync(m => m.MessageFile == file, ct))) files.Delete(work.Tenant, file);
        if (taken is { Ok: true, Value.Outcome: IntakeOutcome.Draft }) await KeepFilesAsync(taken.Value.Id, message, ct);
        return taken;
    }

    /// <summary>Keeps what the mail carries with the draft: each file is looked at like one that a person uploads, and what we do not take is left out and counted.</summary>
    public async Task KeepFilesAsync(IntakeId mail, byte[] message, CancellationToken ct)
    {
        if (!await work.Db.Set<IntakeMail>().AnyAsync(m => m.Id == mail && m.FilesKept == null, ct)) return;
        var (found, known) = (MailText.Attachments(message), new List<KnownFile>());
        foreach (var attachment in found.Take(MailText.MostAttachments))
        {
            var id = work.NewId<FileId>();
            using var content = new MemoryStream(attachment.Content);
            if (!(await files.SaveAsync(work.Tenant, id, content, FileKinds.MostBytes, ct)).Ok) continue;
            var looked = await DealFileCheck.LookAsync(files, work.Tenant, id, DealFileCheck.NameOf(attachment.Name), ct);
            if (looked.Ok) known.Add(looked.Value);
            else files.Delete(work.Tenant, id);
        }

        if ((await record.RunAsync(new MailFiles(mail, known, found.Count - known.Count), ct)).Ok) return;
        foreach (var file in known) files.Delete(work.Tenant, file.File);
    }
}
