using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>
/// Two recruits of the demo that somebody entered a second time, so that likely duplicates and the merge can be looked at. They come when everything else is there, and are
/// prospects: no figure counts them, no other story draws them, and whoever merges them spoils none.
/// </summary>
internal static class PartnerTwins
{
    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var recruits = demo.Gather<Partner>();
        Entry[] entries =
        [
            // As it stands on a badge, and as it stands in a web address.
            new(recruits.First(p => p.State == PartnerState.Prospect), p => p.LegalName!.ToUpperInvariant(), 6, "Noor Haas", "Marketing manager", ContactFunction.Marketing, "From the visitors’ list of the trade fair. Not called yet."),
            new(recruits.First(p => p.State == PartnerState.Onboarding), p => p.Name.Replace(" ", "", StringComparison.Ordinal), 15, "Ines Okoye", "Account executive", ContactFunction.Sales, "Wrote to us through the web site and asks how to become a partner."),
        ];
        var again = entries.Select(e => Again(demo, e)).ToList();
        await demo.InsertAsync(again.Select(a => a.Partner), ct);
        await demo.InsertAsync(again.Select(a => a.Motion), ct);
        await demo.InsertAsync(again.Select(a => a.Contact), ct);
        await demo.InsertAsync(again.Select(a => a.Note), ct);
    }

    private sealed record Entry(Partner First, Func<Partner, string> Name, int DaysAgo, string Person, string Title, ContactFunction Function, string Note);

    private static (Partner Partner, PartnerMotion Motion, Contact Contact, Note Note) Again(Demo demo, Entry entry)
    {
        var (first, at) = (entry.First, demo.Now.AddDays(-entry.DaysAgo));
        var partner = Partner.Create(demo.Tenant, demo.NewId<PartnerId>(at), PartnerState.Prospect, Tier.Registered, "Grace Okafor", at);
        partner.Version = 1;
        partner.Describe(new Profile(entry.Name(first), null, $"https://www.{first.Domain}", first.Domain, null, first.Country, first.City, null, null, null, null, first.MainType, TextList.Write([]), TextList.Write([]), TextList.Write([])));
        var motion = new PartnerMotion { TenantId = demo.Tenant, PartnerId = partner.Id, Motion = Motion.Referral, Type = first.MainType, State = MotionState.Applied, Tier = Tier.Registered, Since = DateOnly.FromDateTime(at) };
        var email = $"{entry.Person.Replace(' ', '.').ToLowerInvariant()}@{first.Domain}";
        var contact = new Contact
        {
            TenantId = demo.Tenant, Id = demo.NewId<ContactId>(at), PartnerId = partner.Id, Name = entry.Person, Email = email, JobTitle = entry.Title, Function = entry.Function, CreatedAt = at,
            SearchText = Text.Fold(entry.Person, email), Version = 1,
        };
        var note = new Note { TenantId = demo.Tenant, Id = demo.NewId<NoteId>(at), PartnerId = partner.Id, Audience = NoteAudience.Internal, Text = entry.Note, By = "Grace Okafor", At = at };
        return (partner, motion, contact, note);
    }
}
