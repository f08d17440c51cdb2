using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Graph;

internal static class GraphApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        one.MapDelete("/relations/{other}/{kind}", UnrelateAsync).WithName("UnrelatePartners").WithSummary("Untie two partners").Produces(204).Requires(PartnersPermissions.Manage);
        one.MapGet("/family", FamilyAsync).WithName("GetPartnerFamily").WithSummary("Subsidiaries and resellers with their figures, added up").Produces<FamilyView>().Requires(PartnersPermissions.View);
        one.MapGet("/customers", TiesAsync).WithName("ListPartnerCustomers").WithSummary("Customers that a partner is tied to").Produces<IReadOnlyList<CustomerTieItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/customers", TieAsync).WithName("TiePartnerCustomer").WithSummary("Note how a partner is tied to a customer").Produces(204).ProducesProblem(422).Requires(PartnersPermissions.Manage);
        one.MapDelete("/customers/{account}/{kind}", UntieAsync).WithName("UntiePartnerCustomer").WithSummary("Untie a partner from a customer").Produces(204).Requires(PartnersPermissions.Manage);
        api.MapGet("/ecosystem", EcosystemAsync).WithTags("Partners").WithName("GetEcosystem").WithSummary("Partners, customers and the ties between them").Produces<Ecosystem>().ProducesProblem(403).Requires(PartnersPermissions.ViewSegments);
    }

    private static async Task<IResult> UnrelateAsync(Unrelate unrelate, PartnerId id, PartnerId other, string kind, CancellationToken ct) =>
        Words.Parse<RelationKind>(kind) is not { } known ? Problem.Missing("tie between these two").ToResult()
            : await unrelate.RunAsync((id, new RelationEnd(other, known)), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> FamilyAsync(Work work, IEnumerable<IPartnerFigures> sources, PartnerId id, CancellationToken ct) => (await Family.OfAsync(work, sources, id, ct)).ToOk();

    private static async Task<IResult> TiesAsync(Work work, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await CustomerTies.OfAsync(work, id, ct), Json.Options);

    private static async Task<IResult> TieAsync(TieCustomer tie, PartnerId id, NewCustomerTie input, CancellationToken ct) =>
        await tie.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> UntieAsync(UntieCustomer untie, PartnerId id, AccountId account, string kind, CancellationToken ct) =>
        Words.Parse<CustomerTieKind>(kind) is not { } known ? Problem.Missing("tie between these two").ToResult()
            : await untie.RunAsync((id, new CustomerTieEnd(account, known)), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> EcosystemAsync(Work work, string? kind, string? type, string? region, PartnerId? around, bool? customers, CancellationToken ct) =>
        Results.Json(await Ecosystem.LoadAsync(work, EcosystemFilter.Read(kind, type, region, around, customers ?? true), ct), Json.Options);
}
