using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Answering;

/// <summary>How soon the partners of a segment were answered.</summary>
/// <param name="Segment">The segment; null for all partners.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="PromisedHours">Hours of working days within which an answer is promised now; null where nothing is.</param>
/// <param name="Judged">How many were answered, or wait beyond the promised time.</param>
/// <param name="InTime">Of these, how many were answered in time.</param>
/// <param name="Share">In time of all judged; null where there are none.</param>
/// <param name="MedianMinutes">Half were answered within so many minutes.</param>
/// <param name="P90Minutes">Nine of ten were.</param>
/// <param name="Open">How many wait.</param>
/// <param name="Over">Of these, how many beyond the promised time.</param>
internal sealed record SegmentAnswers(SegmentId? Segment, string Name, AskedKind Kind, int? PromisedHours, int Judged, int InTime, double? Share, int Answered, long? MedianMinutes, long? P90Minutes, int Open, int Over);

/// <summary>The figures of the last computation; null before the first.</summary>
internal sealed record AnswerReport(DateTime? ComputedAt, IReadOnlyList<SegmentAnswers> Rows)
{
    public static readonly AnswerReport None = new(null, []);
}

/// <summary>Answer times by segment, as kept: page, card, API and file read the same rows.</summary>
internal static class AnswerList
{
    public const string Everybody = "All partners";

    public static void Add(IServiceCollection services) => services.AddSingleton<IPromisedAnswers, MessageAnswers>().AddScoped<StartMeasureAnswers>().AddScoped<SettleMessage>();

    public static Manifest WithAnswers(this Manifest manifest) => manifest
        .Runs<MeasureAnswers>(MeasureAnswers.Kind)
        .Every<MeasureAnswers>("partners.answers", TimeSpan.FromHours(6))
        .Offers(new Offer("app", "Answer times by segment", "/app/partners/answer-times", "clock", PartnersPermissions.ViewSegments, "service level sla support promise response"));

    public static void Tables(ModelBuilder model, Db db)
    {
        // How partners are treated is the vendor’s to know.
        model.Owned<AnswerFigure>("partners_answer_figure", f => new { f.TenantId, f.SegmentId, f.Kind }).HasQueryFilter(Db.PartnerFilter, f => db.SeesAllPartners);
        model.Owned<AnswerRun>("partners_answer_run", r => r.TenantId).HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/segments/answer-times", async (Work work, CancellationToken ct) => Results.Json(await LoadAsync(work, null, ct), Json.Options)).WithTags("Partners").WithName("ListAnswerTimes")
            .WithSummary("How soon partners were answered in the last twelve months, by segment and kind, as last computed").Produces<AnswerReport>().ProducesProblem(403).Requires(PartnersPermissions.ViewSegments);
        api.MapGet("/segments/{id}/answer-times", async (Work work, SegmentId id, CancellationToken ct) =>
                await SegmentList.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await LoadAsync(work, id, ct), Json.Options)).WithTags("Partners").WithName("GetAnswerTimesOfSegment")
            .WithSummary("How soon the partners of a segment were answered").Produces<AnswerReport>().ProducesProblem(403).ProducesProblem(404).Requires(PartnersPermissions.ViewSegments);
        api.MapPost("/partners/{id}/notes/{note}/no-answer", async (SettleMessage settle, PartnerId id, NoteId note, CancellationToken ct) =>
                await settle.RunAsync((id, note), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent()).WithTags("Partners").WithName("SettlePartnerMessage")
            .WithSummary("Say that a partner’s message needs no answer").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).Requires(PartnersPermissions.Manage);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/partners/answer-times.csv", ExportAsync).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();

    public static async Task<AnswerReport> LoadAsync(Work work, SegmentId? segment, CancellationToken ct)
    {
        if (await work.Db.Set<AnswerRun>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } run) return AnswerReport.None;
        var rows = work.Db.Set<AnswerFigure>().AsNoTracking();
        var figures = await (segment is { } one ? rows.Where(f => f.SegmentId == one) : rows).ToListAsync(ct);
        var names = await work.Db.Set<SegmentRow>().OrderBy(s => s.Name).Take(SaveSegment.Most).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return new AnswerReport(run.At,
        [
            .. figures.Where(f => f.SegmentId == default || names.ContainsKey(f.SegmentId)).Select(f => Of(f, names))
                .OrderBy(r => r.Segment is not null).ThenBy(r => r.Name, StringComparer.CurrentCulture).ThenBy(r => r.Segment?.Value).ThenBy(r => r.Kind),
        ]);
    }

    private static SegmentAnswers Of(AnswerFigure f, Dictionary<SegmentId, string> names) => new(
        f.SegmentId == default ? null : f.SegmentId, names.GetValueOrDefault(f.SegmentId, Everybody), f.Kind, f.PromisedHours, f.Judged, f.InTime, f.Judged == 0 ? null : (double)f.InTime / f.Judged, f.Answered, f.MedianMinutes, f.P90Minutes, f.Open, f.Over);

    private static async Task<IResult> ExportAsync(Work work, CancellationToken ct) =>
        Csv.File("answer-times.csv", ["Segment", "What was asked", "Promised (working hours)", "Answered or late", "In time", "In time (%)", "Answered", "Median (minutes)", "Nine of ten (minutes)", "Waiting", "Waiting beyond the promise", "Segment id"],
            (await LoadAsync(work, null, ct)).Rows.Select(r => (string?[])
            [
                r.Name, AnswerWords.Of(r.Kind), Csv.Figure(r.PromisedHours), Csv.Figure(r.Judged), Csv.Figure(r.InTime), r.Share is { } share ? Math.Round(100 * share, 1).ToString(CultureInfo.InvariantCulture) : null,
                Csv.Figure(r.Answered), Csv.Figure(r.MedianMinutes), Csv.Figure(r.P90Minutes), Csv.Figure(r.Open), Csv.Figure(r.Over), r.Segment?.ToString(),
            ]), ct);
}

/// <summary>The kinds in words.</summary>
internal static class AnswerWords
{
    public static string Of(AskedKind kind) => kind switch
    {
        AskedKind.Registration => "Registrations decided by a person",
        AskedKind.Request => "Requests on registrations",
        _ => "Messages to the manager",
    };

    /// <summary>How long something took, in the largest unit that fits.</summary>
    public static string Time(long? minutes) => minutes switch
    {
        null => "–",
        < 60 => T((int)Math.Max(1, minutes.Value), "{0} minute", "{0} minutes"),
        < 48 * 60 => T((int)Math.Round(minutes.Value / 60.0), "{0} hour", "{0} hours"),
        _ => T((int)Math.Round(minutes.Value / 1440.0), "{0} day", "{0} days"),
    };
}
