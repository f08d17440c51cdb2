using System.Text.Json;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.DemoData;

/// <summary>What people have written into the workspaces of the demo's living deals, and the agreements of its teams.</summary>
internal sealed class WorkspaceDemo(Demo demo)
{
    private static readonly (string Title, bool Vendor)[] Tasks =
    [
        ("Send the price for 250 seats", true), ("Book the demo room for the steering group", true), ("Answer the security questionnaire", true), ("Confirm the discount with finance", true),
        ("Ask for the list of systems to connect", false), ("Call the head of operations about the date", false), ("Write the summary of the workshop", false), ("Bring the reference customer to a call", false),
        ("Check who signs above 100,000", false), ("Draft the statement of work", false),
    ];

    private static readonly (string Title, BuyerRole Role, Influence Influence)[] Seats =
    [
        ("Chief financial officer", BuyerRole.EconomicBuyer, Influence.High), ("Head of operations", BuyerRole.Champion, Influence.High), ("IT architect", BuyerRole.TechnicalBuyer, Influence.Medium),
        ("Team lead, service desk", BuyerRole.User, Influence.Low), ("Legal counsel", BuyerRole.Legal, Influence.Medium), ("Procurement", BuyerRole.Procurement, Influence.Medium),
    ];

    private readonly Random _chance = demo.Chance("deals.workspace");
    private readonly List<DealTask> _tasks = [];
    private readonly List<Milestone> _plan = [];
    private readonly List<CommitteePerson> _people = [];
    private readonly List<CoalitionAgreement> _agreements = [];
    private readonly List<DirectSight> _sights = [];

    public async Task LoadAsync(IReadOnlyList<DealStory> stories, DemoPartner? proposed, CancellationToken ct)
    {
        var living = stories.Where(s => DealLifecycle.Claiming.Contains(s.Deal.State) && s.Deal.CreatedAt > demo.Now.AddDays(-150)).ToList();
        foreach (var story in living)
        {
            var ours = story.Partner.Row.Domain is "brightpath.example" or "clearview.example";
            if (ours || _chance.Next(4) == 0) Work(story);
            if (!ours && _chance.Next(40) == 0) _sights.Add(new DirectSight { TenantId = demo.Tenant, DealId = story.Deal.Id, Level = _chance.Next(2) == 0 ? DealVisibility.Counts : DealVisibility.Summary, SetByName = story.Deal.RegisteredByName, SetAt = Later(story), Version = 1 });
        }

        foreach (var story in living.Where(s => s.Partner.Row.Domain == "brightpath.example").Take(3)) TakenOff(story);
        if (proposed is not null) Propose(stories, proposed);
        foreach (var story in stories.Where(s => s.Members.Count > 0)) Agree(story);
        await demo.InsertAsync(_tasks, ct);
        await demo.InsertAsync(_plan, ct);
        await demo.InsertAsync(_people, ct);
        await demo.InsertAsync(_agreements, ct);
        await demo.InsertAsync(_sights, ct);
        await demo.InsertAsync(Formations(stories), ct);
        await demo.InsertAsync([new RepPlan
        {
            TenantId = demo.Tenant, Id = demo.NewId<RepPlanId>(demo.Now.AddDays(-320)), CommissionBasisPoints = 600, Rule = PartnerRule.Reduced, AdjustBasisPoints = 2000,
            EffectiveFrom = DateOnly.FromDateTime(demo.Now).AddDays(-320), SetByName = "Felix Wagner", SetAt = demo.Now.AddDays(-320),
        }], ct);
    }

    private void Work(DealStory story)
    {
        var (deal, began) = (story.Deal, story.Deal.DecidedAt ?? story.Deal.CreatedAt);
        var template = PlanTemplate.All[_chance.Next(PlanTemplate.All.Length)];
        var place = 0;
        foreach (var (step, due) in PlanTemplate.Dated(template, DateOnly.FromDateTime(began), deal.ExpectedClose))
        {
            var at = due.ToDateTime(new TimeOnly(14, 0), DateTimeKind.Utc).AddDays(_chance.Next(-4, 3));
            var done = at < demo.Now && _chance.Next(12) > 0;
            _plan.Add(new Milestone
            {
                TenantId = demo.Tenant, Id = demo.NewId<MilestoneId>(began), DealId = deal.Id, Place = AddMilestone.Gap * place++, Stage = step.Stage, Title = step.Title, Owner = step.Owner, DueOn = due,
                DoneAt = done ? at < began ? began : at : null, DoneByName = done ? step.Owner == DealSide.Vendor ? story.Partner.Manager : deal.RegisteredByName : null,
                DoneByPartner = done && step.Owner != DealSide.Vendor ? deal.PartnerId : null, Version = 1,
                OwnerPartner = step.Owner == DealSide.Partner ? deal.PartnerId : null, OwnerPerson = step.Owner == DealSide.Partner ? deal.RegisteredBy : null, OwnerName = step.Owner == DealSide.Partner ? deal.RegisteredByName : "",
                RemindedAt = due <= DateOnly.FromDateTime(demo.Now) ? demo.Now : null,
            });
        }

        for (var i = _chance.Next(2, 5); i > 0; i--) Task(story, began);
        foreach (var (title, role, influence) in Seats.Where(_ => _chance.Next(10) < 6)) Person(story, title, role, influence, began);
    }

    private void Task(DealStory story, DateTime began)
    {
        var (title, vendor) = Tasks[_chance.Next(Tasks.Length)];
        var due = DateOnly.FromDateTime(demo.Now).AddDays(_chance.Next(-20, 25));
        var done = due < DateOnly.FromDateTime(demo.Now.AddDays(-2)) && _chance.Next(6) > 0;
        var at = due.ToDateTime(new TimeOnly(11, 0), DateTimeKind.Utc);
        _tasks.Add(new DealTask
        {
            TenantId = demo.Tenant, Id = demo.NewId<DealTaskId>(began), DealId = story.Deal.Id, Audience = vendor && _chance.Next(4) == 0 ? CommentAudience.Internal : CommentAudience.Shared,
            Title = title, OwnerPartner = vendor ? null : story.Deal.PartnerId, OwnerPerson = vendor ? null : story.Deal.RegisteredBy, OwnerName = vendor ? story.Partner.Manager : story.Deal.RegisteredByName,
            DueOn = due, DoneAt = done ? at < began ? began : at : null, DoneByName = done ? vendor ? story.Partner.Manager : story.Deal.RegisteredByName : null, DoneByPartner = done && !vendor ? story.Deal.PartnerId : null,
            CreatedAt = began, CreatedByName = story.Partner.Manager,
            RemindedAt = due <= DateOnly.FromDateTime(demo.Now) ? demo.Now : null, SearchText = Text.Fold(title, story.Deal.CustomerName), Version = 1,
        });
    }

    // One that was removed lately, and can be put back.
    private void TakenOff(DealStory story) => _tasks.Add(new DealTask
    {
        TenantId = demo.Tenant, Id = demo.NewId<DealTaskId>(demo.Now.AddDays(-5)), DealId = story.Deal.Id, Title = "Send last year’s price list", OwnerPartner = story.Deal.PartnerId, OwnerPerson = story.Deal.RegisteredBy,
        OwnerName = story.Deal.RegisteredByName, DueOn = DateOnly.FromDateTime(demo.Now).AddDays(6), CreatedAt = demo.Now.AddDays(-5), CreatedByName = story.Partner.Manager, SearchText = Text.Fold("Send last year’s price list", story.Deal.CustomerName),
        RemovedAt = demo.Now.AddDays(-2), RemovedByName = story.Partner.Manager, Version = 2,
    });

    private void Person(DealStory story, string title, BuyerRole role, Influence influence, DateTime began)
    {
        var name = role == BuyerRole.Champion && story.Deal.ContactName is { } contact ? contact : DemoWords.Person(_chance);
        var covered = _chance.Next(10) < 7 ? _chance.Next(3) == 0 ? DealSide.Vendor : DealSide.Partner : (DealSide?)null;
        _people.Add(new CommitteePerson
        {
            TenantId = demo.Tenant, Id = demo.NewId<CommitteePersonId>(began), DealId = story.Deal.Id, Name = name, JobTitle = title, Email = _chance.Next(3) == 0 ? null : DemoWords.Mail(name, story.Account.Domain),
            Role = role, Influence = influence, Stance = role == BuyerRole.Champion ? Stance.For : (Stance)_chance.Next(4), CoveredBy = covered,
            CoveredByName = covered switch { DealSide.Vendor => story.Partner.Manager, DealSide.Partner => story.Deal.RegisteredByName, _ => null }, AddedByName = story.Deal.RegisteredByName, AddedAt = began, Version = 1,
        });
    }

    // The vendor would like a specialist on a deal of Brightpath's; Rosa has not consented yet.
    private void Propose(IReadOnlyList<DealStory> stories, DemoPartner guest)
    {
        var host = stories.Where(s => s.Partner.Row.Domain == "brightpath.example" && DealLifecycle.Claiming.Contains(s.Deal.State) && s.Members.Count == 0).OrderByDescending(s => s.Deal.Amount).ThenBy(s => s.Deal.CreatedAt).FirstOrDefault();
        if (host is null) return;
        host.Invite(guest, demo.Now.AddHours(-6));
        var member = host.Members[^1];
        (member.State, member.Role, member.ShareBasisPoints, member.Visibility) = (MemberState.Proposed, DealRole.Deliver, 1500, DealVisibility.Full);
    }

    private void Agree(DealStory story)
    {
        foreach (var member in story.Members)
        {
            member.WorkBasisPoints = Math.Min(10_000, member.ShareBasisPoints + (500 * _chance.Next(0, 4)));
            if (member.State == MemberState.Accepted && _chance.Next(5) == 0) member.Visibility = DealVisibility.Full;
            var over = DealLifecycle.IsOver(story.Deal.State);
            if (over && story.Deal.ClosedAt < demo.Now.AddDays(-200)) continue;
            var agreement = new CoalitionAgreement
            {
                TenantId = demo.Tenant, Id = demo.NewId<AgreementId>(member.InvitedAt), DealId = story.Deal.Id, PartnerId = member.PartnerId, HolderId = member.HolderId,
                State = State(member.State, over), ProposedAt = member.InvitedAt, ProposedByName = member.InvitedByName, Version = 1,
                ConsentedAt = member.State == MemberState.Proposed ? null : member.InvitedAt, ConsentedByName = member.State == MemberState.Proposed ? null : story.Deal.RegisteredByName,
                AcceptedAt = member.State == MemberState.Accepted ? member.AnsweredAt : null, AcceptedByName = member.State == MemberState.Accepted ? member.AnsweredByName : null,
                EndedAt = over ? story.Deal.ClosedAt : member.State == MemberState.Declined ? member.AnsweredAt : null,
                EndReason = over ? $"The deal is {DealLifecycle.Label(story.Deal.State).ToLowerInvariant()}." : null,
            };
            agreement.Write(new Terms(member.Role, member.ShareBasisPoints, member.WorkBasisPoints, member.Visibility), story.Deal, story.Partner.Row.Name, _names.GetValueOrDefault(member.PartnerId, "the invited partner"), "Northwind Cloud", agreement.ProposedAt);
            _agreements.Add(agreement);
        }
    }

    private Dictionary<PartnerId, string> _names = [];

    /// <summary>The names of the partners, for the words of the agreements.</summary>
    public WorkspaceDemo With(IEnumerable<DemoPartner> partners)
    {
        _names = partners.ToDictionary(p => p.Row.Id, p => p.Row.Name);
        return this;
    }

    private static AgreementState State(MemberState member, bool over) => (member, over) switch
    {
        (MemberState.Declined, _) => AgreementState.Declined,
        (_, true) => AgreementState.Ended,
        (MemberState.Accepted, _) => AgreementState.Accepted,
        (MemberState.Proposed, _) => AgreementState.Proposed,
        _ => AgreementState.Offered,
    };

    // Two teams that have won, kept by the vendor and by Brightpath.
    private List<Formation> Formations(IReadOnlyList<DealStory> stories)
    {
        var won = stories.Where(s => s.Deal.State == DealState.Won && s.Partner.Row.Domain == "brightpath.example" && s.Members.Any(m => m.State == MemberState.Accepted)).OrderByDescending(s => s.Deal.WonAmount).ThenBy(s => s.Deal.CreatedAt).Take(2).ToList();
        return [.. won.Select((s, i) => new Formation
        {
            TenantId = demo.Tenant, Id = demo.NewId<FormationId>(demo.Now.AddDays(-40 - i)), OwnerId = i == 0 ? s.Partner.Row.Id : null, Name = i == 0 ? "Advise and sell" : "Brightpath with an adviser", DealId = s.Deal.Id,
            Content = JsonSerializer.Serialize(s.Members.Where(m => m.State == MemberState.Accepted).Select(m => new FormationPlace(m.PartnerId, _names.GetValueOrDefault(m.PartnerId, ""), m.Role, m.ShareBasisPoints, m.WorkBasisPoints, m.Visibility)), Json.Options),
            SavedAt = demo.Now.AddDays(-40 - i), SavedByName = i == 0 ? "Rosa Delgado" : "Omar Haddad",
        })];
    }

    private DateTime Later(DealStory story) => story.Deal.CreatedAt.AddDays(2) is var at && at > demo.Now ? demo.Now : at;
}
