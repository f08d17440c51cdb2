using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Joint;
using Trellis.Partners.Published;

namespace Trellis.Partners.Graph;

/// <summary>Which part of the ecosystem to show.</summary>
internal sealed record EcosystemFilter(RelationKind? Kind, PartnerType? Type, string? Region, PartnerId? Around, bool Customers)
{
    /// <summary>The kind of tie that agreed joint value is.</summary>
    public const string JointKind = "joint_value";

    /// <summary>Joint value alone.</summary>
    public bool OnlyJoint { get; init; }

    public static EcosystemFilter Read(string? kind, string? type, string? region, PartnerId? around, bool customers) =>
        new(kind == JointKind ? null : Words.Parse<RelationKind>(kind), Words.Parse<PartnerType>(type), Text.OrNull(region), around is { Value: var id } && id != Guid.Empty ? around : null, customers) { OnlyJoint = Understood.OneOf(kind, JointKind) is not null };
}

/// <summary>A partner or a customer in the picture.</summary>
internal sealed record Node(string Id, string Name, bool IsCustomer, PartnerType? Type, string? Detail);

/// <summary>A tie in the picture, read from left to right.</summary>
internal sealed record Edge(string From, string To, string Kind, string How, string? Note);

/// <summary>Partners, customers and the ties between them: only those that have a tie, the most tied first where there are too many.</summary>
internal sealed record Ecosystem(IReadOnlyList<Node> Nodes, IReadOnlyList<Edge> Edges, int LeftOut)
{
    public const int MostNodes = 140;
    private const int MostTies = 5000;

    public static async Task<Ecosystem> LoadAsync(Work work, EcosystemFilter filter, CancellationToken ct)
    {
        var edges = await EdgesAsync(work, filter, ct);
        var partnerIds = edges.SelectMany(e => new[] { e.From, e.To }).Select(Ids.Parse<PartnerId>).OfType<PartnerId>().Distinct().ToList();
        var partners = await work.Db.Set<Partner>().AsNoTracking().Where(p => partnerIds.Contains(p.Id) && p.MergedInto == null)
            .Select(p => new { p.Id, p.Name, p.MainType, p.Region, p.Country }).ToListAsync(ct);
        var accountIds = edges.Select(e => Ids.Parse<AccountId>(e.To)).OfType<AccountId>().Distinct().ToList();
        var accounts = await work.Db.Set<AccountRow>().Where(a => accountIds.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.Sector }).ToListAsync(ct);
        var nodes = partners.Select(p => new Node(p.Id.ToString(), p.Name, false, p.MainType, $"{PartnerWords.Label(p.MainType)}, {Countries.Name(p.Country)}"))
            .Concat(accounts.Select(a => new Node(a.Id.ToString(), a.Name, true, null, a.Sector))).ToDictionary(n => n.Id);
        var fits = partners.Where(p => (filter.Type is null || p.MainType == filter.Type) && (filter.Region is null || p.Region == filter.Region)).Select(p => p.Id.ToString()).ToHashSet();
        // A tie is shown where one of its partners fits; the other end comes with it.
        var shown = edges.Where(e => nodes.ContainsKey(e.From) && nodes.ContainsKey(e.To) && (fits.Contains(e.From) || fits.Contains(e.To))).ToList();
        if (filter.Around is { } centre) shown = Near(shown, centre.ToString());
        return Cut(nodes, shown);
    }

    private static async Task<List<Edge>> EdgesAsync(Work work, EcosystemFilter filter, CancellationToken ct)
    {
        if (filter.OnlyJoint) return await JointAsync(work, ct);
        var relations = work.Db.Set<Relation>().AsNoTracking();
        if (filter.Kind is { } kind) relations = relations.Where(r => r.Kind == kind);
        var rows = await relations.OrderBy(r => r.FromId).ThenBy(r => r.ToId).Take(MostTies).ToListAsync(ct);
        List<Edge> edges = [.. rows.Select(r => new Edge(r.FromId.ToString(), r.ToId.ToString(), Words.Of(r.Kind), RelationWords.How(r.Kind, true), r.Note))];
        if (filter.Kind is null) edges.AddRange(await JointAsync(work, ct));
        if (!filter.Customers || filter.Kind is not null) return edges;
        var ties = await work.Db.Set<CustomerTie>().AsNoTracking().OrderBy(t => t.PartnerId).ThenBy(t => t.AccountId).Take(MostTies).ToListAsync(ct);
        edges.AddRange(ties.Select(t => new Edge(t.PartnerId.ToString(), t.AccountId.ToString(), Words.Of(t.Kind), RelationWords.How(t.Kind), t.Note)));
        return edges;
    }

    // What two partners have made together without the vendor, by pair, in the main currency; K-47 adds the same rows up by month.
    private static async Task<List<Edge>> JointAsync(Work work, CancellationToken ct)
    {
        var main = work.Settings.Currency;
        var rows = await work.Db.Set<JointValue>().AsNoTracking().Where(j => j.State == JointState.Agreed && j.PartnerId != j.WithId).OrderByDescending(j => j.On).ThenBy(j => j.Id).Take(MostTies)
            .Select(j => new { j.PartnerId, j.WithId, j.Amount, j.Currency, j.On }).ToListAsync(ct);
        var book = rows.TrueForAll(r => r.Currency == main) ? RateBook.Empty : await work.RatesAsync(ct);
        return [.. rows.GroupBy(r => r.PartnerId.Value.CompareTo(r.WithId.Value) < 0 ? (r.PartnerId, r.WithId) : (r.WithId, r.PartnerId)).Select(g => new Edge(g.Key.Item1.ToString(), g.Key.Item2.ToString(), EcosystemFilter.JointKind,
            "Has made value together with", new Money(g.Sum(r => r.Currency == main ? r.Amount : book.Convert(new Money(r.Amount, r.Currency), main, r.On)?.Minor ?? 0), main).ToString()))];
    }

    /// <summary>The ties within two steps of one partner.</summary>
    internal static List<Edge> Near(List<Edge> edges, string centre)
    {
        var near = edges.Where(e => e.From == centre || e.To == centre).SelectMany(e => new[] { e.From, e.To }).Append(centre).ToHashSet();
        return [.. edges.Where(e => near.Contains(e.From) || near.Contains(e.To))];
    }

    private static Ecosystem Cut(Dictionary<string, Node> nodes, List<Edge> edges)
    {
        var degree = edges.SelectMany(e => new[] { e.From, e.To }).CountBy(id => id).ToDictionary();
        var kept = degree.OrderByDescending(d => d.Value).ThenBy(d => nodes[d.Key].Name, StringComparer.Ordinal).ThenBy(d => d.Key, StringComparer.Ordinal).Take(MostNodes).Select(d => d.Key).ToHashSet();
        return new([.. kept.Select(id => nodes[id])], [.. edges.Where(e => kept.Contains(e.From) && kept.Contains(e.To))], degree.Count - kept.Count);
    }
}
