using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Agreements;

/// <summary>A proposal as it is typed; without a first day it is the day after the last one, without a last day it lasts as long as before.</summary>
internal sealed record RenewalProposal(DateOnly? ValidFrom = null, DateOnly? ValidUntil = null, string? Terms = null);

/// <summary>The vendor proposes to go on after an agreement that runs out; the partner's administrators are asked.</summary>
internal sealed class ProposeRenewal(Work work, Notify notify) : UseCase<(PartnerAgreementId Agreement, RenewalProposal Proposal), RenewalId>(work)
{
    protected override Permission Permission => AgreementPermissions.Keep;

    protected override async Task<Result<RenewalId>> HandleAsync((PartnerAgreementId Agreement, RenewalProposal Proposal) input, CancellationToken ct)
    {
        if (await Db.Set<PartnerAgreement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == input.Agreement, ct) is not { } agreement) return AgreementProblems.Missing();
        if (agreement.ValidUntil is not { } last || agreement.StateOn(Work.Today) is not (AgreementState.Expiring or AgreementState.Expired)) return AgreementProblems.NotExpiring();
        await Work.LockAsync($"partners.renewal:{agreement.Id}", ct);
        if (await Db.Set<Renewal>().AnyAsync(r => r.AgreementId == agreement.Id && (r.State == RenewalState.Proposed || r.State == RenewalState.Agreed), ct)) return AgreementProblems.RenewedAlready();
        var from = input.Proposal.ValidFrom ?? last.AddDays(1);
        var until = input.Proposal.ValidUntil ?? AgreementStates.SameLength(agreement.ValidFrom, last);
        var check = new Check().Text(input.Proposal.Terms, "terms", "What changes", 1000, required: false)
            .That(from > last, "validFrom", "It begins after the agreement before it has ended.")
            .That(until >= from && until <= PartnerDays.Latest, "validUntil", "It cannot end before it begins.");
        if (check.Problem is { } problem) return problem;
        var renewal = new Renewal
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<RenewalId>(),
            PartnerId = agreement.PartnerId,
            AgreementId = agreement.Id,
            ValidFrom = from,
            ValidUntil = until,
            Terms = Text.OrNull(input.Proposal.Terms),
            By = Work.Actor.Name,
            At = Work.Now,
        };
        Db.Add(renewal);
        await AgreementNews.ProposedAsync(Work, notify, agreement, renewal, ct);
        return renewal.Id;
    }
}
