using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A new draft over the API: from a version, from a table, or from the text of a file.</summary>
internal sealed record NewDraftBody(string Note, int? From = null, RuleSetText? Rules = null, string? Text = null);

/// <summary>A changed draft over the API: the table, or the text of a file.</summary>
internal sealed record DraftBody(RuleSetText? Rules = null, string? Text = null, string? Note = null, bool Unfinished = false);

internal sealed record RunBody(int? Days = null);

internal sealed record PublishBody(DateOnly EffectiveFrom, bool SeenNewer = false);

/// <param name="Fact">The fact of a condition.</param>
/// <param name="Cell">What was typed.</param>
/// <param name="Part">Instead of a condition: <c>days</c>, <c>limit</c>, <c>credit</c>, <c>pays</c>, <c>partner</c>, <c>vendor</c>, or <c>given</c> and <c>then</c> of a test.</param>
internal sealed record CheckQuery(string? Fact, string? Cell, string? Part = null);

/// <summary>What a cell says, or why it cannot be read.</summary>
internal sealed record CellCheck(bool Ok, string Message);

internal static class RulesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules of engagement").ProducesProblem(401).ProducesProblem(403);
        rules.MapGet("/drafts", ListAsync).WithName("ListRuleDrafts").WithSummary("Drafts of the rules, newest first").Produces<List<RuleDraftItem>>().Requires(DealsPermissions.EditRules);
        rules.MapPost("/drafts", BeginAsync).WithName("BeginRuleDraft").WithSummary("Begin a draft with a version, a table or a text file").Produces<RuleDraftDetail>(201).ProducesProblem(422).Requires(DealsPermissions.EditRules);
        rules.MapGet("/drafts/{id}", GetAsync).WithName("GetRuleDraft").WithSummary("One draft with its faults and tests").Produces<RuleDraftDetail>().ProducesProblem(404).Requires(DealsPermissions.EditRules);
        rules.MapPut("/drafts/{id}", EditAsync).WithName("EditRuleDraft").WithSummary("Replace the table of a draft").Produces<RuleDraftDetail>().Refuses().Requires(DealsPermissions.EditRules);
        rules.MapPost("/drafts/{id}/simulate", SimulateAsync).WithName("SimulateRuleDraft").WithSummary("Run a draft over past decisions").Produces<RuleRunDetail>(202).Refuses().Requires(DealsPermissions.EditRules);
        rules.MapPost("/drafts/{id}/publish", PublishAsync).WithName("PublishRuleDraft").WithSummary("Publish a simulated draft").Produces<RuleDraftDetail>().Refuses().Requires(DealsPermissions.PublishRules);
        rules.MapPost("/drafts/{id}/discard", DiscardAsync).WithName("DiscardRuleDraft").WithSummary("Put a draft aside").Produces<RuleDraftDetail>().Refuses().Requires(DealsPermissions.EditRules);
        rules.MapPost("/versions/{number}/withdraw", WithdrawAsync).WithName("WithdrawRules").WithSummary("Take back a version whose first day has not come").Produces<RulesDetail>().Refuses().Requires(DealsPermissions.PublishRules);
        rules.MapPost("/replay", ReplayAsync).WithName("ReplayDecisions").WithSummary("Decide past cases again, each by its own version").Produces<RuleRunDetail>(202).ProducesProblem(422).Requires(DealsPermissions.EditRules);
        rules.MapGet("/runs/{id}", RunAsync).WithName("GetRuleRun").WithSummary("A simulation or replay and its result").Produces<RuleRunDetail>().ProducesProblem(404).Requires(DealsPermissions.EditRules);
        rules.MapGet("/runs/{id}/differences", DifferencesAsync).WithName("ListRuleDifferences").WithSummary("Decisions that come out differently, the largest first").Produces<Page<DifferenceLine>>().ProducesProblem(404).Requires(DealsPermissions.EditRules);
        rules.MapGet("/compare", CompareAsync).WithName("CompareRules").WithSummary("What differs between two versions").Produces<IReadOnlyList<RuleChange>>().ProducesProblem(404).Requires(DealsPermissions.EditRules);
        rules.MapGet("/check", CheckAsync).WithName("CheckCell").WithSummary("Whether a condition can be read, and what it says").Produces<CellCheck>().Requires(DealsPermissions.ViewRules);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> WithdrawAsync(int number, TextBody body, Work work, WithdrawRules withdraw, CancellationToken ct)
    {
        var done = await withdraw.RunAsync(new RulesWithdrawal(number, body.Text), ct);
        return (done.Ok ? await RulesPage.FindAsync(work, number, ct) : done.Problem).ToOk();
    }

    private static async Task<IResult> ListAsync(Work work, CancellationToken ct) => Results.Json(await DraftPages.ListAsync(work, false, ct), Json.Options);

    private static async Task<IResult> GetAsync(RuleDraftId id, Work work, CompensationRemarks remarks, CancellationToken ct)
    {
        var found = await DraftPages.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        Result<RuleDraftDetail> remarked = await remarks.AddAsync(found.Value, ct);
        return remarked.ToOk();
    }

    private static async Task<IResult> BeginAsync(NewDraftBody body, Work work, BeginDraft begin, CancellationToken ct)
    {
        var rules = Rules(body.Rules, body.Text);
        if (!rules.Ok) return rules.Problem.ToResult();
        var begun = await begin.RunAsync(new NewRuleDraft(body.Note, body.From, rules.Value), ct);
        return begun.Ok ? (await DraftPages.FindAsync(work, begun.Value, ct)).ToCreated(d => $"/api/v1/rules/drafts/{d.Id}") : begun.Problem.ToResult();
    }

    private static async Task<IResult> EditAsync(RuleDraftId id, DraftBody body, HttpContext http, Work work, EditDraft edit, CancellationToken ct)
    {
        var rules = Rules(body.Rules, body.Text);
        if (!rules.Ok) return rules.Problem.ToResult();
        var current = await DraftPages.FindAsync(work, id, ct);
        if (!current.Ok) return current.Problem.ToResult();
        return await ShowAsync(await edit.RunAsync(new RuleDraftEdit(id, rules.Value ?? current.Value.Rules, body.Note, body.Unfinished, DealsApi.Seen(http)), ct), work, ct);
    }

    private static async Task<IResult> SimulateAsync(RuleDraftId id, RunBody? body, Work work, StartRun start, CancellationToken ct) =>
        await StartedAsync(await start.RunAsync(new RunOrder(id, body?.Days ?? RunOrder.TwoYears), ct), work, ct);

    private static async Task<IResult> ReplayAsync(RunBody? body, Work work, StartRun start, CancellationToken ct) =>
        await StartedAsync(await start.RunAsync(new RunOrder(null, body?.Days ?? RunOrder.TwoYears), ct), work, ct);

    private static async Task<IResult> PublishAsync(RuleDraftId id, PublishBody body, HttpContext http, Work work, PublishDraft publish, CancellationToken ct)
    {
        var published = await publish.RunAsync(new DraftPublication(id, body.EffectiveFrom, body.SeenNewer, DealsApi.Seen(http)), ct);
        return published.Ok ? (await DraftPages.FindAsync(work, id, ct)).ToOk() : published.Problem.ToResult();
    }

    private static async Task<IResult> DiscardAsync(RuleDraftId id, Work work, DiscardDraft discard, CancellationToken ct) => await ShowAsync(await discard.RunAsync(id, ct), work, ct);

    private static async Task<IResult> RunAsync(RuleRunId id, Work work, CancellationToken ct) => (await RunPages.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> DifferencesAsync(RuleRunId id, string? effect, string? cursor, int? size, Work work, CancellationToken ct)
    {
        var run = await RunPages.FindAsync(work, id, ct);
        return run.Ok ? Results.Json(await RunPages.DifferencesAsync(work, id, Words.Parse<Effect>(effect), null, new Paging(cursor, size ?? 50), ct), Json.Options) : run.Problem.ToResult();
    }

    private static async Task<IResult> CompareAsync(int from, int to, Work work, CancellationToken ct)
    {
        var (older, newer) = (await RulesPage.FindAsync(work, from, ct), await RulesPage.FindAsync(work, to, ct));
        if (!older.Ok || !newer.Ok) return RulesProblems.MissingVersion().ToResult();
        return Results.Json(RuleDiff.Between(older.Value.Table, newer.Value.Table), Json.Options);
    }

    internal static async Task<IResult> CheckAsync([AsParameters] CheckQuery query, Work work, CancellationToken ct) =>
        Results.Json(query.Part is { } part ? TypingChecks.Of(part, query.Cell ?? "", await OwnFacts.AllAsync(work, ct)) : TableChecks.Cell(query.Fact, await OwnFacts.KindAsync(work, query.Fact, ct), query.Cell), Json.Options);

    /// <summary>The table of a request, from its text where it has one; null where it has neither.</summary>
    private static Result<RuleSetText?> Rules(RuleSetText? rules, string? text)
    {
        if (text is null) return rules;
        var read = RuleFileReader.Read(text);
        return read.Ok ? read.Value : read.Problem;
    }

    private static async Task<IResult> ShowAsync(Result<RuleDraftId> done, Work work, CancellationToken ct) =>
        done.Ok ? (await DraftPages.FindAsync(work, done.Value, ct)).ToOk() : done.Problem.ToResult();

    private static async Task<IResult> StartedAsync(Result<RuleRunId> started, Work work, CancellationToken ct) =>
        started.Ok ? (await RunPages.FindAsync(work, started.Value, ct)).ToAccepted(r => $"/api/v1/rules/runs/{r.Run.Id}") : started.Problem.ToResult();
}
