using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Assets;

/// <summary>What the catalogue adds to the module.</summary>
internal static class AssetsApi
{
    public static void AddAssets(this IServiceCollection services)
    {
        services.AddNotificationKinds(AssetNews.Offered, AssetNews.Decided);
        services.AddScoped<SubmitAsset>().AddScoped<ReviewAsset>().AddScoped<WithdrawAsset>().AddScoped<ISearchSource, AssetSearch>().AddScoped<IPartnerContributions, AssetGifts>();
    }

    public static Manifest WithAssets(this Manifest manifest) => manifest
        .Permits(AssetPermissions.All)
        .Lives(AssetLifecycle.Machine)
        .Shows(new NavItem("app", "Partners", "Catalogue of partners", "/app/partners/catalogue", "books", AssetPermissions.View, 207))
        .Shows(new NavItem("portal", "", "Catalogue of partners", "/portal/catalogue", "books", AssetPermissions.View, 795));

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/partner-catalogue").WithTags("Partners").ProducesProblem(403);
        all.MapGet("/", ListAsync).WithName("ListPartnerAssets").WithSummary("What partners have made: of the own company all, of others what is published for partners").Produces<Page<AssetItem>>().Requires(AssetPermissions.View);
        all.MapPost("/", SubmitAsync).WithName("SubmitPartnerAsset").WithSummary("Offer something for the catalogue").Produces<AssetItem>(201).ProducesProblem(422).Requires(AssetPermissions.Submit);
        var one = all.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetPartnerAsset").WithSummary("One entry of the catalogue").Produces<AssetItem>().Requires(AssetPermissions.View);
        one.MapPut("/", ChangeAsync).WithName("ChangePartnerAsset").WithSummary("Change an entry; it is looked at again").Produces<AssetItem>().ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).Requires(AssetPermissions.Submit);
        one.MapPost("/review", ReviewAsync).WithName("ReviewPartnerAsset").WithSummary("Publish an entry, or return it with a reason").Produces<AssetItem>().ProducesProblem(409).ProducesProblem(422).Requires(AssetPermissions.Review);
        one.MapPost("/withdraw", WithdrawAsync).WithName("WithdrawPartnerAsset").WithSummary("Take an entry out of the catalogue").Produces<AssetItem>().ProducesProblem(409).Requires(AssetPermissions.Submit);
        one.MapGet("/file", FileAsync).WithName("GetPartnerAssetFile").WithSummary("The content of the entry’s file").Produces(200, contentType: "application/octet-stream").Requires(AssetPermissions.View);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/files/catalogue/{id}", FileAsync).Requires(AssetPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/partners/catalogue.csv", ExportAsync).Requires(AssetPermissions.Review).ExcludeFromDescription();
        web.MapGet("/portal/catalogue.csv", ExportOwnAsync).Requires(AssetPermissions.View).ExcludeFromDescription();
    }

    public static AssetFilter Read(string? q, string? kind, string? state, string? product, string? vertical, string? partner = null) =>
        new(q, Words.Parse<AssetKind>(kind), Words.Parse<AssetState>(state), product, vertical, Ids.Parse<PartnerId>(partner));

    private static async Task<IResult> ListAsync(Work work, string? q, string? kind, string? state, string? product, string? vertical, string? partner, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await AssetList.PageAsync(work, Read(q, kind, state, product, vertical, partner), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> GetAsync(AssetId id, Work work, CancellationToken ct) => (await AssetList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> SubmitAsync(AssetInput input, Work work, SubmitAsset submit, CancellationToken ct)
    {
        var made = await submit.RunAsync((null, input), ct);
        return (made.Ok ? await AssetList.FindAsync(work, made.Value, ct) : made.Problem).ToCreated(a => $"/api/v1/partner-catalogue/{a.Id}");
    }

    private static async Task<IResult> ChangeAsync(AssetId id, AssetInput input, Work work, SubmitAsset submit, CancellationToken ct) =>
        await submit.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await GetAsync(id, work, ct);

    private static async Task<IResult> ReviewAsync(AssetId id, AssetMove move, Work work, ReviewAsset review, CancellationToken ct) =>
        await review.RunAsync((id, move), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await GetAsync(id, work, ct);

    private static async Task<IResult> WithdrawAsync(AssetId id, Work work, WithdrawAsset withdraw, CancellationToken ct) =>
        await withdraw.RunAsync(id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await GetAsync(id, work, ct);

    // Whoever sees the entry gets its file, and no other file of its partner.
    private static async Task<IResult> FileAsync(AssetId id, Work work, FileStore files, CancellationToken ct)
    {
        var found = await AssetList.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var (partner, file) = (found.Value.Partner, found.Value.File);
        var row = file is null ? null : await work.Db.Set<PartnerFile>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleOrDefaultAsync(f => f.Id == file && f.PartnerId == partner, ct);
        return row is null || files.Open(work.Tenant, row.Id) is not { } content ? Problem.Missing("file").ToResult() : Results.File(content, row.ContentType, row.Name);
    }

    private static IResult ExportAsync(Work work, string? q, string? kind, string? state, string? product, string? vertical, CancellationToken ct) => File(work, Read(q, kind, state, product, vertical), ct);

    private static IResult ExportOwnAsync(Work work, string? q, string? kind, string? state, string? mine, CancellationToken ct) =>
        File(work, Read(q, kind, state, null, null) with { Partner = mine is null ? null : work.Actor.Partner }, ct);

    private static IResult File(Work work, AssetFilter filter, CancellationToken ct) =>
        Results.Stream(stream => Csv.WriteAsync(stream, ["Name", "Kind", "Partner", "Status", "Published on", "Products", "Industries", "Link", "Terms", "For other partners"], RowsAsync(work, filter, ct), ct), "text/csv; charset=utf-8", $"partner-catalogue-{work.Today:yyyy-MM-dd}.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, AssetFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await AssetList.PageAsync(work, filter, new Paging(cursor, 200), ct);
            foreach (var a in page.Items) yield return [a.Name, Words.Label(a.Kind), a.PartnerName, Words.Label(a.State), a.PublishedOn?.ToString("yyyy-MM-dd"), string.Join(", ", a.Products), string.Join(", ", a.Verticals), a.Link, a.Terms, a.ForPartners ? "Yes" : "No"];
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
