using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Forgets what repeats of a request would be answered with, a day after the request.</summary>
internal sealed class ForgetReplies(Db db, Work work) : IRecurring
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (tenant, before) = (work.Tenant, work.Now - Kept);
        await Work.AloneAsync(db, () => db.Set<IdempotentReply>().Where(r => r.TenantId == tenant && r.At < before).ExecuteDeleteAsync(ct), ct);
        return default(Done);
    }
}

internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddScoped<RetryDelivery>().AddScoped<DiscardDelivery>().AddScoped<RepeatJob>().AddScoped<RetryMail>().AddScoped<SteerSchedule>().AddScoped<Health>().AddScoped<ForgetDelivered>();
}
