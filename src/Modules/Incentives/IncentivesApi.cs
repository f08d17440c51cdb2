using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

internal sealed record ReasonInput(string? Reason);

internal sealed record HoldInput(string? Reason, DateOnly? Until);

internal sealed record PayoutInput(string? Currency);

internal sealed record SettleInput(string? Reference);

/// <summary>The answer to a post that made a record.</summary>
internal sealed record Made<TId>(TId Id);

internal static class IncentivesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/incentives/plans").WithTags("Incentives").ProducesProblem(403);
        plans.MapGet("/", PlansAsync).WithName("ListIncentivePlans").WithSummary("Incentive plans, the newest first").Produces<IReadOnlyList<PlanItem>>().Requires(IncentivesPermissions.ViewPlans);
        plans.MapPost("/", DraftAsync).WithName("DraftIncentivePlan").WithSummary("Write a draft of a plan").Produces<PlanItem>(201).ProducesProblem(422).Requires(IncentivesPermissions.ManagePlans);
        plans.MapGet("/{id}", PlanAsync).WithName("GetIncentivePlan").WithSummary("One plan with its rates").Produces<PlanItem>().ProducesProblem(404).Requires(IncentivesPermissions.ViewPlans);
        plans.MapGet("/{id}/preview", async (Work work, PlanId id, CancellationToken ct) => (await PlanPreviews.OfAsync(work, id, ct)).ToOk()).WithName("PreviewIncentivePlan").WithSummary("What a plan would have paid for the newest lines, with today’s segments").Produces<PlanPreview>().ProducesProblem(404).Requires(IncentivesPermissions.ViewPlans);
        plans.MapPut("/{id}", RewriteAsync).WithName("RewriteIncentivePlan").WithSummary("Rewrite a draft").Produces<PlanItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.ManagePlans);
        plans.MapPost("/{id}/publish", PublishAsync).WithName("PublishIncentivePlan").WithSummary("Publish a draft; it never changes afterwards").Produces<PlanItem>().ProducesProblem(404).ProducesProblem(409).Requires(IncentivesPermissions.ManagePlans);
        plans.MapPost("/{id}/discard", DiscardAsync).WithName("DiscardIncentivePlan").WithSummary("Discard a draft").Produces<PlanItem>().ProducesProblem(404).ProducesProblem(409).Requires(IncentivesPermissions.ManagePlans);

        var earnings = api.MapGroup("/earnings").WithTags("Incentives").ProducesProblem(403).ForAmounts();
        earnings.MapGet("/", EarningsAsync).WithName("ListEarnings").WithSummary("Earning lines; a partner's token sees its own").Produces<Page<EarningItem>>().Requires(IncentivesPermissions.View);
        earnings.MapGet("/totals", TotalsAsync).WithName("GetEarningTotals").WithSummary("Paid, payable and pending per currency").Produces<IReadOnlyList<EarningTotals>>().Requires(IncentivesPermissions.View);
        earnings.MapGet("/{id}", EarningAsync).WithName("GetEarning").WithSummary("One line with the reason for its amount").Produces<EarningDetails>().ProducesProblem(404).Requires(IncentivesPermissions.View);
        earnings.MapPost("/{id}/approve", ApproveAsync).WithName("ApproveEarning").WithSummary("Confirm a line, or lift a hold or dispute").Produces<EarningDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Approve);
        earnings.MapPost("/{id}/hold", HoldAsync).WithName("HoldEarning").WithSummary("Hold a line, with the reason").Produces<EarningDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Approve);
        earnings.MapPost("/{id}/dispute", DisputeAsync).WithName("DisputeEarning").WithSummary("Say that a line is wrong").Produces<EarningDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Dispute);
        earnings.MapPost("/{id}/reverse", ReverseAsync).WithName("ReverseEarning").WithSummary("Take a line back by an opposite one").Produces<EarningDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Approve);

        var payouts = api.MapGroup("/payouts").WithTags("Incentives").ProducesProblem(403);
        payouts.MapGet("/", PayoutsAsync).WithName("ListPayouts").WithSummary("Payouts, the newest first").Produces<Page<PayoutItem>>().Requires(IncentivesPermissions.ViewLedger);
        payouts.MapGet("/payable", PayableAsync).WithName("ListPayable").WithSummary("What could be paid now, by currency").Produces<IReadOnlyList<PayableSum>>().Requires(IncentivesPermissions.ViewLedger);
        payouts.MapPost("/", CreatePayoutAsync).WithName("CreatePayout").WithSummary("Gather the payable lines of a currency").Produces<PayoutDetails>(201).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Pay);
        payouts.MapGet("/{id}", PayoutAsync).WithName("GetPayout").WithSummary("One payout with a transfer for each partner").Produces<PayoutDetails>().ProducesProblem(404).Requires(IncentivesPermissions.ViewLedger);
        payouts.MapPost("/{id}/settle", SettleAsync).WithName("SettlePayout").WithSummary("Record that the bank has paid").Produces<PayoutDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IncentivesPermissions.Pay);
        payouts.MapPost("/{id}/cancel", CancelAsync).WithName("CancelPayout").WithSummary("Give a payout up").Produces<PayoutDetails>().ProducesProblem(404).ProducesProblem(409).Requires(IncentivesPermissions.Pay);

        var ledger = api.MapGroup("/ledger").WithTags("Incentives").ProducesProblem(403);
        ledger.MapGet("/balance", BalanceAsync).WithName("GetTrialBalance").WithSummary("The trial balance; each currency sums to zero").Produces<IReadOnlyList<AccountBalance>>().Requires(IncentivesPermissions.ViewLedger);
        ledger.MapGet("/transactions", TransactionsAsync).WithName("ListLedgerTransactions").WithSummary("Transactions with their entries").Produces<Page<TransactionItem>>().Requires(IncentivesPermissions.ViewLedger);
    }

    private static async Task<IResult> PlansAsync(Work work, CancellationToken ct) => Results.Json(await Plans.AllAsync(work, ct), Json.Options);

    private static async Task<IResult> PlanAsync(Work work, PlanId id, CancellationToken ct) => (await Plans.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> DraftAsync(Work work, WritePlan write, PlanInput input, CancellationToken ct)
    {
        var written = await write.RunAsync((null, input), ct);
        return written.Ok ? (await Plans.LoadAsync(work, written.Value, ct)).ToCreated(p => $"/api/v1/incentives/plans/{p.Id}") : written.Problem.ToResult();
    }

    private static async Task<IResult> RewriteAsync(Work work, WritePlan write, PlanId id, PlanInput input, CancellationToken ct) => await ShowPlanAsync(work, await write.RunAsync((id, input), ct), ct);

    private static async Task<IResult> PublishAsync(Work work, PublishPlan publish, PlanId id, CancellationToken ct) => await ShowPlanAsync(work, await publish.RunAsync(id, ct), ct);

    private static async Task<IResult> DiscardAsync(Work work, DiscardPlan discard, PlanId id, CancellationToken ct) => await ShowPlanAsync(work, await discard.RunAsync(id, ct), ct);

    private static async Task<IResult> EarningsAsync(
        Work work, string? q, string? partner, string? state, string? currency, string? deal, string? sort, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await EarningList.PageAsync(work, EarningFilter.Read(q, partner, state, currency, deal, sort), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> TotalsAsync(Work work, string? partner, CancellationToken ct) =>
        Results.Json(await Earnings.TotalsAsync(work, Ids.Parse<PartnerId>(partner), ct), Json.Options);

    private static async Task<IResult> EarningAsync(Work work, EarningId id, CancellationToken ct) => (await EarningPage.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ApproveAsync(Work work, ApproveEarning approve, EarningId id, ReasonInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await approve.RunAsync((id, input.Reason), ct), ct);

    private static async Task<IResult> HoldAsync(Work work, HoldEarning hold, EarningId id, HoldInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await hold.RunAsync((id, input.Reason, input.Until), ct), ct);

    private static async Task<IResult> DisputeAsync(Work work, DisputeEarning dispute, EarningId id, ReasonInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await dispute.RunAsync((id, input.Reason), ct), ct);

    private static async Task<IResult> ReverseAsync(Work work, ReverseEarning reverse, EarningId id, ReasonInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await reverse.RunAsync((id, input.Reason), ct), ct);

    private static async Task<IResult> PayoutsAsync(Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await PayoutPage.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> PayableAsync(Work work, CancellationToken ct) => Results.Json(await PayoutPage.PayableAsync(work, ct), Json.Options);

    private static async Task<IResult> PayoutAsync(Work work, PayoutId id, CancellationToken ct) => (await PayoutPage.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CreatePayoutAsync(Work work, CreatePayout create, PayoutInput input, CancellationToken ct)
    {
        var created = await create.RunAsync(input.Currency ?? "", ct);
        return created.Ok ? (await PayoutPage.LoadAsync(work, created.Value, ct)).ToCreated(p => $"/api/v1/payouts/{p.Payout.Id}") : created.Problem.ToResult();
    }

    private static async Task<IResult> SettleAsync(Work work, SettlePayout settle, PayoutId id, SettleInput input, CancellationToken ct) =>
        await settle.RunAsync((id, input.Reference), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await PayoutPage.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CancelAsync(Work work, CancelPayout cancel, PayoutId id, CancellationToken ct) =>
        await cancel.RunAsync(id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await PayoutPage.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> BalanceAsync(Work work, CancellationToken ct) => Results.Json(await LedgerBook.TrialBalanceAsync(work, ct), Json.Options);

    private static async Task<IResult> TransactionsAsync(Work work, string? partner, string? kind, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await LedgerBook.TransactionsAsync(work, Ids.Parse<PartnerId>(partner), Words.Parse<TransactionKind>(kind), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> ShowPlanAsync(Work work, Result<PlanId> done, CancellationToken ct) => done.Ok ? (await Plans.LoadAsync(work, done.Value, ct)).ToOk() : done.Problem.ToResult();

    private static async Task<IResult> ShowAsync<T>(Work work, EarningId id, Result<T> done, CancellationToken ct) => done.Ok ? (await EarningPage.LoadAsync(work, id, ct)).ToOk() : done.Problem.ToResult();
}
