using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A direct seller's deals with partners over the API and as a file.</summary>
internal static class SellerApi
{
    private static readonly string[] Header = ["Deal", "Title", "Partner", "Status", "Since (UTC)", "Amount", "Currency", "With the partner", "Without", "Currency of the commission", "Check", "Won on", "Plan in force since"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/seller-deals", ListAsync).WithTags("Deal workspace").WithName("ListSellerDeals").WithSummary("A direct seller’s deals with partners, and what each pays by the plan of its day; amounts are null where the partner does not show them")
            .Produces<Page<SellerLine>>().ProducesProblem(401).ProducesProblem(403).Requires(DealsPermissions.Seller);

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/deals/seller.csv", Export).Requires(DealsPermissions.Seller).ExcludeFromDescription();

    private static async Task<IResult> ListAsync([AsParameters] SellerQuery query, Work work, CancellationToken ct) => Results.Json(await SellerDeals.PageAsync(work, query, ct), Json.Options);

    private static IResult Export([AsParameters] SellerQuery query, Work work, CancellationToken ct) => Csv.File("deals-with-partners.csv", Header, CellsAsync(query, work, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(SellerQuery query, Work work, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var main = work.Settings.Currency;
        await foreach (var l in Paging.AllAsync(p => SellerDeals.PageAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)))
            yield return
            [
                l.Deal.ToString(), l.Title, l.PartnerName, DealLifecycle.Label(l.State), Csv.Time(l.StateSince), l.Amount is { } amount ? Csv.Amount(amount.Minor, amount.Currency) : null, l.Amount?.Currency,
                l.Pay is { } pay ? Csv.Amount(pay.With, main) : null, l.Pay is { } alone ? Csv.Amount(alone.Without, main) : null, l.Pay is null ? null : main,
                l.Pay is null ? null : l.Pay.Difference > 0 ? "pays more" : l.Pay.IsNeutral ? "neutral" : "costs the seller", Csv.Day(l.WonOn), Csv.Day(l.PlanFrom),
            ];
    }
}
