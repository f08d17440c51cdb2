using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

internal sealed record PlayBody(string? Key, bool Taken, string? Reason = null);

/// <summary>Where a reviewed suggestion is carried out.</summary>
internal sealed record PlayDone(string Href);

/// <summary>Suggested plays over the API, for the vendor's people.</summary>
internal static class PlaysApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var plays = api.MapGroup("").WithTags("Suggested plays").ProducesProblem(401).ProducesProblem(403);
        plays.MapGet("/deals/{id}/plays", OfDealAsync).WithName("ListDealPlays").WithSummary("Suggestions for a deal that nobody has reviewed, with their reasons").Produces<IReadOnlyList<PlayLine>>().ProducesProblem(404).Requires(PlayPermissions.Review);
        plays.MapPost("/deals/{id}/plays", ReviewDealAsync).WithName("ReviewDealPlay").WithSummary("Take a suggestion, or dismiss it with a reason").Produces<PlayDone>().Refuses().Requires(PlayPermissions.Review);
        plays.MapGet("/accounts/{id}/plays", OfAccountAsync).WithName("ListAccountPlays").WithSummary("Suggestions for an account with an open opportunity").Produces<IReadOnlyList<PlayLine>>().ProducesProblem(404).Requires(PlayPermissions.Review);
        plays.MapPost("/accounts/{id}/plays", ReviewAccountAsync).WithName("ReviewAccountPlay").WithSummary("Take a suggestion, or dismiss it with a reason").Produces<PlayDone>().Refuses().Requires(PlayPermissions.Review);
        plays.MapGet("/plays", OpenAsync).WithName("ListOpenPlays").WithSummary("Suggestions that nobody has reviewed, over the newest protected deals; a page looks through ten deals and may hold none").Produces<Page<OpenPlays>>().Requires(PlayPermissions.Review);
        plays.MapGet("/plays/reviews", ReviewsAsync).WithName("ListPlayReviews").WithSummary("Reviewed suggestions, newest first, with what became of the deals").Produces<Page<ReviewLine>>().Requires(PlayPermissions.Review);
        plays.MapGet("/plays/figures", FiguresAsync).WithName("GetPlayFigures").WithSummary("Share taken and later outcomes by kind, over the last year").Produces<IReadOnlyList<PlayFigure>>().Requires(PlayPermissions.Review);
    }

    private static async Task<IResult> OfDealAsync(DealId id, Work work, CancellationToken ct) => (await PlayList.OfDealAsync(work, id, ct)).ToOk();

    private static async Task<IResult> OfAccountAsync(AccountId id, Work work, CancellationToken ct) => (await PlayList.OfAccountAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ReviewDealAsync(DealId id, PlayBody body, ReviewPlay review, CancellationToken ct) => Done(await review.RunAsync(new PlayDecision(id, null, body.Key, body.Taken, body.Reason), ct));

    private static async Task<IResult> ReviewAccountAsync(AccountId id, PlayBody body, ReviewPlay review, CancellationToken ct) => Done(await review.RunAsync(new PlayDecision(null, id, body.Key, body.Taken, body.Reason), ct));

    private static async Task<IResult> OpenAsync(Work work, string? cursor, CancellationToken ct) => Results.Json(await PlayList.FindAsync(work, cursor, ct), Json.Options);

    private static async Task<IResult> ReviewsAsync([AsParameters] ReviewQuery query, Work work, CancellationToken ct) => Results.Json(await PlayReviews.FindAsync(work, query, ct), Json.Options);

    private static async Task<IResult> FiguresAsync(Work work, CancellationToken ct) => Results.Json(await PlayReviews.FiguresAsync(work, ct), Json.Options);

    private static IResult Done(Result<string> done) => done.Then<PlayDone>(href => new PlayDone(href)).ToOk();
}
