using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Agreements;

/// <summary>Agreements of the demo company: most in force, some that run out soon, a few over, and drafts at those who begin.</summary>
internal static class AgreementDemo
{
    public static async Task LoadAsync(Demo demo, IReadOnlyList<Partner> partners, CancellationToken ct)
    {
        var (chance, today, number) = (demo.Chance("partners.agreements"), DateOnly.FromDateTime(demo.Now), 1000);
        var (rows, renewals) = (new List<PartnerAgreement>(), new List<Renewal>());
        foreach (var partner in partners.Where(p => p.State is not (PartnerState.Prospect or PartnerState.Applicant)))
        {
            var begins = partner.State == PartnerState.Onboarding;
            var from = begins ? today.AddDays(chance.Next(1, 30)) : DateOnly.FromDateTime(partner.Since).AddDays(10);
            if (!begins && from > today) from = today;
            var ended = partner.State == PartnerState.Former;
            var row = One(demo, partner, AgreementKind.Partnership, $"PA-{++number}", begins ? null : from, from);
            // Each runs for whole years from its first day, so some of them end within the next months.
            var last = from.AddYears(1).AddDays(-1);
            while (!ended && last < today) last = last.AddYears(1);
            var asked = partner.Name == "Brightpath";
            if (asked) last = today.AddDays(52);
            row.RenewalMonths = asked || chance.Next(3) == 0 ? 0 : 12;
            row.Until(chance.Next(8) == 0 && !asked ? null : last);
            if (row.ValidUntil is null) row.RenewalMonths = 0;
            if (ended && (row.ValidUntil is null || row.ValidUntil > DateOnly.FromDateTime(partner.StateSince))) row.End(DateOnly.FromDateTime(partner.StateSince), "The partnership has ended.");
            // Whoever answers for it was told at the time.
            row.WarnedDays = row.ValidUntil is { } until && until >= today && until.DayNumber - today.DayNumber <= AgreementStates.Soon ? AgreementStates.Due(until.DayNumber - today.DayNumber, null) : null;
            rows.Add(row);
            if (asked) renewals.Add(Proposal(demo, row, last));
            if (!begins && chance.Next(3) == 0) rows.Add(One(demo, partner, chance.Next(2) == 0 ? AgreementKind.NonDisclosure : AgreementKind.DataProcessing, $"ND-{number}", from, from));
        }

        await demo.InsertAsync(rows, ct);
        await demo.InsertAsync(renewals, ct);
    }

    private static Renewal Proposal(Demo demo, PartnerAgreement agreement, DateOnly last)
    {
        var at = demo.Now.AddDays(-6);
        return new Renewal
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<RenewalId>(at),
            PartnerId = agreement.PartnerId,
            AgreementId = agreement.Id,
            ValidFrom = last.AddDays(1),
            ValidUntil = last.AddYears(2),
            Terms = "Two years instead of one, and the joint plan for the automotive suppliers as an annex.",
            By = "Paula Ferreira",
            At = at,
            Version = 1,
        };
    }

    private static PartnerAgreement One(Demo demo, Partner partner, AgreementKind kind, string number, DateOnly? signed, DateOnly from)
    {
        var at = demo.Now.AddDays(-Math.Max(1, DateOnly.FromDateTime(demo.Now).DayNumber - from.DayNumber));
        var row = new PartnerAgreement
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<PartnerAgreementId>(at),
            PartnerId = partner.Id,
            Kind = kind,
            Number = number,
            SignedOn = signed,
            ValidFrom = from,
            NoticeDays = 90,
            By = "Omar Haddad",
            At = at,
            Version = 1,
        };
        row.Until(null);
        row.Index();
        return row;
    }
}
