using Trellis.Deals.Published;

namespace Trellis.Deals.Workspace;

/// <summary>A part of a deal that is shown, and written, from one level on.</summary>
internal enum DealPart
{
    /// <summary>How much there is of each of the others.</summary>
    Numbers,

    /// <summary>Amount, dates and next step.</summary>
    Figures,
    History,
    Messages,
    Tasks,
    Plan,
    Committee,
    Files,
    Agreements,
}

/// <summary>
/// The one table of what each level shows and allows, and the same in words: invitation, agreement, page, help and every act ask here. Customer, product, status, team and whom to
/// ask are shown at every level; a task that a partner is given is its own to see and to finish at every level.
/// </summary>
internal static class SightTable
{
    /// <summary>From which level on a part is read, and written by whoever works on the deal.</summary>
    public static DealVisibility From(DealPart part) => part switch
    {
        DealPart.Numbers => DealVisibility.Counts,
        DealPart.Committee or DealPart.Files or DealPart.Agreements => DealVisibility.Full,
        _ => DealVisibility.Summary,
    };

    /// <summary>
    /// Whether a partner on the team of another's deal still writes. When the deal is over its agreement has ended: it reads what it could read, and of a won deal it finishes the tasks that
    /// it was given, because delivery comes after the win. The partner that registered it and the vendor go on: they correct, appeal and settle.
    /// </summary>
    public static bool MemberWrites(DealState state, DealVisibility needed) => !DealLifecycle.IsOver(state) || (state == DealState.Won && needed == DealVisibility.None);

    /// <summary>What a level shows.</summary>
    public static string Shows(DealVisibility level) => level switch
    {
        DealVisibility.None => "Customer, product, status with its dates, team, and whom to ask",
        DealVisibility.Counts => "The basics, and how many tasks, messages, files and people at the customer there are",
        DealVisibility.Summary => "The basics, amount, dates, next step, history, plan, tasks and messages",
        _ => "All of the summary, and the buying committee and files",
    };

    /// <summary>What a level allows, for a partner or for the vendor's direct team.</summary>
    public static string Allows(DealVisibility level, bool direct = false) => level switch
    {
        DealVisibility.None or DealVisibility.Counts => direct ? "Writes nothing." : "Finishes tasks that it is given; writes nothing else.",
        DealVisibility.Summary => "Writes messages, tasks and the plan.",
        _ => "Writes messages, tasks, plan and buying committee, and adds files.",
    };

    /// <summary>Both, as an invited partner reads it before it accepts.</summary>
    public static string Promise(DealVisibility level) => level switch
    {
        DealVisibility.None => "You will see customer, product, status with its dates, team, and whom to ask. You finish tasks that you are given, and write nothing else.",
        DealVisibility.Counts => "You will see the basics, and how many tasks, messages, files and people at the customer there are. You finish tasks that you are given, and write nothing else.",
        DealVisibility.Summary => "You will see the basics, amount, dates, next step, history, plan, tasks and messages. You write messages, tasks and the plan.",
        _ => "You will see all that is shared, with the buying committee and files. You write messages, tasks, plan and buying committee, and add files.",
    };
}
