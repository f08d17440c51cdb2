using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A partner has its part of the deal.</summary>
internal sealed class UpdateOfMember(Work work) : IHear<DealMemberJoined>
{
    public Task HearAsync(DealMemberJoined happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
