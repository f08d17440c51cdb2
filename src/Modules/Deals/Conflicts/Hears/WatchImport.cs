using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts.Hears;

/// <summary>New opportunities may stand against registrations that are alive.</summary>
internal sealed class WatchImport(WatchOpportunities watch) : IHear<OpportunitiesImported>
{
    public async Task HearAsync(OpportunitiesImported happened, CancellationToken ct) => Heard.Well(await watch.RunAsync(happened.At, ct));
}
