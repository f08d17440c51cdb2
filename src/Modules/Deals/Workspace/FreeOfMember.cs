using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Somebody does not belong to a partner any more.</summary>
internal sealed class FreeOfMember(FreeLeft free) : IHear<MemberLeft>
{
    public Task HearAsync(MemberLeft happened, CancellationToken ct) => free.RunAsync(happened.Person, happened.Partner, ct);
}
