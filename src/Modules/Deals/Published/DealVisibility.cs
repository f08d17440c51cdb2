namespace Trellis.Deals.Published;

/// <summary>How much of a deal somebody sees; each level contains the ones before it.</summary>
public enum DealVisibility
{
    /// <summary>The customer, the stage and the own place on the team.</summary>
    None,

    /// <summary>Besides: how many tasks, messages, files and people there are.</summary>
    Counts,

    /// <summary>Besides: amount, dates, next step, plan, tasks and messages.</summary>
    Summary,

    /// <summary>Everything that is shared: contacts, buying committee and files, too.</summary>
    Full,
}
