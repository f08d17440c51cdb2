using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Names a next step of a deal.</summary>
internal readonly record struct NextStepId(Guid Value) : ITypedId<NextStepId>
{
    public static string Prefix => "nxt";
    public static NextStepId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out NextStepId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What happens next on a deal, in whose hands, until when. At most one of a deal is open; those before it stay, with who set them.</summary>
internal sealed class NextStep : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public NextStepId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>Who holds the deal; it stands here so that a to-do needs no scan of deals.</summary>
    public PartnerId HolderId { get; set; }

    public string What { get; init; } = "";
    public DealSide Side { get; init; }
    public DateOnly DueOn { get; init; }
    public DateTime SetAt { get; init; }
    public PersonId SetBy { get; init; }
    public string SetByName { get; init; } = "";
    public PartnerId? SetByPartner { get; init; }

    /// <summary>When another took its place, or the deal was over.</summary>
    public DateTime? EndedAt { get; set; }

    public long Version { get; set; }

    public string Watched => DealId.ToString();
}

/// <summary>The next step as a reader sees it; without a side and a day where only the registration names it.</summary>
internal sealed record NextStepLine(string What, DealSide? Side, DateOnly? DueOn, bool Late, DateTime? SetAt, string? SetBy, IReadOnlyList<EarlierStep> Earlier);

/// <summary>A next step that another one has followed.</summary>
internal sealed record EarlierStep(string What, DealSide Side, DateOnly DueOn, DateTime SetAt, string SetBy);

internal static class NextSteps
{
    private const int Shown = 10;

    /// <summary>What stands in the registration rules: a change of it that named no side and no day is shown as it was written.</summary>
    public static async Task<NextStepLine?> FindAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var id = deal.Id;
        var rows = await work.Db.Set<NextStep>().AsNoTracking().Below(deal.OfReseller).Where(s => s.DealId == id).OrderByDescending(s => s.SetAt).ThenByDescending(s => s.Id).Take(Shown + 1).ToListAsync(ct);
        var open = DealLifecycle.IsOver(deal.State) ? null : rows.Find(s => s.EndedAt is null && s.What == deal.NextStep);
        var names = deal.Team.ToDictionary(t => t.Partner, t => t.PartnerName);
        var earlier = rows.Where(s => s != open).Select(s => new EarlierStep(s.What, s.Side, s.DueOn, s.SetAt, By(work.Actor, s, names))).ToList();
        return open is not null
            ? new NextStepLine(open.What, open.Side, open.DueOn, open.DueOn < work.Today, open.SetAt, By(work.Actor, open, names), earlier)
            : deal.NextStep is null && earlier.Count == 0 ? null : new NextStepLine(deal.NextStep ?? "", null, null, false, null, null, earlier);
    }

    // Of another partner's people a partner reads the company.
    private static string By(Actor actor, NextStep step, Dictionary<PartnerId, string> names) =>
        step.SetByPartner is { } partner && actor.IsPartner && partner != actor.Partner ? names.GetValueOrDefault(partner, "Another partner") : step.SetByName;
}
