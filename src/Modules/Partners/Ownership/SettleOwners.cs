using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Ownership;

/// <summary>Settles which system owns which fields; a field that is not named stays as it is.</summary>
internal sealed class SettleOwners(Work work) : UseCase<IReadOnlyDictionary<string, OwningSystem?>, Done>(work)
{
    protected override Permission Permission => OwnerPermissions.Settle;

    protected override async Task<Result<Done>> HandleAsync(IReadOnlyDictionary<string, OwningSystem?> input, CancellationToken ct)
    {
        var check = new Check();
        foreach (var (field, system) in input)
            check.That(Owners.Fields.Any(f => f.Field == field), field, $"Partners have no field “{Text.Storable(field, 40)}”.").That(system is not null, field, "Choose Trellis, CRM or ERP.");
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync("partners.field_owners", ct);
        var rows = await Db.Set<FieldOwner>().ToDictionaryAsync(o => o.Field, ct);
        foreach (var (field, system) in input)
        {
            if (!rows.TryGetValue(field, out var row))
            {
                if (system == OwningSystem.Trellis) continue;
                Db.Add(row = new FieldOwner { TenantId = Work.Tenant, Field = field });
            }

            if (row.By.Length > 0 && row.System == system) continue;
            (row.System, row.By, row.At) = (system!.Value, Work.Actor.Name, Work.Now);
        }

        return default(Done);
    }
}
