using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Accounts.Ownership;

internal static class AccountOwnersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var owners = api.MapGroup("/account-field-owners").WithTags("Accounts").ProducesProblem(403);
        owners.MapGet("/", AllAsync).WithName("ListAccountFieldOwners").WithSummary("Which system owns which field of accounts; null where nobody has settled it").Produces<IReadOnlyList<FieldOwnerItem>>().Requires(AccountsPermissions.View);
        owners.MapPut("/", SettleAsync).WithName("SettleAccountFieldOwners").WithSummary("Settle which system owns which field; a field that is not named stays as it is, null leaves it unsettled").Produces<IReadOnlyList<FieldOwnerItem>>().ProducesProblem(422).Requires(OwnershipPermissions.Settle);
    }

    private static async Task<IResult> AllAsync(Work work, CancellationToken ct) => Results.Json(await AccountOwners.Owners.AllAsync(work, ct), Json.Options);

    private static async Task<IResult> SettleAsync(Work work, SettleAccountOwners settle, OwnersInput input, CancellationToken ct)
    {
        var read = (input.Owners ?? []).ToDictionary(o => o.Key, o => Words.Parse<OwningSystem>(o.Value));
        if ((input.Owners ?? []).FirstOrDefault(o => o.Value is not null && read[o.Key] is null) is { Key: { } wrong }) return Problem.Invalid(wrong, "Choose Trellis, CRM or ERP.").ToResult();
        return await settle.RunAsync(read, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await AllAsync(work, ct);
    }
}
