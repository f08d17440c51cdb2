using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>What Incentives keeps about a person: the name beside what it decided. Amounts belong to partners and stay.</summary>
internal sealed class IncentivesPersonalData(Work work) : IPersonalData
{
    public string Module => "incentives";

    public NamedColumns Named { get; } = new NamedColumns()
        .Add<LedgerTransaction>(t => t.By).Add<Payout>(p => p.CreatedBy).Add<Payout>(p => p.ClosedBy).Add<Plan>(p => p.CreatedBy).Add<Plan>(p => p.PublishedBy)
        .Add<Earning>(e => e.StateBy);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var name = subject.NameIsUnique ? subject.Name : "";
        var payouts = await work.Db.Set<Payout>().AsNoTracking().Where(p => p.CreatedBy == name || p.ClosedBy == name).OrderBy(p => p.CreatedAt).Select(p => new { p.Id, p.CreatedAt, p.CreatedBy, p.ClosedAt, p.ClosedBy }).ToListAsync(ct);
        var plans = await work.Db.Set<Plan>().AsNoTracking().Where(p => p.CreatedBy == name || p.PublishedBy == name).Select(p => new { p.Id, p.CreatedBy, p.PublishedBy }).ToListAsync(ct);
        return [new("payouts", [.. payouts]), new("plans", [.. plans])];
    }

    public Task<int> EraseAsync(DataSubject subject, CancellationToken ct) => Task.FromResult(0);
}
