using Trellis.Accounts.Published;
using Trellis.Deals.DemoData;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>About thirty conflicts of the last months over the demo's own registrations, in every state; and the keys under which living registrations are found.</summary>
internal sealed class ConflictDemo
{
    private const int Wanted = 30;

    private static readonly string[] Statements =
    [
        "We have been there every month since spring and ran the pilot.", "The customer asked us for the offer; the mail is in our file.", "Our engineer did the proof of concept on site.",
        "Procurement has named us as the only bidder.", "We brought the customer to the product in a workshop.",
    ];

    private static readonly string[] Reasons =
        ["Work with the customer was shown first on this side.", "The customer has named whom it works with.", "Both have contributed, so the credit is shared.", "The projects are different ones.", "The earlier claim is older and active."];

    private readonly Demo _demo;
    private readonly Random _chance;
    private readonly List<Conflict> _conflicts = [];
    private readonly List<ConflictStatement> _statements = [];
    private readonly List<Transition> _moves = [];
    private readonly List<ClaimKey> _keys;
    private readonly IReadOnlyList<Deal> _deals;
    private readonly DemoMarket _market;

    public ConflictDemo(Demo demo, IReadOnlyList<Deal> deals, DemoMarket market)
    {
        (_demo, _chance, _deals, _market) = (demo, demo.Chance("conflicts"), deals, market);
        var alive = DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToHashSet();
        _keys = [.. deals.Where(d => alive.Contains(d.State)).SelectMany(d => Customers.Keys(Customer.Typed(d), asking: false).Distinct().Select(k => new ClaimKey { TenantId = demo.Tenant, Key = k, DealId = d.Id }))];
        var recent = deals.Where(d => d.SubmittedAt > demo.Now.AddDays(-75) && d.SubmittedAt < demo.Now.AddHours(-48) && d.State != DealState.Draft).OrderBy(d => d.SubmittedAt).ToList();
        var holders = deals.Where(d => DealLifecycle.Claiming.Contains(d.State) && d.AccountId is not null).GroupBy(d => (d.AccountId, d.ProductId)).ToDictionary(g => g.Key, g => g.First());
        // The two partners that visitors sign in as come first.
        var known = market.Partners.Where(p => p.Row.Domain is "brightpath.example" or "clearview.example").Select(p => p.Row.Id).ToHashSet();
        var pairs = recent.Where(d => d.ReasonCode == ReasonCode.DuplicateOfEarlierRegistration || d.State == DealState.InReview)
            .Select(d => (Deal: d, Other: holders.GetValueOrDefault((d.AccountId, d.ProductId)))).Where(p => p.Other is not null && p.Other.PartnerId != p.Deal.PartnerId)
            .OrderBy(p => known.Contains(p.Deal.PartnerId) || known.Contains(p.Other!.PartnerId) ? 0 : 1).ThenByDescending(p => p.Deal.SubmittedAt).ToList();
        var direct = recent.Where(d => d.AccountId is not null && DealLifecycle.Claiming.Contains(d.State) && d.OpportunityId is null)
            .Select(d => (Deal: d, Opportunity: market.Opportunities[d.AccountId!.Value].FirstOrDefault(o => o.ProductId == d.ProductId && o.ClosedOn is null))).Where(p => p.Opportunity is not null).ToList();
        var refusals = recent.Where(d => d.State == DealState.Rejected && d.ReasonCode is ReasonCode.NotAFit or ReasonCode.NamedAccount or ReasonCode.NoVerifiableContact)
            .OrderBy(d => known.Contains(d.PartnerId) ? 0 : 1).ThenByDescending(d => d.SubmittedAt).ToList();
        foreach (var (deal, other) in pairs.Take(16)) Live(deal, ConflictKind.PartnerPartner, other, null);
        foreach (var (deal, opportunity) in direct.Take(6)) Live(deal, ConflictKind.PartnerDirect, null, opportunity);
        foreach (var deal in refusals.Take(Math.Max(0, Wanted - _conflicts.Count))) Live(deal, ConflictKind.Refusal, null, null);
    }

    public async Task InsertAsync(CancellationToken ct)
    {
        await _demo.InsertAsync(_conflicts, ct);
        await _demo.InsertAsync(_statements, ct);
        await _demo.InsertAsync(_moves, ct);
        await _demo.InsertAsync(_keys, ct);
    }

    private void Live(Deal deal, ConflictKind kind, Deal? other, OpportunityRow? opportunity)
    {
        var index = _conflicts.Count;
        // Suspected, disputed, mediated, settled in turn; a refused side has spoken, so that it is more than a suspicion.
        var goal = deal.State == DealState.Rejected && index % 4 == 0 ? 3 : index % 4;
        var opened = goal == 0 ? _demo.Now.AddHours(-_chance.Next(2, 40)) : goal == 3 ? deal.SubmittedAt!.Value.AddHours(3) : Later(deal.SubmittedAt!.Value, _demo.Now.AddHours(-_chance.Next(6, 300)));
        var conflict = new Conflict
        {
            TenantId = _demo.Tenant, Id = _demo.NewId<ConflictId>(opened), Kind = kind, CustomerName = deal.CustomerName, AccountId = deal.AccountId, ProductId = deal.ProductId, DealId = deal.Id,
            PartnerId = deal.PartnerId, OtherDealId = other?.Id, OtherPartnerId = other?.PartnerId, OpportunityId = opportunity?.Id,
            Rule = kind switch { ConflictKind.PartnerPartner => "earlier-rival", ConflictKind.PartnerDirect => "import of opportunities", _ => "raised by hand" },
            OpenedAt = opened, OpenedBy = kind == ConflictKind.Refusal ? deal.RegisteredByName : "Rules of engagement", SearchText = Text.Fold(deal.CustomerName, other?.CustomerName, deal.CustomerDomain), Version = 1,
        };
        if (goal == 0 || kind != ConflictKind.Refusal) Move(conflict, ConflictTrigger.Suspect, opened, "Rules of engagement", null);
        var at = opened.AddHours(1);
        var manager = _market.Partners.FirstOrDefault(p => p.Row.Id == deal.PartnerId)?.Manager ?? "Channel operations";
        if (goal >= 1)
        {
            Move(conflict, ConflictTrigger.Dispute, at, deal.RegisteredByName, deal.PartnerId);
            Say(conflict, deal.PartnerId, deal.RegisteredBy, deal.RegisteredByName, deal.State == DealState.Rejected ? StatementKind.Appeal : StatementKind.Statement, at);
            if (other is not null && _chance.Next(3) > 0) Say(conflict, other.PartnerId, other.RegisteredBy, other.RegisteredByName, StatementKind.Statement, at.AddHours(2));
            conflict.Escalate(ConflictClock.Level(conflict.State, conflict.OpenedAt, at, _demo.Now));
        }

        if (goal >= 2)
        {
            Move(conflict, ConflictTrigger.Mediate, at.AddHours(4), manager, null);
            conflict.TakeUp(default, manager);
        }

        if (goal == 3) Settle(conflict, deal, manager, at.AddHours(30));
        deal.Contest(conflict.State);
        other?.Contest(conflict.State);
        _conflicts.Add(conflict);
    }

    // What stands today is what was decided: the deals of the demo are not changed.
    private void Settle(Conflict conflict, Deal deal, string manager, DateTime at)
    {
        Move(conflict, ConflictTrigger.Settle, at, manager, null);
        var outcome = DealLifecycle.Claiming.Contains(deal.State) ? ConflictOutcome.ClaimantHolds : conflict.Kind == ConflictKind.PartnerPartner && _chance.Next(3) == 0 ? ConflictOutcome.NoConflict : ConflictOutcome.OtherHolds;
        var reason = Reasons[outcome == ConflictOutcome.NoConflict ? 3 : _chance.Next(2)];
        conflict.Decide(outcome, reason, null, at, default(PersonId), conflict.HasTwoPartners && outcome != ConflictOutcome.NoConflict ? "Your registration came later, and we have seen no work with the customer from before. Tell us if there was some: you can appeal once." : null);
        conflict.Escalate(0);
    }

    private void Move(Conflict conflict, ConflictTrigger on, DateTime at, string by, PartnerId? partner)
    {
        var to = ConflictLifecycle.Machine.Next(conflict.State, on).Value;
        _moves.Add(new Transition
        {
            TenantId = _demo.Tenant, Id = _demo.NewId<AuditId>(at), Machine = ConflictLifecycle.Machine.Name, Subject = conflict.Id.ToString(), From = Words.Of(conflict.State), Trigger = Words.Of(on), To = Words.Of(to),
            At = at, ActorKind = ActorKind.Person, ActorName = by, ActorPartner = partner,
        });
        conflict.Enter(to, at, by);
    }

    private void Say(Conflict conflict, PartnerId partner, PersonId person, string name, StatementKind kind, DateTime at) => _statements.Add(new ConflictStatement
    {
        TenantId = _demo.Tenant, Id = _demo.NewId<StatementId>(at), ConflictId = conflict.Id, Kind = kind, PartnerId = partner, AuthorId = person, AuthorName = name, Body = Statements[_chance.Next(Statements.Length)], At = at,
    });

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
