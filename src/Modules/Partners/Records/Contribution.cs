using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Records;

internal readonly record struct ContributionId(Guid Value) : ITypedId<ContributionId>
{
    public static string Prefix => "pctb";
    public static ContributionId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ContributionId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a partner has given beyond deals.</summary>
internal enum ContributionKind
{
    Introduction,
    Advice,
    Content,
    Event,
    Reference,
    ProductFeedback,
    Training,

    /// <summary>An integration or a joint solution, also with another partner and without the vendor.</summary>
    Solution,

    /// <summary>A method, an accelerator, an app that others may use.</summary>
    Asset,
    Community,
}

/// <summary>Something that a partner has contributed, written down by either side.</summary>
internal sealed class Contribution : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public ContributionId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public ContributionKind Kind { get; init; }
    public required string Title { get; init; }
    public string? Text { get; init; }
    public string? Link { get; init; }
    public DateOnly On { get; init; }

    /// <summary>The partner with which it was done together.</summary>
    public PartnerId? WithId { get; init; }
    public required string By { get; init; }
    public PersonId AuthorId { get; init; }

    /// <summary>Whether the partner's own person wrote it.</summary>
    public bool FromPartner { get; init; }
    public DateTime At { get; init; }
}

/// <summary>One thing of the contribution timeline, whatever its source.</summary>
internal sealed record ContributionItem(DateOnly On, string What, string Title, string? Text, string? Link, string? With, string By, bool FromPartner, ContributionId? Id, bool MayRemove);

internal static class Contributions
{
    public const int Most = 100;

    public static bool MayRemove(Actor actor, PersonId author) => author == actor.Person || (!actor.IsPartner && actor.May(PartnersPermissions.Manage));

    /// <summary>What a partner has given, transactions and all else on one line of time, newest first.</summary>
    public static async Task<IReadOnlyList<ContributionItem>> OfAsync(Work work, IEnumerable<IPartnerContributions> sources, PartnerId partner, CancellationToken ct)
    {
        var rows = await (from c in work.Db.Set<Contribution>().AsNoTracking()
                          join w in work.Db.Set<Partner>() on new { c.TenantId, Id = c.WithId } equals new { w.TenantId, Id = (PartnerId?)w.Id } into others
                          from w in others.DefaultIfEmpty()
                          where c.PartnerId == partner || c.WithId == partner
                          orderby c.On descending, c.Id descending
                          select new { Row = c, With = w.Name }).Take(Most).ToListAsync(ct);
        List<ContributionItem> items =
        [
            .. rows.Select(r => new ContributionItem(r.Row.On, Words.Label(r.Row.Kind), r.Row.Title, r.Row.Text, r.Row.Link, r.Row.PartnerId == partner ? r.With : null, r.Row.By, r.Row.FromPartner, r.Row.Id, MayRemove(work.Actor, r.Row.AuthorId) && r.Row.PartnerId == partner)),
        ];
        foreach (var source in sources)
            items.AddRange((await source.OfAsync(partner, Most, ct)).Select(c => new ContributionItem(c.On, c.What, c.Title, c.Text, c.Href, null, c.By, false, null, false)));
        return [.. items.OrderByDescending(i => i.On).Take(Most)];
    }
}
