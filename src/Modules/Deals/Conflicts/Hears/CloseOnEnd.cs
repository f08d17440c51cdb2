using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts.Hears;

/// <summary>An ended deal conflicts with nobody.</summary>
internal sealed class CloseOnEnd(CloseMoot close) : IHear<DealEnded>
{
    public async Task HearAsync(DealEnded happened, CancellationToken ct) => Heard.Well(await close.RunAsync(happened.Deal, ct));
}
