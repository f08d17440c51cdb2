using Trellis.Kernel;

namespace Trellis.Identity.Currency;

internal sealed record RevaluePayload;

/// <summary>Values the records of other currencies anew after rates have changed.</summary>
internal sealed class RevalueRecords(Work work, IEnumerable<IRevalue> modules) : IJob
{
    public const string Kind = "identity.revalue";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var (all, done, changed) = (modules.ToList(), 0, 0);
        foreach (var module in all)
        {
            changed += await module.RevalueAsync(work.Settings.Currency, ct);
            if (!await progress.TellAsync(++done, all.Count)) return new Problem(ProblemKind.Busy, "jobs.cancelled", "Stopped on request; the next change of rates values the rest.");
        }

        return changed == 0 ? "No record is worth anything else." : $"{changed} records are worth something else in {work.Settings.Currency}.";
    }
}
