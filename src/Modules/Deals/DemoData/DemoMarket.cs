using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Fits;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.DemoData;

/// <summary>A partner of the demo with what its deals depend on.</summary>
internal sealed class DemoPartner
{
    public required PartnerRow Row { get; init; }
    public required DateTime From { get; init; }
    public required DateTime Until { get; init; }

    /// <summary>Since when it has slackened, for one at risk.</summary>
    public DateTime? Slack { get; init; }

    /// <summary>Whether it grows fast.</summary>
    public bool Star { get; init; }

    public bool Sells { get; init; }
    public bool Influences { get; init; }
    public bool Delivers { get; init; }

    /// <summary>The first of its active motions in which it sells.</summary>
    public Motion? Motion { get; init; }

    /// <summary>All in which it sells, the weightiest first, each with its tier.</summary>
    public IReadOnlyList<(Motion Motion, Tier Tier)> Selling { get; init; } = [];

    /// <summary>What it has declared of itself.</summary>
    public IReadOnlyList<Declared> Declared { get; init; } = [];

    public IReadOnlyList<string> Territories => [.. Declared.Where(d => d.Kind == TraitKind.Territory).Select(d => d.Key)];

    /// <summary>Whether a customer lies where it works.</summary>
    public bool Covers(AccountRow customer) => !Partners.Published.Territories.IsOutside(Territories, Row.Region, customer.Country, customer.City);

    /// <summary>In which motion it makes a registration: who sells in two ways does so in the second one now and then.</summary>
    public Motion? MotionOf(DealId deal) => Selling is [_, var (second, _), ..] && deal.Value.ToByteArray()[^1] % 3 == 0 ? second : Motion;

    public Tier TierOf(Motion? motion) => DealMotion.Counting(Row.Tier, Selling, motion).Tier;

    public required string Manager { get; init; }
    public required IReadOnlyList<(PersonId Id, string Name)> People { get; init; }

    /// <summary>How many registrations it makes, relative to others, at one moment.</summary>
    public double Rate(DateTime at)
    {
        if (!Sells || at < From || at > Until) return 0;
        var size = Math.Pow(Math.Clamp(Row.Employees ?? 20, 5, 2000) / 50.0, 0.3);
        var rank = Row.Tier switch { Tier.Platinum => 3.2, Tier.Gold => 2.4, Tier.Silver => 1.5, _ => 1.0 };
        var age = (at - From).TotalDays;
        // A new partner needs a quarter to get going; a star doubles each half year; one at risk fades before anybody flags it.
        var growth = Math.Min(1, 0.15 + (age / 100)) * (Star ? Math.Pow(2, Math.Min(age, 400) / 200) : 1);
        var fading = Slack is { } since && at > since.AddDays(-60) ? 0.12 : 1;
        return (0.4 + size) * rank * growth * fading;
    }
}

/// <summary>What the modules below have made: partners, accounts, products, opportunities.</summary>
internal sealed class DemoMarket
{
    public required IReadOnlyList<DemoPartner> Partners { get; init; }
    public required IReadOnlyDictionary<string, List<AccountRow>> Accounts { get; init; }
    public required IReadOnlyDictionary<AccountId, AccountRow> ById { get; init; }
    public required IReadOnlyList<ProductRow> Products { get; init; }
    public required ILookup<AccountId, OpportunityRow> Opportunities { get; init; }
    public required ILookup<DateOnly, OpportunityRow> ByOpening { get; init; }

    public static async Task<DemoMarket> ReadAsync(Demo demo, CancellationToken ct)
    {
        var accounts = await demo.Db.Set<AccountRow>().AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct);
        var opportunities = await demo.Db.Set<OpportunityRow>().AsNoTracking().Where(o => o.AccountId != null && o.OpenedOn != null).OrderBy(o => o.Id).ToListAsync(ct);
        return new DemoMarket
        {
            Partners = await PartnersAsync(demo, ct),
            Accounts = accounts.GroupBy(a => RegionOf(a.Country)).ToDictionary(g => g.Key, g => g.ToList()),
            ById = accounts.ToDictionary(a => a.Id),
            Products = await demo.Db.Set<ProductRow>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct),
            Opportunities = opportunities.ToLookup(o => o.AccountId!.Value),
            ByOpening = opportunities.ToLookup(o => o.OpenedOn!.Value),
        };
    }

    public static string RegionOf(string? country) => Countries.Find(country)?.Region ?? "EMEA";

    /// <summary>Some sell in the currency of their customer; by the second of the registration, so that no other chance of the story moves.</summary>
    public static string CurrencyOf(string? country, DateTime at) => (at.Second % 5, country) switch
    {
        ( > 1, _) => "USD",
        (_, "GB") => "GBP",
        (_, "AT" or "BE" or "DE" or "ES" or "FI" or "FR" or "IE" or "IT" or "NL" or "PT") => "EUR",
        _ => "USD",
    };

    private static async Task<List<DemoPartner>> PartnersAsync(Demo demo, CancellationToken ct)
    {
        var rows = await demo.Db.Set<PartnerRow>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct);
        var motions = (await demo.Db.Set<PartnerMotionRow>().AsNoTracking().ToListAsync(ct)).ToLookup(m => m.PartnerId);
        var declared = (await demo.Db.Set<PartnerTraitRow>().AsNoTracking().OrderBy(t => t.Kind).ThenBy(t => t.Key).ToListAsync(ct)).ToLookup(t => t.PartnerId, t => new Declared(t.Kind, t.Key, t.Label));
        var moves = (await demo.Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == "partners").ToListAsync(ct)).ToLookup(t => t.Subject);
        var people = (await (
            from m in demo.Db.Set<MembershipRow>()
            join p in demo.Db.Set<PersonRow>() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
            where m.Roles.Contains(Roles.PartnerAdmin) || m.Roles.Contains(Roles.PartnerSales)
            orderby p.Id
            select new { m.PartnerId, p.Id, p.Name }).ToListAsync(ct)).ToLookup(p => p.PartnerId);
        var staff = await demo.Db.Set<PersonRow>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var chance = demo.Chance("deals.people");
        return [.. rows.Select(row => Of(demo, row, [.. declared[row.Id]], [.. motions[row.Id]], [.. moves[row.Id.ToString()]],
            [.. people[row.Id].Select(p => (p.Id, p.Name)).DefaultIfEmpty((default, DemoWords.Person(chance)))], staff, chance))];
    }

    private static DemoPartner Of(Demo demo, PartnerRow row, Declared[] declared, PartnerMotionRow[] motions, Transition[] moves, List<(PersonId, string)> people, Dictionary<PersonId, string> staff, Random chance)
    {
        if (people[0].Item1 == default) people.Add((default, DemoWords.Person(chance)));
        DateTime? When(params string[] triggers) => moves.Where(m => triggers.Contains(m.Trigger)).Select(m => (DateTime?)m.At).Min();
        var began = When("activate");
        var joined = (demo.Now - row.Since).TotalDays;
        bool Has(params Motion[] any) => motions.Any(m => any.Contains(m.Motion));
        return new DemoPartner
        {
            Row = row,
            Declared = declared,
            From = began ?? DateTime.MaxValue,
            Until = When("mark_dormant", "suspend", "offboard", "end")?.AddDays(-chance.Next(10, 60)) ?? demo.Now,
            Slack = When("flag_at_risk"),
            Star = row.State == PartnerState.Active && joined is > 200 and < 470 && row.Tier >= Tier.Gold,
            Sells = Has(Motion.Resell, Motion.Referral, Motion.CoSell, Motion.Marketplace),
            Influences = Has(Motion.Influence),
            Delivers = Has(Motion.Deliver),
            Motion = Cases.FirstSelling([.. motions.Select(m => m.Motion)]),
            Selling = [.. from kind in DealMotion.Selling from own in motions where own.Motion == kind select (own.Motion, own.Tier)],
            Manager = row.ManagerId is { } m ? staff.GetValueOrDefault(m, "Omar Haddad") : "Omar Haddad",
            People = people,
        };
    }
}
