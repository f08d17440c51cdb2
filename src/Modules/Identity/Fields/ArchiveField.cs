using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Fields;

/// <summary>Puts a field away, or takes it out again: its values stay all the while.</summary>
internal sealed class ArchiveField(Work work) : UseCase<(FieldId Field, bool Away), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageFields;

    protected override async Task<Result<Done>> HandleAsync((FieldId Field, bool Away) input, CancellationToken ct)
    {
        if (await Db.Set<CustomField>().SingleOrDefaultAsync(f => f.Id == input.Field, ct) is not { } field) return Problem.Missing("field");
        field.ArchivedAt = input.Away ? field.ArchivedAt ?? Work.Now : null;
        return default(Done);
    }
}
