using Trellis.Accounts.Published;
using Trellis.Deals.Handovers;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Transfers;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What was read of a deal, whatever its reader may see.</summary>
/// <param name="Deal">The deal itself.</param>
/// <param name="Places">All places on its team, those of a holder before it took the deal over among them.</param>
/// <param name="Seller">Who owns the linked opportunity.</param>
internal sealed record DealRows(Deal Deal, IReadOnlyList<DealMember> Places, string? Seller);

/// <summary>The names that a deal's page shows besides.</summary>
internal sealed record Around(string Partner, string? Product, string? Account, string? ManagerName, string? ManagerEmail, OpportunityStage? Stage = null, DateOnly? Closes = null, string? Number = null, string? Seller = null);

/// <summary>A deal that was begun in this very request by its partner, with what its page shows.</summary>
internal sealed record BegunDeal(Deal Deal, Around Around, IReadOnlyList<Transition> Moves);

/// <summary>A place on the team. Shares are shown to the vendor, the holder, and each member its own.</summary>
internal sealed record TeamPlace(PartnerId Partner, string PartnerName, DealRole Role, MemberState State, int? ShareBasisPoints, DateTime Since, int? WorkBasisPoints = null);

internal sealed record CommentLine(CommentId Id, CommentAudience Audience, string Body, DateTime At, string Author);

internal sealed record HistoryLine(DateTime At, string Who, DealState From, DealTrigger Trigger, DealState To, string? Reason);

/// <summary>Rows of a deal that two parts of its page show: its card, and the history.</summary>
internal sealed class ShownTwice
{
    public Dictionary<DealId, List<DealRequest>> Requests { get; } = [];
    public Dictionary<DealId, List<Transfer>> Transfers { get; } = [];
    public Dictionary<DealId, List<HandoverLine>> Handovers { get; } = [];
    public Dictionary<DealId, Sight?> Directs { get; } = [];
    public Dictionary<DealId, List<CommitteePerson>> Committees { get; } = [];
    public Dictionary<AccountId, List<CustomerRelation>> Relations { get; } = [];
    public Dictionary<AccountId, string?> Accounts { get; } = [];
}

/// <summary>Names of partners that a page has read already.</summary>
internal sealed class KnownPartners
{
    public Dictionary<PartnerId, string> Names { get; } = [];
}
