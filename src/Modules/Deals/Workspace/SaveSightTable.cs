using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>The table of what each level shows, as it shall be.</summary>
/// <param name="From">From which level each part is read; parts that are left out stay as they are.</param>
/// <param name="Hidden">The parts that roles within a partner do not read; null leaves them as they are.</param>
/// <param name="Delivered">Whether all of it goes back to what the program delivers.</param>
/// <param name="Seen">The version that the caller has seen, where one was.</param>
internal sealed record SightTableInput(IReadOnlyDictionary<DealPart, DealVisibility>? From = null, IReadOnlyDictionary<string, IReadOnlyList<DealPart>>? Hidden = null, bool Delivered = false, SightVersionId? Seen = null);

/// <summary>
/// Sets from which level the parts of a deal are read, and which of them roles within a partner do not read. Agreements and levels that stand keep the parts that they promised; roles count at once.
/// </summary>
internal sealed class SaveSightTable(Work work, SightShelf shelf) : UseCase<SightTableInput, SightVersionId>(work)
{
    protected override Permission Permission => DealsPermissions.SetSights;

    protected override async Task<Result<SightVersionId>> HandleAsync(SightTableInput input, CancellationToken ct)
    {
        await Work.LockAsync("deal-sights", ct);
        var last = await Db.Set<SightVersion>().AsNoTracking().OrderByDescending(v => v.SetAt).ThenByDescending(v => v.Id).FirstOrDefaultAsync(ct);
        if (input.Seen is { } seen && seen != (last?.Id ?? default)) return Problem.Stale();
        var now = last?.Table ?? SightTable.Delivered;
        var before = input.Delivered ? SightTable.Delivered : now;
        var from = Enum.GetValues<DealPart>().ToDictionary(p => p, p => !input.Delivered && input.From?.TryGetValue(p, out var level) == true ? level : before.From(p));
        var hidden = input.Delivered ? new Dictionary<string, int>() : input.Hidden is { } roles ? roles.ToDictionary(r => r.Key, r => PartBits.Of(r.Value)) : now.Hidden;
        if (SightTable.Refused(from, hidden) is { } refused) return refused;
        var version = new SightVersion
        {
            TenantId = Work.Tenant, Id = Work.NewId<SightVersionId>(), Levels = SightVersion.Print(from), Limits = SightVersion.Print(hidden), SetAt = Work.Now, SetByName = Work.Actor.Name,
        };
        // Saved again as it is: nothing for the history.
        if (last is not null && (last.Levels, last.Limits) == (version.Levels, version.Limits)) return last.Id;
        Db.Add(version);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return version.Id;
    }
}

/// <summary>A part in the table.</summary>
internal sealed record SightTablePart(DealPart Part, DealVisibility From, DealVisibility Delivered, bool Fixed);

/// <summary>A role within a partner, and what it does not read.</summary>
internal sealed record SightTableRole(string Role, string Name, IReadOnlyList<DealPart> Hidden, bool Fixed);

/// <summary>What a level shows and allows by this table.</summary>
internal sealed record SightTableLevel(DealVisibility Level, string Shows, string Allows);

/// <summary>An earlier table, and what it has changed.</summary>
internal sealed record SightTableChange(DateTime At, string By, IReadOnlyList<string> Changes);

/// <summary>The table with its words and its history.</summary>
internal sealed record SightTableDetail(SightVersionId? Version, IReadOnlyList<SightTablePart> Parts, IReadOnlyList<SightTableRole> Roles, IReadOnlyList<SightTableLevel> Levels, IReadOnlyList<SightTableChange> History);

internal static class SightTablePage
{
    private const int Shown = 20;

    public static async Task<SightTableDetail> FindAsync(Work work, IRoleChoices choices, CancellationToken ct)
    {
        var versions = await work.Db.Set<SightVersion>().AsNoTracking().OrderByDescending(v => v.SetAt).ThenByDescending(v => v.Id).Take(Shown + 1).ToListAsync(ct);
        var table = versions.Count > 0 ? versions[0].Table : SightTable.Delivered;
        var roles = await choices.ForPartnerPeopleAsync(ct);
        return new(versions.Count > 0 ? versions[0].Id : null,
            [.. Enum.GetValues<DealPart>().Select(p => new SightTablePart(p, table.From(p), SightTable.Delivered.From(p), p == DealPart.Agreements))],
            [.. roles.Select(r => new SightTableRole(r.Code, r.Name, Hidden(table, r.Code), r.Code.Split('.')[0] == Roles.PartnerAdmin))],
            [.. Enum.GetValues<DealVisibility>().Select(l => new SightTableLevel(l, SightWords.Shows(table.Parts(l)), SightWords.Allows(table.Parts(l))))],
            [.. versions.Take(Shown).Select((v, i) => new SightTableChange(v.SetAt, v.SetByName, [.. Differences(i + 1 < versions.Count ? versions[i + 1].Table : SightTable.Delivered, v.Table, roles)]))]);
    }

    private static DealPart[] Hidden(SightTable table, string role) => [.. SightTable.ByRole.Where(p => (table.Left([role]) & PartBits.Of(p)) == 0)];

    private static IEnumerable<string> Differences(SightTable before, SightTable after, IReadOnlyList<RoleChoice> roles)
    {
        foreach (var part in Enum.GetValues<DealPart>().Where(p => before.From(p) != after.From(p)))
            yield return T($"{T(SightWords.Name(part))}: read from “{T(Sights.Label(after.From(part)))}”, before from “{T(Sights.Label(before.From(part)))}”");
        foreach (var code in before.Hidden.Keys.Union(after.Hidden.Keys))
        {
            var name = roles.FirstOrDefault(r => r.Code == code)?.Name ?? Roles.Label(code);
            foreach (var part in SightTable.ByRole.Where(p => Hidden(before, code).Contains(p) != Hidden(after, code).Contains(p)))
                yield return Hidden(after, code).Contains(part) ? T($"{T(name)}: does not read “{T(SightWords.Name(part))}” any more") : T($"{T(name)}: reads “{T(SightWords.Name(part))}” again");
        }
    }
}
