using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>Something that a partner did for a deal.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Partner">The partner; a partner's own people leave it out.</param>
/// <param name="Kind">What was done.</param>
/// <param name="On">The day on which it was done; not in the future.</param>
/// <param name="Evidence">What shows it: a link, minutes, a document.</param>
internal sealed record NewTouch(DealId Deal, PartnerId? Partner, TouchKind Kind, DateOnly On, string Evidence);

/// <summary>Records a touch. What a partner enters counts once the vendor has confirmed it.</summary>
internal sealed class RecordTouch(Work work, RecreditDeal recredit) : UseCase<NewTouch, TouchId>(work)
{
    protected override Permission Permission => InsightsPermissions.RecordTouch;

    protected override async Task<Result<TouchId>> HandleAsync(NewTouch input, CancellationToken ct)
    {
        var check = new Check()
            .Text(input.Evidence, "evidence", "The evidence", 500)
            .That(input.Kind is not TouchKind.Registration, "kind", "Say what was done; a registration records itself.")
            .That(input.On <= Work.Today, "on", "This day lies in the future.")
            .That(input.On.Year >= 2000, "on", "This day lies too far back.")
            .That(Work.Actor.IsPartner || input.Partner is not null, "partner", "Say which partner did it.");
        if (check.Problem is { } problem) return problem;
        var partner = Work.Actor.Partner ?? input.Partner!.Value;
        if (!await Db.Set<DealRow>().AnyAsync(d => d.Id == input.Deal, ct)) return Problem.Missing("deal");
        if (!await Db.Set<PartnerRow>().AnyAsync(p => p.Id == partner, ct)) return Problem.Missing("partner");

        // Noon stands for a day, and for today not before it has come.
        var at = input.On.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        var touch = new Touch
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<TouchId>(),
            DealId = input.Deal,
            PartnerId = partner,
            Kind = input.Kind,
            At = at > Work.Now ? Work.Now : at,
            Evidence = input.Evidence.Trim(),
            PersonName = Work.Actor.Name,
            Source = Work.Actor.IsPartner ? TouchSource.Partner : TouchSource.Vendor,
        };
        Db.Add(touch);
        if (!Work.Actor.IsPartner) await recredit.RunAsync(input.Deal, ct);
        return touch.Id;
    }
}
