using Trellis.Accounts.Published;
using Trellis.Deals.Opportunities;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.DemoData;

/// <summary>What happens next on the demo's living deals, some of it late, and a team that is planned for an opportunity without a partner.</summary>
internal sealed class PlanningDemo(Demo demo, IReadOnlyList<DealStory> stories, DemoMarket market)
{
    private static readonly string[] Before = ["Confirm the date of the demo", "Send the list of systems to connect", "Meet the head of operations", "Agree on the measure of success"];

    private readonly Random _chance = demo.Chance("deals.planning");
    private readonly DateOnly _today = DateOnly.FromDateTime(demo.Now);

    public async Task LoadAsync(CancellationToken ct)
    {
        List<NextStep> steps = [];
        var late = 0;
        foreach (var story in stories.Where(s => DealLifecycle.Claiming.Contains(s.Deal.State) && s.Deal is { NextStep: not null, DecidedAt: not null }))
        {
            var ours = story.Partner.Row.Domain is "brightpath.example";
            if (!ours && _chance.Next(3) == 0) continue;
            var began = story.Deal.DecidedAt!.Value;
            var set = demo.Now.AddDays(-_chance.Next(2, 15)) is var at && at > began ? at : began;
            // Rosa finds one that is late and in her hands.
            var overdue = ours ? late++ == 0 : _chance.Next(6) == 0;
            var side = overdue && ours ? DealSide.Partner : (DealSide)_chance.Next(3);
            if (set > began.AddDays(3)) steps.Add(Step(story, Before[_chance.Next(Before.Length)], DealSide.Partner, DateOnly.FromDateTime(set), began.AddDays(1), set));
            steps.Add(Step(story, story.Deal.NextStep!, side, _today.AddDays(overdue ? -_chance.Next(1, 5) : _chance.Next(0, 21)), set, null));
        }

        await demo.InsertAsync(steps, ct);
        await demo.InsertAsync(Planned(), ct);
    }

    private NextStep Step(DealStory story, string what, DealSide side, DateOnly due, DateTime at, DateTime? ended)
    {
        var manager = story.Partner.Row.ManagerId is not null && _chance.Next(3) == 0;
        return new NextStep
        {
            TenantId = demo.Tenant, Id = demo.NewId<NextStepId>(at), DealId = story.Deal.Id, HolderId = story.Deal.PartnerId, What = what, Side = side, DueOn = due, SetAt = at, EndedAt = ended, Version = 1,
            SetBy = manager ? story.Partner.Row.ManagerId!.Value : story.Deal.RegisteredBy, SetByName = manager ? story.Partner.Manager : story.Deal.RegisteredByName, SetByPartner = manager ? null : story.Deal.PartnerId,
        };
    }

    private List<PlannedPlace> Planned()
    {
        var taken = stories.Where(s => s.Deal.OpportunityId is not null).Select(s => s.Deal.OpportunityId!.Value).ToHashSet();
        var free = market.Opportunities.SelectMany(g => g).Where(o => o.Stage == OpportunityStage.Engaging && !taken.Contains(o.Id)).OrderByDescending(o => o.OpenedOn).ThenBy(o => o.ExternalId, StringComparer.Ordinal).FirstOrDefault();
        var planner = market.Partners.FirstOrDefault(p => p.Row.Domain == "brightpath.example");
        if (free is null || planner?.Row.ManagerId is not { } manager) return [];
        var at = demo.Now.AddDays(-2);
        return [.. market.Partners.Where(p => p.Delivers && p.Until >= demo.Now && p != planner).Take(2).Select((p, i) => new PlannedPlace
        {
            TenantId = demo.Tenant, Id = demo.NewId<PlannedPlaceId>(at.AddMinutes(i)), OpportunityId = free.Id, PartnerId = p.Row.Id, Role = i == 0 ? DealRole.Deliver : DealRole.Integrate,
            ShareBasisPoints = i == 0 ? 2_000 : 1_000, WorkBasisPoints = i == 0 ? 4_000 : 2_000, Visibility = DealVisibility.Summary, Note = i == 0 ? "They have implemented the same product for this customer’s sister company." : null,
            PlannedAt = at.AddMinutes(i), PlannedBy = manager, PlannedByName = planner.Manager, Version = 1,
        })];
    }
}
