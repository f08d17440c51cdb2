using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Looks in the name system whether the host is the company's own: only who rules over a domain can write there.</summary>
internal sealed class VerifyHost(Work work, HostProofs proofs, RecordHost record)
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        if (!work.Actor.May(IdentityPermissions.ManageSettings)) return Problem.Denied(IdentityPermissions.ManageSettings);
        var tenant = await work.Db.Set<Tenant>().AsNoTracking().SingleAsync(ct);
        if (tenant is not { Host: { } host, HostProof: { } proof }) return Problem.Invalid("host", "Name a host first.");
        // The network is asked outside any transaction.
        return await proofs.FindAsync(HostProofs.RecordOf(host), ct) switch
        {
            null => new Problem(ProblemKind.Busy, "identity.name_system_away", "The name system did not answer. Try again in a minute."),
            var texts when texts.Any(t => t.Trim() == proof) => await record.RunAsync(host, ct),
            { Count: 0 } => Problem.Invalid("host", $"There is no text record {HostProofs.RecordOf(host)} yet. A new record may take an hour to be seen everywhere."),
            _ => Problem.Invalid("host", $"The text record {HostProofs.RecordOf(host)} says something else."),
        };
    }
}
