using System.Linq.Expressions;
using Trellis.Deals.Published;

namespace Trellis.Insights;

/// <summary>
/// A metric of the catalogue: one identifier, one definition in words, one rule for the rows behind it. Pages, API and exports all use this.
/// </summary>
/// <param name="Id">The identifier of the catalogue, for example <c>K-01</c>; a suffix tells variants apart.</param>
/// <param name="Slug">The name in addresses.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Definition">What is counted, in words.</param>
/// <param name="Counts">Which rows are counted, apart from window and partner: one rule for the database and for <see cref="DayFigures"/>.</param>
/// <param name="IsPipeline">Open deals now, whatever the window; else deals won in the window.</param>
/// <param name="IsCredited">Counts the credited part instead of the whole deal.</param>
internal sealed record Metric(string Id, string Slug, string Name, string Definition, Expression<Func<Credit, bool>> Counts, bool IsPipeline, bool IsCredited)
{
    public static readonly Metric Sourced = new("K-01", "sourced-revenue", "Partner-sourced revenue",
        "Closed-won amount, in the window, of deals that a partner registered. Each deal has one sourcing partner and counts in full, once.",
        c => c.Role == DealRole.Source, IsPipeline: false, IsCredited: false);

    public static readonly Metric InfluencedGross = new("K-02", "influenced-revenue", "Partner-influenced revenue, gross",
        "Closed-won amount, in the window, of deals with at least one qualified touch, before the close, of a partner that is not the source. A deal counts once, however many partners influenced it.",
        c => c.Role != DealRole.Source && c.Touched, IsPipeline: false, IsCredited: false);

    public static readonly Metric InfluencedCredited = new("K-02c", "influenced-credited", "Partner-influenced revenue, credited",
        "The part of the closed-won amount that the chosen attribution model gives to partners that are not the source. A deal of which they get nothing does not count.",
        c => c.Role != DealRole.Source && c.CreditedAmount > 0, IsPipeline: false, IsCredited: true);

    public static readonly Metric Resold = new("K-04", "resold-revenue", "Resold revenue",
        "Closed-won amount, in the window, transacted on a partner's paper: that of the team member in the role resell; without one, of the registrant if it works in the resell motion.",
        c => c.Resold, IsPipeline: false, IsCredited: false);

    public static readonly Metric SourcedPipeline = new("K-06", "sourced-pipeline", "Partner-sourced pipeline",
        "Expected amount of open deals that a partner registered: submitted, in review, returned, approved or converted.",
        c => c.Role == DealRole.Source, IsPipeline: true, IsCredited: false);

    public static readonly Metric InfluencedPipeline = new("K-06i", "influenced-pipeline", "Partner-influenced pipeline, gross",
        "Expected amount of open deals with at least one qualified touch of a partner that is not the source. A deal counts once.",
        c => c.Role != DealRole.Source && c.Touched, IsPipeline: true, IsCredited: false);

    public static readonly IReadOnlyList<Metric> All = [Sourced, InfluencedGross, InfluencedCredited, Resold, SourcedPipeline, InfluencedPipeline];

    private readonly Lazy<Func<Credit, bool>> _holds = new(Counts.Compile);

    /// <summary>Whether a row is counted, with its outcome; window and partner apart.</summary>
    public bool Holds(Credit credit) => credit.Outcome == (IsPipeline ? Outcome.Open : Outcome.Won) && _holds.Value(credit);

    public static Metric? Find(string? slug) => All.FirstOrDefault(m => m.Slug == slug || string.Equals(m.Id, slug, StringComparison.OrdinalIgnoreCase));
}
