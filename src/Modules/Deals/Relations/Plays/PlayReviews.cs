using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

/// <summary>A review in a list.</summary>
internal sealed record ReviewLine(PlayReviewId Id, PlayKind Kind, string Title, DealId? Deal, AccountId? Account, bool Taken, string? Reason, DateTime ReviewedAt, string ReviewedBy)
{
    /// <summary>Where the deal stands today; null for an account.</summary>
    public DealState? Outcome { get; set; }

    /// <summary>What the deal or the account is called.</summary>
    public string? PlaceName { get; set; }
}

/// <summary>What became of the suggestions of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Reviewed">How many were reviewed.</param>
/// <param name="Taken">How many of them were taken.</param>
/// <param name="Won">Deals of taken ones that were won.</param>
/// <param name="Lost">Those that ended otherwise.</param>
/// <param name="Open">Those that go on.</param>
internal sealed record PlayFigure(PlayKind Kind, int Reviewed, int Taken, int Won, int Lost, int Open)
{
    /// <summary>Taken of all that were reviewed; null where none was.</summary>
    public decimal? Share => Reviewed == 0 ? null : (decimal)Taken / Reviewed;
}

internal sealed record ReviewQuery(string? Kind = null, string? Decision = null, string? Cursor = null, int? Size = null);

/// <summary>Reviews page by page, and what came of them.</summary>
internal static class PlayReviews
{
    public static async Task<Page<ReviewLine>> FindAsync(Work work, ReviewQuery query, CancellationToken ct)
    {
        var rows = Sighted(work);
        if (Words.Parse<PlayKind>(query.Kind) is { } kind) rows = rows.Where(r => r.Kind == kind);
        if (Understood.OneOf(query.Decision, "taken", "dismissed") is { } decision)
        {
            var taken = decision == "taken";
            rows = rows.Where(r => r.Taken == taken);
        }

        var page = await rows.PageAsync(r => r.ReviewedAt, r => r.Id, true, new Paging(query.Cursor, query.Size ?? 50), ct);
        var shown = page.Select(r => new ReviewLine(r.Id, r.Kind, r.Title, r.DealId, r.AccountId, r.Taken, r.Reason, r.ReviewedAt, r.ReviewedByName));
        await NameAsync(work, shown.Items, ct);
        return shown;
    }

    /// <summary>Counts by kind, over the reviews of the last year.</summary>
    public static async Task<IReadOnlyList<PlayFigure>> FiguresAsync(Work work, CancellationToken ct)
    {
        var since = work.Now.AddDays(-365);
        var counts = await Sighted(work).Where(r => r.ReviewedAt >= since).GroupBy(r => new { r.Kind, r.Taken }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var ends = await (
            from r in Sighted(work)
            join d in work.Db.Set<Deal>() on new { r.TenantId, Id = r.DealId } equals new { d.TenantId, Id = (DealId?)d.Id }
            where r.ReviewedAt >= since && r.Taken
            group r by new { r.Kind, d.State } into g
            select new { g.Key.Kind, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        return
        [
            .. from kind in Enum.GetValues<PlayKind>()
               let mine = counts.Where(c => c.Key.Kind == kind).ToList()
               let deals = ends.Where(e => e.Kind == kind).ToList()
               let won = deals.Where(e => e.State == DealState.Won).Sum(e => e.Count)
               let over = deals.Where(e => e.State != DealState.Won && DealLifecycle.IsOver(e.State)).Sum(e => e.Count)
               select new PlayFigure(kind, mine.Sum(c => c.Count), mine.Where(c => c.Key.Taken).Sum(c => c.Count), won, over, deals.Sum(e => e.Count) - won - over),
        ];
    }

    public static string Label(PlayKind kind) => kind switch
    {
        PlayKind.BringPartner => "Bring a partner in",
        PlayKind.OpenContact => "Open a contact",
        PlayKind.WinningTeam => "Invite a winning team",
        _ => "Cover delivery",
    };

    public static Task ExportAsync([AsParameters] ReviewQuery query, HttpContext http, Work work)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"plays.csv\"";
        return Csv.WriteAsync(http.Response.Body, ["Suggestion", "Kind", "Deal or account", "Decision", "Reason", "Reviewed", "Reviewed by", "Outcome"], LinesAsync(work, query, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, ReviewQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in Paging.AllAsync(p => FindAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)).WithCancellation(ct))
            yield return [r.Title, Label(r.Kind), r.PlaceName, r.Taken ? "Taken" : "Dismissed", r.Reason, r.ReviewedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), r.ReviewedBy, r.Outcome is { } state ? DealLifecycle.Label(state) : null];
    }

    // A suggestion speaks of the deal's committee and team: not for the direct team where it may not read the deal in full.
    private static IQueryable<PlayReview> Sighted(Work work)
    {
        var reviews = work.Db.Set<PlayReview>().AsNoTracking();
        return !Workspace.Sights.IsLimited(work.Actor) ? reviews
            : reviews.Where(r => !work.Db.Set<Workspace.DirectSight>().Any(s => s.TenantId == r.TenantId && s.DealId == r.DealId && s.Level != DealVisibility.Full));
    }

    private static async Task NameAsync(Work work, IReadOnlyList<ReviewLine> lines, CancellationToken ct)
    {
        var deals = lines.Select(l => l.Deal).OfType<DealId>().Distinct().ToList();
        var accounts = lines.Select(l => l.Account).OfType<AccountId>().Distinct().ToList();
        var ofDeals = deals.Count == 0 ? [] : await work.Db.Set<Deal>().AsNoTracking().Where(d => deals.Contains(d.Id)).Select(d => new { d.Id, d.Title, d.State }).ToDictionaryAsync(d => d.Id, ct);
        var ofAccounts = accounts.Count == 0 ? [] : await work.Db.Set<AccountRow>().Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        foreach (var line in lines)
        {
            if (line.Deal is { } deal && ofDeals.TryGetValue(deal, out var d)) (line.PlaceName, line.Outcome) = (d.Title, d.State);
            if (line.Account is { } account) line.PlaceName = ofAccounts.GetValueOrDefault(account);
        }
    }
}
