using Trellis.Kernel;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

/// <summary>The onboardings of the demo company: partners in their first weeks, and Brightpath, which has taken up another motion long after.</summary>
internal static class StartingDemo
{
    private static readonly IReadOnlyList<OnboardingLine> Lines =
    [
        .. OnboardingLines.Usual,
        new(StepSide.Partner, 30, "Name a contact for joint selling", Motion.CoSell),
        new(StepSide.Vendor, 45, "Agree on the plan for joint selling", Motion.CoSell),
    ];

    public static async Task LoadAsync(Demo demo, IReadOnlyList<Partner> partners, ILookup<PartnerId, Motion> motions, CancellationToken ct)
    {
        await demo.InsertAsync([new OnboardingTemplate { TenantId = demo.Tenant, Lines = OnboardingLines.Write(Lines), By = "Omar Haddad", At = demo.Now.AddDays(-120), Version = 1 }], ct);
        var chance = demo.Chance("partners.onboarding");
        var rows = new List<Step>();
        foreach (var partner in partners.Where(p => p.State == PartnerState.Onboarding))
        {
            var steps = Make(demo, Lines, partner, [.. motions[partner.Id]], partner.StateSince);
            // The later ones are still to be done, and what happens by itself has not happened here.
            foreach (var step in steps.Take(chance.Next(1, 5)).Where(s => s.Fact is null)) Finish(step, partner.StateSince.AddDays(chance.Next(1, 4)), demo.Now, partner.Name);
            rows.AddRange(steps);
        }

        if (partners.FirstOrDefault(p => p.Name == "Brightpath") is { } brightpath)
        {
            var began = demo.Now.AddDays(-20);
            var steps = Make(demo, [.. Lines.Where(l => l.Motion == Motion.CoSell)], brightpath, [Motion.CoSell], began);
            Finish(steps[1], began.AddDays(9), demo.Now, brightpath.Name);
            rows.AddRange(steps);
        }

        await demo.InsertAsync(rows, ct);
    }

    private static List<Step> Make(Demo demo, IReadOnlyList<OnboardingLine> lines, Partner partner, IReadOnlyCollection<Motion> motions, DateTime began)
    {
        var steps = OnboardingSteps.Make(demo.Tenant, () => demo.NewId<StepId>(began), lines, partner.Id, partner.ManagerId, motions, DateOnly.FromDateTime(began)).ToList();
        steps.ForEach(s => s.Version = 1);
        return steps;
    }

    private static void Finish(Step step, DateTime at, DateTime now, string partner)
    {
        if (at <= now) step.Settle(StepState.Done, null, step.Side == StepSide.Partner ? partner : "Omar Haddad", at);
    }
}
