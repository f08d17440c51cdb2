using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

internal static class CompanyServices
{
    public static void AddCompanySignIn(this IServiceCollection services)
    {
        services.AddSingleton<Provider>();
        services.AddScoped<CompanyDoor>();
        services.AddScoped<CompanyPeople>();
        services.AddScoped<CompanyMembers>();
        services.AddScoped<SetCompany>();
        services.AddScoped<ProposeCompany>();
        services.AddScoped<WithdrawProposal>();
        services.AddScoped<TurnOffCompany>();
        services.AddScoped<DecideProposal>();
    }

    /// <summary>The two steps that are no pages: off to the provider, and back.</summary>
    public static void MapCompanySignIn(this IEndpointRouteBuilder web)
    {
        web.MapGet("/sign-in/company/{company}/start", StartAsync).AllowAnonymous().ExcludeFromDescription();
        web.MapGet("/app/settings/partner-sign-in.csv", PartnersAsync).Requires(IdentityPermissions.ManageSignIn).ExcludeFromDescription();
        web.MapGet("/sign-in/company/{company}/callback", ReturnAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> PartnersAsync(Work work, CancellationToken ct)
    {
        var all = await work.Db.Set<Company>().AsNoTracking().Where(c => c.PartnerId != null).OrderBy(c => c.Name).Take(500).ToListAsync(ct);
        return Csv.File("partners-sign-in.csv", ["Partner", "Domains", "Issuer", "On", "Role of somebody new", "Makes accounts"],
            all.Select(c => (string?[])[c.Name, c.Domains, c.Issuer, c.On ? "yes" : "no", c.DefaultRole is { } role ? Published.Roles.Label(role) : null, c.CreatesPeople ? "yes" : "no"]), ct);
    }

    private static async Task<IResult> StartAsync(CompanyId company, string? next, HttpContext http, CompanyDoor door, CancellationToken ct)
    {
        var begun = await door.BeginAsync(http, company, next, ct);
        if (begun.Ok) return Results.Redirect(begun.Value);
        return begun.Problem.Kind == ProblemKind.Missing ? Results.NotFound() : Back(http, begun.Problem);
    }

    private static async Task<IResult> ReturnAsync(CompanyId company, HttpContext http, CompanyDoor door, Entrance entrance, CancellationToken ct)
    {
        var read = await door.FinishAsync(http, company, ct);
        if (read.Ok) return Results.LocalRedirect(await entrance.EnterAsync(http, read.Value.Who, ProvedBy.SingleSignOn, read.Value.Next, ct));
        return read.Problem.Kind == ProblemKind.Missing ? Results.NotFound() : Back(http, read.Problem);
    }

    // The reason is told on the sign-in page and not in its address, where anybody could write one.
    private static IResult Back(HttpContext http, Problem problem)
    {
        Flash.Say(http, problem.Message, Tone.Bad);
        return Results.LocalRedirect("/sign-in");
    }
}
