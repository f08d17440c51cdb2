using Trellis.Deals.DemoData;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

/// <summary>About forty deals of the demo that went to another partner, were offered to one, or stayed where they were.</summary>
internal sealed class TransferDemo(Demo demo, IReadOnlyList<DealStory> stories, DemoMarket market)
{
    private const int Taken = 18;
    private const int Unanswered = 7;
    private const int Lapsed = 4;

    private static readonly string[] Reasons =
        ["The office that works with this customer is with the other company now.", "The customer asked for a partner near its plant.", "The partner leaves this region at the end of the quarter.", "The project needs people who are certified for this product."];

    private static readonly string[] Refusals = ["No free people before summer.", "We work for a competitor of this customer.", "The customer has asked us not to get involved."];

    private readonly Random _chance = demo.Chance("deals.transfers");
    private readonly List<Transfer> _transfers = [];
    private readonly List<Transition> _moves = [];
    private readonly HashSet<DealId> _used = [];

    /// <summary>What was taken over: before tasks and conflicts are told, because they speak of who holds the deal.</summary>
    public void TakeOver()
    {
        foreach (var story in Able(40).Where(s => s.Partner.Row.Domain is not ("brightpath.example" or "clearview.example")).Where((_, i) => i % 37 == 5).Take(Taken).ToList())
        {
            if (Taker(story) is not { } taker) continue;
            var at = Later(story.Deal.DecidedAt!.Value.AddDays(2), demo.Now.AddDays(-_chance.Next(4, 35)));
            var transfer = Propose(story, taker, at);
            var answered = Later(at, at.AddHours(_chance.Next(5, 60)));
            if (answered > demo.Now) continue;
            var (person, name) = taker.People[0];
            story.Registered = DealReceipts.Registered(story.Deal);
            Move(transfer, TransferTrigger.Accept, answered, name, taker.Row.Id, null);
            Note(DealLifecycle.Machine.Name, story.Deal.Id.ToString(), Words.Of(story.Deal.State), Words.Of(DealTrigger.Transfer), Words.Of(story.Deal.State), answered, name, taker.Row.Id, transfer.Reason);
            story.Deal.HandOver(taker.Row.Id, person, name, answered);
        }
    }

    /// <summary>What was not taken, and what waits: once the conflicts are known, because a contested deal cannot go.</summary>
    public void Offer()
    {
        var brightpath = market.Partners.FirstOrDefault(p => p.Row.Domain == "brightpath.example");
        var clearview = market.Partners.FirstOrDefault(p => p.Row.Domain == "clearview.example");
        // The two partners that visitors sign in as: one is asked to take a deal over, the other reads that one of its deals is to go.
        if (brightpath is not null && Able(60).FirstOrDefault(s => s.Partner.Row.Region == brightpath.Row.Region && s.Partner != clearview && s.Partner != brightpath) is { } coming) Propose(coming, brightpath, demo.Now.AddHours(-26));
        if (clearview is not null && Able(120).FirstOrDefault(s => s.Partner == clearview) is { } going && Taker(going) is { } other) Propose(going, other, demo.Now.AddHours(-50));
        foreach (var (story, i) in Able(60).Where((_, i) => i % 41 == 7).Take(20).ToList().Select((s, i) => (s, i)))
        {
            if (Taker(story) is not { } taker) continue;
            var at = i < Unanswered ? demo.Now.AddHours(-3 - (i * 9)) : Later(story.Deal.DecidedAt!.Value.AddDays(1), demo.Now.AddDays(-_chance.Next(5, 45)));
            if (at < story.Deal.DecidedAt) continue;
            var transfer = Propose(story, taker, at);
            if (i < Unanswered) continue;
            if (i % 3 == 0) Move(transfer, TransferTrigger.Withdraw, at.AddHours(20), story.Partner.Manager, null, "The customer wants to stay with its partner.");
            else Move(transfer, TransferTrigger.Decline, at.AddHours(8 + _chance.Next(50)), taker.People[0].Name, taker.Row.Id, Refusals[_chance.Next(Refusals.Length)]);
        }
    }

    /// <summary>What nobody had answered when the deal ended.</summary>
    public void Lapse()
    {
        foreach (var story in stories.Where(s => s.Deal is { State: DealState.Lost or DealState.Expired, DistributorId: null, ConflictState: ConflictState.None, DecidedAt: not null } && s.Members.Count == 0
            && s.Deal.StateSince > demo.Now.AddDays(-70) && s.Deal.StateSince > s.Deal.DecidedAt.Value.AddDays(14) && !_used.Contains(s.Deal.Id)).Where((_, i) => i % 11 == 2).Take(Lapsed).ToList())
        {
            if (Taker(story) is not { } taker) continue;
            var transfer = Propose(story, taker, story.Deal.StateSince.AddDays(-_chance.Next(2, 9)));
            Move(transfer, TransferTrigger.Lapse, story.Deal.StateSince, story.Deal.StateBy, null, "The deal has ended.");
        }
    }

    public async Task InsertAsync(CancellationToken ct)
    {
        await demo.InsertAsync(_transfers, ct);
        await demo.InsertAsync(_moves, ct);
    }

    // Protected and undisputed, with no second partner whose terms would have to follow, and not just asked about.
    private IEnumerable<DealStory> Able(int days) => stories.Where(s => s.Deal is { State: DealState.Approved, ProtectionState: ProtectionState.Protected, DistributorId: null, ConflictState: ConflictState.None, DecidedAt: not null }
        && s.Members.Count == 0 && s.Deal.ExpiresOn > DateOnly.FromDateTime(demo.Now).AddDays(3) && s.Deal.DecidedAt > demo.Now.AddDays(-days) && s.Deal.DecidedAt < demo.Now.AddDays(-4) && !_used.Contains(s.Deal.Id));

    private DemoPartner? Taker(DealStory story)
    {
        var able = market.Partners.Where(p => p != story.Partner && p.Sells && p.Row.Region == story.Partner.Row.Region && p.From < story.Deal.CreatedAt && p.Until >= demo.Now && p.Row.Domain is not ("brightpath.example" or "clearview.example")).ToList();
        return able.Count == 0 ? null : able[_chance.Next(able.Count)];
    }

    private Transfer Propose(DealStory story, DemoPartner taker, DateTime at)
    {
        var transfer = new Transfer
        {
            TenantId = demo.Tenant, Id = demo.NewId<TransferId>(at), DealId = story.Deal.Id, FromId = story.Deal.PartnerId, ToId = taker.Row.Id, FromPerson = story.Deal.RegisteredBy, Title = story.Deal.Title,
            Reason = Reasons[_chance.Next(Reasons.Length)], ProposedAt = at, ProposedBy = story.Partner.Row.ManagerId ?? default, ProposedByName = story.Partner.Manager, Version = 1,
        };
        _used.Add(story.Deal.Id);
        _transfers.Add(transfer);
        return transfer;
    }

    private void Move(Transfer transfer, TransferTrigger on, DateTime at, string by, PartnerId? partner, string? answer)
    {
        if (at > demo.Now) at = demo.Now.AddMinutes(-40);
        var (from, to) = (transfer.State, Transfer.Machine.Next(transfer.State, on).Value);
        Note(Transfer.Machine.Name, transfer.Id.ToString(), Words.Of(from), Words.Of(on), Words.Of(to), at, by, partner, answer);
        transfer.Enter(to, at, by, answer);
    }

    private void Note(string machine, string subject, string from, string on, string to, DateTime at, string by, PartnerId? partner, string? reason) => _moves.Add(new Transition
    {
        TenantId = demo.Tenant, Id = demo.NewId<AuditId>(at), Machine = machine, Subject = subject, From = from, Trigger = on, To = to, At = at, ActorKind = ActorKind.Person, ActorName = by, ActorPartner = partner, Reason = reason,
    });

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
