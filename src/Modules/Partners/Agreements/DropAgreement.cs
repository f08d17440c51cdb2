using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners.Agreements;

/// <summary>Takes a draft away. What was signed stays.</summary>
internal sealed class DropAgreement(Work work) : UseCase<PartnerAgreementId, Done>(work)
{
    protected override Permission Permission => AgreementPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync(PartnerAgreementId input, CancellationToken ct)
    {
        if (await Db.Set<PartnerAgreement>().SingleOrDefaultAsync(a => a.Id == input, ct) is not { } agreement) return AgreementProblems.Missing();
        if (agreement.SignedOn is not null) return AgreementProblems.Signed();
        Db.Remove(agreement);
        return default(Done);
    }
}
