using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>The comparison as it was last counted: it reads every opportunity of two years, so nobody waits for it.</summary>
internal sealed class EffectRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; set; }
    public required string Content { get; set; }

    public static EffectRun Of(TenantId tenant, EffectPage page) => new() { TenantId = tenant, At = page.At, Content = JsonSerializer.Serialize(page, Json.Options) };
}

/// <summary>Deals with a partner against deals without: as last counted, or counted now where that has not been done yet.</summary>
internal static class EffectPages
{
    private const int Shown = 10;

    public static async Task<EffectPage> FindAsync(Work work, CancellationToken ct)
    {
        var page = await work.Db.Set<EffectRun>().AsNoTracking().SingleOrDefaultAsync(ct) is { } run ? JsonSerializer.Deserialize<EffectPage>(run.Content, Json.Options)! : await CountAsync(work, ct);
        var ids = page.LateDeals.Select(l => l.Deal).ToArray();
        var deals = await work.Db.Set<Deal>().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Title, d.PartnerId }).ToDictionaryAsync(d => d.Id, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. deals.Values.Select(d => d.PartnerId)], ct);
        return page with
        {
            LateDeals = [.. page.LateDeals.Where(l => deals.ContainsKey(l.Deal)).Select(l => l with { Title = deals[l.Deal].Title, Partner = deals[l.Deal].PartnerId, PartnerName = names.GetValueOrDefault(deals[l.Deal].PartnerId, "") })],
        };
    }

    /// <summary>Reads the closed opportunities of two years and compares.</summary>
    public static async Task<EffectPage> CountAsync(Work work, CancellationToken ct)
    {
        var (from, to) = (work.Today.AddYears(-2), work.Today);
        // Asked for once and not per opportunity: without fresh statistics PostgreSQL would walk all deals for each of them.
        var links = (await work.Db.Set<Deal>().Where(d => d.OpportunityId != null).Select(d => new { Opportunity = d.OpportunityId!.Value, d.LinkedAt, d.Id }).ToListAsync(ct))
            .GroupBy(d => d.Opportunity).ToDictionary(g => g.Key, g => g.First());
        var rows = await work.Db.Set<OpportunityRow>().Where(o => (o.Stage == OpportunityStage.Won || o.Stage == OpportunityStage.Lost) && o.ClosedOn >= from && o.ClosedOn <= to)
            .Select(o => new { o.Id, Won = o.Stage == OpportunityStage.Won, o.Amount, o.Currency, o.OpenedOn, o.ClosedOn, o.ProductId }).ToListAsync(ct);
        var main = work.Settings.Currency;
        var book = rows.All(r => r.Currency == main) ? RateBook.Empty : await work.RatesAsync(ct);
        // At the rate of the day on which it was closed; what has no rate is no size, and counts among wins and losses all the same.
        double Size(long? minor, string currency, DateOnly? closed) => minor is { } amount && closed is { } day && book.Convert(new Money(amount, currency), main, day) is { } money ? money.Minor : 0;
        // What was linked only when the end was known would count wins alone.
        var late = rows.Where(r => links.GetValueOrDefault(r.Id) is { LinkedAt: { } at } && DateOnly.FromDateTime(at) > r.ClosedOn)
            .Select(r => (Opportunity: r.Id, Link: new LateLink(links[r.Id].Id, r.ClosedOn!.Value, links[r.Id].LinkedAt!.Value))).OrderByDescending(l => l.Link.LinkedAt).ThenBy(l => l.Link.Deal.Value).ToList();
        var leftOut = late.Select(l => l.Opportunity).ToHashSet();
        var cases = rows.Where(r => !leftOut.Contains(r.Id)).Select(r => new ClosedCase(links.ContainsKey(r.Id), r.Won, Size(r.Amount, r.Currency, r.ClosedOn), r.OpenedOn is { } opened && r.ClosedOn is { } closed ? closed.DayNumber - opened.DayNumber : -1, r.ProductId?.ToString() ?? "")).ToList();
        var (with, without) = (cases.Where(c => c.WithPartner).ToList(), cases.Where(c => !c.WithPartner).ToList());
        double[] Of(List<ClosedCase> some, Func<ClosedCase, double> value, Func<ClosedCase, bool> where) => [.. some.Where(c => c.Won && where(c)).Select(value)];
        return new EffectPage(
            PartnerEffect.Rates(with.Count(c => c.Won), with.Count, without.Count(c => c.Won), without.Count),
            PartnerEffect.WithinStrata(cases),
            PartnerEffect.Sizes(Of(with, c => c.Amount, c => c.Amount > 0), Of(without, c => c.Amount, c => c.Amount > 0)),
            PartnerEffect.Means(Of(with, c => c.Days, c => c.Days >= 0), Of(without, c => c.Days, c => c.Days >= 0)), from, to,
            late.Count, [.. late.Take(Shown).Select(l => l.Link)], work.Now)
        {
            Poor = new PoorCases(cases.Count(c => c.Won && c.Amount <= 0), cases.Count(c => c.Won && c.Days < 0), (long)cases.Where(c => c.Won && c.Days < 0).Sum(c => c.Amount)),
        };
    }
}
