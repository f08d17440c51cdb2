using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Profiling;

/// <summary>Tells what a partner can do, where, and how much of it now. Its own admin may tell it as well as the vendor's people.</summary>
internal sealed class SetExpertise(Work work) : UseCase<(PartnerId Partner, ExpertiseChanges Changes), PartnerId>(work)
{
    private const int FirstYear = 1600;
    private const int MostLinks = 8;

    protected override Permission Permission => PartnersPermissions.EditProfile;

    protected override async Task<Result<PartnerId>> HandleAsync((PartnerId Partner, ExpertiseChanges Changes) input, CancellationToken ct)
    {
        var (id, changes) = input;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == id && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        var expertise = await Db.Set<Expertise>().SingleOrDefaultAsync(e => e.PartnerId == id, ct);
        if (changes.Version is { } version && version != (expertise?.Version ?? 0)) return Problem.Stale();
        var links = changes.SocialLinks is null ? null : TextList.Items(TextList.Read(changes.SocialLinks)).Select(Profiles.Website).ToList();
        if (Check(changes, links, Work.Today.Year).Problem is { } problem) return problem;
        var told = new Dictionary<TraitKind, string>();
        if (changes.Technologies is { } technologies) told[TraitKind.Technology] = technologies;
        if (changes.Territories is { } territories) told[TraitKind.Territory] = territories;
        if (await WordLists.ListedWords.CheckAsync(Work, expertise?.Words() ?? [], told, ct) is { } unknown) return unknown;
        if (expertise is null) Db.Add(expertise = new Expertise { TenantId = Work.Tenant, PartnerId = id });
        await ApplyAsync(expertise, changes, links, ct);
        await Traits.KeepAsync(Work, id, expertise.Words(), ct);
        return id;
    }

    private static Check Check(ExpertiseChanges changes, List<string?>? links, int year)
    {
        var check = new Check()
            .That(changes.Founded is null or 0 || (changes.Founded >= FirstYear && changes.Founded <= year), "founded", $"The year of the foundation lies between {FirstYear} and {year}.")
            .That(changes.Customers is null or (>= 0 and <= 100_000_000), "customers", "The number of customers cannot be right.")
            .That(changes.LeadCapacity is null or (>= -1 and <= 100_000), "leadCapacity", "The number of leads cannot be right.")
            .That(changes.ProjectCapacity is null or (>= -1 and <= 100_000), "projectCapacity", "The number of projects cannot be right.")
            .That(changes.Followers is null or (>= 0 and <= 2_000_000_000), "followers", "The number of followers cannot be right.")
            .That(links is null || !links.Contains(null), "socialLinks", "One of these is not a web address.")
            .That(links is null || links.Count <= MostLinks, "socialLinks", $"At most {MostLinks} addresses.");
        foreach (var (typed, field, label) in new[] { (changes.Territories, "territories", "Territories"), (changes.Technologies, "technologies", "Technologies"), (changes.Locations, "locations", "Offices") })
        {
            var list = TextList.Read(typed);
            check.Text(list, field, label, 1500, required: false)
                .That(TextList.Items(list).Length <= TextList.Longest, field, $"{label}: at most {TextList.Longest} entries.")
                .That(TextList.Items(list).All(i => i.Length <= Traits.LongestWord), field, $"{label}: an entry has at most {Traits.LongestWord} characters.");
        }

        return check;
    }

    private async Task ApplyAsync(Expertise e, ExpertiseChanges changes, List<string?>? links, CancellationToken ct)
    {
        if (changes.Territories is { } territories) e.Territories = await Traits.SpelledAsync(Db, TraitKind.Territory, Territories(territories), ct);
        if (changes.Technologies is { } technologies) e.Technologies = await Traits.SpelledAsync(Db, TraitKind.Technology, TextList.Read(technologies), ct);
        if (changes.Locations is { } locations) e.Locations = TextList.Read(locations);
        if (links is not null) e.SocialLinks = TextList.Write(links.OfType<string>());
        if (changes.Founded is { } founded) e.Founded = founded == 0 ? null : founded;
        if (changes.Customers is { } customers) e.Customers = customers == 0 ? null : customers;
        if (changes.LeadCapacity is { } leads) e.LeadCapacity = leads < 0 ? null : leads;
        if (changes.ProjectCapacity is { } projects) e.ProjectCapacity = projects < 0 ? null : projects;
        // A capacity is only worth what its age allows: told again is told anew, even with the same number.
        if (changes.LeadCapacity is not null || changes.ProjectCapacity is not null) e.CapacityAt = e.LeadCapacity is null && e.ProjectCapacity is null ? null : Work.Now;
        // Told again is told anew, even with the same number.
        if (changes.Followers is { } followers) (e.Followers, e.FollowersAt) = (followers == 0 ? null : followers, followers == 0 ? null : Work.Now);
    }

    // A code and a name of the same country are the same territory.
    internal static string Territories(string typed) =>
        TextList.Write(TextList.Items(TextList.Read(typed)).Select(t => t.Length == 2 && Countries.Find(t.ToUpperInvariant()) is { } country ? country.Name : t));

    /// <summary>What a partner has told, empty where it has told nothing.</summary>
    public static async Task<ExpertiseDetails> LoadAsync(Work work, PartnerId id, CancellationToken ct) =>
        ExpertiseDetails.Of(await work.Db.Set<Expertise>().AsNoTracking().SingleOrDefaultAsync(e => e.PartnerId == id, ct));
}
