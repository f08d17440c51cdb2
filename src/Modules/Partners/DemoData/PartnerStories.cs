using Trellis.Partners.Published;
using static Trellis.Partners.PartnerTrigger;
using static Trellis.Partners.Published.Motion;
using static Trellis.Partners.Published.PartnerType;

namespace Trellis.Partners;

/// <summary>How a demo partner fared: what moved it, and how long ago.</summary>
internal sealed record Story(string Name, (PartnerTrigger On, int DaysAgo, string? Reason)[] Moves, (Tier Tier, int DaysAgo, string Reason)[] Tiers);

/// <summary>The stories of the demo company. Days are counted back from the demo's present; a partner is known since day zero of its first move.</summary>
internal static class PartnerStories
{
    /// <summary>How many partners live which story.</summary>
    public static readonly (int Count, Func<Random, Story> Make)[] Shares =
    [
        (24, Star), (86, Steady), (16, AtRisk), (22, Dormant), (18, Onboarding), (14, Prospect), (9, Applicant), (4, Suspended), (5, Left), (2, Leaving),
    ];

    /// <summary>Types with their weight and the motions that go with them; the first one always, the others often.</summary>
    public static readonly (PartnerType Type, int Weight, Motion[] Motions)[] Types =
    [
        (Reseller, 34, [Resell, Motion.Referral]), (ValueAddedReseller, 28, [Resell, CoSell, Deliver]), (SystemIntegrator, 26, [CoSell, Deliver, Influence, Resell]),
        (ManagedServiceProvider, 20, [Resell, Retain, Deliver]), (SoftwareVendor, 20, [CoInnovate, CoSell, Motion.Marketplace]), (PartnerType.Referral, 16, [Motion.Referral]),
        (Consultant, 16, [Influence, Motion.Referral]), (CloudConsultant, 12, [CoSell, Deliver, Influence]), (Distributor, 6, [Resell]), (Agency, 8, [Influence]),
        (Analyst, 4, [Influence]), (StrategicAlliance, 4, [CoSell, CoInnovate]), (IndustryCloud, 3, [CoSell, Motion.Marketplace]), (Hyperscaler, 3, [Motion.Marketplace, CoSell]),
    ];

    /// <summary>Joined in the last fifteen months and rose fast.</summary>
    public static Story Star(Random chance)
    {
        var began = chance.Next(300, 460);
        (Tier, int, string)[] tiers = [(Tier.Silver, began - 110, "First five certified people and USD 150,000 sourced."), (Tier.Gold, began - 230, "Doubled the sourced revenue within two quarters.")];
        if (chance.Next(3) == 0 && began > 330) tiers = [.. tiers, (Tier.Platinum, 25, "Highest growth of the region, four quarters in a row.")];
        return new("star", [(Apply, began, null), (Accept, began - 12, null), (Activate, began - 55, null), (Engage, began - 80, null)], tiers);
    }

    public static Story Steady(Random chance)
    {
        var began = chance.Next(400, 720);
        (Tier, int, string)[] tiers = chance.Next(10) switch
        {
            < 4 => [],
            < 8 => [(Tier.Silver, chance.Next(60, began - 90), "Met the requirements of the yearly review.")],
            8 => [(Tier.Silver, began - 60, "Carried over from the former program."), (Tier.Gold, chance.Next(30, began - 120), "Met the requirements of the yearly review.")],
            _ => [(Tier.Gold, began - 60, "Carried over from the former program."), (Tier.Platinum, chance.Next(30, began - 120), "Exception by the Chief Partner Officer until the next review.")],
        };
        return new("steady", [(Accept, began, null), (Activate, began - 30, null), (Engage, began - 50, null)], tiers);
    }

    public static Story AtRisk(Random chance)
    {
        var (began, since) = (chance.Next(420, 720), chance.Next(8, 75));
        return new("at_risk",
            [(Accept, began, null), (Activate, began - 30, null), (Engage, began - 50, null), (FlagAtRisk, since, Pick(chance, "No new registration for a quarter and two lost deals.", "The sponsor at the partner has left.", "Certifications have lapsed and nobody has enrolled."))],
            chance.Next(2) == 0 ? [(Tier.Silver, began - 70, "Met the requirements of the yearly review.")] : [(Tier.Gold, began - 70, "Carried over from the former program.")]);
    }

    public static Story Dormant(Random chance)
    {
        var (began, since) = (chance.Next(480, 725), chance.Next(40, 260));
        return new("dormant",
            [(Accept, began, null), (Activate, began - 40, null), (MarkDormant, since, Pick(chance, "No sign-in and no deal for six months.", "Works with a competitor at present.", "Asked to pause for budget reasons."))],
            chance.Next(4) == 0 ? [(Tier.Silver, began - 90, "Carried over from the former program.")] : []);
    }

    public static Story Onboarding(Random chance)
    {
        var began = chance.Next(10, 85);
        return new("onboarding", [(Apply, began, null), (Accept, began - chance.Next(2, 8), null)], []);
    }

    public static Story Prospect(Random chance) => new("prospect", [(Reopen, chance.Next(3, 120), null)], []);

    public static Story Applicant(Random chance) => new("applicant", [(Apply, chance.Next(1, 14), null)], []);

    public static Story Suspended(Random chance)
    {
        var began = chance.Next(400, 700);
        return new("suspended",
            [(Accept, began, null), (Activate, began - 30, null), (Engage, began - 60, null), (Suspend, chance.Next(10, 60), Pick(chance, "Two registrations without the customer's knowledge; under review.", "Agreement has expired and is not renewed."))], []);
    }

    public static Story Left(Random chance)
    {
        var (began, left) = (chance.Next(500, 720), chance.Next(60, 200));
        return new("left",
            [(Accept, began, null), (Activate, began - 30, null), (MarkDormant, left + 90, "No activity for a year."), (Offboard, left + 30, "Both sides agreed to part."), (End, left, "Open deals were handed over.")], []);
    }

    /// <summary>On the way out: the checklist is half done.</summary>
    public static Story Leaving(Random chance)
    {
        var began = chance.Next(500, 720);
        return new("leaving",
            [(Accept, began, null), (Activate, began - 30, null), (Engage, began - 50, null), (MarkDormant, 120, "No activity for half a year."), (Offboard, chance.Next(6, 20), "Goes on without us from next quarter; both sides agreed.")], []);
    }

    /// <summary>The one that fell: platinum two years ago, gone now.</summary>
    public static Story Fallen() => new("fallen",
        [(Accept, 725, null), (Activate, 715, null), (Engage, 700, null), (FlagAtRisk, 240, "Three key people left within a month; deals stay without owner."), (MarkDormant, 150, "No answer to the recovery plan."), (Offboard, 60, "The company was sold and leaves the program."), (End, 20, "Open deals were handed over to two partners of the region.")],
        [(Tier.Platinum, 700, "Carried over from the former program."), (Tier.Silver, 200, "Sourced revenue fell by four fifths.")]);

    private static string Pick(Random chance, params string[] reasons) => reasons[chance.Next(reasons.Length)];
}
