using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>What Incentives keeps about a person: the name beside what it decided. Amounts belong to partners and stay.</summary>
internal sealed class IncentivesPersonalData(Work work) : IPersonalData
{
    public string Module => "incentives";

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var name = subject.NameIsUnique ? subject.Name : "";
        var payouts = await work.Db.Set<Payout>().AsNoTracking().Where(p => p.CreatedBy == name || p.ClosedBy == name).OrderBy(p => p.CreatedAt).Select(p => new { p.Id, p.CreatedAt, p.CreatedBy, p.ClosedAt, p.ClosedBy }).ToListAsync(ct);
        var plans = await work.Db.Set<Plan>().AsNoTracking().Where(p => p.CreatedBy == name || p.PublishedBy == name).Select(p => new { p.Id, p.CreatedBy, p.PublishedBy }).ToListAsync(ct);
        return [new("payouts", [.. payouts]), new("plans", [.. plans])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var rows = await subject.RenameAsync(work.Db.Set<LedgerTransaction>(), t => t.By, ct);
        rows += await subject.RenameAsync(work.Db.Set<Payout>(), p => p.CreatedBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Payout>(), p => p.ClosedBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Plan>(), p => p.CreatedBy, ct);
        rows += await subject.RenameAsync(work.Db.Set<Plan>(), p => p.PublishedBy, ct);
        return rows + await subject.RenameAsync(work.Db.Set<Earning>(), e => e.StateBy, ct);
    }
}
