using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Hierarchy;

/// <summary>Whose subsidiary an account is; null for nobody's.</summary>
internal sealed record ParentOf(AccountId Account, AccountId? Parent);

/// <summary>Says which company owns an account. No company owns itself, over however many steps.</summary>
internal sealed class SetParent(Work work) : UseCase<ParentOf, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(ParentOf input, CancellationToken ct)
    {
        await Work.LockAsync("accounts.parents", ct);
        var account = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == input.Account, ct);
        if (account is null) return AccountsProblems.Missing();
        if (input.Parent != account.ParentId && await Ownership.AccountOwners.Owners.RefuseAsync(Work, "parent", ct) is { } owned) return owned;
        if (input.Parent is not { } parent)
        {
            account.Under(null, null);
            return default(Done);
        }

        var name = await Db.Set<Account>().Where(a => a.Id == parent).Select(a => a.Name).SingleOrDefaultAsync(ct);
        if (name is null) return Problem.Invalid("parent", "There is no such account.");
        if (parent == account.Id || (await new Ancestors(Work).OfAsync([parent], ct)).Reaches(parent, account.Id)) return AccountsProblems.Circle(account.Name, name);
        account.Under(parent, name);
        account.See(Work.Now);
        return default(Done);
    }
}

/// <summary>Who owns whom, upwards from some accounts: read a level at a time, so that it costs a few statements, however many accounts are asked for.</summary>
internal sealed class Ancestors(Work work)
{
    private const int MostLevels = 40;

    private readonly Dictionary<AccountId, AccountId> _owner = [];
    private readonly HashSet<AccountId> _read = [];

    public async Task<Ancestors> OfAsync(IEnumerable<AccountId> accounts, CancellationToken ct)
    {
        var level = accounts.Where(_read.Add).ToList();
        for (var depth = 0; level.Count > 0 && depth < MostLevels; depth++)
        {
            var next = new List<AccountId>();
            foreach (var some in level.Chunk(1000))
            {
                foreach (var row in await work.Db.Set<Account>().Where(a => some.Contains(a.Id) && a.ParentId != null).Select(a => new { a.Id, Parent = a.ParentId!.Value }).ToListAsync(ct))
                {
                    _owner[row.Id] = row.Parent;
                    if (_read.Add(row.Parent)) next.Add(row.Parent);
                }
            }

            level = next;
        }

        return this;
    }

    /// <summary>Whether going up from one account leads to the other.</summary>
    public bool Reaches(AccountId from, AccountId to)
    {
        for (var step = 0; step < MostLevels; step++)
        {
            if (from == to) return true;
            if (!_owner.TryGetValue(from, out from)) return false;
        }

        // Deeper than any group of companies: rather no link than a circle.
        return true;
    }

    public void Link(AccountId child, AccountId parent) => _owner[child] = parent;
}
