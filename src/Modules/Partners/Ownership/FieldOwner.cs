using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Merging;

namespace Trellis.Partners.Ownership;

/// <summary>Which system owns a field of partners; without a row it is Trellis.</summary>
internal sealed class FieldOwner : OwnedField;

internal static class OwnerPermissions
{
    public const string SettleCode = "partners.field_owners";

    public static readonly Permission Settle = new(SettleCode, "Settle which system owns which field of partners", Roles.Administrator, Roles.ChannelOperations);

    /// <summary>For the keys of the systems that own fields; nobody has it at first.</summary>
    public static readonly Permission WriteOwned = new("partners.write_owned", "Write fields of partners that another system owns");

    public static readonly Permission[] All = [Settle, WriteOwned];
}

/// <summary>Which system owns which field of partners, and what follows from it.</summary>
internal static class Owners
{
    private static readonly FieldOwners<FieldOwner> All =
        new("partners", OwnerPermissions.WriteOwned, [.. MergeFields.All.Select(f => (f.Name, f.Label)), ("state", "Status"), ("tier", "Tier"), ("manager", "Partner manager")], OwningSystem.Trellis);

    public static IReadOnlyList<(string Field, string Label)> Fields => All.Fields;

    public static string Label(OwningSystem system) => OwningSystems.Label(system);

    public static Task<IReadOnlyList<FieldOwnerItem>> AllAsync(Work work, CancellationToken ct) => All.AllAsync(work, ct);

    /// <summary>The fields that another system owns and the actor may therefore not write.</summary>
    public static Task<IReadOnlyDictionary<string, OwningSystem>> ClosedAsync(Work work, CancellationToken ct) => All.ClosedAsync(work, ct);

    /// <summary>The fields that another system owns.</summary>
    public static Task<IReadOnlyDictionary<string, OwningSystem>> ElsewhereAsync(Work work, CancellationToken ct) => All.ElsewhereAsync(work, ct);

    /// <summary>Refuses the fields of a profile that change although another system owns them, each by its name.</summary>
    public static Problem? Refuse(IReadOnlyDictionary<string, OwningSystem> closed, Profile before, Profile after) =>
        closed.Count == 0 ? null : All.Refuse(closed, MergeFields.All.Where(f => f.Read(before) != f.Read(after)).Select(f => f.Name));

    /// <summary>Pure: refuses one fact that would change although another system owns it.</summary>
    public static Problem? Refuse(IReadOnlyDictionary<string, OwningSystem> closed, string field, bool changes) => changes ? All.Refuse(closed, [field]) : null;

    /// <summary>Refuses to write a fact that another system owns.</summary>
    public static Task<Problem?> RefuseAsync(Work work, string field, CancellationToken ct) => All.RefuseAsync(work, field, ct);

    public static Task<Problem?> SettleAsync(Work work, IReadOnlyDictionary<string, OwningSystem?> input, CancellationToken ct) => All.SettleAsync(work, input, ct);
}
