using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A draft to keep.</summary>
/// <param name="Deal">The draft that exists, or null for a new one.</param>
/// <param name="Fields">What has been typed so far.</param>
/// <param name="Version">The version that the caller has seen.</param>
/// <param name="For">The reseller for which a distributor registers.</param>
/// <param name="Renews">The won deal that it renews.</param>
internal sealed record DraftInput(DealId? Deal, DealFields Fields, long? Version = null, PartnerId? For = null, DealId? Renews = null);

/// <summary>Keeps an unfinished registration; nobody but the partner reads it as a claim.</summary>
internal sealed class SaveDraft(Work work, Drafts drafts) : UseCase<DraftInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(DraftInput input, CancellationToken ct) =>
        (await drafts.KeepAsync(input.Deal, input.Version, input.Fields, input.For, input.Renews, complete: false, ct)).Then<DealId>(deal => deal.Id);
}
