using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Answering;

/// <summary>Says that a partner's message needs no answer, so that it waits for none: a thank-you, a greeting.</summary>
internal sealed class SettleMessage(Work work) : UseCase<(PartnerId Partner, NoteId Note), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NoteId Note) input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner || !await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        if (await Db.Set<Note>().SingleOrDefaultAsync(n => n.Id == input.Note && n.PartnerId == input.Partner, ct) is not { } note) return PartnersProblems.NoNote();
        if (!note.FromPartner) return PartnersProblems.NoMessage();
        note.NoAnswerAt ??= Work.Now;
        return default(Done);
    }
}
