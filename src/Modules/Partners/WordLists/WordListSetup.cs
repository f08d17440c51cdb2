using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.WordLists;

/// <summary>What the lists of words add to the module.</summary>
internal static class WordListSetup
{
    public static void AddWordLists(this IServiceCollection services) => services.AddScoped<KeepWordList>().AddScoped<AlignWords>();

    public static Manifest WithWordLists(this Manifest manifest) => manifest
        .Permits(WordListPermissions.Keep)
        .Shows(new NavItem("app", "Partners", "Word lists", "/app/partners/word-lists", "list-check", WordListPermissions.Keep, 206));

    public static void Api(IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("/word-lists").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        lists.MapGet("/{kind}", GetAsync).WithName("GetWordList").WithSummary("The words that records use for competencies, industries, languages, technologies or territories").Produces<WordListDetails>().Requires(PartnersPermissions.ViewSegments);
        lists.MapPut("/{kind}", PutAsync).WithName("KeepWordList").WithSummary("Keep such a list, open or closed").Produces<WordListDetails>().ProducesProblem(412).ProducesProblem(422).Requires(WordListPermissions.Keep);
        lists.MapPost("/{kind}/align", AlignAsync).WithName("AlignWords").WithSummary("Write the words of records as the list does").Produces<Aligned>().Requires(WordListPermissions.Keep);
    }

    internal sealed record Aligned(int Partners);

    private static async Task<IResult> GetAsync(string kind, Work work, CancellationToken ct) =>
        Words.Parse<TraitKind>(kind) is { } known ? Results.Json(await WordListPages.LoadAsync(work, known, ct), Json.Options) : Problem.Missing("list").ToResult();

    private static async Task<IResult> PutAsync(string kind, WordListInput input, Work work, KeepWordList keep, CancellationToken ct) =>
        Words.Parse<TraitKind>(kind) is not { } known ? Problem.Missing("list").ToResult()
            : await keep.RunAsync((known, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await WordListPages.LoadAsync(work, known, ct), Json.Options);

    private static async Task<IResult> AlignAsync(string kind, AlignWords align, CancellationToken ct) =>
        Words.Parse<TraitKind>(kind) is not { } known ? Problem.Missing("list").ToResult() : (await align.RunAsync(known, ct)).Then<Aligned>(n => new Aligned(n)).ToOk();
}
