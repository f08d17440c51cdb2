using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Insights.Hears;
using Trellis.Insights.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>
/// The touches of the demo's deals, and the credit that follows from them by the same computation as everywhere. Some influence comes from
/// partners that never joined a team: that is what gross influence shows and the agreed split does not.
/// </summary>
internal static class InsightsDemo
{
    private static readonly (TouchKind Kind, string Evidence)[] Seller =
    [
        (TouchKind.Meeting, "Minutes of the first meeting with the customer"),
        (TouchKind.Demo, "Demo given to the project team"),
        (TouchKind.Workshop, "Workshop with the customer’s architects"),
        (TouchKind.TechnicalValidation, "Proof of concept, signed off by the customer"),
    ];

    private static readonly (TouchKind Kind, string Evidence)[] Adviser =
    [
        (TouchKind.Advice, "Recommendation in the selection report"),
        (TouchKind.Introduction, "Introduction to the head of IT, by mail"),
        (TouchKind.ContentDownload, "Assessment tool used with the customer"),
    ];

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var deals = await demo.Db.Set<DealRow>().Where(d => d.SubmittedAt != null).OrderBy(d => d.Id).ToListAsync(ct);
        if (deals.Count == 0) return;
        var team = (await demo.Db.Set<DealMemberRow>().ToListAsync(ct)).ToLookup(m => m.DealId);
        var resellers = (await demo.Db.Set<PartnerMotionRow>().Where(m => m.Motion == Motion.Resell && m.State == MotionState.Active).Select(m => m.PartnerId).ToListAsync(ct)).ToHashSet();
        var advisers = await demo.Db.Set<PartnerMotionRow>().Where(m => m.Motion == Motion.Influence && m.State == MotionState.Active)
            .OrderBy(m => m.PartnerId).Select(m => m.PartnerId).ToListAsync(ct);
        // While a tenant is being founded its settings are read anew each time.
        var currency = demo.Work.Settings.Currency;
        var chance = demo.Chance("insights");
        var flow = await Flow.TrackFlow.OfAsync(demo.Db, deals, new Dictionary<DealId, Flow.FlowRow>(), ct);
        var motions = flow.ToDictionary(r => r.DealId, r => r.Motion);
        var touches = new List<Touch>(deals.Count * 3);
        var credits = new List<Credit>(deals.Count * 5);
        foreach (var deal in deals)
        {
            var own = Touches(demo, deal, [.. team[deal.Id]], advisers, chance).ToList();
            touches.AddRange(own);
            var facts = RecreditDeal.Facts(deal, currency, deal.Motion is { } sold ? sold == Motion.Resell : resellers.Contains(deal.PartnerId), [.. team[deal.Id]], [.. own.Select(t => new TouchFact(t.PartnerId, t.At, t.Source, t.Id))]) with { Motion = motions.GetValueOrDefault(deal.Id) };
            credits.AddRange(Crediting.Of(demo.Tenant, facts, demo.Now));
        }

        await demo.InsertAsync(touches, ct);
        await demo.InsertAsync(credits, ct);
        await demo.InsertAsync(DayFigures.Of(demo.Tenant, credits), ct);
        await demo.InsertAsync(flow, ct);
        await demo.InsertAsync(Flow.FlowDays.Of(demo.Tenant, flow), ct);
    }

    private static IEnumerable<Touch> Touches(Demo demo, DealRow deal, IReadOnlyList<DealMemberRow> team, List<PartnerId> advisers, Random chance)
    {
        var began = deal.SubmittedAt!.Value;
        var until = deal.ClosedAt ?? demo.Now;
        var span = until - began;
        if (span < TimeSpan.FromDays(1)) span = TimeSpan.FromDays(1);
        yield return New(demo, deal, deal.PartnerId, TouchKind.Registration, began, $"Registration {deal.Id}", TouchSource.System);
        foreach (var member in team.Where(m => m.State == MemberState.Accepted && m.PartnerId != deal.PartnerId))
        {
            var joined = member.AnsweredAt ?? began;
            yield return New(demo, deal, member.PartnerId, NoteMember.KindOf(member.Role), joined,
                $"Joined the deal team as {Words.Label(member.Role).ToLowerInvariant()}, agreed share {member.ShareBasisPoints / 100m:0.##} %", TouchSource.System);
            var (kind, evidence) = Adviser[chance.Next(Adviser.Length)];
            yield return New(demo, deal, member.PartnerId, kind, began + (span * chance.NextDouble()), evidence, TouchSource.Vendor);
        }

        if (deal.State is DealState.Rejected or DealState.Withdrawn) yield break;
        if (chance.NextDouble() < 0.45)
        {
            var (kind, evidence) = Seller[chance.Next(Seller.Length)];
            yield return New(demo, deal, deal.PartnerId, kind, began + (span * chance.NextDouble()), evidence, TouchSource.Vendor);
        }

        if (advisers.Count > 0 && chance.NextDouble() < 0.08)
        {
            var adviser = advisers[chance.Next(advisers.Count)];
            var (kind, evidence) = Adviser[chance.Next(Adviser.Length)];
            if (adviser != deal.PartnerId)
                yield return New(demo, deal, adviser, kind, began + (span * chance.NextDouble() * 1.1), evidence, chance.NextDouble() < 0.8 ? TouchSource.Vendor : TouchSource.Partner);
        }
    }

    private static Touch New(Demo demo, DealRow deal, PartnerId partner, TouchKind kind, DateTime at, string evidence, TouchSource source)
    {
        if (at > demo.Now) at = demo.Now;
        return new Touch
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<TouchId>(at),
            DealId = deal.Id,
            PartnerId = partner,
            Kind = kind,
            At = at,
            Evidence = evidence,
            PersonName = source == TouchSource.System ? "Trellis" : source == TouchSource.Vendor ? "Partner manager" : "Partner",
            Source = source,
            Version = 1,
        };
    }
}
