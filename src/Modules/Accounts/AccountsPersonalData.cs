using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What Accounts keeps about a person: the imports that it started.</summary>
internal sealed class AccountsPersonalData(Work work) : IPersonalData
{
    public string Module => "accounts";

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var imports = await work.Db.Set<Import>().AsNoTracking().Where(i => i.StartedBy == id).OrderBy(i => i.CreatedAt).Select(i => new { i.Id, i.Kind, i.CreatedAt, i.StartedByName }).ToListAsync(ct);
        return [new("imports", [.. imports])];
    }

    public Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        return work.Db.Set<Import>().Where(i => i.StartedBy == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.StartedByName, Erasure.Name), ct);
    }
}
