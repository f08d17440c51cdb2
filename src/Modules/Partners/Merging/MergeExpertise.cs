using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Profiling;

namespace Trellis.Partners.Merging;

/// <summary>The expertise of the partner that stays, before the other one's was added to it.</summary>
internal sealed record OldExpertise(
    string Territories, string Technologies, string Locations, string SocialLinks, int? Founded, int? Customers, int? LeadCapacity, int? ProjectCapacity, DateTime? CapacityAt, int? Followers, DateTime? FollowersAt)
{
    public static OldExpertise Of(Expertise e) =>
        new(e.Territories, e.Technologies, e.Locations, e.SocialLinks, e.Founded, e.Customers, e.LeadCapacity, e.ProjectCapacity, e.CapacityAt, e.Followers, e.FollowersAt);

    /// <summary>Gives back what was before, but for what somebody has told since: there the value is another than the merge has <paramref name="written"/>.</summary>
    public void Return(Expertise e, OldExpertise written)
    {
        var now = Of(e);
        if (now.Territories == written.Territories) e.Territories = Territories;
        if (now.Technologies == written.Technologies) e.Technologies = Technologies;
        if (now.Locations == written.Locations) e.Locations = Locations;
        if (now.SocialLinks == written.SocialLinks) e.SocialLinks = SocialLinks;
        if (now.Founded == written.Founded) e.Founded = Founded;
        if (now.Customers == written.Customers) e.Customers = Customers;
        if ((now.Followers, now.FollowersAt) == (written.Followers, written.FollowersAt)) (e.Followers, e.FollowersAt) = (Followers, FollowersAt);
        if ((now.LeadCapacity, now.ProjectCapacity, now.CapacityAt) == (written.LeadCapacity, written.ProjectCapacity, written.CapacityAt)) (e.LeadCapacity, e.ProjectCapacity, e.CapacityAt) = (LeadCapacity, ProjectCapacity, CapacityAt);
    }
}

/// <summary>Two records' expertise made one: lists are united, between figures somebody chooses, and what the one that stays has not told is taken over.</summary>
internal static class MergeExpertise
{
    private const int MostLinks = 8;

    /// <summary>The figures between which is chosen.</summary>
    public static readonly IReadOnlyList<(string Name, string Label, Func<Expertise, string?> Read, Action<Expertise, Expertise> Take)> Figures =
    [
        ("founded", "Founded", e => e.Founded?.ToString(CultureInfo.InvariantCulture), (into, from) => into.Founded = from.Founded),
        ("customers", "Customers served", e => e.Customers?.ToString("N0", CultureInfo.CurrentCulture), (into, from) => into.Customers = from.Customers),
        ("capacity", "Capacity", Capacity, (into, from) => (into.LeadCapacity, into.ProjectCapacity, into.CapacityAt) = (from.LeadCapacity, from.ProjectCapacity, from.CapacityAt)),
        ("followers", "Followers", e => e.Followers?.ToString("N0", CultureInfo.CurrentCulture), (into, from) => (into.Followers, into.FollowersAt) = (from.Followers, from.FollowersAt)),
    ];

    /// <summary>The lists of which nothing is lost.</summary>
    public static readonly IReadOnlyList<(string Label, Func<Expertise, string> Read)> Lists =
    [
        ("Territories", e => e.Territories), ("Technologies", e => e.Technologies), ("Offices", e => e.Locations), ("Public profiles", e => e.SocialLinks),
    ];

    /// <summary>Unites the two where both have told something; the first one's row is moved by itself where the second has none. Returns what was there before, and what is there now.</summary>
    public static async Task<(OldExpertise? Before, OldExpertise? Written)> UniteAsync(Work work, PartnerId intoId, PartnerId fromId, IReadOnlySet<string> chosen, CancellationToken ct)
    {
        var both = await work.Db.Set<Expertise>().Where(e => e.PartnerId == intoId || e.PartnerId == fromId).ToListAsync(ct);
        if (both.Find(e => e.PartnerId == intoId) is not { } into || both.Find(e => e.PartnerId == fromId) is not { } from) return default;
        var before = OldExpertise.Of(into);
        (into.Territories, into.Technologies, into.Locations) = (Both(into.Territories, from.Territories), Both(into.Technologies, from.Technologies), Both(into.Locations, from.Locations));
        into.SocialLinks = Both(into.SocialLinks, from.SocialLinks, MostLinks);
        foreach (var (name, _, read, take) in Figures)
            if (read(from) is not null && (chosen.Contains(name) || read(into) is null)) take(into, from);
        return (before, OldExpertise.Of(into));
    }

    public static async Task ReturnAsync(Work work, PartnerId into, OldExpertise before, OldExpertise? written, CancellationToken ct)
    {
        if (await work.Db.Set<Expertise>().SingleOrDefaultAsync(e => e.PartnerId == into, ct) is { } now) before.Return(now, written ?? OldExpertise.Of(now));
    }

    private static string Both(string into, string from, int most = TextList.Longest) =>
        TextList.Write(TextList.Items(TextList.Write([.. TextList.Items(into), .. TextList.Items(from)])).Take(Math.Max(most, TextList.Items(into).Length)));

    private static string? Capacity(Expertise e) => Text.OrNull(string.Join(", ",
        new[] { e.LeadCapacity is { } leads ? T(leads, "{0} lead", "{0} leads") : null, e.ProjectCapacity is { } projects ? T(projects, "{0} project", "{0} projects") : null }.OfType<string>()));
}
