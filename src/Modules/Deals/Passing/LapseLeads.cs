using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Looks every quarter of an hour which leads are due.</summary>
internal sealed class LapseLeads(Db db, Work work, LapseLead lapse, ForgetContacts forget) : IRecurring
{
    public const int ContactDays = 180;
    private const int Most = 2_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, today, refusals) = (work.Now, work.Today, new Refusals());
        var offered = db.Set<Lead>().Where(l => l.State == LeadState.Offered && l.AnswerBy < now).OrderBy(l => l.AnswerBy);
        var over = db.Set<Lead>().Where(l => l.State == LeadState.Accepted && l.ProtectedUntil < today).OrderBy(l => l.ProtectedUntil);
        var overdue = db.Set<Lead>().Where(l => (l.State == LeadState.InReview || l.State == LeadState.Submitted) && l.DecideBy < now && l.StateSince <= l.DecideBy).OrderBy(l => l.DecideBy);
        foreach (var due in new[] { offered, over, overdue })
        {
            foreach (var id in await due.Take(Most).Select(l => l.Id).ToListAsync(ct)) refusals.Note(await lapse.RunAsync(id, ct));
        }

        refusals.Note(await forget.RunAsync(now.AddDays(-ContactDays), ct));
        return refusals.End;
    }
}
