using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Merging;

namespace Trellis.Partners.Ownership;

/// <summary>A system that may own a field.</summary>
internal enum OwningSystem
{
    Trellis,
    Crm,
    Erp,
}

/// <summary>Which system owns a field of partners; without a row it is Trellis.</summary>
internal sealed class FieldOwner : ITenantOwned
{
    public TenantId TenantId { get; init; }

    /// <summary>As the API names the field: <c>website</c>, <c>tier</c>.</summary>
    public string Field { get; init; } = "";

    public OwningSystem System { get; set; }
    public string By { get; set; } = "";
    public DateTime At { get; set; }
}

/// <summary>A field with its owner.</summary>
internal sealed record FieldOwnerItem(string Field, string Label, OwningSystem System, string? By, DateTime? At);

internal static class OwnerPermissions
{
    public const string SettleCode = "partners.field_owners";

    public static readonly Permission Settle = new(SettleCode, "Settle which system owns which field of partners", Roles.Administrator, Roles.ChannelOperations);

    /// <summary>For the keys of the systems that own fields; nobody has it at first.</summary>
    public static readonly Permission WriteOwned = new("partners.write_owned", "Write fields of partners that another system owns");

    public static readonly Permission[] All = [Settle, WriteOwned];
}

/// <summary>Which system owns which field, and what follows from it.</summary>
internal static class Owners
{
    public static readonly IReadOnlyList<(string Field, string Label)> Fields =
        [.. MergeFields.All.Select(f => (f.Name, f.Label)), ("state", "Status"), ("tier", "Tier"), ("manager", "Partner manager")];

    public static string Label(OwningSystem system) => system switch
    {
        OwningSystem.Crm => "CRM",
        OwningSystem.Erp => "ERP",
        _ => "Trellis",
    };

    public static async Task<IReadOnlyList<FieldOwnerItem>> AllAsync(Work work, CancellationToken ct)
    {
        var rows = await work.Db.Set<FieldOwner>().AsNoTracking().ToDictionaryAsync(o => o.Field, ct);
        return [.. Fields.Select(f => rows.TryGetValue(f.Field, out var row) ? new FieldOwnerItem(f.Field, f.Label, row.System, work.Actor.IsPartner ? null : row.By, row.At) : new FieldOwnerItem(f.Field, f.Label, OwningSystem.Trellis, null, null))];
    }

    /// <summary>The fields that another system owns.</summary>
    public static async Task<IReadOnlyDictionary<string, OwningSystem>> ElsewhereAsync(Work work, CancellationToken ct) =>
        await work.Db.Set<FieldOwner>().AsNoTracking().Where(o => o.System != OwningSystem.Trellis).ToDictionaryAsync(o => o.Field, o => o.System, ct);

    /// <summary>The same, of those that the actor may therefore not write.</summary>
    public static async Task<IReadOnlyDictionary<string, OwningSystem>> ClosedAsync(Work work, CancellationToken ct) =>
        work.Actor.May(OwnerPermissions.WriteOwned) ? new Dictionary<string, OwningSystem>() : await ElsewhereAsync(work, ct);

    /// <summary>Refuses the fields of a profile that change although another system owns them, each by its name.</summary>
    public static Problem? Refuse(IReadOnlyDictionary<string, OwningSystem> closed, Profile before, Profile after)
    {
        var wrong = MergeFields.All.Where(f => closed.ContainsKey(f.Name) && f.Read(before) != f.Read(after)).ToList();
        return wrong.Count == 0 ? null : Refused(wrong.Select(f => (f.Name, f.Label, closed[f.Name])));
    }

    /// <summary>Pure: refuses one fact that would change although another system owns it.</summary>
    public static Problem? Refuse(IReadOnlyDictionary<string, OwningSystem> closed, string field, bool changes) =>
        changes && closed.TryGetValue(field, out var system) ? Refused([(field, Fields.First(f => f.Field == field).Label, system)]) : null;

    /// <summary>Refuses to write a fact that another system owns.</summary>
    public static async Task<Problem?> RefuseAsync(Work work, string field, CancellationToken ct)
    {
        if (work.Actor.May(OwnerPermissions.WriteOwned)) return null;
        var owner = await work.Db.Set<FieldOwner>().AsNoTracking().Where(o => o.Field == field && o.System != OwningSystem.Trellis).Select(o => (OwningSystem?)o.System).SingleOrDefaultAsync(ct);
        return owner is { } system ? Refused([(field, Fields.First(f => f.Field == field).Label, system)]) : null;
    }

    private static Problem Refused(IEnumerable<(string Field, string Label, OwningSystem System)> fields)
    {
        var all = fields.ToList();
        var (_, label, system) = all[0];
        return new Problem(ProblemKind.Invalid, "partners.field_owned", all.Count == 1 ? $"{label} belongs to the {Label(system)}: change it there." : "Some of these fields belong to another system: change them there.")
        {
            Errors = all.ToDictionary(f => f.Field, f => new[] { $"{f.Label} belongs to the {Label(f.System)}: change it there." }),
            Facts = new Dictionary<string, object?> { ["owners"] = all.ToDictionary(f => f.Field, f => Words.Of(f.System)) },
        };
    }
}
