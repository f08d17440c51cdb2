using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Incentives.Hears;

/// <summary>A won deal: earnings are accrued.</summary>
internal sealed class AccrueOnWin(AccrueDeal accrue) : IHear<DealWon>
{
    public async Task HearAsync(DealWon happened, CancellationToken ct)
    {
        var result = await accrue.RunAsync(happened, ct);
        // The dispatcher tries again and at last shows it to a person.
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
