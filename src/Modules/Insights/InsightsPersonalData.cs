using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>What Insights keeps about a person: the name beside what a partner did for a deal.</summary>
internal sealed class InsightsPersonalData(Work work) : IPersonalData
{
    public string Module => "insights";

    public NamedColumns Named { get; } = new NamedColumns()
        .Add<Touch>(t => t.PersonName);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var name = subject.NameIsUnique ? subject.Name : "";
        var touches = await work.Db.Set<Touch>().AsNoTracking().Where(t => t.PersonName == name).OrderBy(t => t.At).Select(t => new { t.DealId, t.PartnerId, t.Kind, t.At, t.Evidence, t.PersonName }).ToListAsync(ct);
        return [new("touches", [.. touches])];
    }

    public Task<int> EraseAsync(DataSubject subject, CancellationToken ct) => Task.FromResult(0);
}
