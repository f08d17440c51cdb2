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

/// <summary>A contribution as it is told.</summary>
internal sealed record NewContribution(ContributionKind? Kind, string? Title, DateOnly? On, string? Text = null, string? Link = null, PartnerId? With = null);

/// <summary>One thing of the contribution timeline, whatever its source.</summary>
internal sealed record ContributionItem(DateOnly On, string What, string Title, string? Text, string? Link, string? With, string By, bool FromPartner, ContributionId? Id, bool MayRemove);

/// <summary>Writes down what a partner has contributed; the partner's own people may do so, too, and it shows who did.</summary>
internal sealed class AddContribution(Work work) : UseCase<(PartnerId Partner, NewContribution Input), ContributionId>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<ContributionId>> HandleAsync((PartnerId Partner, NewContribution Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        var link = Profiles.Website(told.Link);
        var check = new Check().That(told.Kind is not null, "kind", "Choose what it was.").Text(told.Title, "title", "The title", 200).Text(told.Text, "text", "The text", 2000, required: false)
            .That(told.On is { } on && on <= Work.Today && on >= Work.Today.AddYears(-10), "on", "Say on which day; within the last ten years.")
            .That(string.IsNullOrWhiteSpace(told.Link) || link is not null, "link", "This is not a web address.");
        if (check.Problem is { } problem) return problem;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == id && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        // A portal actor knows no other partner; the vendor's people add the second one.
        var with = Work.Actor.IsPartner || told.With is not { Value: var other } || other == Guid.Empty ? null : told.With;
        if (with is { } second && (second == id || !await LivePartner.IsAsync(Db, second, ct))) return Problem.Invalid("with", "Choose another partner.");
        var contribution = new Contribution
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ContributionId>(),
            PartnerId = id,
            Kind = told.Kind!.Value,
            Title = told.Title!.Trim(),
            Text = Kernel.Text.OrNull(told.Text),
            Link = link,
            On = told.On!.Value,
            WithId = with,
            By = Work.Actor.Name,
            AuthorId = Work.Actor.Person,
            FromPartner = Work.Actor.IsPartner,
            At = Work.Now,
        };
        Db.Add(contribution);
        return contribution.Id;
    }
}

/// <summary>Takes a contribution away: its author, or one of the vendor's people who manage partners.</summary>
internal sealed class RemoveContribution(Work work) : UseCase<(PartnerId Partner, ContributionId Contribution), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, ContributionId Contribution) input, CancellationToken ct)
    {
        var row = await Db.Set<Contribution>().SingleOrDefaultAsync(c => c.Id == input.Contribution && c.PartnerId == input.Partner, ct);
        if (row is null) return Problem.Missing("contribution");
        if (!Contributions.MayRemove(Work.Actor, row.AuthorId)) return PartnersProblems.NotYourNote();
        Db.Remove(row);
        return default(Done);
    }
}

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
