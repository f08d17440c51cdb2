using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Seals what is new, checks the whole chain, and writes down that it was checked. It reads for long, so it holds no transaction meanwhile.
/// </summary>
internal sealed class VerifyAudit(Work work, Chain chain, ChainCheck check)
{
    public async Task<Result<ChainReport>> RunAsync(CancellationToken ct)
    {
        if (!work.Actor.May(IdentityPermissions.VerifyAudit)) return Problem.Denied(IdentityPermissions.VerifyAudit);
        await chain.SealAsync(ct);
        var report = await check.RunAsync(ct);
        return await work.TransactAsync<ChainReport>("identity.verify_audit", () =>
        {
            work.Note("identity.verify_audit", "identity_chain", work.Tenant.ToString(), new { report.Sealed, report.Head, faults = report.Faults.Count });
            return Task.FromResult<Result<ChainReport>>(report);
        }, ct);
    }
}
