using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What Deals keeps about a person: what it registered, wrote and decided.</summary>
internal sealed class DealsPersonalData(Work work) : IPersonalData
{
    public string Module => "deals";

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.RegisteredBy == id).OrderBy(d => d.Id).Select(d => new { d.Id, d.PartnerId, d.RegisteredByName, d.State }).ToListAsync(ct);
        var comments = await work.Db.Set<DealComment>().AsNoTracking().Where(c => c.AuthorId == id).OrderBy(c => c.At).Select(c => new { c.DealId, c.Body, c.At, c.AuthorName }).ToListAsync(ct);
        return [new("registrations", [.. deals]), new("comments", [.. comments])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var rows = await work.Db.Set<Deal>().Where(d => d.RegisteredBy == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.RegisteredByName, Erasure.Name), ct);
        rows += await work.Db.Set<DealComment>().Where(c => c.AuthorId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.AuthorName, Erasure.Name), ct);
        return rows + await subject.RenameInAsync(work.Db, typeof(DealsPersonalData).Assembly, ct);
    }
}
