using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;

namespace Trellis.Partners.Web;

/// <summary>A partner like the one that is being typed.</summary>
internal sealed record SimilarPartner(string Title, string State, string Href);

/// <summary>What the form of a new partner is told while it is filled in.</summary>
internal sealed record SimilarPartners(IReadOnlyList<SimilarPartner> Own);

internal static class SimilarWeb
{
    public static void Map(IEndpointRouteBuilder web) => web.MapGet("/app/partners/duplicates", AskAsync).Requires(PartnersPermissions.Manage).ExcludeFromDescription();

    private static async Task<IResult> AskAsync(Work work, string? name, string? domain, string? country, string? city, CancellationToken ct)
    {
        if (Text.OrNull(name) is not { Length: >= 3 } typed || new[] { name, domain, country, city }.Any(t => t is not null && (t.Length > 200 || !Text.IsClean(t)))) return Results.Json(new SimilarPartners([]), Json.Options);
        var found = await Duplicates.OfAsync(work, typed, domain, country, city, null, ct);
        return Results.Json(new SimilarPartners([.. found.Select(t => new SimilarPartner(t.Name, string.Join(", ", t.Reasons), $"/app/partners/{t.Partner}"))]), Json.Options);
    }
}
