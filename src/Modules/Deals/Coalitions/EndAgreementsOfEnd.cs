using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Ends them when the deal ends in another way.</summary>
internal sealed class EndAgreementsOfEnd(EndAgreements end) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => end.RunAsync(happened.Deal, happened.At, $"The deal is {DealLifecycle.Label(happened.State).ToLowerInvariant()}.", ct);
}
