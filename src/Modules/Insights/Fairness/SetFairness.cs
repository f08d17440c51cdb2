using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

internal sealed record FairSettingInput(bool ShownToPartners, int? PaymentDays);

/// <summary>Decides whether partners see the report, and what is promised about payment.</summary>
internal sealed class SetFairness(Work work)
{
    public async Task<Result<Done>> RunAsync(FairSettingInput input, CancellationToken ct)
    {
        if (!work.Actor.May(FairnessPermissions.Manage)) return Problem.Denied(FairnessPermissions.Manage);
        if (new Check().That(input.PaymentDays is >= 1 and <= 365, "payment_days", "Payment is promised within 1 to 365 days.").Problem is { } problem) return problem;
        var rows = await ComputeFairness.RowsAsync(work, input.PaymentDays, ct);
        return await work.TransactAsync<Done>("insights.set_fairness", async () =>
        {
            await work.LockAsync("insights.fairness", ct);
            var setting = await work.Db.Set<FairSetting>().SingleOrDefaultAsync(ct);
            if (setting is null) work.Db.Add(setting = new FairSetting { TenantId = work.Tenant });
            setting.Change(input.ShownToPartners, input.PaymentDays!.Value);
            await work.SaveAsync(ct);
            return await ComputeFairness.ReplaceAsync(work, rows, ct);
        }, ct);
    }
}
