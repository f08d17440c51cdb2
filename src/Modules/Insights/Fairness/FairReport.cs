using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>The report as pages and the API show it.</summary>
internal sealed record FairReport(DateOnly From, DateOnly To, DateTime? ComputedAt, bool ShownToPartners, int PaymentDays, IReadOnlyList<FairFigure> Figures)
{
    /// <summary>A partner's own rows, counted: never too few, because they are its own.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<FairMeasure, (int Of, int Counted)> Own { get; init; } = new Dictionary<FairMeasure, (int, int)>();

    public IEnumerable<FairFigure> Of(FairMeasure measure, string by) => Figures.Where(f => f.Measure == measure && f.By == by);

    public FairFigure? Whole(FairMeasure measure) => Of(measure, "all").FirstOrDefault();

    /// <summary>The report; for a partner only where the vendor has agreed, and then the figures alone.</summary>
    public static async Task<Result<FairReport>> LoadAsync(Work work, CancellationToken ct)
    {
        var setting = await work.Db.Set<FairSetting>().AsNoTracking().SingleOrDefaultAsync(ct) ?? new FairSetting();
        if (work.Actor.IsPartner && !setting.ShownToPartners) return Problem.Missing("report");
        var run = await work.Db.Set<FairRun>().AsNoTracking().SingleOrDefaultAsync(ct);
        var figures = run is null ? [] : JsonSerializer.Deserialize<List<FairFigure>>(run.Figures, Json.Options)!;
        return new FairReport(run?.From ?? work.Today.AddYears(-1), run?.To ?? work.Today, run?.ComputedAt, setting.ShownToPartners, setting.PaymentDays,
            work.Actor.IsPartner ? FairFigures.ForPartners(figures) : figures)
        { Own = await OwnAsync(work, ct) };
    }

    /// <summary>Whether this actor finds the report: a partner only where the vendor has agreed.</summary>
    public static async Task<bool> IsShownAsync(Work work, CancellationToken ct) =>
        !work.Actor.IsPartner || await work.Db.Set<FairSetting>().AnyAsync(s => s.ShownToPartners, ct);

    private static async Task<IReadOnlyDictionary<FairMeasure, (int, int)>> OwnAsync(Work work, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } partner) return new Dictionary<FairMeasure, (int, int)>();
        var own = await work.Db.Set<FairRow>().AsNoTracking().Where(r => r.PartnerId == partner).GroupBy(r => new { r.Measure, r.Counted }).Select(g => new { g.Key.Measure, g.Key.Counted, Rows = g.Count() }).ToListAsync(ct);
        return own.GroupBy(o => o.Measure).ToDictionary(g => g.Key, g => (g.Sum(o => o.Rows), g.Where(o => o.Counted).Sum(o => o.Rows)));
    }
}

/// <summary>A row as pages, API and export show it.</summary>
internal sealed record FairItem(FairRowId Id, string Subject, string Title, PartnerId Partner, string PartnerName, Tier Tier, PartnerSize Size, DateOnly Day, bool Counted, long? Minutes, string Note);

/// <summary>The rows behind a figure.</summary>
internal sealed record FairFilter(FairMeasure Measure, PartnerSize? Size = null, Tier? Tier = null, bool? Counted = null, string? Note = null)
{
    public static FairFilter? Read(string? measure, string? size, string? tier, string? counted, string? note) => Words.Parse<FairMeasure>(measure) is { } known
        ? new FairFilter(known, Words.Parse<PartnerSize>(size), Words.Parse<Tier>(tier), counted switch { "yes" => true, "no" => false, _ => null }, Text.OrNull(note)) : null;

    /// <summary>The rows of exactly this figure.</summary>
    public static string Query(FairFigure figure) => $"measure={Words.Of(figure.Measure)}" + figure.By switch
    {
        "size" => $"&size={Words.Of(Enum.GetValues<PartnerSize>().First(s => FairFigures.Label(s) == figure.Group))}",
        "tier" => $"&tier={Words.Of(Enum.GetValues<Tier>().First(t => Words.Label(t) == figure.Group))}",
        "reason" when figure.Measure == FairMeasure.ProtectionHonoured => $"&counted=no&note={Uri.EscapeDataString(FairRules.TakenBack + figure.Group)}",
        "reason" => $"&counted=yes&note={Uri.EscapeDataString(figure.Group)}",
        _ => "",
    };

    public static async Task<Result<Page<FairItem>>> PageAsync(Work work, FairFilter filter, Paging paging, CancellationToken ct)
    {
        // The rows name rivals and the direct team's wins: they are the vendor's.
        if (work.Actor.IsPartner) return Problem.Missing("report");
        var rows = work.Db.Set<FairRow>().AsNoTracking().Where(r => r.Measure == filter.Measure);
        if (filter.Size is { } size) rows = rows.Where(r => r.Size == size);
        if (filter.Tier is { } tier) rows = rows.Where(r => r.Tier == tier);
        if (filter.Counted is { } counted) rows = rows.Where(r => r.Counted == counted);
        if (filter.Note is { } note) rows = rows.Where(r => r.Note == note);
        var page = await rows.PageAsync(r => r.Day, r => r.Id, true, paging, ct);
        return page.Select(r => new FairItem(r.Id, r.Subject, r.Title, r.PartnerId, r.PartnerName, r.Tier, r.Size, r.Day, r.Counted, r.Minutes, r.Note));
    }
}
