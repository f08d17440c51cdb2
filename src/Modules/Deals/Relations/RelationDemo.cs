using Trellis.Accounts.Published;
using Trellis.Deals.DemoData;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Relations.Plays;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>Who holds relations with the demo's customers, what partners claim, which suggestions were reviewed, and target lists with some partners.</summary>
internal sealed class RelationDemo(Demo demo, IReadOnlyList<DealStory> stories, DemoMarket market)
{
    private const int Held = 260;
    private const int Claimed = 24;
    private const int Reviewed = 60;
    private const int Lists = 6;

    private static readonly string[] Bases = ["We have run their service desk for years.", "Our consultants sit with their team every week.", "The framework contract is ours.", "We introduced them to the product.", "Their head of operations asks us first."];
    private static readonly string[] Refusals = ["The customer names us as its contact.", "No contract was shown.", "The project ended a year ago."];
    private static readonly string[] Dismissals = ["The customer does not want a second company.", "They are busy elsewhere.", "Not at this stage."];
    private static readonly string[] Steps = ["Call the head of operations", "Send the invitation to the workshop", "Ask for a meeting on site", "Prepare the reference visit", "Agree who calls first"];

    private static readonly (string Name, string Message)[] Plans =
    [
        ("Autumn campaign, manufacturing", "Less downtime on the line: data of machines where people decide, live in six weeks, by people who know the plant."), ("Hospitals of the region", "Records that are there when they are needed, and nowhere else."),
        ("Retail without gaps", "One stock across shops and web, shown to the customer as it is."), ("Energy, next year", "Metering data that the regulator accepts."), ("Mid-size companies", "What large companies have, without their projects."), ("Public sector", "Open formats, one price, and a partner on site."),
    ];

    private readonly Random _chance = demo.Chance("relations");

    public async Task LoadAsync(CancellationToken ct)
    {
        List<CustomerRelation> relations = [];
        foreach (var story in stories.Where(s => s.Deal is { State: DealState.Won, AccountId: not null, ClosedAt: not null }).OrderByDescending(s => s.Deal.ClosedAt).DistinctBy(s => s.Deal.AccountId).Take(Held)) relations.AddRange(Of(story));
        await demo.InsertAsync(relations, ct);
        var (claims, moves) = Claims();
        await demo.InsertAsync(claims, ct);
        await demo.InsertAsync(moves, ct);
        await demo.InsertAsync(Reviews(), ct);
        List<TargetList> lists = [];
        List<Target> targets = [];
        foreach (var partner in market.Partners.Where(p => p.Sells && p.Until >= demo.Now && p.From < demo.Now.AddDays(-200)).OrderBy(p => p.Row.Domain == "brightpath.example" ? 0 : 1).ThenBy(p => p.Row.Id.Value).Take(Lists)) Plan(partner, lists, targets);
        await demo.InsertAsync(lists, ct);
        await demo.InsertAsync(targets, ct);
        await demo.InsertAsync(targets.Where(t => t.Aim is not null).SelectMany(People).ToList(), ct);
        await demo.InsertAsync(targets.Where(t => t.Aim is not null).Select(Note).ToList(), ct);
    }

    private IEnumerable<CustomerRelation> Of(DealStory story)
    {
        var at = demo.Now.AddDays(-_chance.Next(2, 60)).AddMinutes(-_chance.Next(600));
        var vendor = _chance.Next(10);
        if (vendor < 5)
        {
            var ours = Row(story, null, at.AddDays(-30));
            if (vendor < 2) ours.End(at, story.Partner.Manager);
            yield return ours;
            if (vendor == 4) yield break;
        }

        yield return Row(story, story.Deal.PartnerId, at);
    }

    private CustomerRelation Row(DealStory story, PartnerId? holder, DateTime at) => new()
    {
        TenantId = demo.Tenant, Id = demo.NewId<CustomerRelationId>(at), AccountId = story.Deal.AccountId!.Value, PartnerId = holder, Basis = RelationBasis.Declared, Since = DateOnly.FromDateTime(story.Deal.CreatedAt),
        Note = holder is null ? null : Bases[_chance.Next(Bases.Length)], RecordedAt = at, RecordedByName = story.Partner.Manager,
    };

    private (List<RelationClaim> Claims, List<Transition> Moves) Claims()
    {
        List<RelationClaim> claims = [];
        List<Transition> moves = [];
        foreach (var (story, i) in stories.Where(s => DealLifecycle.Claiming.Contains(s.Deal.State) && s.Deal.AccountId is not null && s.Deal.CreatedAt < demo.Now.AddDays(-12)).OrderBy(s => s.Partner.Row.Domain == "brightpath.example" ? 0 : 1).ThenByDescending(s => s.Deal.CreatedAt).Take(Claimed).Select((s, i) => (s, i)))
        {
            var at = demo.Now.AddDays(-_chance.Next(3, 10)).AddMinutes(-_chance.Next(500));
            var claim = new RelationClaim
            {
                TenantId = demo.Tenant, Id = demo.NewId<RelationClaimId>(at), DealId = story.Deal.Id, PartnerId = story.Deal.PartnerId, CustomerName = story.Deal.CustomerName, Basis = Bases[_chance.Next(Bases.Length)],
                Since = DateOnly.FromDateTime(story.Deal.CreatedAt).AddDays(-_chance.Next(30, 900)), ClaimedAt = at, ClaimedBy = story.Deal.RegisteredBy, ClaimedByName = story.Deal.RegisteredByName, Version = 1,
            };
            claims.Add(claim);
            if (i % 3 != 1) continue;
            var answered = at.AddDays(1);
            claim.Enter(RelationClaimState.Refused, answered, story.Partner.Manager, Refusals[_chance.Next(Refusals.Length)]);
            moves.Add(new Transition
            {
                TenantId = demo.Tenant, Id = demo.NewId<AuditId>(answered), Machine = RelationClaim.Machine.Name, Subject = claim.Id.ToString(), From = Words.Of(RelationClaimState.Waiting), Trigger = Words.Of(RelationClaimTrigger.Refuse),
                To = Words.Of(RelationClaimState.Refused), At = answered, ActorKind = ActorKind.Person, ActorName = story.Partner.Manager, Reason = claim.Answer,
            });
        }

        return (claims, moves);
    }

    private List<PlayReview> Reviews()
    {
        List<PlayReview> reviews = [];
        foreach (var story in stories.Where(s => s.Deal.DecidedAt > demo.Now.AddDays(-300) && (s.Deal.State == DealState.Won || s.Deal.State == DealState.Lost || DealLifecycle.Claiming.Contains(s.Deal.State))).OrderBy(s => s.Deal.Id.Value).Where((_, i) => i % 17 == 3).Take(Reviewed))
        {
            var at = story.Deal.DecidedAt!.Value.AddHours(_chance.Next(2, 200));
            if (at > demo.Now) at = demo.Now.AddHours(-2);
            var member = story.Members.FirstOrDefault();
            var (kind, key, title) = member is not null ? (PlayKind.BringPartner, $"bring:{member.PartnerId}", $"Bring {NameOf(member.PartnerId)} in")
                : _chance.Next(2) == 0 ? (PlayKind.CoverDelivery, "delivery", "No partner covers delivery") : (PlayKind.OpenContact, "contact:nobodykeepsthecontactwiththepersonwhode", "Nobody keeps the contact with the person who decides on the money.");
            var taken = member is not null || _chance.Next(10) < 4;
            reviews.Add(new PlayReview
            {
                TenantId = demo.Tenant, Id = demo.NewId<PlayReviewId>(at), Place = story.Deal.Id.ToString(), DealId = story.Deal.Id, Key = key, Kind = kind, Title = title, PartnerId = member?.PartnerId, Taken = taken,
                Reason = taken ? null : Dismissals[_chance.Next(Dismissals.Length)], ReviewedAt = at, ReviewedByName = story.Partner.Manager,
            });
        }

        return reviews;
    }

    private string NameOf(PartnerId id) => market.Partners.FirstOrDefault(p => p.Row.Id == id)?.Row.Name ?? "a partner";

    private void Plan(DemoPartner partner, List<TargetList> lists, List<Target> targets)
    {
        var (name, message) = Plans[lists.Count % Plans.Length];
        var begun = demo.Now.AddDays(-_chance.Next(20, 120));
        var list = new TargetList { TenantId = demo.Tenant, Id = demo.NewId<TargetListId>(begun), PartnerId = partner.Row.Id, CreatedAt = begun, CreatedByName = partner.Manager, Version = 1 };
        list.Write(name, message, begun, partner.Manager);
        lists.Add(list);
        var mine = stories.Where(s => s.Partner == partner && s.Deal.CreatedAt > begun && s.Deal.State != DealState.Draft).DistinctBy(s => s.Account.Id).Take(3).ToDictionary(s => s.Account.Id);
        var accounts = market.Accounts.GetValueOrDefault(partner.Row.Region, []);
        var chosen = mine.Values.Select(s => s.Account).Concat(Enumerable.Range(0, accounts.Count == 0 ? 0 : 9).Select(_ => accounts[_chance.Next(accounts.Count)])).DistinctBy(a => Customers.NameKey(a.Name)).ToList();
        foreach (var account in chosen) targets.Add(Aim(list, partner, account, mine.GetValueOrDefault(account.Id)?.Deal, begun));
        targets.Add(Aim(list, partner, null, null, begun));
    }

    // Whom each side knows there, and what was said last.
    private IEnumerable<TargetContact> People(Target target) => new[] { ("Eva Brandt", "Head of operations", Workspace.BuyerRole.Champion, DealSide.Partner), ("Jonas Keller", "CFO", Workspace.BuyerRole.EconomicBuyer, DealSide.Vendor) }
        .Select((p, i) => new TargetContact
        {
            TenantId = demo.Tenant, Id = demo.NewId<TargetContactId>(target.AddedAt.AddMinutes(i)), TargetId = target.Id, PartnerId = target.PartnerId, Name = p.Item1, JobTitle = p.Item2, Role = p.Item3, KnownBy = p.Item4,
            KnownByName = p.Item4 == DealSide.Vendor ? target.AddedByName : null, AddedAt = target.AddedAt, AddedByName = target.AddedByName, Version = 1,
        });

    private TargetNote Note(Target target) => new()
    {
        TenantId = demo.Tenant, Id = demo.NewId<TargetNoteId>(target.ChangedAt), TargetId = target.Id, PartnerId = target.PartnerId, At = target.ChangedAt, AuthorName = target.ChangedByName,
        AuthorPartner = target.NextSide == DealSide.Partner ? target.PartnerId : null, Body = "They plan the next budget now; let us be there before it is closed.",
    };

    private Target Aim(TargetList list, DemoPartner partner, AccountRow? account, Deal? deal, DateTime begun)
    {
        var changed = begun.AddDays(_chance.Next(1, 18));
        var byPartner = account is null || _chance.Next(2) == 0;
        var state = deal is not null ? TargetState.Deal : (TargetState)_chance.Next(3);
        if (state != TargetState.Deal && _chance.Next(9) == 0) state = TargetState.Dropped;
        return new Target
        {
            TenantId = demo.Tenant, Id = demo.NewId<TargetId>(begun.AddMinutes(_chance.Next(500))), ListId = list.Id, PartnerId = list.PartnerId, AccountId = account?.Id, Name = account?.Name ?? "Hollenbach Werkzeugbau", NameKey = Customers.NameKey(account?.Name ?? "Hollenbach Werkzeugbau"), SearchText = Text.Fold(account?.Name ?? "Hollenbach Werkzeugbau", account is null ? "Kassel" : account.City),
            City = account is null ? "Kassel" : account.City, Country = account is null ? "DE" : account.Country, Proposed = account is null, State = state, NextSide = byPartner ? DealSide.Partner : DealSide.Vendor,
            NextStep = state is TargetState.Deal or TargetState.Dropped ? null : Steps[_chance.Next(Steps.Length)], NextOn = state is TargetState.Deal or TargetState.Dropped ? null : DateOnly.FromDateTime(demo.Now).AddDays(_chance.Next(-4, 25)),
            Aim = state is TargetState.Contacted or TargetState.Meeting ? "One joint project before the end of their budget year" : null, Contacts = deal?.ContactName, DealId = deal?.Id, AddedAt = begun, AddedByName = account is null ? partner.People[0].Name : partner.Manager, ChangedAt = changed > demo.Now ? demo.Now.AddHours(-5) : changed, ChangedByName = byPartner ? partner.People[0].Name : partner.Manager, Version = 1,
        };
    }
}
