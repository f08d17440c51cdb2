using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Somebody is suspended, or removed by the directory.</summary>
internal sealed class FreeOfPerson(FreeLeft free) : IHear<AccessEnded>
{
    public Task HearAsync(AccessEnded happened, CancellationToken ct) => free.RunAsync(happened.Person, happened.Partner, ct);
}
