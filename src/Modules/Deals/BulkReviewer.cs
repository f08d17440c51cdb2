using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Many registrations get another role that decides.</summary>
internal sealed class BulkReviewer(AssignReviewer assign, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "assign_reviewer";

    public string Label => "Give to another reviewer";

    public Permission Permission => DealsPermissions.Decide;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BulkValue>>([.. TableChecks.Reviewers.Select(r => new BulkValue(r, Roles.Label(r)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) => await decider.RefusalAsync(subject, argument, ct) ?? (await assign.RunAsync((Ids.Parse<DealId>(subject) ?? default, argument), ct)).Problem;
}
