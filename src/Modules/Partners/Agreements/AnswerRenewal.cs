using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Agreements;

/// <summary>The answer to a proposal. A no needs a reason of the list.</summary>
internal sealed record RenewalAnswer(RenewalTrigger? On, RenewalReason? Reason = null, string? Text = null);

/// <summary>
/// The partner agrees or declines; the vendor's people write its answer down where it came otherwise, or take the proposal back. A yes writes the next agreement, a draft until it is signed.
/// </summary>
internal sealed class AnswerRenewal(Work work, Notify notify) : UseCase<(RenewalId Renewal, RenewalAnswer Answer), RenewalState>(work)
{
    protected override Permission Permission => AgreementPermissions.Answer;

    protected override async Task<Result<RenewalState>> HandleAsync((RenewalId Renewal, RenewalAnswer Answer) input, CancellationToken ct)
    {
        if (await Db.Set<Renewal>().SingleOrDefaultAsync(r => r.Id == input.Renewal, ct) is not { } renewal) return Problem.Missing("renewal");
        if (input.Answer.On is not { } on) return Problem.Invalid("on", "Choose what should happen.");
        if (on == RenewalTrigger.Withdraw && Work.Actor.IsPartner) return AgreementProblems.NotYoursToWithdraw();
        var check = new Check().Text(input.Answer.Text, "text", "The text", 1000, required: false).That(on != RenewalTrigger.Decline || input.Answer.Reason is not null, "reason", "Choose the reason.");
        if (check.Problem is { } problem) return problem;
        var agreement = await Db.Set<PartnerAgreement>().AsNoTracking().SingleAsync(a => a.Id == renewal.AgreementId, ct);
        var moved = renewal.Move(Work, on, on == RenewalTrigger.Decline ? input.Answer.Reason : null, Text.OrNull(input.Answer.Text));
        if (!moved.Ok) return moved;
        if (on == RenewalTrigger.Agree) renewal.NextId = Next(agreement, renewal);
        await AgreementNews.AnsweredAsync(Work, notify, agreement, renewal, ct);
        return moved;
    }

    private PartnerAgreementId Next(PartnerAgreement before, Renewal renewal)
    {
        var next = new PartnerAgreement
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PartnerAgreementId>(),
            PartnerId = before.PartnerId,
            Kind = before.Kind,
            Number = before.Number,
            ValidFrom = renewal.ValidFrom,
            RenewalMonths = before.RenewalMonths,
            NoticeDays = before.NoticeDays,
            Note = renewal.Terms,
            By = Work.Actor.Name,
            At = Work.Now,
        };
        next.Until(renewal.ValidUntil);
        next.Index();
        Db.Add(next);
        return next.Id;
    }
}
