using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Answering;

/// <summary>What the demo's partners wrote to their managers, and when they were answered.</summary>
internal static class AnswerDemo
{
    private static readonly (string Question, string Answer)[] Talks =
    [
        ("Can we get a demo account for the new version before Thursday?", "It is ready: your technical contact has the access."),
        ("Which discount applies to a renewal that we take over from another partner?", "The same as for your own renewals. I have put the table into your files."),
        ("Our new colleague cannot open the training. Could you look at it?", "Solved. Please ask her to try again."),
        ("May we use your logo on our fair stand in spring?", "Yes, in the version of the brand guide. Send me the draft before it is printed."),
        ("The customer asks for a reference in the same industry. Whom can we name?", "I have asked two customers and come back with names."),
        ("When is the next joint planning call?", "On the second Tuesday, as always. The invitation is out."),
    ];

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var chance = demo.Chance("partners.answers");
        var partners = await demo.Db.Set<Partner>().AsNoTracking().Where(p => p.State == PartnerState.Active).OrderBy(p => p.Name).Take(60).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        PartnerId[] ids = [.. partners.Select(p => p.Id)];
        var people = (await demo.Db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.PartnerId)).Select(c => new { c.PartnerId, c.Name, c.PersonId }).ToListAsync(ct)).ToLookup(c => c.PartnerId);
        var notes = new List<Note>();
        foreach (var (partner, i) in partners.Select((p, i) => (p, i)))
        {
            for (var n = chance.Next(1, 4); n > 0; n--)
            {
                var (question, answer) = Talks[chance.Next(Talks.Length)];
                var asked = demo.Now.Date.AddDays(-chance.Next(8, 340)).AddHours(chance.Next(8, 16)).AddMinutes(chance.Next(60));
                var who = people[partner.Id].FirstOrDefault();
                Say(partner.Id, who?.Name ?? partner.Name, who?.PersonId, true, question, asked);
                Say(partner.Id, "Paula Ferreira", null, false, answer, asked.AddHours(i % 3 == 0 ? chance.Next(1, 5) : chance.Next(2, 70)));
            }

            // A few wait: some for hours, one for days.
            if (i % 13 == 0 && people[partner.Id].FirstOrDefault() is { } asks) Say(partner.Id, asks.Name, asks.PersonId, true, Talks[i % Talks.Length].Question, demo.Now.AddHours(i == 0 ? -3 : -20 - (i * 4)));
        }

        await demo.InsertAsync(notes, ct);

        void Say(PartnerId partner, string by, PersonId? author, bool fromPartner, string text, DateTime at) => notes.Add(new Note
        {
            TenantId = demo.Tenant, Id = demo.NewId<NoteId>(at), PartnerId = partner, Audience = NoteAudience.Shared, Text = text, By = by, AuthorId = author, FromPartner = fromPartner, At = at,
        });
    }
}
