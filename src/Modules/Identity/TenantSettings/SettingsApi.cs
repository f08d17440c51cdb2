using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>The API of the company's settings.</summary>
internal static class SettingsApi
{
    internal sealed record HostBody(string? Host);

    public static void Map(IEndpointRouteBuilder api)
    {
        var settings = api.MapGroup("/settings/company").WithTags("Settings").ProducesProblem(403);
        settings.MapGet("/", ReadAsync).WithName("GetSettings").WithSummary("Name, currency, calendar, brand and contact lines of the company").Produces<SettingsState>().Requires(IdentityPermissions.ManageSettings);
        settings.MapPut("/", ChangeAsync).WithName("ChangeSettings").WithSummary("Change them; the version that you have seen guards against overwriting").Produces<SettingsState>().ProducesProblem(412).ProducesProblem(422).Requires(IdentityPermissions.ManageSettings);
        settings.MapPut("/logo", LogoAsync).WithName("PutLogo").WithSummary("Put up a logo: the body is a PNG, WebP or SVG picture").Accepts<IFormFile>("image/png", "image/webp", "image/svg+xml").Produces<SettingsState>().ProducesProblem(422).Requires(IdentityPermissions.ManageSettings);
        settings.MapDelete("/logo", NoLogoAsync).WithName("RemoveLogo").WithSummary("Take the logo down").Produces<SettingsState>().Requires(IdentityPermissions.ManageSettings);
        settings.MapPut("/host", HostAsync).WithName("ChangeHost").WithSummary("Wish for a host name of your own; empty gives it up").Produces<SettingsState>().ProducesProblem(422).Requires(IdentityPermissions.ManageSettings);
        settings.MapPost("/host/verify", VerifyAsync).WithName("VerifyHost").WithSummary("Look in the name system whether the host is yours").Produces<SettingsState>().ProducesProblem(422).ProducesProblem(503).Requires(IdentityPermissions.ManageSettings);
    }

    private static async Task<IResult> ReadAsync(Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) => ((Result<SettingsState>)await SettingsState.ReadAsync(work, money, ct)).ToOk();

    private static async Task<IResult> ChangeAsync(ChangeSettings change, SettingsInput input, CancellationToken ct) => (await change.RunAsync(input, ct)).ToOk();

    private static async Task<IResult> LogoAsync(ChangeLogo change, HttpRequest request, Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) =>
        await ShowAsync(await change.RunAsync(await ChangeLogo.ReadAsync(request.Body, ct), ct), work, money, ct);

    private static async Task<IResult> NoLogoAsync(ChangeLogo change, Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) => await ShowAsync(await change.RunAsync(null, ct), work, money, ct);

    private static async Task<IResult> HostAsync(ChangeHost change, HostBody body, Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) => await ShowAsync(await change.RunAsync(body.Host, ct), work, money, ct);

    private static async Task<IResult> VerifyAsync(VerifyHost verify, Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) => await ShowAsync(await verify.RunAsync(ct), work, money, ct);

    private static async Task<IResult> ShowAsync(Result<Done> done, Work work, IEnumerable<IMoneyRows> money, CancellationToken ct) =>
        done.Ok ? ((Result<SettingsState>)await SettingsState.ReadAsync(work, money, ct)).ToOk() : done.Problem.ToResult();
}
