using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Who the caller is and what the caller may do.</summary>
internal sealed record Me(PersonId Id, string Name, string Email, string Tenant, PartnerId? Partner, string? PartnerName, string[] Roles, string[] Permissions);

internal static class IdentityApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me", MyselfAsync).WithName("Me").WithTags("Identity").WithSummary("Who the caller is")
            .Produces<Me>().Requires(IdentityPermissions.UseTokens);
    }

    private static IResult MyselfAsync(CurrentActor current)
    {
        var a = current.Actor;
        return Results.Json(new Me(a.Person, a.Name, a.Email, a.TenantName, a.Partner, a.PartnerName, [.. a.Roles], [.. a.Permissions.Order()]), Json.Options);
    }
}
