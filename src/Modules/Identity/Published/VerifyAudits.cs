using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>How the audit of one tenant stands, in words.</summary>
/// <param name="Tenant">The tenant's name.</param>
/// <param name="Whole">Whether nothing is wrong.</param>
/// <param name="Lines">What was found.</param>
public sealed record AuditVerdict(string Tenant, bool Whole, IReadOnlyList<string> Lines);

/// <summary>For the operator at the command line: checks the audit of every tenant.</summary>
public sealed class VerifyAudits(IServiceScopeFactory scopes)
{
    /// <summary>One verdict for each tenant.</summary>
    public async Task<IReadOnlyList<AuditVerdict>> RunAsync(CancellationToken ct)
    {
        List<TenantId> tenants;
        await using (var scope = scopes.CreateAsyncScope()) tenants = await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(ct);
        var verdicts = new List<AuditVerdict>();
        foreach (var tenant in tenants) verdicts.Add(await OfAsync(tenant, ct));
        return verdicts;
    }

    private async Task<AuditVerdict> OfAsync(TenantId tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant, "Command line");
        var name = await scope.ServiceProvider.GetRequiredService<Db>().Set<Tenant>().Select(t => t.Name).SingleAsync(ct);
        var result = await scope.ServiceProvider.GetRequiredService<VerifyAudit>().RunAsync(ct);
        if (!result.Ok) return new AuditVerdict(name, false, [result.Problem.Message]);
        var report = result.Value;
        return new AuditVerdict(name, report.Whole,
        [
            $"{report.Sealed} entries in the chain, {report.Erased} with erased personal data; it ends in {report.Head ?? "nothing"}",
            .. report.Faults.Select(f => $"{(f.Sequence > 0 ? $"link {f.Sequence}" : "outside the chain")} {f.Audit}: {f.What}"),
        ]);
    }
}
