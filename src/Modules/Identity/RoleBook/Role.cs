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
        var ships = Roles.Default(code);
        if (ships is null && row is null) return null;
        var may = Shipped(manifest, code);
        if (row is not null && code != Roles.Administrator)
        {
            may.UnionWith(Codes(row.Added));
            may.ExceptWith(Codes(row.Removed));
        }

        var side = ships?.Side ?? row!.Side;
        may.IntersectWith(manifest.Permissions.Where(p => Fits(p, side)).Select(p => p.Code));
        return new RoleItem(code, side, row?.Name ?? ships!.Name, row?.Summary ?? ships!.Summary, ships is not null, row is not null, may, row?.Version ?? 0);
    }

    /// <summary>What somebody with these roles may do.</summary>
    public static HashSet<string> Union(IEnumerable<RoleItem> roles) => [.. roles.SelectMany(r => r.Permissions)];
}
