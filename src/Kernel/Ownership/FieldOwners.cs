using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>A system that may own a field.</summary>
public enum OwningSystem
{
    Trellis,
    Crm,
    Erp,
}

/// <summary>Which system owns a field of one type of record; each module that settles owners has a table of its own.</summary>
public abstract class OwnedField : ITenantOwned
{
    public TenantId TenantId { get; init; }

    /// <summary>As the API names the field: <c>website</c>, <c>tier</c>.</summary>
    public string Field { get; init; } = "";

    public OwningSystem System { get; set; }
    public string By { get; set; } = "";
    public DateTime At { get; set; }
}

/// <summary>A field with its owner; without a system it is not settled.</summary>
public sealed record FieldOwnerItem(string Field, string Label, OwningSystem? System, string? By, DateTime? At);

/// <summary>Field → <c>trellis</c>, <c>crm</c> or <c>erp</c>.</summary>
public sealed record OwnersInput(Dictionary<string, string?>? Owners);

/// <summary>Which system owns which field of one type of record, and what follows from it.</summary>
/// <typeparam name="TRow">The module's table.</typeparam>
/// <param name="name">The module, which begins the code of a refusal.</param>
/// <param name="writes">What the key of an owning system may: write what it owns.</param>
/// <param name="fields">The fields that can be owned.</param>
/// <param name="otherwise">Whose a field is that nobody has settled; null for nobody's.</param>
public sealed class FieldOwners<TRow>(string name, Permission writes, IReadOnlyList<(string Field, string Label)> fields, OwningSystem? otherwise = null) where TRow : OwnedField, new()
{
    public IReadOnlyList<(string Field, string Label)> Fields => fields;

    public async Task<IReadOnlyList<FieldOwnerItem>> AllAsync(Work work, CancellationToken ct)
    {
        var rows = await work.Db.Set<TRow>().AsNoTracking().ToDictionaryAsync(o => o.Field, ct);
        return [.. fields.Select(f => rows.TryGetValue(f.Field, out var row) ? new FieldOwnerItem(f.Field, f.Label, row.System, work.Actor.IsPartner ? null : row.By, row.At) : new FieldOwnerItem(f.Field, f.Label, otherwise, null, null))];
    }

    /// <summary>What is settled, by field.</summary>
    public async Task<IReadOnlyDictionary<string, OwningSystem>> SettledAsync(Work work, CancellationToken ct) => await work.Db.Set<TRow>().AsNoTracking().ToDictionaryAsync(o => o.Field, o => o.System, ct);

    /// <summary>The fields that another system owns.</summary>
    public async Task<IReadOnlyDictionary<string, OwningSystem>> ElsewhereAsync(Work work, CancellationToken ct) =>
        await work.Db.Set<TRow>().AsNoTracking().Where(o => o.System != OwningSystem.Trellis).ToDictionaryAsync(o => o.Field, o => o.System, ct);

    /// <summary>The same, of those that the actor may therefore not write.</summary>
    public async Task<IReadOnlyDictionary<string, OwningSystem>> ClosedAsync(Work work, CancellationToken ct) =>
        work.Actor.May(writes) ? new Dictionary<string, OwningSystem>() : await ElsewhereAsync(work, ct);

    /// <summary>Pure: refuses fields that would change although another system owns them, each by its name.</summary>
    public Problem? Refuse(IReadOnlyDictionary<string, OwningSystem> closed, IEnumerable<string> changing)
    {
        var wrong = changing.Where(closed.ContainsKey).Select(f => (Field: f, fields.First(known => known.Field == f).Label, System: closed[f])).ToList();
        if (wrong.Count == 0) return null;
        var (_, label, system) = wrong[0];
        return new Problem(ProblemKind.Invalid, $"{name}.field_owned", wrong.Count == 1 ? $"{label} belongs to the {OwningSystems.Label(system)}: change it there." : "Some of these fields belong to another system: change them there.")
        {
            Errors = wrong.ToDictionary(f => f.Field, f => new[] { $"{f.Label} belongs to the {OwningSystems.Label(f.System)}: change it there." }),
            Facts = new Dictionary<string, object?> { ["owners"] = wrong.ToDictionary(f => f.Field, f => Words.Of(f.System)) },
        };
    }

    /// <summary>Refuses to write a field that another system owns.</summary>
    public async Task<Problem?> RefuseAsync(Work work, string field, CancellationToken ct) => Refuse(await ClosedAsync(work, ct), [field]);

    /// <summary>Settles who owns which fields, inside the caller's transaction; a field that is not named stays as it is, and null leaves it to nobody where that can be.</summary>
    public async Task<Problem?> SettleAsync(Work work, IReadOnlyDictionary<string, OwningSystem?> input, CancellationToken ct)
    {
        var check = new Check();
        foreach (var (field, system) in input)
            check.That(fields.Any(f => f.Field == field), field, $"There is no field “{Text.Storable(field, 40)}”.").That(system is not null || otherwise is null, field, "Choose Trellis, CRM or ERP.");
        if (check.Problem is { } problem) return problem;
        await work.LockAsync($"{name}.field_owners", ct);
        var rows = await work.Db.Set<TRow>().ToDictionaryAsync(o => o.Field, ct);
        foreach (var (field, system) in input)
        {
            if (!rows.TryGetValue(field, out var row))
            {
                if (system == otherwise) continue;
                work.Db.Add(row = new TRow { TenantId = work.Tenant, Field = field });
            }

            if (system is not { } owner)
            {
                work.Db.Remove(row);
                continue;
            }

            if (row.By.Length > 0 && row.System == owner) continue;
            (row.System, row.By, row.At) = (owner, work.Actor.Name, work.Now);
        }

        return null;
    }
}

/// <summary>Systems in words.</summary>
public static class OwningSystems
{
    public static string Label(OwningSystem system) => system switch
    {
        OwningSystem.Crm => "CRM",
        OwningSystem.Erp => "ERP",
        _ => "Trellis",
    };
}
