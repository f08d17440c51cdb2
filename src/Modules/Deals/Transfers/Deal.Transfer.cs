using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A registration that goes from one partner to another.</summary>
internal sealed partial class Deal
{
    /// <summary>When the partner that holds it took it over from another; null where it registered it itself.</summary>
    public DateTime? TransferredAt { get; private set; }

    /// <summary>Another partner holds it from now on. What was promised stays: status, protection, dates.</summary>
    public void HandOver(PartnerId to, PersonId person, string name, DateTime at)
    {
        (PartnerId, DistributorId, TransferredAt) = (to, null, at);
        (RegisteredBy, RegisteredByName) = (person, name);
        // Why it was approved speaks of the partner that had it.
        StateReason = "Taken over from another partner. Protection and dates are as they were promised.";
    }
}
