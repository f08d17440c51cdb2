using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

internal static class SegmentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var segments = api.MapGroup("/segments").WithTags("Partners").ProducesProblem(403);
        segments.MapGet("/", AllAsync).WithName("ListSegments").WithSummary("Segments of partners with their counts").Produces<IReadOnlyList<SegmentItem>>().Requires(PartnersPermissions.ViewSegments);
        segments.MapPost("/", CreateAsync).WithName("CreateSegment").WithSummary("Make a segment").Produces<Made<SegmentId>>(201).ProducesProblem(422).Requires(PartnersPermissions.Segment);
        segments.MapPost("/preview", PreviewAsync).WithName("PreviewSegment").WithSummary("How many partners conditions fit, without saving them").Produces<SegmentPreview>().ProducesProblem(422).Requires(PartnersPermissions.ViewSegments);
        var one = segments.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetSegment").WithSummary("One segment with its conditions").Produces<SegmentDetails>().Requires(PartnersPermissions.ViewSegments);
        one.MapPut("/", ChangeAsync).WithName("ChangeSegment").WithSummary("Change a segment").Produces<SegmentDetails>().ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.Segment);
        one.MapDelete("/", DropAsync).WithName("DropSegment").WithSummary("Drop a segment").Produces(204).ProducesProblem(409).Requires(PartnersPermissions.Segment);
        one.MapGet("/partners", MembersAsync).WithName("ListSegmentPartners").WithSummary("The partners of a segment, page by page").Produces<Page<PartnerListItem>>().Requires(PartnersPermissions.ViewSegments);
    }

    internal sealed record SegmentPreview(int Partners);

    private static async Task<IResult> AllAsync(Work work, CancellationToken ct) => Results.Json(await SegmentList.AllAsync(work, ct), Json.Options);

    private static async Task<IResult> CreateAsync(SaveSegment save, SegmentInput input, CancellationToken ct) =>
        (await save.RunAsync((null, input), ct)).Then<Made<SegmentId>>(id => new Made<SegmentId>(id)).ToCreated(made => $"/api/v1/segments/{made.Id}");

    private static async Task<IResult> PreviewAsync(Work work, Conditions conditions, CancellationToken ct) =>
        SaveSegment.Conditions(conditions, new Check()).Problem is { } problem ? problem.ToResult() : Results.Json(new SegmentPreview(await SegmentList.CountAsync(work, conditions, ct)), Json.Options);

    private static async Task<IResult> GetAsync(Work work, SegmentId id, CancellationToken ct) => (await SegmentList.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ChangeAsync(Work work, SaveSegment save, SegmentId id, SegmentInput input, CancellationToken ct) =>
        await save.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await SegmentList.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> DropAsync(DropSegment drop, SegmentId id, CancellationToken ct) =>
        await drop.RunAsync(id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> MembersAsync(Work work, SegmentId id, string? cursor, int? size, CancellationToken ct) =>
        await SegmentList.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult()
            : Results.Json(await PartnerList.PageAsync(work, new PartnerFilter { Segment = id }, new Paging(cursor, size ?? 50), ct), Json.Options);
}
