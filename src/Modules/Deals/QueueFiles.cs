using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Life;
using Trellis.Deals.Plans;
using Trellis.Deals.Relations;
using Trellis.Deals.Rules;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The lists that people work through, as files: what the page shows, for the same eyes.</summary>
internal static class QueueFiles
{
    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/deals/queue.csv", QueueAsync).Requires(DealsPermissions.Decide).ExcludeFromDescription();
        web.MapGet("/app/deals/requests.csv", RequestsAsync).Requires(DealsPermissions.Decide).ExcludeFromDescription();
        web.MapGet("/app/deals/account-checks.csv", ChecksAsync).Requires(DealsPermissions.Decide).ExcludeFromDescription();
        web.MapGet("/app/deals/evidence.csv", EvidenceAsync).Requires(DealsPermissions.Evidence).ExcludeFromDescription();
        web.MapGet("/app/relations.csv", Claims).Requires(RelationPermissions.Set).ExcludeFromDescription();
        web.MapGet("/portal/relations.csv", Claims).Requires(RelationPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/target-lists.csv", Lists).Requires(TargetPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/target-lists.csv", Lists).Requires(TargetPermissions.View).ExcludeFromDescription();
    }

    private static async Task<IResult> QueueAsync(Work work, string? role, CancellationToken ct) =>
        Csv.File("review-queue.csv", ["Deal", "Title", "Customer", "Partner", "Product", "Amount", "Currency", "Who decides", "Why it waits", "Accounts that resemble it", "Other registrations", "Decide by (UTC)", "Escalated from"],
            (await ReviewQueue.FindAsync(work, TableChecks.Reviewers.Contains(role) ? role : null, ct)).Select(i => (string?[])
            [
                i.Line.Id.ToString(), i.Line.Title, i.Line.CustomerName, i.Line.PartnerName, i.Line.ProductName, i.Line.Amount is { } amount ? Csv.Amount(amount, i.Line.Currency) : null, i.Line.Currency, i.Reviewer, i.Why,
                Csv.Figure(i.Matches), Csv.Figure(i.Rivals), Csv.Time(i.Line.DecideBy), i.Line.EscalatedFrom,
            ]), ct);

    private static async Task<IResult> RequestsAsync(Work work, string? kind, CancellationToken ct) =>
        Csv.File("requests.csv", ["Deal", "Title", "Partner", "Kind", "Asked for", "Why", "Protected until", "Asked (UTC)", "Asked by", "Answer by (UTC)", "Request"],
            (await RequestList.PendingAsync(work, Words.Parse<RequestKind>(kind), ct)).Select(r => (string?[])
            [
                r.Deal.ToString(), r.Title, r.PartnerName, Words.Label(r.Kind), r.Summary, r.Reason, Csv.Day(r.ProtectedUntil), Csv.Time(r.RequestedAt), r.RequestedBy, Csv.Time(r.DecideBy), r.Id.ToString(),
            ]), ct);

    private static async Task<IResult> ChecksAsync(Work work, CancellationToken ct) =>
        Csv.File("account-checks.csv", ["Deal", "Customer", "Web site", "Country", "Registered by", "Status", "Accounts that resemble it"],
            (await AccountChecks.FindAsync(work, ct)).Select(c => (string?[])
            [
                c.Line.Id.ToString(), c.Line.CustomerName, c.Domain, c.Country, c.Line.PartnerName, DealLifecycle.Label(c.Line.State), string.Join("; ", c.Matches.Select(m => m.Name)),
            ]), ct);

    private static async Task<IResult> EvidenceAsync(Work work, CancellationToken ct)
    {
        var page = await EffectPages.FindAsync(work, ct);
        (string Name, Comparison Of)[] rows = [("Win rate", page.WinRate), ("Win rate, same products", page.WinRateSameProduct), ("Size of won deals", page.Size), ("Days to win", page.Days)];
        return Csv.File("with-a-partner.csv", ["What", "With a partner", "Cases", "Without", "Cases without", "Difference", "From", "To", "What can be said"], rows.Select(r => (string?[])
        [
            r.Name, Csv.Figure(r.Of.With), Csv.Figure(r.Of.CasesWith), Csv.Figure(r.Of.Without), Csv.Figure(r.Of.CasesWithout), Csv.Figure(r.Of.Effect), Csv.Figure(r.Of.Low), Csv.Figure(r.Of.High),
            r.Of.Verdict switch { > 0 => "Higher with a partner", < 0 => "Lower with a partner", _ => "Cannot be told" },
        ]), ct);
    }

    private static IResult Claims(Work work, string? state, CancellationToken ct) =>
        Csv.File("customer-relations.csv", ["Customer", "Partner", "Basis", "Since", "Status", "Claimed (UTC)", "Claimed by", "Answered (UTC)", "Answered by", "Answer", "Deal"],
            Rows(Paging.AllAsync(p => RelationPage.ClaimsAsync(work, new ClaimQuery(state, p.Cursor, p.Size), ct)), c =>
            [
                c.CustomerName, c.PartnerName, c.Basis, Csv.Day(c.Since), Words.Label(c.State), Csv.Time(c.ClaimedAt), c.ClaimedBy, Csv.Time(c.AnsweredAt), c.AnsweredBy, c.Answer, c.Deal.ToString(),
            ]), ct);

    private static IResult Lists(Work work, string? partner, CancellationToken ct) =>
        Csv.File("target-lists.csv", ["Name", "Partner", "Companies", "Became deals", "Begun (UTC)", "Ended (UTC)", "Target list"],
            Rows(Paging.AllAsync(p => TargetPage.ListsAsync(work, new TargetListQuery(Ids.Parse<PartnerId>(partner), p.Cursor, p.Size), ct)), l =>
            [
                l.Name, l.PartnerName, Csv.Figure(l.Targets), Csv.Figure(l.Deals), Csv.Time(l.CreatedAt), Csv.Time(l.EndedAt), l.Id.ToString(),
            ]), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows<T>(IAsyncEnumerable<T> items, Func<T, string?[]> cells)
    {
        await foreach (var item in items) yield return cells(item);
    }
}
