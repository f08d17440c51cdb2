using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Hierarchy;

/// <summary>A company of a group, with its own opportunities.</summary>
internal sealed record GroupMember(AccountId Id, string Name, int Depth, int Open, long OpenAmount, int Won, long WonAmount)
{
    /// <summary>Those of the open ones whose amount has no rate: they are in no sum.</summary>
    public int OpenWithoutRate { get; init; }

    /// <summary>Those of the won ones whose amount has no rate.</summary>
    public int WonWithoutRate { get; init; }
}

/// <summary>An account with everything below it.</summary>
/// <param name="Members">The account itself first, then what it owns, each under its owner.</param>
/// <param name="More">Whether there are more companies than are shown and summed.</param>
/// <param name="Currency">The main currency: all amounts are what the opportunities are worth in it.</param>
/// <param name="Figures">What other modules add up over the group.</param>
internal sealed record AccountGroup(IReadOnlyList<GroupMember> Members, bool More, string Currency, IReadOnlyList<GroupFigure> Figures)
{
    public int Open => Members.Sum(m => m.Open);

    public long OpenAmount => Members.Sum(m => m.OpenAmount);

    public int Won => Members.Sum(m => m.Won);

    public long WonAmount => Members.Sum(m => m.WonAmount);

    public int OpenWithoutRate => Members.Sum(m => m.OpenWithoutRate);

    public int WonWithoutRate => Members.Sum(m => m.WonWithoutRate);
}

internal static class Groups
{
    private const int MostMembers = 500;
    private const int MostLevels = 12;

    /// <summary>Null where the account owns nothing. A few statements, one for each level of the group.</summary>
    public static async Task<AccountGroup?> OfAsync(Work work, AccountId id, string name, IEnumerable<IGroupFigures> plugs, CancellationToken ct)
    {
        var (children, seen, level, more) = (new Dictionary<AccountId, List<(AccountId Id, string Name)>>(), new HashSet<AccountId> { id }, new List<AccountId> { id }, false);
        for (var depth = 0; level.Count > 0 && depth < MostLevels && !more; depth++)
        {
            var owners = level;
            var rows = await work.Db.Set<Account>().AsNoTracking().Where(a => a.ParentId != null && owners.Contains(a.ParentId.Value)).OrderBy(a => a.Name).Take(MostMembers + 1)
                .Select(a => new { a.Id, a.Name, Parent = a.ParentId!.Value }).ToListAsync(ct);
            level = [];
            foreach (var row in rows)
            {
                if (seen.Count >= MostMembers)
                {
                    more = true;
                    break;
                }

                if (!seen.Add(row.Id)) continue;
                if (!children.TryGetValue(row.Parent, out var list)) children[row.Parent] = list = [];
                list.Add((row.Id, row.Name));
                level.Add(row.Id);
            }
        }

        if (seen.Count == 1) return null;
        var totals = await TotalsAsync(work, seen, ct);
        var members = new List<GroupMember>(seen.Count);
        Walk(id, name, 0);
        var figures = new List<GroupFigure>();
        foreach (var plug in plugs.Where(p => p.Permission is null || work.Actor.May(p.Permission))) figures.AddRange(await plug.OfAsync(seen, ct));
        return new AccountGroup(members, more, work.Settings.Currency, figures);

        void Walk(AccountId at, string called, int depth)
        {
            var (open, won) = (totals.GetValueOrDefault((at, false)), totals.GetValueOrDefault((at, true)));
            members.Add(new GroupMember(at, called, depth, open.Count, open.Amount, won.Count, won.Amount) { OpenWithoutRate = open.WithoutRate, WonWithoutRate = won.WithoutRate });
            foreach (var (child, childName) in children.GetValueOrDefault(at) ?? []) Walk(child, childName, depth + 1);
        }
    }

    private static async Task<Dictionary<(AccountId Account, bool Won), (int Count, long Amount, int WithoutRate)>> TotalsAsync(Work work, HashSet<AccountId> ids, CancellationToken ct)
    {
        var members = ids.ToList();
        var rows = await work.Db.Set<Opportunity>().AsNoTracking().Where(o => o.AccountId != null && members.Contains(o.AccountId.Value) && o.Stage != OpportunityStage.Lost)
            .GroupBy(o => new { Account = o.AccountId!.Value, Won = o.Stage == OpportunityStage.Won })
            .Select(g => new { g.Key.Account, g.Key.Won, Count = g.Count(), Amount = g.Sum(o => o.MainAmount), WithoutRate = g.Count(o => o.NoRate) }).ToListAsync(ct);
        return rows.ToDictionary(r => (r.Account, r.Won), r => (r.Count, r.Amount, r.WithoutRate));
    }
}
