using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

/// <summary>What solutions of several partners add to the module.</summary>
internal static class SolutionsSetup
{
    public static void AddSolutions(this IServiceCollection services)
    {
        services.AddNotificationKinds(SolutionNews.Invited);
        services.AddScoped<SaveSolution>().AddScoped<DropSolution>().AddScoped<AskForPart>().AddScoped<AnswerPart>().AddScoped<RemovePart>();
        services.AddScoped<ISearchSource, SolutionSearch>();
    }

    public static Manifest WithSolutions(this Manifest manifest) => manifest
        .Permits(SolutionPermissions.All)
        .Shows(new NavItem("app", "Partners", "Solutions", "/app/partners/solutions", "puzzle", SolutionPermissions.Keep, 205))
        .Shows(new NavItem("portal", "", "Solutions", "/portal/solutions", "puzzle", SolutionPermissions.View, 790));

    internal sealed record PartBody(PartnerId? Partner, string? Does, bool Leads = false);

    internal sealed record PartAnswerBody(bool Accept);

    public static void Api(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/solutions").WithTags("Partners").ProducesProblem(403);
        all.MapGet("/", AllAsync).WithName("ListSolutions").WithSummary("Solutions that partners form together").Produces<IReadOnlyList<SolutionDetails>>().Requires(SolutionPermissions.View);
        all.MapPost("/", CreateAsync).WithName("CreateSolution").WithSummary("Form a solution").Produces<SolutionDetails>(201).ProducesProblem(422).Requires(SolutionPermissions.Keep);
        var one = all.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetSolution").WithSummary("One solution with its parts").Produces<SolutionDetails>().Requires(SolutionPermissions.View);
        one.MapPut("/", ChangeAsync).WithName("ChangeSolution").WithSummary("Change a solution").Produces<SolutionDetails>().ProducesProblem(412).ProducesProblem(422).Requires(SolutionPermissions.Keep);
        one.MapDelete("/", DropAsync).WithName("DropSolution").WithSummary("Drop a solution").Produces(204).Requires(SolutionPermissions.Keep);
        one.MapPost("/parts", AskAsync).WithName("AskForPart").WithSummary("Ask a partner to be part of it").Produces<SolutionDetails>().ProducesProblem(409).ProducesProblem(422).Requires(SolutionPermissions.Keep);
        one.MapDelete("/parts/{partner}", RemoveAsync).WithName("RemovePart").WithSummary("Take a partner out").Produces(204).Requires(SolutionPermissions.Keep);
        one.MapPost("/answer", AnswerAsync).WithName("AnswerPart").WithSummary("The partner’s own yes or no").Produces(204).ProducesProblem(409).Requires(SolutionPermissions.Answer);
    }

    private static async Task<IResult> AllAsync(string? q, Work work, CancellationToken ct) => Results.Json(await SolutionList.AllAsync(work, q, ct), Json.Options);

    private static async Task<IResult> GetAsync(SolutionGroupId id, Work work, CancellationToken ct) => (await SolutionList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CreateAsync(SolutionInput input, Work work, SaveSolution save, CancellationToken ct)
    {
        var made = await save.RunAsync((null, input), ct);
        return (made.Ok ? await SolutionList.FindAsync(work, made.Value, ct) : made.Problem).ToCreated(s => $"/api/v1/solutions/{s.Id}");
    }

    private static async Task<IResult> ChangeAsync(SolutionGroupId id, SolutionInput input, Work work, SaveSolution save, CancellationToken ct) =>
        await save.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await SolutionList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> DropAsync(SolutionGroupId id, DropSolution drop, CancellationToken ct) => Nothing(await drop.RunAsync(id, ct));

    private static async Task<IResult> AskAsync(SolutionGroupId id, PartBody body, Work work, AskForPart ask, CancellationToken ct) =>
        await ask.RunAsync(new NewPart(id, body.Partner, body.Does, body.Leads), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await SolutionList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> RemoveAsync(SolutionGroupId id, PartnerId partner, RemovePart remove, CancellationToken ct) => Nothing(await remove.RunAsync((id, partner), ct));

    private static async Task<IResult> AnswerAsync(SolutionGroupId id, PartAnswerBody body, AnswerPart answer, CancellationToken ct) => Nothing(await answer.RunAsync(new PartAnswer(id, body.Accept), ct));

    private static IResult Nothing(Result<Done> done) => done is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}
