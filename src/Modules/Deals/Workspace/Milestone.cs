using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Names a milestone of a mutual action plan.</summary>
internal readonly record struct MilestoneId(Guid Value) : ITypedId<MilestoneId>
{
    public static string Prefix => "mst";
    public static MilestoneId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MilestoneId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The stages of a joint pursuit. A deal stands in the first one that still has an open milestone.</summary>
internal enum PursuitStage
{
    Qualify,
    Discover,
    Prove,
    Propose,
    Close,
    Deliver,
}

/// <summary>A step of the plan that vendor, partner and customer have agreed on.</summary>
internal sealed class Milestone : ITenantOwned, IVersioned, IWatched, IRemovable
{
    public TenantId TenantId { get; init; }
    public MilestoneId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>Its place in the plan; unique within the deal, with gaps.</summary>
    public int Place { get; set; }

    public PursuitStage Stage { get; init; }
    public string Title { get; set; } = "";
    public DealSide Owner { get; set; }

    /// <summary>The partner in whose hands it is; null for the vendor, the customer, and where it only says that it is the partner's that registered the deal.</summary>
    public PartnerId? OwnerPartner { get; set; }

    /// <summary>The person of that company; null while only the company is named.</summary>
    public PersonId? OwnerPerson { get; set; }

    /// <summary>The company or person by name; empty where only a side is named.</summary>
    public string OwnerName { get; set; } = "";

    /// <summary>When it fell to the company, because who had it by name may not act there any more.</summary>
    public DateTime? FreedAt { get; set; }

    /// <summary>Who that was.</summary>
    public string? HeldByName { get; set; }

    /// <summary>When whoever has it was reminded that it is due.</summary>
    public DateTime? RemindedAt { get; set; }

    public DateOnly? DueOn { get; set; }
    public DateTime? DoneAt { get; set; }
    public string? DoneByName { get; set; }

    /// <summary>The partner whose person that is; null for the vendor.</summary>
    public PartnerId? DoneByPartner { get; set; }
    public DateTime? RemovedAt { get; set; }
    public string? RemovedByName { get; set; }
    public PartnerId? RemovedByPartner { get; set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();
}

/// <summary>Pure: where a pursuit stands.</summary>
internal static class Pursuit
{
    /// <summary>The first stage with an open milestone; the last stage when all are done; null without a plan.</summary>
    public static PursuitStage? StageOf(IEnumerable<(PursuitStage Stage, bool Done)> plan)
    {
        var all = plan.ToList();
        if (all.Count == 0) return null;
        var open = all.Where(m => !m.Done).Select(m => (PursuitStage?)m.Stage).DefaultIfEmpty(null).Min();
        return open ?? all.Max(m => m.Stage);
    }

    /// <summary>What a stage asks before it is left.</summary>
    public static string Exit(PursuitStage stage) => stage switch
    {
        PursuitStage.Qualify => "Left when both sides agree that the customer has the need, the money and a date.",
        PursuitStage.Discover => "Left when the buying committee and its criteria are known.",
        PursuitStage.Prove => "Left when the customer has seen that it works for them.",
        PursuitStage.Propose => "Left when the proposal is with the person who decides.",
        PursuitStage.Close => "Left when the contract is signed.",
        _ => "Left when the customer uses what it has bought.",
    };
}

/// <summary>A step of a template: who, what, and how far along the way to the close.</summary>
internal sealed record PlanStep(PursuitStage Stage, string Title, DealSide Owner, int Day);

/// <summary>A plan that has proven itself, as a starting point.</summary>
internal sealed record PlanTemplate(string Code, string Name, IReadOnlyList<PlanStep> Steps)
{
    public static readonly PlanTemplate[] All =
    [
        new("co_sell", "Co-sell pursuit",
        [
            new(PursuitStage.Qualify, "Agree who does what on our side", DealSide.Vendor, 3),
            new(PursuitStage.Qualify, "Confirm need, budget and date with the customer", DealSide.Partner, 7),
            new(PursuitStage.Discover, "Name the people who decide and what they look for", DealSide.Partner, 12),
            new(PursuitStage.Discover, "Workshop on the current way of working", DealSide.Partner, 18),
            new(PursuitStage.Prove, "Demo with the customer’s own cases", DealSide.Vendor, 26),
            new(PursuitStage.Prove, "Trial, with the measure of success agreed before", DealSide.Customer, 40),
            new(PursuitStage.Propose, "Joint proposal with one price", DealSide.Partner, 48),
            new(PursuitStage.Propose, "Legal and security review", DealSide.Customer, 58),
            new(PursuitStage.Close, "Signature", DealSide.Customer, 68),
            new(PursuitStage.Deliver, "Hand over to the people who implement", DealSide.Partner, 75),
        ]),
        new("resell", "Resale",
        [
            new(PursuitStage.Qualify, "Confirm need, budget and date with the customer", DealSide.Partner, 5),
            new(PursuitStage.Prove, "Demo", DealSide.Partner, 15),
            new(PursuitStage.Propose, "Price and terms confirmed by the vendor", DealSide.Vendor, 22),
            new(PursuitStage.Propose, "Quote to the customer", DealSide.Partner, 26),
            new(PursuitStage.Close, "Order", DealSide.Customer, 45),
        ]),
        new("expansion", "Expansion at a customer",
        [
            new(PursuitStage.Qualify, "Review of what is used and what it brought", DealSide.Partner, 7),
            new(PursuitStage.Discover, "Find the next team that has the need", DealSide.Partner, 18),
            new(PursuitStage.Propose, "Offer for the expansion", DealSide.Vendor, 30),
            new(PursuitStage.Close, "Signature", DealSide.Customer, 45),
        ]),
    ];

    /// <summary>Days of the steps, stretched or shrunk so that the signature falls on the expected close.</summary>
    public static IReadOnlyList<(PlanStep Step, DateOnly Due)> Dated(PlanTemplate template, DateOnly today, DateOnly? close)
    {
        var signature = template.Steps.Where(s => s.Stage == PursuitStage.Close).Max(s => s.Day);
        var scale = close is { } day && day > today ? (double)(day.DayNumber - today.DayNumber) / signature : 1;
        return [.. template.Steps.Select(s => (s, today.AddDays((int)Math.Round(s.Day * scale))))];
    }
}
