using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>A certification as it is typed.</summary>
internal sealed record NewCertification(string? Person, string? Subject, CertificationLevel? Level, string? Issuer, DateOnly? From, DateOnly? Until = null, string? Evidence = null);

/// <summary>Enters a certification. By the partner it is a claim; by somebody who may confirm it is confirmed with that.</summary>
internal sealed class EnterCertification(Work work) : UseCase<(PartnerId Partner, NewCertification Certification), CertificationId>(work)
{
    protected override Permission Permission => CertificationPermissions.Enter;

    protected override async Task<Result<CertificationId>> HandleAsync((PartnerId Partner, NewCertification Certification) input, CancellationToken ct)
    {
        var (partner, c) = input;
        if (!await LivePartner.IsAsync(Db, partner, ct)) return PartnersProblems.Missing();
        var check = new Check()
            .Text(c.Person, "person", "The person", 150)
            .Text(c.Subject, "subject", "What it is for", 150)
            .Text(c.Issuer, "issuer", "The issuer", 150)
            .Text(c.Evidence, "evidence", "The evidence", 500, required: Work.Actor.IsPartner)
            .That(c.Level is not null, "level", "Choose the level.")
            .That(c.From >= PartnerDays.Earliest && c.From <= PartnerDays.Latest, "from", "Since when is it valid?")
            .That(c.Until is null || c.From is null || c.Until >= c.From, "until", "It cannot end before it begins.")
            .That(c.Until is null || c.Until <= PartnerDays.Latest, "until", "The end lies behind 2100.");
        if (check.Problem is { } problem) return problem;
        var made = new Certification
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<CertificationId>(),
            PartnerId = partner,
            PersonName = c.Person!.Trim(),
            Subject = c.Subject!.Trim(),
            Level = c.Level!.Value,
            Issuer = c.Issuer!.Trim(),
            ValidFrom = c.From!.Value,
            ValidUntil = c.Until,
            Evidence = Text.OrNull(c.Evidence),
        }.Enter(CertificationState.Claimed, Work.Now, Work.Actor.Name);
        Db.Add(made);
        if (!Work.Actor.May(CertificationPermissions.Certify)) return made.Id;
        var confirmed = made.Move(Work, CertificationTrigger.Confirm);
        return confirmed.Ok ? made.Id : confirmed.Problem;
    }
}
