using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners.Agreements;

/// <summary>Ends an agreement on a day, with a reason that the partner reads; its administrators are told.</summary>
internal sealed class EndAgreement(Work work, Notifications.Published.Notify notify) : UseCase<(PartnerAgreementId Agreement, DateOnly? On, string? Reason), Done>(work)
{
    protected override Permission Permission => AgreementPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync((PartnerAgreementId Agreement, DateOnly? On, string? Reason) input, CancellationToken ct)
    {
        if (await Db.Set<PartnerAgreement>().SingleOrDefaultAsync(a => a.Id == input.Agreement, ct) is not { } agreement) return AgreementProblems.Missing();
        if (agreement.EndedOn is not null) return AgreementProblems.Over();
        var check = new Check().Text(input.Reason, "reason", "The reason", 500)
            .That(input.On is { } on && on >= agreement.ValidFrom && on <= (agreement.ValidUntil ?? PartnerDays.Latest), "on", "The day lies between its first and its last day.");
        if (check.Problem is { } problem) return problem;
        agreement.End(input.On!.Value, input.Reason!.Trim());
        if (agreement.SignedOn is not null) await AgreementNews.EndedAsync(Work, notify, agreement, ct);
        return default(Done);
    }
}
