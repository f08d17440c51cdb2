using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>Writes down why a row could not be written after all.</summary>
internal sealed class RefusePartnerRow(Work work) : UseCase<(PartnerImportId Import, int Row, Problem Why), Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync((PartnerImportId Import, int Row, Problem Why) input, CancellationToken ct)
    {
        var import = await Db.Set<PartnerImport>().SingleAsync(i => i.Id == input.Import, ct);
        var row = await Db.Set<PartnerImportRow>().SingleAsync(r => r.ImportId == input.Import && r.Number == input.Row, ct);
        if (row.Written || row.Outcome == PartnerRowOutcome.Refused) return default(Done);
        if (row.Outcome == PartnerRowOutcome.Create) import.Created--;
        else import.Updated--;
        import.Refused++;
        var faults = input.Why.Errors.SelectMany(e => e.Value).ToList();
        (row.Outcome, row.Text) = (PartnerRowOutcome.Refused, Text.Storable(faults.Count > 0 ? string.Join('\n', faults) : input.Why.Message, 3900));
        return default(Done);
    }
}
