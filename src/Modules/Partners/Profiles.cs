using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Reads what is typed about a partner: the same rules when it is created, changed, or changed by itself.</summary>
internal static class Profiles
{
    public static Result<Profile> Read(NewPartner input)
    {
        var website = Website(input.Website);
        var (languages, verticals, competencies) = (TextList.Read(input.Languages), TextList.Read(input.Verticals), TextList.Read(input.Competencies));
        var check = new Check()
            .Text(input.Name, "name", "The name", 150)
            .Text(input.LegalName, "legalName", "The legal name", required: false)
            .That(string.IsNullOrWhiteSpace(input.Website) || website is not null, "website", "This is not a web address.")
            .Text(input.Description, "description", "The description", 2000, required: false)
            .That(Countries.Find(input.Country) is not null, "country", "Choose a country.")
            .Text(input.City, "city", "The city", 100, required: false)
            .Text(input.Postcode, "postcode", "The postcode", 20, required: false)
            .Text(input.Phone, "phone", "The phone number", 40, required: false)
            .That(input.Employees is null or (>= 0 and <= 5_000_000), "employees", "The number of employees cannot be right.")
            .That(input.MainType is not null, "mainType", "Choose what kind of company it is.");
        foreach (var (list, field, label) in new[] { (languages, "languages", "Languages"), (verticals, "verticals", "Industries"), (competencies, "competencies", "Competencies") })
        {
            check.Text(list, field, label, 1000, required: false)
                .That(TextList.Items(list).Length <= TextList.Longest, field, $"{label}: at most {TextList.Longest} entries.")
                .That(TextList.Items(list).All(i => i.Length <= Traits.LongestWord), field, $"{label}: an entry has at most {Traits.LongestWord} characters.");
        }

        if (check.Problem is { } problem) return problem;
        return new Profile(
            input.Name!.Trim(), Text.OrNull(input.LegalName), website, Domain(website), Text.OrNull(input.Description), input.Country!, Text.OrNull(input.City),
            Text.OrNull(input.Postcode), Text.OrNull(input.Phone), input.Employees is 0 ? null : input.Employees, input.Revenue, input.MainType!.Value, languages, verticals, competencies);
    }

    /// <summary>The web address with its scheme, or null where it is none.</summary>
    public static string? Website(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 300 || !Text.IsClean(typed)) return null;
        var text = typed.Trim();
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && HostOf(uri)?.Contains('.') == true && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri.TrimEnd('/')
            : null;
    }

    // A host may be written in letters that no domain can have; this shows only when it is spelled for the network.
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Places where many companies have a page each, told apart by the path: the host says nothing about whose it is.
    private static readonly HashSet<string> SharedHosts =
    [
        "facebook.com", "linkedin.com", "instagram.com", "x.com", "twitter.com", "youtube.com", "tiktok.com", "xing.com", "pinterest.com", "medium.com", "github.com", "gitlab.com", "linktr.ee", "about.me", "crunchbase.com",
        "sites.google.com", "docs.google.com", "drive.google.com", "maps.google.com", "google.com", "goo.gl", "bit.ly", "t.me", "wa.me", "vk.com", "yelp.com", "g.page",
    ];

    /// <summary>The host of a web site, or null where many companies share it.</summary>
    public static string? Domain(string? website)
    {
        if (website is null) return null;
        var host = new Uri(website).IdnHost.ToLowerInvariant();
        var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        // Languages and telephones have hosts of their own there: de.linkedin.com, m.facebook.com.
        return SharedHosts.Contains(bare) || (Compute.Matching.Domains.Registrable(bare) is { } owner && owner != "google.com" && SharedHosts.Contains(owner)) ? null : bare;
    }

    public static bool IsEmail(string? typed) => typed is { Length: > 0 and <= 200 } && Text.IsClean(typed) && MailAddress.TryCreate(typed, out var address) && address.Address == typed.Trim();

    /// <summary>Another partner with the same name in the same country, or with the same web site.</summary>
    public static Task<Partner?> SimilarAsync(Db db, Profile profile, PartnerId? except, CancellationToken ct)
    {
        var (name, country, domain) = (profile.Name, profile.Country, profile.Domain);
        return db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && (except == null || p.Id != except))
            .Where(p => (p.Name == name && p.Country == country) || (domain != null && p.Domain == domain))
            .OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
    }
}
