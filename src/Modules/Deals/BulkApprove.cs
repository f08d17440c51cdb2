using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Many registrations that wait are approved, each by itself: what a rival, an open account or a decision of somebody else stands in the way of is listed with its reason.</summary>
internal sealed class BulkApprove(Approve approve, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "approve";

    public string Label => "Approve";

    public Permission Permission => DealsPermissions.Decide;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([new("tier", "The days of each partner’s tier"), new("30", "30 days"), new("60", "60 days"), new("90", "90 days"), new("180", "180 days")]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        await decider.RefusalAsync(subject, null, ct) ?? (await approve.RunAsync(new ApproveInput(Ids.Parse<DealId>(subject) ?? default, int.TryParse(argument, out var days) ? days : null, Note: reason), ct)).Problem;
}
