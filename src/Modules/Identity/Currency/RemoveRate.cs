using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>The key of a rate.</summary>
internal sealed record RateKey(string From, string To, DateOnly Day);

/// <summary>Takes a rate out that was entered by mistake.</summary>
internal sealed class RemoveRate(Work work, Jobs jobs) : UseCase<RateKey, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRates;

    protected override async Task<Result<Done>> HandleAsync(RateKey input, CancellationToken ct)
    {
        if (await Db.Set<RateRow>().SingleOrDefaultAsync(r => r.From == input.From && r.To == input.To && r.Day == input.Day, ct) is not { } row) return Problem.Missing("rate");
        Db.Remove(row);
        await RateStates.RaiseAsync(Work, ct);
        jobs.Start(RevalueRecords.Kind, new RevaluePayload());
        return default(Done);
    }
}
