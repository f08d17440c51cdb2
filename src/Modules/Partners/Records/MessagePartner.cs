using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Records;

/// <summary>A message to a partner's people.</summary>
internal sealed record Message(string? Text);

/// <summary>Writes to a partner: a shared note on its page, and news to its people who sign in, each by the channel that it has chosen.</summary>
internal sealed class MessagePartner(Work work, AddNote add, Notify notify) : UseCase<(PartnerId Partner, Message Message), NoteId>(work)
{
    public static readonly NotificationKind Kind = new("partners.message", "Partnership", "Your partner manager wrote to you", null, ByMail.AtOnce);

    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<NoteId>> HandleAsync((PartnerId Partner, Message Message) input, CancellationToken ct)
    {
        var (partner, message) = input;
        var note = await add.RunAsync((partner, new NewNote(message.Text, Shared: true)), ct);
        if (!note.Ok) return note.Problem;
        var people = await People.OfPartner(Db, partner).OrderBy(p => p.Id).Select(p => p.Id).Take(200).ToListAsync(ct);
        await notify.TellAsync(partner, people, new News(Kind, $"{Work.Actor.Name} wrote to you", message.Text!.Trim(), "/portal/company#timeline", "Answer here:"), ct);
        return note.Value;
    }
}
