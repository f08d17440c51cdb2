using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Incentives.Hears;

/// <summary>A deal that had been won has ended after all, for example because it was corrected: its earnings are taken back.</summary>
internal sealed class ReverseOnEnd(ReverseDeal reverse) : IHear<DealEnded>
{
    public async Task HearAsync(DealEnded happened, CancellationToken ct)
    {
        var result = await reverse.RunAsync((happened.Deal, $"The deal is {Words.Label(happened.State).ToLowerInvariant()}."), ct);
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
