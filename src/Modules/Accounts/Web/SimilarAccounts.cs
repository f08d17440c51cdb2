using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Web;

/// <summary>An account like the one that is being typed.</summary>
internal sealed record SimilarAccount(string Title, string State, string Href);

/// <summary>What the form of a new account is told while it is filled in.</summary>
internal sealed record SimilarAccounts(IReadOnlyList<SimilarAccount> Own);

internal static class SimilarWeb
{
    private const int Most = 5;

    public static void Map(IEndpointRouteBuilder web) => web.MapGet("/app/accounts/duplicates", AskAsync).Requires(AccountsPermissions.Manage).ExcludeFromDescription();

    private static async Task<IResult> AskAsync(Work work, string? name, string? domain, string? country, string? city, string? tax, CancellationToken ct)
    {
        if (Text.OrNull(name) is not { Length: >= 3 } typed || new[] { name, domain, country, city, tax }.Any(t => t is not null && (t.Length > 200 || !Text.IsClean(t)))) return Results.Json(new SimilarAccounts([]), Json.Options);
        var found = await Customers.MatchAsync(work, new TypedCustomer(typed, domain, country, tax, city), ct);
        return Results.Json(new SimilarAccounts([.. found.Take(Most).Select(m => new SimilarAccount(m.Name, $"{m.Score.ToString("P0", System.Globalization.CultureInfo.CurrentCulture)}: {string.Join(", ", m.Reasons)}", $"/app/accounts/{m.Account}"))]), Json.Options);
    }
}
