using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Agreements;
using Trellis.Partners.Applying;
using Trellis.Partners.Leaving;
using Trellis.Partners.Starting;

namespace Trellis.Partners.Published;

/// <summary>An open step of an onboarding that waits for the side of whoever asks.</summary>
public sealed record PartnerTask(PartnerId Partner, string PartnerName, string Title, DateOnly DueOn, string Href);

/// <summary>What waits for the person who acts: for a partner's person its company's steps, for the vendor's people their own.</summary>
public static class PartnerTasks
{
    /// <summary>The most urgent of them.</summary>
    public static async Task<IReadOnlyList<PartnerTask>> OfAsync(Work work, int most, CancellationToken ct)
    {
        if (!work.Actor.May(OnboardingPermissions.Finish)) return [];
        var open = work.Db.Set<Step>().Where(s => s.Kind == ChecklistKind.Onboarding && s.State == StepState.Open);
        if (work.Actor.Partner is { } partner) open = open.Where(s => s.PartnerId == partner && s.Side == StepSide.Partner);
        else
        {
            var me = work.Actor.Person;
            open = open.Where(s => s.OwnerId == me && s.Side == StepSide.Vendor);
        }

        var rows = await (
            from s in open
            join p in work.Db.Set<Partner>() on new { s.TenantId, Id = s.PartnerId } equals new { p.TenantId, p.Id }
            orderby s.DueOn, s.Id
            select new { s.PartnerId, p.Name, s.Title, s.DueOn }).Take(most).ToListAsync(ct);
        return [.. rows.Select(r => new PartnerTask(r.PartnerId, r.Name, r.Title, r.DueOn, work.Actor.IsPartner ? "/portal/company/onboarding" : $"/app/partners/{r.PartnerId}/onboarding"))];
    }

    /// <summary>Proposals to renew agreements that wait for the company of whoever acts, by the number of the agreement; none for the vendor's people.</summary>
    public static async Task<(IReadOnlyList<string> Numbers, string Href)> RenewalsAsync(Work work, int most, CancellationToken ct) =>
        (!work.Actor.IsPartner || !work.Actor.May(AgreementPermissions.Answer) ? [] : await (
            from r in work.Db.Set<Renewal>()
            join a in work.Db.Set<PartnerAgreement>() on new { r.TenantId, Id = r.AgreementId } equals new { a.TenantId, a.Id }
            where r.State == RenewalState.Proposed
            orderby r.Id
            select a.Number).Take(most).ToListAsync(ct), "/portal/company/agreements");

    /// <summary>How many confirmed applications wait for whoever may answer them, with where they stand; none for others.</summary>
    public static async Task<(int Count, string Href)> ApplicationsAsync(Work work, CancellationToken ct) =>
        (work.Actor.IsPartner || !work.Actor.May(ApplicationPermissions.Decide) ? 0 : await ApplicationList.WaitingAsync(work, ct), "/app/partners/applications?state=waiting");
}
