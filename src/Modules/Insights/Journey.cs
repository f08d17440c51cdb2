using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>A touch of a deal as it is shown.</summary>
/// <param name="Counts">Whether it qualifies; <paramref name="Reason"/> says why or why not.</param>
internal sealed record JourneyTouch(TouchId Id, PartnerId Partner, string PartnerName, TouchKind Kind, DateTime At, string Evidence, string Person, bool Counts, string Reason);

/// <summary>What the models give one partner for a deal, in the order of <see cref="CreditModel"/>; minor units.</summary>
internal sealed record JourneyCredit(PartnerId Partner, string PartnerName, DealRole Role, long[] Amounts);

/// <summary>How a deal came about, and what each model makes of it.</summary>
internal sealed record DealJourney(DealId Deal, string Title, DealState State, PartnerId Holder, long Amount, string Currency, IReadOnlyList<JourneyTouch> Touches, IReadOnlyList<JourneyCredit> Credits);

internal static class Journey
{
    public static async Task<Result<DealJourney>> OfAsync(Work work, DealId id, CancellationToken ct)
    {
        var db = work.Db;
        if (await db.Set<DealRow>().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } deal) return Problem.Missing("deal");
        if (DealSights.Hidden(work) is { } hidden && await hidden.ContainsAsync(id, ct)) return Problem.Missing("deal");
        var touches = await db.Set<Touch>().AsNoTracking().Where(t => t.DealId == id).OrderBy(t => t.At).ThenBy(t => t.Id).ToListAsync(ct);
        var credits = await db.Set<Credit>().AsNoTracking().Where(c => c.DealId == id).ToListAsync(ct);
        var names = await PartnerNames.OfAsync(work, [.. touches.Select(t => t.PartnerId), .. credits.Select(c => c.PartnerId)], ct);
        var closed = deal.State == DealState.Won ? deal.ClosedAt : null;
        return new DealJourney(
            id, deal.Title, deal.State, deal.PartnerId, deal.MainAmount, work.Settings.Currency,
            [.. touches.Select(t => new JourneyTouch(t.Id, t.PartnerId, names.GetValueOrDefault(t.PartnerId, "another partner"), t.Kind, t.At, t.Evidence, t.PersonName,
                Qualification.Holds(t.Source, t.At, closed), Reason(t, closed)))],
            [.. credits.GroupBy(c => c.PartnerId).Select(g => new JourneyCredit(g.Key, names.GetValueOrDefault(g.Key, "another partner"), g.First().Role,
                [.. Enum.GetValues<CreditModel>().Select(m => g.Where(c => c.Model == m).Sum(c => c.CreditedAmount))])).OrderByDescending(c => c.Amounts[0])]);
    }

    private static string Reason(Touch touch, DateTime? closed) => touch.Source switch
    {
        TouchSource.Partner => "Waits for the vendor to confirm it.",
        _ when !Qualification.Holds(touch.Source, touch.At, closed) => "After the close.",
        TouchSource.System => "Recorded by Trellis.",
        _ => "Confirmed by the vendor.",
    };
}
