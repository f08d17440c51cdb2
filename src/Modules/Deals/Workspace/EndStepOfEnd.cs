using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Workspace;

/// <summary>Neither has one that ended in another way.</summary>
internal sealed class EndStepOfEnd(Work work) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => work.EndStepOfOverAsync(happened.Deal, happened.At, ct);
}
