using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Merging;

/// <summary>A merge in a list.</summary>
internal sealed record MergeItem(MergeId Id, PartnerId FromId, string FromName, PartnerId IntoId, string IntoName, string By, DateTime At, int Rows, DateTime? UndoneAt, string? UndoneBy, bool MayUndo);

/// <summary>What a merge would move, as people call it.</summary>
internal sealed record Moving(string Label, int Rows);

internal static class Merges
{
    private static readonly (string Table, string Label)[] Known =
    [
        ("deals_deal", "Deals"), ("incentives_earning", "Earnings"), ("receipts_receipt", "Receipts"), ("identity_membership", "People who sign in"), ("partners_contact", "Contacts"), ("partners_note", "Notes"),
        ("partners_contribution", "Contributions"), ("partners_file", "Files"), ("partners_certification", "Certifications"), ("partners_motion", "Motions"),
    ];

    /// <summary>What would name the other record afterwards.</summary>
    public static async Task<IReadOnlyList<Moving>> MovingAsync(PartnerReferences references, PartnerId from, PartnerId into, CancellationToken ct)
    {
        var rows = (await references.CountAsync(from, into, ct)).ToLookup(r => r.Table, r => r.Rows);
        var others = rows.Where(r => Known.All(k => k.Table != r.Key)).Sum(r => r.Sum());
        return [.. Known.Select(k => new Moving(k.Label, rows[k.Table].Sum())).Append(new Moving("Other rows", others)).Where(m => m.Rows > 0)];
    }

    /// <summary>The newest merges, of one partner or of all.</summary>
    public static async Task<IReadOnlyList<MergeItem>> LatestAsync(Work work, PartnerId? into, CancellationToken ct)
    {
        var (rows, limit) = (work.Db.Set<PartnerMerge>().AsNoTracking(), work.Now.AddDays(-UndoMerge.Days));
        if (into is { } one) rows = rows.Where(m => m.IntoId == one);
        return await rows.OrderByDescending(m => m.Id).Take(50)
            .Select(m => new MergeItem(m.Id, m.FromId, m.FromName, m.IntoId, m.IntoName, m.By, m.At, m.Rows, m.UndoneAt, m.UndoneBy, m.UndoneAt == null && m.At >= limit)).ToListAsync(ct);
    }
}

internal static class MergeApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partners/{id}/merge", MergeAsync).WithTags("Partners").WithName("MergePartners").WithSummary("Merge another partner into this one")
            .Produces<Made<MergeId>>(201).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).Requires(PartnersPermissions.Merge);
        var merges = api.MapGroup("/partner-merges").WithTags("Partners").ProducesProblem(403);
        merges.MapGet("/", ListAsync).WithName("ListPartnerMerges").WithSummary("Merges, the newest first").Produces<IReadOnlyList<MergeItem>>().Requires(PartnersPermissions.Merge);
        merges.MapPost("/{merge}/undo", UndoAsync).WithName("UndoPartnerMerge").WithSummary("Take a merge back within 30 days").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(PartnersPermissions.Merge);
    }

    private static async Task<IResult> MergeAsync(MergePartners merge, PartnerId id, PartnerMergeInput input, CancellationToken ct) =>
        (await merge.RunAsync((id, input), ct)).Then<Made<MergeId>>(made => new Made<MergeId>(made)).ToCreated(_ => $"/api/v1/partners/{id}");

    private static async Task<IResult> ListAsync(Work work, CancellationToken ct) => Results.Json(await Merges.LatestAsync(work, null, ct), Json.Options);

    private static async Task<IResult> UndoAsync(UndoMerge undo, MergeId merge, CancellationToken ct) =>
        await undo.RunAsync(merge, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}
