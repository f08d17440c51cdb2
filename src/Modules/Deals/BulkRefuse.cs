using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Many registrations that wait are refused for one reason, each by itself.</summary>
internal sealed class BulkRefuse(Refuse refuse, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "refuse";

    public string Label => "Refuse";

    public Permission Permission => DealsPermissions.Decide;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BulkValue>>([.. Enum.GetValues<ReasonCode>().Select(r => new BulkValue(Words.Of(r), ReasonCodes.Label(r)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        await decider.RefusalAsync(subject, null, ct) ?? (await refuse.RunAsync(new RefuseInput(Ids.Parse<DealId>(subject) ?? default, Words.Parse<ReasonCode>(argument), reason), ct)).Problem;
}
