using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>What was decided as it was registered has its credit from <see cref="NoteRegistration"/>, which finds the deal as decided.</summary>
internal sealed class RecreditDecided(RecreditDeal recredit) : IHearMany<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);

    public Task HearAsync(IReadOnlyList<DealDecided> happened, CancellationToken ct) => recredit.RunAsync([.. happened.Select(h => h.Deal)], ct);
}
