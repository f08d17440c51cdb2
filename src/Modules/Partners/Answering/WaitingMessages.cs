using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Answering;

/// <summary>What one partner wrote and nothing has answered, oldest first; a partner’s page shows it.</summary>
internal static class WaitingMessages
{
    private const int Most = 5;

    public static async Task<IReadOnlyList<NoteItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var (notes, since) = (work.Db.Set<Note>().AsNoTracking().Where(n => n.PartnerId == partner), work.Now.AddYears(-1));
        var answers = notes.Where(MessageAnswers.IsAnswer);
        var rows = await notes.Where(n => n.FromPartner && n.NoAnswerAt == null && n.At >= since && !answers.Any(a => (a.HappenedAt ?? a.At) > n.At)).OrderBy(n => n.At).ThenBy(n => n.Id).Take(Most).ToListAsync(ct);
        return [.. rows.Select(NoteItem.Of)];
    }
}
