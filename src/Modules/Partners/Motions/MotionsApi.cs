using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Motions;

/// <summary>A motion as it stands, with what it has brought.</summary>
internal sealed record MotionStanding(MotionItem Standing, MotionFigure? Figures);

internal static class MotionsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}/motions").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        one.MapGet("/", ListAsync).WithName("ListPartnerMotions").WithSummary("The motions of a partner, each with its own figures").Produces<IReadOnlyList<MotionStanding>>().Requires(PartnersPermissions.View);
        one.MapGet("/history", HistoryAsync).WithName("ListPartnerMotionHistory").WithSummary("How each motion stood, who changed it and when, newest first").Produces<IReadOnlyList<MotionStep>>().Requires(PartnersPermissions.View);
    }

    /// <summary>What each motion has brought, of all who know something.</summary>
    public static async Task<IReadOnlyDictionary<Motion, MotionFigure>> FiguresAsync(IEnumerable<IMotionFigures> sources, PartnerId partner, CancellationToken ct)
    {
        var all = new List<MotionFigure>();
        foreach (var source in sources) all.AddRange(await source.OfAsync(partner, ct));
        return all.GroupBy(f => f.Motion).ToDictionary(g => g.Key, g => new MotionFigure(g.Key, g.Sum(f => f.Open), Together(g.Select(f => f.OpenAmount)), g.Sum(f => f.Won), Together(g.Select(f => f.WonAmount))));
    }

    private static long? Together(IEnumerable<long?> amounts) => amounts.Aggregate((long?)0, (sum, amount) => sum + amount);

    private static async Task<IResult> ListAsync(PartnerId id, Work work, IEnumerable<IMotionFigures> sources, CancellationToken ct)
    {
        var partner = await PartnerPage.LoadAsync(work, id, ct);
        if (!partner.Ok) return partner.Problem.ToResult();
        var figures = await FiguresAsync(sources, partner.Value.Id, ct);
        return Results.Json(partner.Value.Motions.Select(m => new MotionStanding(m, figures.GetValueOrDefault(m.Motion))).ToList(), Json.Options);
    }

    private static async Task<IResult> HistoryAsync(PartnerId id, Work work, CancellationToken ct)
    {
        var partner = await PartnerPage.LoadAsync(work, id, ct);
        return partner.Ok ? Results.Json(await MotionHistory.OfAsync(work, partner.Value.Id, ct), Json.Options) : partner.Problem.ToResult();
    }
}
