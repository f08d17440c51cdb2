using System.Runtime.CompilerServices;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// What a tenant has made of its roles: one that it added, or how it changed one that ships. Only the difference is kept, so that a permission
/// of a later version reaches the roles it is meant for.
/// </summary>
internal sealed class Role : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }

    /// <summary>The code of the shipped role; a copy's begins with that of its origin, so that whoever looks for partner managers finds it too.</summary>
    public required string Code { get; init; }

    public RoleSide Side { get; init; }
    public required string Name { get; set; }
    public required string Summary { get; set; }

    /// <summary>Permission codes beyond the shipped ones, separated by blanks; all of them in a role that does not ship.</summary>
    public string Added { get; set; } = "";

    /// <summary>Shipped permission codes that it does not have here.</summary>
    public string Removed { get; set; } = "";

    public long Version { get; set; }
}

/// <summary>A role as it is in force.</summary>
internal sealed record RoleItem(string Code, RoleSide Side, string Name, string Summary, bool Ships, bool Changed, IReadOnlySet<string> Permissions, long Version) : IHasVersion
{
    public bool Has(Permission permission) => Permissions.Contains(permission.Code);
}

/// <summary>Which roles are in force and what each may do, from what ships and what the tenant has made of it.</summary>
internal static class RoleRules
{
    // What ships is the same for as long as the program runs, and every request asks.
    private static readonly ConditionalWeakTable<Manifest, Shelf> Shelves = [];

    public static IReadOnlySet<string> Codes(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    public static string Join(IEnumerable<string> codes) => string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal));

    /// <summary>Whether a role of this side can have the permission at all: what no role of a side ships with was not made for that side's pages.</summary>
    public static bool Fits(Permission permission, RoleSide side) => permission.Roles.Any(r => Roles.Default(r)?.Side == side);

    /// <summary>What a shipped role may do before anybody changes it.</summary>
    public static HashSet<string> Shipped(Manifest manifest, string code)
    {
        if (Roles.Default(code) is not { } role) return [];
        return manifest.Permissions.Where(p => p.Roles.Contains(code) || p.Roles.Intersect(role.Like).Any()).Select(p => p.Code).ToHashSet();
    }

    public static List<RoleItem> All(Manifest manifest, IEnumerable<Role> made)
    {
        var rows = made.ToDictionary(r => r.Code);
        var ships = Roles.Defaults.Select(d => InForce(manifest, d.Code, rows.GetValueOrDefault(d.Code))!);
        var own = rows.Values.Where(r => Roles.Default(r.Code) is null).OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Select(r => InForce(manifest, r.Code, r)!);
        return [.. ships.Concat(own).OrderBy(r => r.Side)];
    }

    /// <summary>One role, or null when there is none with this code.</summary>
    public static RoleItem? InForce(Manifest manifest, string code, Role? row)
    {
        var shelf = Shelves.GetValue(manifest, m => new Shelf(m));
        var ships = shelf.Shipped.GetValueOrDefault(code);
        if (row is null) return ships;
        if (code == Roles.Administrator) return ships! with { Name = row.Name, Summary = row.Summary, Changed = true, Version = row.Version };
        HashSet<string> may = [.. ships?.Permissions ?? new HashSet<string>()];
        may.UnionWith(Codes(row.Added));
        may.ExceptWith(Codes(row.Removed));
        var side = ships?.Side ?? row.Side;
        may.IntersectWith(shelf.Fitting[side]);
        return new RoleItem(code, side, row.Name, row.Summary, ships is not null, true, may, row.Version);
    }

    /// <summary>What somebody with these roles may do.</summary>
    public static IReadOnlySet<string> Union(IEnumerable<RoleItem> roles)
    {
        var all = roles.ToList();
        return all.Count == 1 ? all[0].Permissions : all.SelectMany(r => r.Permissions).ToHashSet();
    }

    private sealed class Shelf
    {
        public Shelf(Manifest manifest)
        {
            Fitting = Enum.GetValues<RoleSide>().ToDictionary(s => s, s => manifest.Permissions.Where(p => Fits(p, s)).Select(p => p.Code).ToHashSet());
            Shipped = Roles.Defaults.ToDictionary(d => d.Code, d => new RoleItem(d.Code, d.Side, d.Name, d.Summary, true, false, RoleRules.Shipped(manifest, d.Code).Intersect(Fitting[d.Side]).ToHashSet(), 0));
        }

        public Dictionary<RoleSide, HashSet<string>> Fitting { get; }

        public Dictionary<string, RoleItem> Shipped { get; }
    }
}
