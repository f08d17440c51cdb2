using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Partners.Ownership;

internal static class OwnersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var owners = api.MapGroup("/partner-field-owners").WithTags("Partners").ProducesProblem(403);
        owners.MapGet("/", AllAsync).WithName("ListPartnerFieldOwners").WithSummary("Which system owns which field of partners").Produces<IReadOnlyList<FieldOwnerItem>>().Requires(PartnersPermissions.View);
        owners.MapPut("/", SettleAsync).WithName("SettlePartnerFieldOwners").WithSummary("Settle which system owns which field; a field that is not named stays as it is").Produces<IReadOnlyList<FieldOwnerItem>>().ProducesProblem(422).Requires(OwnerPermissions.Settle);
    }

    private static async Task<IResult> AllAsync(Work work, CancellationToken ct) => Results.Json(await Owners.AllAsync(work, ct), Json.Options);

    private static async Task<IResult> SettleAsync(Work work, SettleOwners settle, OwnersInput input, CancellationToken ct) =>
        await settle.RunAsync((input.Owners ?? []).ToDictionary(o => o.Key, o => Words.Parse<OwningSystem>(o.Value)), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await AllAsync(work, ct);
}
