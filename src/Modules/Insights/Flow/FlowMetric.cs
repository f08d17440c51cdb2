namespace Trellis.Insights.Flow;

/// <summary>A metric of the flow of registrations: one identifier, one definition, one place where it is computed, <see cref="FunnelFigures"/>.</summary>
/// <param name="Id">The identifier of the catalogue.</param>
/// <param name="Slug">The name in addresses.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Definition">What is counted, in words.</param>
/// <param name="Step">The step whose rows lie behind it.</param>
internal sealed record FlowMetric(string Id, string Slug, string Name, string Definition, FlowStep Step)
{
    public static readonly FlowMetric Volume = new("K-56", "registration-volume", "Deal registrations",
        "Registrations submitted in the window. What goes back to a draft, because it was recalled or opened again, is taken out of every window until it is sent again. The number alone says nothing about success: it is shown only with approval, conversion and win rate beside it.", FlowStep.Registered);

    public static readonly FlowMetric Approval = new("K-30a", "approval-rate", "Approval rate",
        "Approved ÷ decided, of the registrations decided in the window. The rates begin at the registration: what comes before it, a lead, is counted elsewhere.", FlowStep.Decided);

    public static readonly FlowMetric Conversion = new("K-30c", "conversion-rate", "Conversion rate",
        "Became an opportunity ÷ (became an opportunity + ended without), of approved registrations, each on the day on which it happened. What is won or lost without a link was an opportunity too.", FlowStep.Converted);

    public static readonly FlowMetric Win = new("K-30w", "win-rate", "Win rate",
        "Won ÷ (won + lost), of the registrations closed in the window.", FlowStep.Won);

    public static readonly FlowMetric Velocity = new("K-28", "deal-velocity", "Deal velocity",
        "Opportunities × win rate × average value ÷ cycle days: what a day brings, in the main currency. Opportunities are those open at a time on average: begun in the window ÷ its days × cycle days (Little’s law); a window counts from the first registration and until today. Average value and cycle, from registration to win in days on average, are those of the deals won in it.", FlowStep.Won);

    public static readonly FlowMetric Stages = new("K-28d", "stage-days", "Median days per stage",
        "Half of the registrations took at most so many whole days, by the day on which the stage ended: from registered to decided, from decided to linked with an opportunity, from there to won or lost.", FlowStep.Closed);

    public static readonly IReadOnlyList<FlowMetric> All = [Volume, Approval, Conversion, Win, Velocity, Stages];
}
