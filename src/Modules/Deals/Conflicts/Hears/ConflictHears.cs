using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts.Hears;

/// <summary>New opportunities may stand against registrations that are alive.</summary>
internal sealed class WatchImport(WatchOpportunities watch) : IHear<OpportunitiesImported>
{
    public async Task HearAsync(OpportunitiesImported happened, CancellationToken ct) => Heard.Well(await watch.RunAsync(happened.At, ct));
}

/// <summary>An ended deal conflicts with nobody.</summary>
internal sealed class CloseOnEnd(CloseMoot close) : IHear<DealEnded>
{
    public async Task HearAsync(DealEnded happened, CancellationToken ct) => Heard.Well(await close.RunAsync(happened.Deal, ct));
}

/// <summary>Nor does a refused one, unless its partner disputes it.</summary>
internal sealed class CloseOnRefusal(CloseMoot close) : IHear<DealDecided>
{
    public async Task HearAsync(DealDecided happened, CancellationToken ct)
    {
        // An approved one lives on, with what stands against it.
        if (happened.State == DealState.Rejected) Heard.Well(await close.RunAsync(happened.Deal, ct));
    }
}

internal static class Heard
{
    // A delivery that was refused is tried again and shown if it goes on failing.
    public static void Well<T>(Result<T> result)
    {
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
