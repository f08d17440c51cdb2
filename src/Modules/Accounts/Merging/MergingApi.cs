using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Which account another one becomes part of, and in which fields the one that goes is right.</summary>
internal sealed record MergeInput(AccountId Into, IReadOnlyList<string>? TakeFrom = null);

/// <summary>Which of the two stays; null for the one with more opportunities.</summary>
internal sealed record PairMergeInput(AccountId? Into = null);

internal sealed record MadeMerge(MergeId Id);

internal static class MergingApi
{
    public static void AddMerging(this IServiceCollection services)
    {
        services.AddScoped<MergeAccounts>();
        services.AddScoped<UndoMerge>();
        services.AddScoped<KeepApart>();
        services.AddScoped<ReopenPair>();
        services.AddScoped<MergePair>();
        services.AddScoped<StartFindDuplicates>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{id}/merge", MergeAsync).WithTags("Accounts").WithName("MergeAccount").WithSummary("Make this account part of another; can be undone for 30 days").Produces<MadeMerge>(201).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).Requires(AccountsPermissions.Merge);
        var merges = api.MapGroup("/account-merges").WithTags("Accounts").ProducesProblem(403);
        merges.MapGet("/", MergesAsync).WithName("ListAccountMerges").WithSummary("Merges of accounts, the newest first").Produces<Page<MergeItem>>().Requires(AccountsPermissions.View);
        merges.MapPost("/{id}/undo", UndoAsync).WithName("UndoAccountMerge").WithSummary("Bring the account back that a merge took away").Produces<MergeItem>().ProducesProblem(404).ProducesProblem(409).Requires(AccountsPermissions.Merge);
        var pairs = api.MapGroup("/duplicate-accounts").WithTags("Accounts").ProducesProblem(403);
        pairs.MapGet("/", PairsAsync).WithName("ListDuplicateAccounts").WithSummary("Pairs of accounts that are probably one company, the most probable first").Produces<Page<DuplicateItem>>().Requires(AccountsPermissions.View);
        pairs.MapPost("/find", FindAsync).WithName("FindDuplicateAccounts").WithSummary("Compare all accounts with each other now").Produces(202).Requires(AccountsPermissions.Merge);
        pairs.MapPost("/{id}/merge", MergePairAsync).WithName("MergeDuplicateAccounts").WithSummary("Make the two one").Produces<MadeMerge>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AccountsPermissions.Merge);
        pairs.MapPost("/{id}/different", ApartAsync).WithName("KeepAccountsApart").WithSummary("Say that these are two companies").Produces<DuplicateItem>().ProducesProblem(404).ProducesProblem(409).Requires(AccountsPermissions.Merge);
        pairs.MapPost("/{id}/reopen", ReopenAsync).WithName("ReopenDuplicateAccounts").WithSummary("Propose two accounts again that were kept apart").Produces<DuplicateItem>().ProducesProblem(404).ProducesProblem(409).Requires(AccountsPermissions.Merge);
    }

    private static async Task<IResult> MergeAsync(MergeAccounts merge, AccountId id, MergeInput input, CancellationToken ct) =>
        (await merge.RunAsync(new MergeOrder(id, input.Into, input.TakeFrom), ct)).Then<MadeMerge>(m => new MadeMerge(m)).ToCreated(m => $"/api/v1/account-merges/{m.Id}");

    private static async Task<IResult> MergesAsync(Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await Merges.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> UndoAsync(Work work, UndoMerge undo, MergeId id, CancellationToken ct) =>
        (await undo.RunAsync(id, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.Json((await Merges.FindAsync(work, id, ct)).Value, Json.Options);

    private static async Task<IResult> PairsAsync(Work work, string? state, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await Duplicates.PageAsync(work, Words.Parse<DuplicateState>(state) ?? DuplicateState.Open, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> FindAsync(StartFindDuplicates find, CancellationToken ct) => (await find.RunAsync(default, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.Accepted();

    private static async Task<IResult> MergePairAsync(MergePair merge, DuplicateId id, PairMergeInput? input, CancellationToken ct) =>
        (await merge.RunAsync((id, input?.Into), ct)).Then<MadeMerge>(m => new MadeMerge(m)).ToCreated(m => $"/api/v1/account-merges/{m.Id}");

    private static async Task<IResult> ReopenAsync(Work work, ReopenPair reopen, DuplicateId id, CancellationToken ct) =>
        (await reopen.RunAsync(id, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.Json((await Duplicates.FindAsync(work, id, ct)).Value, Json.Options);

    private static async Task<IResult> ApartAsync(Work work, KeepApart apart, DuplicateId id, CancellationToken ct) =>
        (await apart.RunAsync(id, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.Json((await Duplicates.FindAsync(work, id, ct)).Value, Json.Options);
}
