using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Fits;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Coalitions;

/// <summary>A partner that could be brought in, what it could do, and why, in plain words.</summary>
internal sealed record TeamMatch(PartnerId Partner, string PartnerName, DealRole Role, int Score, IReadOnlyList<string> Why);

/// <summary>
/// Partners whose own words fit a deal or an opportunity: territory, industry, knowledge, language. For the vendor's people; a partner does not see other partners. It looks at no more than
/// <see cref="MostLookedAt"/> partners, found by the index of words.
/// </summary>
internal static class TeamMatches
{
    public const int Shown = 5;
    private const int MostLookedAt = 60;

    private static readonly DealRole[] Parts = [DealRole.Deliver, DealRole.Influence, DealRole.Retain, DealRole.Resell, DealRole.Marketplace];

    /// <summary>For the team of a deal: nobody who holds it or stands on its team.</summary>
    public static async Task<Result<List<TeamMatch>>> OfDealAsync(Work work, DealId id, CancellationToken ct)
    {
        var found = await DealPage.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (work.Actor.IsPartner || !InviteMember.Possible(work.Actor, deal.Full, deal.State)) return new List<TeamMatch>();
        var taken = deal.Team.Where(p => p.Role == DealRole.Source || p.State is MemberState.Invited or MemberState.Accepted or MemberState.Proposed).Select(p => p.Partner).Append(deal.Partner).ToHashSet();
        return (await FindAsync(work, deal.Account, deal.Product, deal.Country, null, taken, ct, deal.WorkDone, deal.NextStep)).ToList();
    }

    /// <summary>For an opportunity of the CRM: nobody who is planned or works on its deal.</summary>
    public static async Task<IReadOnlyList<TeamMatch>> OfOpportunityAsync(Work work, OpportunityId id, IReadOnlySet<PartnerId> taken, CancellationToken ct)
    {
        var row = await work.Db.Set<OpportunityRow>().Where(o => o.Id == id).Select(o => new { o.AccountId, o.ProductId }).SingleOrDefaultAsync(ct);
        return row is null ? [] : await FindAsync(work, row.AccountId, row.ProductId, null, null, taken, ct);
    }

    /// <summary>Pure: one partner against what is wanted; null where nothing of it fits.</summary>
    public static TeamMatch? Judge(Wanted wanted, string? product, string? series, PassingPartner partner)
    {
        var fit = Fit.Of(wanted, partner.Declared);
        var certified = partner.Certifications.Any(c => PassingCases.IsFor(c.Subject, product) || PassingCases.IsFor(c.Subject, series));
        if (!certified && fit is { Industry: null, Expertise.Count: 0 } && (fit.Territory is null || fit.Language is null)) return null;
        List<(int Points, string Why)> found = [.. fit.Reasons()];
        if (certified) found.Add((25, T("It is certified for the product.")));
        var role = Parts.Where(r => partner.Active.Any(m => m.Motion == DealMotion.OfRole(r, null))).Select(r => (DealRole?)r).FirstOrDefault() ?? DealRole.Influence;
        var tier = DealMotion.Counting(partner.Row.Tier, partner.Active, DealMotion.OfRole(role, null)).Tier;
        found.Add(((int)tier * 3, T($"Its tier is {T(Words.Label(tier))}.")));
        return new TeamMatch(partner.Row.Id, partner.Row.Name, role, found.Sum(f => f.Points), [.. found.OrderByDescending(f => f.Points).Select(f => f.Why)]);
    }

    private static async Task<IReadOnlyList<TeamMatch>> FindAsync(Work work, AccountId? account, ProductId? product, string? country, string? town, IReadOnlySet<PartnerId> taken, CancellationToken ct, params string?[] written)
    {
        var customer = account is { } one ? await work.Db.Set<AccountRow>().Where(a => a.Id == one).Select(a => new { a.Country, a.City, a.Sector }).SingleOrDefaultAsync(ct) : null;
        var sold = product is { } id ? await work.Db.Set<ProductRow>().Where(p => p.Id == id).Select(p => new { p.Name, p.Series }).SingleOrDefaultAsync(ct) : null;
        var wanted = Wanted.Of(country ?? customer?.Country, town ?? customer?.City, customer?.Sector, [sold?.Name, sold?.Series], written);
        var ids = (await Fitting.FindAsync(work, wanted, MostLookedAt, ct)).Where(p => !taken.Contains(p)).ToList();
        var partners = await PassingCases.PartnersAsync(work, ids, ct);
        return
        [
            .. partners.Where(p => Registration.MayRegister(p.Row.State)).Select(p => Judge(wanted, sold?.Name, sold?.Series, p)).OfType<TeamMatch>()
                .OrderByDescending(m => m.Score).ThenBy(m => m.PartnerName, StringComparer.CurrentCulture).Take(Shown),
        ];
    }
}
