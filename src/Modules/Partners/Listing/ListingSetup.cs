using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Partners.Listing;

internal static class ListingTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var listing = model.Owned<PublicListing>("partners_listing", l => new { l.TenantId, l.PartnerId });
        listing.HasIndex(l => new { l.TenantId, l.Slug }).IsUnique();
        listing.Property(l => l.Slug).HasMaxLength(80);
        listing.HasQueryFilter(Db.PartnerFilter, l => db.SeesAllPartners || l.PartnerId == db.Partner);
        model.Owned<DirectorySettings>("partners_directory", d => new { d.TenantId });
    }
}

internal static class ListingSetup
{
    public static IServiceCollection AddListing(this IServiceCollection services) =>
        services.AddSingleton<DirectoryShelf>().AddScoped<SetListing>().AddScoped<SetDirectory>();
}

internal static class ListingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}/listing").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetPartnerListing").WithSummary("A partner’s entry in the public directory").Produces<ListingDetails>().Requires(PartnersPermissions.View);
        one.MapPut("/", SetAsync).WithName("SetPartnerListing").WithSummary("Word the entry, say yes (the partner’s own people only) or no").Produces<ListingDetails>().ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.EditProfile);
        var directory = api.MapGroup("/directory").WithTags("Partners").ProducesProblem(403);
        directory.MapPut("/", RunAsync).WithName("SetDirectory").WithSummary("Open the public directory or close it").Produces(204).ProducesProblem(422).Requires(PartnersPermissions.Directory);
    }

    internal static async Task<ListingDetails> LoadAsync(Work work, PartnerId id, CancellationToken ct) =>
        await work.Db.Set<PublicListing>().AsNoTracking().SingleOrDefaultAsync(l => l.PartnerId == id, ct) is { } l
            ? new(l.Listed, l.Slug, l.Headline, l.About, l.ContactUrl, l.ConsentBy, l.ConsentAt)
            : new(false, null, null, null, null, null, null);

    private static async Task<IResult> GetAsync(Work work, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await LoadAsync(work, id, ct), Json.Options);

    private static async Task<IResult> SetAsync(Work work, SetListing set, PartnerId id, ListingInput input, CancellationToken ct) =>
        await set.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await LoadAsync(work, id, ct), Json.Options);

    private static async Task<IResult> RunAsync(SetDirectory set, DirectoryInput input, CancellationToken ct) =>
        await set.RunAsync(input, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}
