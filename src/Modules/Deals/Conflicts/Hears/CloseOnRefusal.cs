using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts.Hears;

/// <summary>Nor does a refused one, unless its partner disputes it.</summary>
internal sealed class CloseOnRefusal(CloseMoot close) : IHear<DealDecided>
{
    public async Task HearAsync(DealDecided happened, CancellationToken ct)
    {
        // An approved one lives on, with what stands against it.
        if (happened.State == DealState.Rejected) Heard.Well(await close.RunAsync(happened.Deal, ct));
    }
}
