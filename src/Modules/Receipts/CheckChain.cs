using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>Queues the check of the whole chain; its progress and its answer stand on the page of background work.</summary>
internal sealed class CheckChain(Work work, Kernel.Jobs jobs) : UseCase<Done, JobId>(work)
{
    public const string Kind = "receipts.check";

    protected override Permission Permission => ReceiptsPermissions.Manage;

    protected override Task<Result<JobId>> HandleAsync(Done input, CancellationToken ct) => Task.FromResult<Result<JobId>>(jobs.Start(Kind, input));
}
