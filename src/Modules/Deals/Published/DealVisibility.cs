namespace Trellis.Deals.Published;

/// <summary>How much of a deal somebody sees; each level contains the ones before it.</summary>
public enum DealVisibility
{
    /// <summary>Customer, product, status with its dates, team, and whom to ask; tasks of its own.</summary>
    None,

    /// <summary>And how many tasks, messages, files and people at the customer there are.</summary>
    Counts,

    /// <summary>And amount, dates, next step, history, plan, tasks and messages, which it may write.</summary>
    Summary,

    /// <summary>And the buying committee and files.</summary>
    Full,
}
