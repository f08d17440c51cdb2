using Trellis.Deals.DemoData;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The demo company connected its ERP two months ago: most of what was won since is an order, one was refused there, the newest wait.</summary>
internal static class HandoverDemo
{
    private const int Days = 60;
    private const int Fresh = 3;
    private const int Changed = 5;

    public static async Task LoadAsync(Demo demo, IReadOnlyList<DealStory> stories, CancellationToken ct)
    {
        var since = demo.Now.AddDays(-Days);
        await demo.InsertAsync([new ConnectedSystem { TenantId = demo.Tenant, System = ConnectedKind.Erp, Name = "SAP S/4HANA", IsOn = true, Since = since, Version = 1 }], ct);
        var won = stories.Select(s => s.Deal).Where(d => d.State == DealState.Won && d.StateSince >= since && d.StateSince < demo.Now).OrderByDescending(d => d.StateSince).ToList();
        var (handovers, moves) = (new List<Handover>(), new List<Transition>());
        foreach (var (deal, i) in won.Select((d, i) => (d, i)))
        {
            var at = Before(deal.StateSince.AddMinutes(1), demo.Now);
            var handover = Handover.Begin(demo.Tenant, demo.NewId<HandoverId>(at), deal.Id, ConnectedKind.Erp, at);
            handover.Version = 1;
            handovers.Add(handover);
            if (i < Fresh) continue;
            Move(handover, HandoverTrigger.Take, Before(at.AddMinutes(4), demo.Now), null);
            if (i == Fresh)
            {
                Move(handover, HandoverTrigger.Fail, Before(at.AddMinutes(5), demo.Now), "The customer’s tax number is missing.");
                continue;
            }

            Move(handover, HandoverTrigger.Finish, Before(at.AddMinutes(5), demo.Now), null);
            handover.Arrive($"45000{12_000 + won.Count - i}");
            if (i == Changed) Change(handover, Before(at.AddHours(3), demo.Now));
        }

        await demo.InsertAsync(handovers, ct);
        await demo.InsertAsync(moves, ct);

        // What was changed on it after the order was there went over as an update.
        void Change(Handover first, DateTime at)
        {
            var update = Handover.Begin(demo.Tenant, demo.NewId<HandoverId>(at), first.DealId, first.System, at, 1);
            update.Version = 1;
            handovers.Add(update);
            Move(update, HandoverTrigger.Take, Before(at.AddMinutes(1), demo.Now), null);
            Move(update, HandoverTrigger.Finish, Before(at.AddMinutes(1), demo.Now), null);
        }

        void Move(Handover handover, HandoverTrigger on, DateTime at, string? note)
        {
            var (from, to) = (handover.State, Handover.Machine.Next(handover.State, on).Value);
            moves.Add(new Transition
            {
                TenantId = demo.Tenant, Id = demo.NewId<AuditId>(at), Machine = Handover.Machine.Name, Subject = handover.Id.ToString(), From = Words.Of(from), Trigger = Words.Of(on), To = Words.Of(to),
                At = at, ActorKind = ActorKind.Person, ActorName = "ERP connector", Reason = note,
            });
            handover.Enter(to, at, "ERP connector", note);
        }
    }

    private static DateTime Before(DateTime at, DateTime now) => at < now ? at : now;
}
