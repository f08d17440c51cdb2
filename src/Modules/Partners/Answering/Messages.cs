using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Answering;

/// <summary>One thing between a partner and the vendor: what the partner wrote, or what the vendor said to it.</summary>
/// <param name="NoAnswerAt">When it was said that this message of the partner needs no answer.</param>
internal readonly record struct Said(PartnerId Partner, bool FromPartner, DateTime At, DateTime? NoAnswerAt = null);

/// <summary>Messages of partners to their manager, and what answered them.</summary>
internal sealed class MessageAnswers : IPromisedAnswers
{
    /// <summary>What answers a partner: a note that it does not see answers nothing; a call, a meeting or a mail does, whoever reads what was written of it.</summary>
    public static readonly Expression<Func<Note, bool>> IsAnswer = n => !n.FromPartner && (n.Audience == NoteAudience.Shared || n.Kind != NoteKind.Note);

    public async Task<IReadOnlyList<AskedFact>> SinceAsync(Work work, DateTime since, CancellationToken ct)
    {
        var notes = work.Db.Set<Note>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter]);
        var asked = await notes.Where(n => n.FromPartner && n.At >= since).Select(n => new { n.PartnerId, n.At, n.NoAnswerAt }).ToListAsync(ct);
        if (asked.Count == 0) return [];
        var writers = notes.Where(n => n.FromPartner && n.At >= since).Select(n => n.PartnerId);
        var said = await notes.Where(IsAnswer).Where(n => n.At >= since && writers.Contains(n.PartnerId))
            .Select(n => new { n.PartnerId, n.At, n.HappenedAt }).ToListAsync(ct);
        return Of([.. asked.Select(a => new Said(a.PartnerId, true, a.At, a.NoAnswerAt)), .. said.Select(s => new Said(s.PartnerId, false, s.HappenedAt ?? s.At))]);
    }

    /// <summary>Pure: a question begins with the first message that nothing has answered, and ends with the first thing that the vendor said afterwards.</summary>
    public static IReadOnlyList<AskedFact> Of(IEnumerable<Said> all)
    {
        var facts = new List<AskedFact>();
        foreach (var partner in all.GroupBy(s => s.Partner))
        {
            DateTime? since = null;
            // What is said in the same instant as a message does not answer it.
            foreach (var said in partner.OrderBy(s => s.At).ThenBy(s => s.FromPartner))
            {
                if (said is { FromPartner: true, NoAnswerAt: { } settled }) facts.Add(new AskedFact(partner.Key, AskedKind.Message, said.At, null, null) { TakenBackAt = settled });
                else if (said.FromPartner) since ??= said.At;
                else if (since is { } began)
                {
                    facts.Add(new AskedFact(partner.Key, AskedKind.Message, began, null, said.At));
                    since = null;
                }
            }

            if (since is { } waits) facts.Add(new AskedFact(partner.Key, AskedKind.Message, waits, null, null));
        }

        return facts;
    }
}
