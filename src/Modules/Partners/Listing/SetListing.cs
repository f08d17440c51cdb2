using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Listing;

/// <summary>What a partner says about its entry; null leaves a text as it is, empty text clears it.</summary>
internal sealed record ListingInput(bool? Listed, string? Headline = null, string? About = null, string? ContactUrl = null);

/// <summary>
/// Says yes or no to the directory, and what stands there. Only the partner's own people can say yes; the vendor can word the entry and take it out.
/// </summary>
internal sealed class SetListing(Work work, DirectoryShelf shelf) : UseCase<(PartnerId Partner, ListingInput Input), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.EditProfile;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, ListingInput Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        var address = Text.OrNull(told.ContactUrl);
        var check = new Check().Text(told.Headline, "headline", "The line under the name", 120, required: false).Text(told.About, "about", "The text", 2000, required: false)
            .That(address is null || Profiles.Website(address) is not null, "contactUrl", "This is not a web address.");
        if (check.Problem is { } problem) return problem;
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MergedInto == null, ct) is not { } partner) return PartnersProblems.Missing();
        await Work.LockAsync("partners.listing", ct);
        var listing = await Db.Set<PublicListing>().SingleOrDefaultAsync(l => l.PartnerId == id, ct);
        if (told.Listed == true && listing?.Listed != true && !Work.Actor.IsPartner) return PartnersProblems.ConsentIsTheirs();
        if (listing is null) Db.Add(listing = new PublicListing { TenantId = Work.Tenant, PartnerId = id, Slug = await FreeSlugAsync(partner.Name, ct), ConsentBy = Work.Actor.Name, ConsentAt = Work.Now });
        if (told.Listed is { } yes && yes != listing.Listed) (listing.Listed, listing.ConsentBy, listing.ConsentAt) = (yes, Work.Actor.Name, Work.Now);
        if (told.Headline is not null) listing.Headline = Text.OrNull(told.Headline);
        if (told.About is not null) listing.About = Text.OrNull(told.About);
        if (told.ContactUrl is not null) listing.ContactUrl = Profiles.Website(address);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }

    private async Task<string> FreeSlugAsync(string name, CancellationToken ct)
    {
        var slug = SlugOf(name);
        var taken = await Db.Set<PublicListing>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.Slug.StartsWith(slug)).Select(l => l.Slug).ToListAsync(ct);
        return taken.Contains(slug) ? Enumerable.Range(2, taken.Count + 1).Select(i => $"{slug}-{i}").First(s => !taken.Contains(s)) : slug;
    }

    /// <summary>Letters and digits of the name with hyphens between the words; names in other scripts get a plain word.</summary>
    internal static string SlugOf(string name)
    {
        var words = new string([.. Text.Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        // Those addresses are the page of solutions and the form of who applies.
        return slug.Length == 0 ? "partner" : slug is "solutions" or "apply" ? $"{slug}-partner" : slug.Length > 60 ? slug[..60].TrimEnd('-') : slug;
    }
}
