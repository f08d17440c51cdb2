using Microsoft.EntityFrameworkCore;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>A partner that may be the same company.</summary>
internal sealed record Twin(PartnerId Partner, string Name, double Score, IReadOnlyList<string> Reasons);

/// <summary>Two partners that may be one company.</summary>
internal sealed record TwinPair(PartnerId One, string OneName, PartnerId Other, string OtherName, double Score, IReadOnlyList<string> Reasons, TwinId? Id = null);

/// <summary>One definition of when two partners may be one company: for the form, the merge and the work queue. It tells of other partners, so only the vendor's people may ask.</summary>
internal static class Duplicates
{
    /// <summary>Below this two partners are taken for different ones.</summary>
    public const double Likely = 0.81;

    /// <summary>From here on a new partner is not made without somebody saying that it is another company.</summary>
    public const double Certain = 0.93;

    private sealed record Known(PartnerId Id, string Name, CompanyRecord Record);

    /// <summary>The likely twins of what is typed, the likeliest first.</summary>
    public static async Task<IReadOnlyList<Twin>> OfAsync(Work work, string? name, string? website, string? country, string? city, PartnerId? except, CancellationToken ct)
    {
        if (Text.OrNull(name) is not { Length: <= 200 } typed) return [];
        var probe = new CompanyRecord(typed, Profiles.Domain(Profiles.Website(website)), null, country is { Length: 2 } code ? code : null, city);
        return Best(probe, (await PartnerKeys.AskAsync(work, probe, ct)).Where(p => p.Id != except));
    }

    /// <summary>The likely twins of a partner.</summary>
    public static async Task<IReadOnlyList<Twin>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        if (await work.Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == partner && p.MergedInto == null, ct) is not { } own) return [];
        var record = PartnerKeys.Record(own);
        return Best(record, (await PartnerKeys.AskAsync(work, record, ct)).Where(p => p.Id != partner));
    }

    /// <summary>All likely pairs, the likeliest first, for the job that keeps them: only those are compared that share a key, so that ten thousand partners are not fifty million comparisons.</summary>
    public static async Task<IReadOnlyList<TwinPair>> PairsAsync(Work work, int most, CancellationToken ct)
    {
        var known = await KnownAsync(work, ct);
        var blocks = new Dictionary<string, List<int>>();
        for (var i = 0; i < known.Count; i++)
        {
            var keys = CompanyKeys.Stored(known[i].Record);
            foreach (var key in keys.Exact.Concat(keys.Near)) (blocks.TryGetValue(key, out var block) ? block : blocks[key] = []).Add(i);
        }

        // A key that very many share (a common word) tells nothing.
        var pairs = blocks.Values.Where(b => b.Count is > 1 and < 60).SelectMany(b => b.SelectMany((x, i) => b.Skip(i + 1).Select(y => (x, y)))).ToHashSet();
        var likely = new List<TwinPair>();
        foreach (var group in pairs.GroupBy(p => p.x))
        {
            var probe = new CompanyProbe(known[group.Key].Record);
            foreach (var (x, y) in group)
                if (probe.Compare(known[y].Record) is { Score: >= Likely } found) likely.Add(new(known[x].Id, known[x].Name, known[y].Id, known[y].Name, found.Score, Reasons(found)));
        }

        return [.. likely.OrderByDescending(l => l.Score).ThenBy(l => l.OneName, StringComparer.Ordinal).Take(most)];
    }

    /// <summary>Both profiles as they are stored, for choosing between them.</summary>
    public static async Task<(Profile One, Profile Other)> ProfilesAsync(Work work, PartnerId one, PartnerId other, CancellationToken ct)
    {
        var both = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.Id == one || p.Id == other).ToListAsync(ct);
        return (both.Single(p => p.Id == one).Profile(), both.Single(p => p.Id == other).Profile());
    }

    private static async Task<List<Known>> KnownAsync(Work work, CancellationToken ct) =>
        [.. (await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null).OrderBy(p => p.Id).Select(p => new { p.Id, p.Name, p.Domain, p.Country, p.City, p.Postcode }).ToListAsync(ct))
            .Select(p => new Known(p.Id, p.Name, new CompanyRecord(p.Name, p.Domain, null, p.Country, p.City, p.Postcode)))];

    private static Twin[] Best(CompanyRecord asked, IEnumerable<Partner> known)
    {
        var probe = new CompanyProbe(asked);
        return [.. known.Select(k => (k, Likeness: probe.Compare(PartnerKeys.Record(k)))).Where(m => m.Likeness.Score >= Likely).OrderByDescending(m => m.Likeness.Score).ThenBy(m => m.k.Name, StringComparer.Ordinal)
            .Take(5).Select(m => new Twin(m.k.Id, m.k.Name, m.Likeness.Score, Reasons(m.Likeness)))];
    }

    private static string[] Reasons(CompanyLikeness likeness) =>
    [
        .. likeness.Domain == Agreement.Same ? new[] { "same web domain" } : [],
        likeness.SameWriting ? "same name" : likeness.Name >= 0.9 ? "nearly the same name" : "similar name",
        .. likeness.Country == Agreement.Same ? new[] { "same country" } : [],
        .. likeness.City == Agreement.Same ? new[] { "same town" } : [],
    ];
}
