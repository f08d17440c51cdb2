using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Fits;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>A partner that may be asked: what the rules say of it, how it ranks, and why, in plain words.</summary>
internal sealed record Candidate(PartnerId Partner, string Name, Outcome Outcome, string? RuleId, string Says, int Score, IReadOnlyList<string> Why);

/// <summary>Finds and ranks partners for an interest. It looks at no more than some two hundred: those whose own words fit (territory, industry, competency), those that have won lately, and those of the region by name.</summary>
internal static class Candidates
{
    private const int MostFitting = 80;
    private const int MostWins = 400;
    private const int MostWinners = 60;
    private const int MostOfRegion = 40;
    private const int Shown = 12;

    private static readonly PartnerState[] Able = [PartnerState.Activated, PartnerState.Active, PartnerState.Onboarding, PartnerState.AtRisk];

    public static async Task<IReadOnlyList<Candidate>> FindAsync(Work work, PassingCustomer customer, CancellationToken ct)
    {
        var (_, text) = await PassingBook.CurrentAsync(work, ct);
        var table = DecisionTable.Of(text);
        var partners = await PassingCases.PartnersAsync(work, await NearAsync(work, customer, ct), ct);
        return [.. partners.Where(p => Able.Contains(p.Row.State)).Select(p => Judge(table, customer, p)).OrderBy(c => c.Outcome).ThenByDescending(c => c.Score).ThenBy(c => c.Name, StringComparer.CurrentCulture).Take(Shown)];
    }

    /// <summary>The same for a lead that came back: nobody is asked a second time.</summary>
    public static async Task<IReadOnlyList<Candidate>> ForAsync(Work work, LeadId id, CancellationToken ct) =>
        await work.Db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is { } lead ? await FindAsync(work, await PassingCases.CustomerAsync(work, OfferNext.Of(lead), lead.ChainId, ct), ct) : [];

    /// <summary>Pure: one partner against one interest.</summary>
    public static Candidate Judge(DecisionTable table, PassingCustomer customer, PassingPartner partner)
    {
        var facts = PassingCases.Facts(LeadDirection.ToPartner, customer, partner);
        var ruling = Deciding.Decide(facts, table, customer.Today, customer.Currency);
        List<(int Points, string Why)> found = [];
        var fit = Fit.Of(customer.Wanted, partner.Declared);
        found.AddRange(fit.Reasons());
        var sits = partner.Row.Country == customer.Interest.CountryCode;
        // What it has declared counts before where it sits.
        if (sits && !facts[Vocabulary.OutsideTerritory].IsTrue) found.Add((fit.NamesTerritories ? 5 : 30, T("It sits in the customer’s country.")));
        else if (!fit.NamesTerritories && !facts[Vocabulary.OutsideTerritory].IsTrue) found.Add((20, T("The customer lies in its region.")));
        if (facts[Vocabulary.CertifiedForProduct].IsTrue) found.Add((25, T("It is certified for the product.")));
        if (partner.Left is { } left) found.Add((left > 0 ? 15 : -20, T(Math.Max(0, left), "It can take {0} more lead.", "It can take {0} more leads.")));
        found.Add((-3 * partner.OpenLeads, T(partner.OpenLeads, "It has {0} open lead.", "It has {0} open leads.")));
        var tier = DealMotion.Counting(partner.Row.Tier, partner.Active, PassingCases.MotionOf(LeadDirection.ToPartner, partner.Motions)).Tier;
        found.Add(((int)tier * 8, T($"Its tier is {T(Words.Label(tier))}.")));
        if (customer.Claims.Any(c => c.Partner == partner.Row.Id)) found.Add((40, T("It works with this customer already.")));
        return new Candidate(partner.Row.Id, partner.Row.Name, ruling.Outcome, ruling.RuleId, ruling.ForVendor, found.Sum(f => f.Points), [.. found.OrderByDescending(f => f.Points).Select(f => f.Why)]);
    }

    private static async Task<List<PartnerId>> NearAsync(Work work, PassingCustomer customer, CancellationToken ct)
    {
        var region = customer.Region;
        var fitting = await Fitting.FindAsync(work, customer.Wanted, MostFitting, ct);
        var won = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.State == DealState.Won).OrderByDescending(d => d.ClosedAt).Take(MostWins).Select(d => new { d.PartnerId, d.ProductId, d.Country }).ToListAsync(ct);
        // Who has won this product, or in this country, before who has merely won.
        var winners = won.GroupBy(d => d.PartnerId).OrderByDescending(g => g.Count(d => d.ProductId == customer.Interest.Product)).ThenByDescending(g => g.Count(d => d.Country == customer.Interest.CountryCode)).ThenByDescending(g => g.Count()).Select(g => g.Key).Take(MostWinners);
        var ofRegion = await work.Db.Set<PartnerRow>().Where(p => p.State == PartnerState.Active && p.MergedInto == null && (region == null || p.Region == region)).OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => p.Id).Take(MostOfRegion).ToListAsync(ct);
        return [.. fitting.Concat(winners).Concat(ofRegion).Concat(customer.Claims.Select(c => c.Partner).Take(10)).Distinct()];
    }
}
