using Trellis.Deals.Coalitions;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

/// <summary>A partner that could be brought in.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strength">How strong its relation with the customer is, 0 to 100.</param>
/// <param name="Certified">Somebody there is certified for the product or its series.</param>
/// <param name="Projects">How many projects it can begin; null where it has not told.</param>
/// <param name="Delivers">It works in the delivery motion.</param>
internal sealed record PlayCandidate(PartnerId Partner, string Name, int Strength, bool Certified, int? Projects, bool Delivers);

/// <summary>A team that has won with the product.</summary>
internal sealed record PlayTeam(FormationId Formation, string Name, IReadOnlyList<PartnerId> Partners, IReadOnlyList<string> Names);

/// <summary>What the rules of suggestions are asked over.</summary>
internal sealed record PlayFacts
{
    /// <summary>The product's name; null where none is named.</summary>
    public string? Product { get; init; }

    /// <summary>Partners that are on the deal or have been asked.</summary>
    public IReadOnlySet<PartnerId> Team { get; init; } = new HashSet<PartnerId>();

    /// <summary>Somebody on the deal implements.</summary>
    public bool DeliveryCovered { get; init; }

    /// <summary>Gaps in the contact with the buying committee; none where nobody has been named.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    public IReadOnlyList<PlayCandidate> Candidates { get; init; } = [];
    public IReadOnlyList<PlayTeam> Teams { get; init; } = [];

    /// <summary>For a deal; an account without one gets only partners to bring in.</summary>
    public bool OfDeal { get; init; } = true;
}

/// <summary>A suggestion with its reasons, each a sentence in the reader's language.</summary>
/// <param name="Key">Names it among all for its place.</param>
/// <param name="Kind">What it proposes.</param>
/// <param name="Say">Says its title in the language of the moment.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Partner">Whom it proposes, where it does.</param>
/// <param name="Formation">The team, where it proposes one.</param>
internal sealed record Play(string Key, PlayKind Kind, Func<string> Say, IReadOnlyList<string> Reasons, PartnerId? Partner = null, FormationId? Formation = null)
{
    public string Title { get; } = Say();

    /// <summary>As it is kept: a later reader speaks another language.</summary>
    public string InEnglish
    {
        get
        {
            using var _ = Languages.Speaking("en");
            return Say();
        }
    }
}

/// <summary>
/// Pure: suggestions by stated rules, each with its reasons. Bring a partner in: its strength at the customer is 40 or more, it is not on the team, and it has not told that it can begin no project; the three
/// strongest. Open a contact: each gap of the buying committee. A winning team: a kept team that won with this product and of which nobody is on the deal. Cover delivery: nobody on the deal implements.
/// </summary>
internal static class PlayRules
{
    public const int StrongEnough = 40;
    private const int MostPartners = 3;
    private const int MostTeams = 2;

    public static IReadOnlyList<Play> Suggest(PlayFacts facts)
    {
        List<Play> plays = [];
        var free = facts.Candidates.Where(c => !facts.Team.Contains(c.Partner) && c.Projects is not 0).OrderByDescending(c => c.Strength).ThenByDescending(c => c.Certified).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        foreach (var c in free.Where(c => c.Strength >= StrongEnough).Take(MostPartners))
            plays.Add(new Play($"bring:{c.Partner}", PlayKind.BringPartner, () => T($"Bring {c.Name} in"), Reasons(c, facts.Product), c.Partner));
        if (!facts.OfDeal) return plays;
        foreach (var gap in facts.Gaps)
            plays.Add(new Play($"contact:{Slug(gap)}", PlayKind.OpenContact, () => T(gap), [T("The people of the buying committee say so.")]));
        if (!facts.DeliveryCovered)
        {
            var able = free.Where(c => c.Delivers).OrderByDescending(c => c.Certified).ThenByDescending(c => c.Strength).FirstOrDefault();
            plays.Add(new Play("delivery", PlayKind.CoverDelivery, () => T("No partner covers delivery"),
                able is null ? [T("Nobody on the team has the role to implement or to integrate, and the partner that registered does not deliver.")] : [T($"{able.Name} delivers and is known at the customer."), .. Reasons(able, facts.Product)], able?.Partner));
        }

        foreach (var team in facts.Teams.Where(t => t.Partners.Count > 0 && !t.Partners.Any(facts.Team.Contains)).Take(MostTeams))
            plays.Add(new Play($"team:{team.Formation}", PlayKind.WinningTeam, () => T($"Invite the team “{team.Name}”"), [Won(string.Join(", ", team.Names), facts.Product)], Formation: team.Formation));
        return plays;
    }

    /// <summary>Whether this person can carry it out; who cannot does not review it either, so that it stays for those who can.</summary>
    public static bool MayReview(Actor actor, PlayKind kind, bool ofDeal) => actor.May(PlayPermissions.Review)
        && actor.May(!ofDeal ? Plans.TargetPermissions.Edit : kind == PlayKind.OpenContact ? DealsPermissions.WorkOn : DealsPermissions.Team);

    /// <summary>What is to do once it is taken, on the page to which it leads.</summary>
    public static string Next(PlayKind kind, bool ofDeal, bool partner) => (ofDeal, kind) switch
    {
        (false, _) => "Taken. Choose a list with this partner, or begin one; the account is filled in.",
        (_, PlayKind.OpenContact) => "Taken. The task is filled in; say who does it, and add it.",
        (_, PlayKind.WinningTeam) => "Taken. Choose this team under the agreements of the deal, and invite it.",
        _ when partner => "Taken. The invitation is filled in; look at it and send it.",
        _ => "Taken. No partner is proposed: choose one yourself on the deal team, and invite it.",
    };

    private static string Won(string names, string? product) => product is null ? names : T($"This team has won a deal with {product} before: {names}.");

    private static IReadOnlyList<string> Reasons(PlayCandidate c, string? product)
    {
        List<string> reasons = [];
        if (c.Strength > 0) reasons.Add(c.Strength >= 60 ? T($"Strong relation here ({c.Strength} of 100)") : T($"Relation here ({c.Strength} of 100)"));
        if (c.Certified && product is not null) reasons.Add(T($"Certified for {product}"));
        if (c.Projects is > 0 and var projects) reasons.Add(T(projects, "Can begin {0} project", "Can begin {0} projects"));
        return reasons;
    }

    private static string Slug(string text) => string.Concat(Text.Fold(text).Where(char.IsAsciiLetterOrDigit).Take(40));
}
