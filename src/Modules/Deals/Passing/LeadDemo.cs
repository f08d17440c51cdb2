using Trellis.Accounts.Published;
using Trellis.Deals.DemoData;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>About sixty leads of the demo in both directions and every state, some of them offered to a second and a third partner. Each is decided by the shipped rules over the demo's own partners and accounts.</summary>
internal sealed class LeadDemo(Demo demo, IReadOnlyList<DealStory> stories, DemoMarket market)
{
    private const int ToPartners = 44;
    private const int ToVendor = 18;

    private static readonly string[] Needs =
    [
        "Wants to replace its present system this year and asks for somebody nearby.", "Has asked at a trade fair for an offer and a visit.", "Needs help with a first project; budget is agreed.", "Came through the web site: asks for a demo and a price.",
        "An existing contact has moved there and asks for the same solution.",
    ];

    private static readonly string[] Sources = ["Web site", "Trade fair", "Campaign", "Existing customer"];
    private static readonly string[] Refusals = ["All our engineers are in projects until summer.", "We have no office in that part of the country.", "We work for a competitor of this customer."];

    private readonly Random _chance = demo.Chance("deals.leads");
    private readonly DecisionTable _table = DecisionTable.Of(DefaultPassing.Text);
    private readonly List<Lead> _leads = [];
    private readonly List<Transition> _moves = [];
    private readonly WorkCalendar _calendar = demo.Work.Settings.Calendar;

    public async Task LoadAsync(CancellationToken ct)
    {
        var taken = stories.Select(s => s.Deal.AccountId).OfType<AccountId>().ToHashSet();
        // Customers whom nobody has registered, so that no story contradicts another one.
        var free = market.ById.Values.Where(a => !taken.Contains(a.Id) && !a.Named && a.Country is not null && !market.Opportunities[a.Id].Any()).OrderBy(a => a.Id.Value).ToList();
        if (free.Count == 0) free = [.. market.ById.Values.Where(a => a.Country is not null).OrderBy(a => a.Id.Value)];
        if (free.Count == 0 || market.Products.Count == 0) return;
        var able = market.Partners.Where(p => p.Sells && p.Until >= demo.Now && p.From < demo.Now.AddDays(-120)).OrderBy(p => p.Row.Domain is "brightpath.example" ? 0 : p.Row.Domain is "clearview.example" ? 1 : 2).ThenBy(p => p.Row.Id.Value).ToList();
        if (able.Count == 0) return;
        for (var i = 0; i < ToPartners; i++) Pass(i, Unused(free, i * 7), able);
        // Every other one that partners pass is of the kind at which a person of the vendor looks.
        var looked = market.ById.Values.Where(a => !taken.Contains(a.Id) && (a.Named || a.OwnerName is not null) && a.Country is not null && !market.Opportunities[a.Id].Any()).OrderBy(a => a.Id.Value).ToList();
        for (var i = 0; i < ToVendor; i++) Refer(i, i % 2 == 1 && looked.Count > 0 ? looked[i % looked.Count] : Unused(free, (i * 11) + 3), able);
        await demo.InsertAsync(_leads, ct);
        await demo.InsertAsync(_moves, ct);
        var source = demo.Field(LeadRecords.Name, "source", FieldKind.Choice, "Source of the lead", FieldSight.PartnerReads, 10, true, "Where the customer’s interest came from.", Sources);
        await demo.AddFieldAsync(source, _leads.Select(l => (l.Id, (string?)Sources[_chance.Next(Sources.Length)])), ct);
        var visit = demo.Field(LeadRecords.Name, "next_visit", FieldKind.Date, "Next visit", FieldSight.PartnerWrites, 20, help: "When you meet the customer next.");
        await demo.AddFieldAsync(visit, _leads.Where(l => l.State == LeadState.Accepted).Select(l => (l.Id, (string?)demo.Now.AddDays(_chance.Next(2, 30)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))), ct);
    }

    // Of one customer one lead is open, as long as there are customers.
    private AccountRow Unused(List<AccountRow> free, int from)
    {
        for (var i = 0; i < free.Count; i++)
        {
            if (_leads.TrueForAll(l => l.AccountId != free[(from + i) % free.Count].Id)) return free[(from + i) % free.Count];
        }

        return free[from % free.Count];
    }

    // The two partners that visitors sign in as have a lead in every state that one can look at.
    private void Pass(int i, AccountRow customer, List<DemoPartner> able)
    {
        var partner = i < 14 ? able[i % Math.Min(2, able.Count)] : Near(customer, able);
        var state = (i / 2 % 7) switch { 0 => LeadState.Offered, 1 or 6 => LeadState.Accepted, 2 => LeadState.Declined, 3 => LeadState.TimedOut, 4 => LeadState.Returned, _ => LeadState.Withdrawn };
        if (i >= 40) state = LeadState.InReview;
        var at = state is LeadState.Offered or LeadState.InReview ? demo.Now.AddHours(-2 - (i % 5)) : demo.Now.AddDays(-3 - _chance.Next(40));
        if (state == LeadState.InReview) partner = able.FirstOrDefault(p => !p.Covers(customer)) ?? partner;
        var first = Begin(LeadDirection.ToPartner, customer, partner, at, null);
        Tell(first, partner, state, at);
        if (i % 3 != 0 || !LeadLifecycle.Free.Contains(state)) return;
        // Offered to the next one, who does not know who had it.
        var next = able.FirstOrDefault(p => p != partner && p.Covers(customer) && p.Row.Domain is not ("brightpath.example" or "clearview.example")) ?? able[^1];
        if (next == partner) return;
        var onward = first.StateSince.AddHours(5);
        if (onward > demo.Now.AddHours(-1)) onward = demo.Now.AddHours(-1);
        var second = Begin(LeadDirection.ToPartner, customer, next, onward, first);
        Tell(second, next, onward > demo.Now.AddDays(-1) ? LeadState.Offered : LeadState.Accepted, onward);
    }

    private void Refer(int i, AccountRow customer, List<DemoPartner> able)
    {
        var partner = i < 6 ? able[i % Math.Min(2, able.Count)] : able[i % able.Count];
        var at = i % 4 == 1 ? demo.Now.AddHours(-3) : demo.Now.AddDays(-2 - _chance.Next(50));
        var lead = Begin(LeadDirection.ToVendor, customer, partner, at, null);
        Move(lead, LeadTrigger.Submit, at, lead.PassedByName, partner.Row.Id, null);
        var asks = lead.Outcome == Outcome.Review;
        if (asks && i % 4 == 1) return;
        var refuses = asks && i % 4 == 3;
        Move(lead, refuses ? LeadTrigger.Reject : LeadTrigger.Accept, asks ? at.AddHours(4) : at, asks ? partner.Manager : "Rules of passing leads, version 1", null, refuses ? "The account team has talked to this customer before." : null);
        if (refuses) lead.Because(null, ReasonCode.ExistingDirectOpportunity);
        else if (i % 4 == 0) Move(lead, LeadTrigger.Convert, at.AddHours(30), partner.Manager, null, null);
    }

    private void Tell(Lead lead, DemoPartner partner, LeadState goal, DateTime at)
    {
        // Where the rules ask a person first, one has let it go out.
        if (lead.Outcome == Outcome.Review) Move(lead, LeadTrigger.Hold, at, lead.PassedByName, null, null);
        if (lead.Outcome == Outcome.Review && goal == LeadState.InReview) return;
        Move(lead, LeadTrigger.Offer, at, lead.PassedByName, null, null);
        var (answered, who) = (at.AddMinutes(20 + _chance.Next(900)), partner.People[0].Name);
        switch (goal)
        {
            case LeadState.Accepted or LeadState.Returned:
                Move(lead, LeadTrigger.Accept, answered, who, partner.Row.Id, null);
                if (goal == LeadState.Accepted) break;
                Move(lead, LeadTrigger.Return, answered.AddDays(1), who, partner.Row.Id, "The customer does not answer.");
                lead.Because(DeclineReason.NotReachable, null);
                break;
            case LeadState.Declined:
                var which = _chance.Next(Refusals.Length);
                Move(lead, LeadTrigger.Decline, answered, who, partner.Row.Id, Refusals[which]);
                lead.Because(which switch { 0 => DeclineReason.NoCapacity, 1 => DeclineReason.OutsideTerritory, _ => DeclineReason.ConflictOfInterest }, null);
                break;
            case LeadState.TimedOut:
                Move(lead, LeadTrigger.TimeOut, lead.AnswerBy!.Value < demo.Now ? lead.AnswerBy.Value : demo.Now.AddMinutes(-30), "Trellis", null, null);
                break;
            case LeadState.Withdrawn:
                Move(lead, LeadTrigger.Withdraw, at.AddHours(3), lead.PassedByName, null, "The customer has decided to wait.");
                break;
        }
    }

    private Lead Begin(LeadDirection direction, AccountRow customer, DemoPartner partner, DateTime at, Lead? before)
    {
        var product = market.Products[_chance.Next(market.Products.Count)];
        var interest = new Interest
        {
            CustomerName = customer.Name, CustomerDomain = customer.Domain, Country = customer.Country, Product = before?.ProductId ?? product.Id, Need = before?.Need ?? Needs[_chance.Next(Needs.Length)],
            Amount = before?.Amount ?? (1 + _chance.Next(60)) * 1_000_00L, Currency = "USD",
        };
        var named = market.Products.First(p => p.Id == interest.Product);
        var known = new PassingCustomer
        {
            Interest = interest, Currency = "USD", MainAmount = interest.Amount, ProductName = named.Name, Series = named.Series, Account = customer.Id, AccountRow = customer, AccountState = "found",
            Claims = [], Leads = [], Today = DateOnly.FromDateTime(at), Wanted = PassingCases.Wants(interest, customer.Sector, named.Name, named.Series),
        };
        var facts = PassingCases.Facts(direction, known, new PassingPartner(partner.Row, partner.Selling, [], 1, null, partner.People.Count) { Declared = partner.Declared });
        var ruling = Deciding.Decide(facts, _table, known.Today, "USD");
        var id = demo.NewId<LeadId>(at);
        var person = direction == LeadDirection.ToVendor ? partner.People[0] : (partner.Row.ManagerId ?? default, partner.Manager);
        var lead = new Lead
        {
            TenantId = demo.Tenant, Id = id, Direction = direction, PartnerId = partner.Row.Id, ChainId = before?.ChainId ?? id, Turn = (before?.Turn ?? 0) + 1, CustomerName = customer.Name, CustomerKey = Customer.Key(customer.Name),
            CustomerDomain = customer.Domain, CustomerCity = customer.City, Country = customer.Country, ProductId = interest.Product, Need = interest.Need, Amount = interest.Amount, Currency = "USD",
            PassedAt = at, PassedBy = person.Item1, PassedByName = person.Item2, Reviewer = ruling.Reviewer,
            DecideBy = ruling.Outcome == Outcome.Review ? _calendar.Add(at, 1) : null, RulesNumber = 1, DecidedOn = known.Today, RulesCurrency = "USD", Outcome = ruling.Outcome, RuleId = ruling.RuleId, Facts = facts.ToJson(), ForPartner = ruling.ForPartner, ForVendor = ruling.ForVendor,
            SearchText = Text.Fold(customer.Name, customer.Domain, named.Name, customer.City), Version = 1,
        };
        PassingTerms.Of(_table.Text, facts, known.Today, "USD", ruling).GrantTo(lead);
        lead.Identify(customer.Id);
        lead.Contact(before?.ContactName ?? DemoWords.Person(_chance), null);
        _leads.Add(lead);
        return lead;
    }

    private DemoPartner Near(AccountRow customer, List<DemoPartner> able)
    {
        var near = able.Where(p => p.Covers(customer) && p.Row.Domain is not ("brightpath.example" or "clearview.example")).ToList();
        return near.Count == 0 ? able[^1] : near[_chance.Next(near.Count)];
    }

    private void Move(Lead lead, LeadTrigger on, DateTime at, string by, PartnerId? partner, string? words)
    {
        if (at > demo.Now) at = demo.Now.AddMinutes(-10);
        var (from, to) = (lead.State, LeadLifecycle.Machine.Next(lead.State, on).Value);
        _moves.Add(new Transition
        {
            TenantId = demo.Tenant, Id = demo.NewId<AuditId>(at), Machine = LeadLifecycle.Machine.Name, Subject = lead.Id.ToString(), From = Words.Of(from), Trigger = Words.Of(on), To = Words.Of(to), At = at,
            ActorKind = on == LeadTrigger.TimeOut || by.StartsWith("Rules", StringComparison.Ordinal) ? ActorKind.System : ActorKind.Person, ActorName = by, ActorPartner = partner, Reason = words,
        });
        lead.Enter(to, at, Actor.System(demo.Tenant, by), words, _calendar);
    }
}
