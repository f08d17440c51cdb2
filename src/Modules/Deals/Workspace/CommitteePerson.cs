using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Workspace;

/// <summary>Names a person of a buying committee.</summary>
internal readonly record struct CommitteePersonId(Guid Value) : ITypedId<CommitteePersonId>
{
    public static string Prefix => "buy";
    public static CommitteePersonId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CommitteePersonId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a person does in the customer's decision.</summary>
internal enum BuyerRole
{
    EconomicBuyer,
    Champion,
    TechnicalBuyer,
    User,
    Legal,
    Procurement,
    Influencer,
}

internal enum Influence
{
    Low,
    Medium,
    High,
}

/// <summary>How a person stands to us.</summary>
internal enum Stance
{
    Unknown,
    For,
    Neutral,
    Against,
}

/// <summary>A person at the customer who has a say in the decision.</summary>
internal sealed class CommitteePerson : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public CommitteePersonId Id { get; init; }
    public DealId DealId { get; init; }
    public string Name { get; set; } = "";
    public string? JobTitle { get; set; }
    public string? Email { get; set; }
    public BuyerRole Role { get; set; }
    public Influence Influence { get; set; }
    public Stance Stance { get; set; }

    /// <summary>Which side keeps the contact; null while nobody does.</summary>
    public DealSide? CoveredBy { get; set; }

    /// <summary>Who keeps the contact, by name.</summary>
    public string? CoveredByName { get; set; }

    public string AddedByName { get; init; } = "";
    public DateTime AddedAt { get; init; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();
}

/// <summary>Pure: what is missing in the contact with a buying committee.</summary>
internal static class Threads
{
    /// <summary>One remark per gap, the most important first; empty when the deal hangs on several good threads.</summary>
    public static IReadOnlyList<string> Gaps(IReadOnlyCollection<(BuyerRole Role, Influence Influence, Stance Stance, DealSide? CoveredBy)> people)
    {
        if (people.Count == 0) return ["Nobody is named yet. Who decides, who uses it, who may say no?"];
        List<string> gaps = [];
        if (people.All(p => p.Role != BuyerRole.EconomicBuyer)) gaps.Add("Nobody is named who decides on the money.");
        else if (people.Where(p => p.Role == BuyerRole.EconomicBuyer).All(p => p.CoveredBy is null)) gaps.Add("Nobody keeps the contact with the person who decides on the money.");
        if (!people.Any(p => p.Role == BuyerRole.Champion && p.Stance == Stance.For)) gaps.Add("There is no champion who is for us.");
        var covered = people.Where(p => p.CoveredBy is not null).ToList();
        if (covered.Count < 2) gaps.Add(covered.Count == 0 ? "Nobody of us keeps any contact." : "The deal hangs on one contact. Open a second one.");
        else if (covered.Select(p => p.CoveredBy).Distinct().Count() == 1) gaps.Add("All contacts are with one side. Let vendor and partner share them.");
        if (people.Any(p => p.Stance == Stance.Against && p.Influence != Influence.Low && p.CoveredBy is null)) gaps.Add("Somebody with a say is against us, and nobody speaks with them.");
        return gaps;
    }

    public static Tone Look(Stance stance) => stance switch { Stance.For => Tone.Good, Stance.Against => Tone.Bad, Stance.Neutral => Tone.Info, _ => Tone.Neutral };
}
