using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners.Profiling;

internal static class ProfilingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        one.MapGet("/expertise", GetAsync).WithName("GetPartnerExpertise").WithSummary("What a partner can do, where, and how much of it now").Produces<ExpertiseDetails>().Requires(PartnersPermissions.View);
        one.MapPatch("/expertise", ChangeAsync).WithName("ChangePartnerExpertise").WithSummary("Tell what a partner can do; -1 clears a capacity").Produces<ExpertiseDetails>().ProducesProblem(412).ProducesProblem(422).Requires(PartnersPermissions.EditProfile);
        one.MapGet("/tags", TagsAsync).WithName("ListPartnerTags").WithSummary("The vendor's tags of a partner; a partner's token sees none").Produces<List<string>>().Requires(PartnersPermissions.View);
        one.MapPost("/tags", TagAsync).WithName("TagPartner").WithSummary("Stick tags to a partner or take them off").Produces<List<string>>().ProducesProblem(422).Requires(PartnersPermissions.Manage);
    }

    private static async Task<IResult> GetAsync(Work work, PartnerId id, CancellationToken ct)
    {
        if (await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem }) return problem.ToResult();
        Result<ExpertiseDetails> expertise = await SetExpertise.LoadAsync(work, id, ct);
        return expertise.ToOk();
    }

    private static async Task<IResult> ChangeAsync(
        Work work, SetExpertise set, PartnerId id, ExpertiseChanges changes, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct)
    {
        if (match is not null) changes = changes with { Version = long.TryParse(match.Trim('"'), out var version) ? version : -1 };
        return await set.RunAsync((id, changes), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await GetAsync(work, id, ct);
    }

    private static async Task<IResult> TagsAsync(Work work, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await Tags.OfAsync(work, id, ct), Json.Options);

    private static async Task<IResult> TagAsync(Work work, TagPartner tag, PartnerId id, TagChange change, CancellationToken ct) =>
        await tag.RunAsync((id, change), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await Tags.OfAsync(work, id, ct), Json.Options);
}
