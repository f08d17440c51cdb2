using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Payouts and their transfers, the ledger, and plans as files: the same filters, all rows.</summary>
internal static class MoneyFiles
{
    private static readonly string[] PayoutHeader = ["Made on", "Status", "Made by", "Reference", "Partners", "Lines", "Total", "Currency", "Closed on", "Closed by", "Payout"];
    private static readonly string[] TransferHeader = ["Partner", "Lines", "Amount", "Currency", "Payout", "Reference", "Partner identifier"];
    private static readonly string[] LedgerHeader = ["When (UTC)", "What", "Kind", "By", "Account", "Partner", "Debit", "Credit", "Currency", "Earning line", "Transaction"];
    private static readonly string[] PlanHeader = ["Plan", "Name", "Status", "In force", "From", "To", "Role or rule", "Tier", "Rate %", "Days of hold", "Smallest payout", "Currency", "Written by", "Published by"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/incentives/payouts.csv", (Work work, CancellationToken ct) => File($"payouts-{work.Today:yyyy-MM-dd}.csv", PayoutHeader, PayoutsAsync(work, ct), ct)).Requires(IncentivesPermissions.ViewLedger).ExcludeFromDescription();
        web.MapGet("/app/incentives/payouts/{id}/transfers.csv", TransfersAsync).Requires(IncentivesPermissions.ViewLedger).ExcludeFromDescription();
        web.MapGet("/app/incentives/ledger.csv", Ledger).Requires(IncentivesPermissions.ViewLedger).ExcludeFromDescription();
        web.MapGet("/app/incentives/plans.csv", PlansAsync).Requires(IncentivesPermissions.ViewPlans).ExcludeFromDescription();
    }

    private static IResult File(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct) =>
        Results.Stream(stream => Csv.WriteAsync(stream, header, rows, ct), "text/csv; charset=utf-8", name);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> PayoutsAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var p in Paging.AllAsync(paging => PayoutPage.PageAsync(work, paging, ct)).WithCancellation(ct))
        {
            yield return
            [
                Day(p.CreatedAt), Words.Label(p.State), p.CreatedBy, p.Reference, Number(p.Partners), Number(p.Lines), Amount(p.Total, p.Currency), p.Currency, Day(p.ClosedAt), p.ClosedBy, p.Id.ToString(),
            ];
        }
    }

    private static async Task<IResult> TransfersAsync(Work work, PayoutId id, CancellationToken ct)
    {
        var found = await PayoutPage.LoadAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var p = found.Value.Payout;
        var rows = found.Value.Transfers.Select(IReadOnlyList<string?> (t) => [t.PartnerName, Number(t.Lines), Amount(t.Amount, p.Currency), p.Currency, p.Id.ToString(), p.Reference, t.PartnerId.ToString()]);
        return File($"transfers-{p.CreatedAt:yyyy-MM-dd}-{p.Currency}.csv", TransferHeader, rows.ToAsyncEnumerable(), ct);
    }

    private static IResult Ledger(Work work, string? partner, string? kind, CancellationToken ct) =>
        File($"ledger-{work.Today:yyyy-MM-dd}.csv", LedgerHeader, LedgerAsync(work, Ids.Parse<PartnerId>(partner), Words.Parse<TransactionKind>(kind), ct), ct);

    // One row for each entry, so that a spreadsheet can sum them: debits and credits are equal in each currency.
    private static async IAsyncEnumerable<IReadOnlyList<string?>> LedgerAsync(Work work, PartnerId? partner, TransactionKind? kind, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var t in Paging.AllAsync(paging => LedgerBook.TransactionsAsync(work, partner, kind, paging, ct)).WithCancellation(ct))
        {
            foreach (var e in t.Entries)
            {
                yield return
                [
                    t.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), t.Memo, Words.Label(t.Kind), t.By, Words.Label(e.Account), e.PartnerName, e.Amount > 0 ? Amount(e.Amount, e.Currency) : null,
                    e.Amount < 0 ? Amount(-e.Amount, e.Currency) : null, e.Currency, e.EarningId?.ToString(), t.Id.ToString(),
                ];
            }
        }
    }

    private static async Task<IResult> PlansAsync(Work work, CancellationToken ct)
    {
        var plans = await Plans.AllAsync(work, ct);
        return File($"incentive-plans-{work.Today:yyyy-MM-dd}.csv", PlanHeader, plans.SelectMany(Rates).ToAsyncEnumerable(), ct);
    }

    private static IEnumerable<IReadOnlyList<string?>> Rates(PlanItem plan)
    {
        foreach (var rate in plan.Rates) yield return Rate(plan, Words.Label(rate.Role), Words.Label(rate.Tier), rate.BasisPoints);
        foreach (var scheme in plan.Schemes) yield return Rate(plan, scheme.Name, null, scheme.BasisPoints);
        foreach (var reward in plan.Rewards) yield return Rate(plan, $"{reward.Name} ({reward.SegmentName ?? "segment that is gone"}{(plan.OnlySegments ? ", for its segments only" : "")})", null, reward.BasisPoints);
        if (plan.Rates.Count + plan.Schemes.Count == 0) yield return Rate(plan, null, null, null);
    }

    private static string?[] Rate(PlanItem p, string? of, string? tier, int? basisPoints) =>
    [
        Number(p.Number), p.Name, Words.Label(p.State), p.InForce ? "yes" : "no", Day(p.EffectiveFrom), Day(p.EffectiveUntil), of, tier, basisPoints is { } points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null,
        Number(p.HoldDays), Amount(p.Minimum, p.Currency), p.Currency, p.CreatedBy, p.PublishedBy,
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Amount(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateTime? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
