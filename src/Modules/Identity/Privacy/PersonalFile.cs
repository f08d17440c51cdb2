using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>One person's data from all modules, packed.</summary>
internal sealed record PersonalFile(string Name, byte[] Zip);

/// <summary>Finds the person and asks every module.</summary>
internal sealed class DataSubjects(Work work)
{
    public async Task<DataSubject?> FindAsync(PersonId person, CancellationToken ct)
    {
        var row = await work.Db.Set<Person>().AsNoTracking().Where(p => p.Id == person && !p.IsService).Select(p => new { p.Name, p.Email }).SingleOrDefaultAsync(ct);
        if (row is null) return null;
        var alone = row.Name != Erasure.Name && !await work.Db.Set<Person>().AnyAsync(p => p.Id != person && p.Name == row.Name, ct);
        return new DataSubject(person, row.Name, row.Email, alone);
    }
}
