using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>
/// Gives accounts and opportunities of a known name to their owner: sellers often come here after the CRM's data. What somebody owns already stays, however people are called. It asks the index of names
/// without a person, so it costs little where nobody is new.
/// </summary>
internal sealed class ResolveOwners(Work work) : IRecurring
{
    private const int Part = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var members = await Owners.Members(work.Db).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        foreach (var part in members.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1).Select(g => g.Single()).Chunk(Part))
        {
            var names = part.Select(m => m.Name).ToArray();
            var (accounts, opportunities) = (work.Db.Set<Account>().Where(a => a.OwnerId == null && names.Contains(a.OwnerName)), work.Db.Set<Opportunity>().Where(o => o.OwnerId == null && names.Contains(o.OwnerName)));
            var met = (await accounts.Select(a => a.OwnerName).Distinct().ToListAsync(ct)).Union(await opportunities.Select(o => o.OwnerName).Distinct().ToListAsync(ct)).ToHashSet();
            foreach (var member in part.Where(m => met.Contains(m.Name)))
            {
                // Past the tracker: it follows from the name that is written, and a new version would look like somebody's change.
                await Work.AloneAsync(work.Db, () => work.Db.Set<Account>().Where(a => a.OwnerId == null && a.OwnerName == member.Name).ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerId, member.Id), ct), ct);
                await Work.AloneAsync(work.Db, () => work.Db.Set<Opportunity>().Where(o => o.OwnerId == null && o.OwnerName == member.Name).ExecuteUpdateAsync(s => s.SetProperty(o => o.OwnerId, member.Id), ct), ct);
            }
        }

        return default(Done);
    }
}
