using Microsoft.EntityFrameworkCore;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>
/// About 200 partners with their history. Each one's domain is its key with <c>.example</c>: Brightpath, a gold system integrator, and Clearview,
/// an influence consultancy, have people who sign in.
/// </summary>
internal sealed class PartnerDemo(Demo demo)
{
    private readonly Random _chance = demo.Chance("partners");
    private readonly List<Partner> _partners = [];
    private readonly List<PartnerMotion> _motions = [];
    private readonly List<TierChange> _tiers = [];
    private readonly List<Transition> _transitions = [];
    private readonly List<Contact> _contacts = [];
    private readonly List<Note> _notes = [];
    private readonly List<Relation> _relations = [];
    private readonly HashSet<string> _domains = [];
    private Dictionary<string, PersonRow> _staff = [];

    public async Task LoadAsync(CancellationToken ct)
    {
        _staff = await demo.Db.Set<PersonRow>().ToDictionaryAsync(p => p.Name, ct);
        AddKnown();
        foreach (var (count, make) in PartnerStories.Shares)
        {
            for (var i = 0; i < count; i++) AddRandom(make(_chance));
        }

        AddRelations();
        await demo.Db.SaveChangesAsync(ct);
        await demo.InsertAsync(_partners, ct);
        await demo.InsertAsync(_partners.SelectMany(PartnerKeys.Of), ct);
        await demo.InsertAsync(_motions, ct);
        await demo.InsertAsync(MoreDemo.History(demo, _motions), ct);
        await demo.InsertAsync(_tiers, ct);
        await demo.InsertAsync(_transitions, ct);
        await demo.InsertAsync(_contacts, ct);
        await demo.InsertAsync(_notes, ct);
        await demo.InsertAsync(_relations, ct);
        await Starting.StartingDemo.LoadAsync(demo, _partners, _motions.ToLookup(m => m.PartnerId, m => m.Motion), ct);
        await Agreements.AgreementDemo.LoadAsync(demo, _partners, ct);
        await Applying.ApplicationDemo.LoadAsync(demo, ct);
        await Certifications.CertificationDemo.LoadAsync(demo, _partners, _contacts.ToLookup(c => c.PartnerId), ct);
        await new PartnerExtras(demo, _partners, _relations, _staff).LoadAsync(ct);
        await PartnerDemoFields.LoadAsync(demo, _partners, ct);
        await PartnerDemoFields.ContactsAsync(demo, _contacts, ct);
        demo.Gather<Partner>().AddRange(_partners.Where(p => p.State is PartnerState.Prospect or PartnerState.Onboarding));
        demo.Work.Note("partners.demo", "partners_partner", "demo", new { partners = _partners.Count, contacts = _contacts.Count });
    }

    private void AddKnown()
    {
        var brightpath = Add("Brightpath", PartnerType.SystemIntegrator, "DE", "Berlin", 240, PartnerStories.Star(new Random(4)) with { Tiers = [(Tier.Silver, 260, "First five certified people and USD 150,000 sourced."), (Tier.Gold, 96, "Doubled the sourced revenue within two quarters.")] },
            [Motion.CoSell, Motion.Deliver, Motion.Resell], "Integrates data platforms for manufacturers and their suppliers.");
        var clearview = Add("Clearview", PartnerType.Consultant, "GB", "London", 38, PartnerStories.Steady(new Random(2)) with { Tiers = [(Tier.Silver, 180, "Met the requirements of the yearly review.")] },
            [Motion.Influence, Motion.Referral], "Advises finance and operations leaders before they choose a platform.");
        Add("Meridian Softworks", PartnerType.ValueAddedReseller, "US", "Chicago", 410, PartnerStories.Fallen(), [Motion.Resell, Motion.CoSell], "Once the largest reseller of the Midwest.");
        Add("Solvent Cloud", PartnerType.Hyperscaler, "US", "Seattle", 90_000, PartnerStories.Steady(new Random(9)) with { Tiers = [(Tier.Platinum, 500, "Strategic alliance, agreed by the executives.")] }, [Motion.Marketplace, Motion.CoSell], "A cloud with its own marketplace.");
        foreach (var (name, email, key, role) in DemoPeople.Portal) Join(key == "brightpath" ? brightpath : clearview, name, email, role);
        foreach (var partner in new[] { brightpath, clearview }) AddContacts(partner, 3);
        Say(brightpath, NoteAudience.Internal, "Paula Ferreira", "Rosa wants a joint plan for the automotive suppliers; prepare figures before the quarterly review.", 9);
        Say(brightpath, NoteAudience.Shared, "Paula Ferreira", "Thank you for the workshop in Stuttgart. Two registrations came out of it already.", 23);
        Say(brightpath, NoteAudience.Internal, "Paula Ferreira", "Rosa called: two of the engineers are free from next month on. Wants leads in the south.", 5, NoteKind.Call);
        Say(brightpath, NoteAudience.Shared, "Paula Ferreira", "Quarterly review in Berlin: pipeline, certifications, and who takes part in the trade fair.", 41, NoteKind.Meeting);
        Say(brightpath, NoteAudience.Internal, "Paula Ferreira", "Sent the draft of the joint plan and asked for figures until the end of the month.", 33, NoteKind.Mail);
        Say(clearview, NoteAudience.Shared, "Jonas Lindqvist", "Lunch in London: which advice counts as influence, and how soon it is credited.", 30, NoteKind.Meeting);
        Say(clearview, NoteAudience.Internal, "Jonas Lindqvist", "Does not want to resell. Give the credit quickly and visibly, then more will come.", 14);
    }

    private void AddRandom(Story story)
    {
        var (type, _, motions) = Weighted(PartnerStories.Types, t => t.Weight);
        var (country, cities, _) = Weighted(PartnerNames.Places, p => p.Weight);
        var name = Name(type);
        var employees = (int)Math.Round(Math.Exp(2.2 + (_chance.NextDouble() * 5.2)));
        var vertical = Pick(PartnerNames.Verticals);
        var partner = Add(name, type, country, Pick(cities), employees, story, [motions[0], .. motions.Skip(1).Where(_ => _chance.Next(5) < 2)],
            $"{PartnerWords.Label(type)} in {Pick(cities)} with a focus on {vertical.ToLowerInvariant()}.");
        AddContacts(partner, _chance.Next(2, 7));
        var manager = _staff.Values.FirstOrDefault(p => p.Id == partner.ManagerId)?.Name ?? ManagerName(partner.Region);
        if (story.Name is "at_risk") Say(partner, NoteAudience.Internal, manager, "Called twice this month; they promised a plan by the end of next week.", _chance.Next(2, 12));
        if (story.Name is "star") Say(partner, NoteAudience.Shared, manager, "Congratulations on the quarter. Let us plan the next step together.", _chance.Next(10, 60));
    }

    private Partner Add(string name, PartnerType type, string country, string city, int employees, Story story, Motion[] motions, string description)
    {
        var domain = Domain(name);
        _domains.Add(domain);
        var first = story.Moves[0];
        var since = At(first.DaysAgo);
        var partner = Partner.Create(demo.Tenant, demo.NewId<PartnerId>(since), PartnerState.Prospect, Tier.Registered, "Trellis", since);
        partner.Version = 1;
        partner.Describe(new Profile(name, $"{name} {Legal(country)}", $"https://{domain}", domain, description, country, city, _chance.Next(10_000, 99_999).ToString(), null, employees, Band(employees), type,
            TextList.Write(Languages(country)), TextList.Write([Pick(PartnerNames.Verticals), Pick(PartnerNames.Verticals)]), TextList.Write([Pick(PartnerNames.Competencies), Pick(PartnerNames.Competencies), Pick(PartnerNames.Competencies)])));
        var manager = name switch { "Brightpath" => "Paula Ferreira", "Clearview" => "Jonas Lindqvist", _ => ManagerName(partner.Region) };
        if (story.Name is not ("prospect" or "applicant") || _chance.Next(3) == 0) partner.Entrust(_staff.TryGetValue(manager, out var person) ? person.Id : null);
        _partners.Add(partner);
        Live(partner, story, manager);
        foreach (var motion in motions) AddMotion(partner, motion);
        return partner;
    }

    private void Live(Partner partner, Story story, string manager)
    {
        foreach (var (on, daysAgo, reason) in story.Moves)
        {
            // A prospect has not moved yet: the story's only entry tells since when it is known.
            if (on == PartnerTrigger.Reopen) continue;
            var at = At(daysAgo);
            var next = PartnerLifecycle.Machine.Next(partner.State, on).Value;
            var by = on == PartnerTrigger.Apply ? partner.Name : manager;
            _transitions.Add(new Transition
            {
                TenantId = demo.Tenant,
                Id = demo.NewId<AuditId>(at),
                Machine = PartnerLifecycle.Machine.Name,
                Subject = partner.Id.ToString(),
                From = Words.Of(partner.State),
                Trigger = Words.Of(on),
                To = Words.Of(next),
                At = at,
                ActorKind = ActorKind.Person,
                ActorName = by,
                Reason = reason,
            });
            partner.Enter(next, by, reason, at);
        }

        foreach (var (tier, daysAgo, reason) in story.Tiers)
        {
            var at = At(daysAgo);
            _tiers.Add(new TierChange { TenantId = demo.Tenant, Id = demo.NewId<TierChangeId>(at), PartnerId = partner.Id, From = partner.Tier, To = tier, Reason = reason, By = "Omar Haddad", At = at });
            partner.Rank(tier, "Omar Haddad", reason, at);
        }
    }

    private void AddMotion(Partner partner, Motion motion)
    {
        var (state, until) = partner.State switch
        {
            PartnerState.Prospect or PartnerState.Applicant => (MotionState.Applied, (DateOnly?)null),
            PartnerState.Onboarding => (MotionState.Onboarding, null),
            PartnerState.Suspended or PartnerState.Dormant => (MotionState.Paused, null),
            PartnerState.Former => (MotionState.Ended, DateOnly.FromDateTime(partner.StateSince)),
            _ => (_chance.Next(9) == 0 ? MotionState.Onboarding : MotionState.Active, null),
        };
        _motions.Add(new PartnerMotion
        {
            TenantId = demo.Tenant,
            PartnerId = partner.Id,
            Motion = motion,
            Type = motion is Motion.Referral or Motion.Influence && partner.MainType is PartnerType.SystemIntegrator ? PartnerType.Consultant : partner.MainType,
            State = state,
            // Some have come less far in their second motion than in the first.
            Tier = partner.Tier > Tier.Registered && _motions is [.., var before] && before.PartnerId == partner.Id && partner.Id.Value.ToByteArray()[^1] % 4 == 0 ? partner.Tier - 1 : partner.Tier,
            Since = DateOnly.FromDateTime(partner.Since),
            Until = until,
        });
    }

    private void AddContacts(Partner partner, int count)
    {
        var taken = _contacts.Where(c => c.PartnerId == partner.Id).Select(c => c.Email).ToHashSet();
        for (var i = 0; i < count; i++)
        {
            var (first, last) = (Pick(PartnerNames.First), Pick(PartnerNames.Last));
            var email = $"{Slug(first)}.{Slug(last)}@{partner.Domain}";
            if (!taken.Add(email)) continue;
            var function = i == 0 ? ContactFunction.Sales : (ContactFunction)_chance.Next(5);
            AddContact(partner, $"{first} {last}", email, function, null);
        }
    }

    private void AddContact(Partner partner, string name, string email, ContactFunction function, PersonId? person) => _contacts.Add(new Contact
    {
        TenantId = demo.Tenant,
        Id = demo.NewId<ContactId>(partner.Since),
        PartnerId = partner.Id,
        Name = name,
        Email = email,
        JobTitle = Title(function),
        Function = function,
        PersonId = person,
        CreatedAt = partner.Since,
        SearchText = Text.Fold(name, email),
        Version = 1,
    });

    private void Join(Partner partner, string name, string email, string role)
    {
        var person = DemoPeople.Join(demo, name, email, role, partner.Id, partner.Name, partner.Since.AddDays(3), maySignIn: true);
        var function = role switch { Roles.PartnerAdmin => ContactFunction.Admin, Roles.PartnerFinance => ContactFunction.Finance, _ => ContactFunction.Sales };
        AddContact(partner, name, email, function, person);
    }

    private void AddRelations()
    {
        var resellers = _partners.Where(p => p.MainType is PartnerType.Reseller or PartnerType.ValueAddedReseller).ToList();
        var distributors = _partners.Where(p => p.MainType == PartnerType.Distributor).ToList();
        // A master distributor: it supplies the next one of its region.
        if (distributors.Count > 1 && distributors.Find(d => d != distributors[0] && d.Region == distributors[0].Region) is { } second) Tie(distributors[0], second, RelationKind.Supplies);
        foreach (var distributor in distributors)
        {
            foreach (var reseller in resellers.Where(r => r.Region == distributor.Region).OrderBy(_ => _chance.Next()).Take(5)) Tie(distributor, reseller, RelationKind.Supplies);
        }

        var brightpath = _partners[0];
        Tie(brightpath, _partners[1], RelationKind.WorksWith);
        var groups = _partners.Where(p => p.MainType == PartnerType.StrategicAlliance).ToList();
        foreach (var group in groups) Tie(group, Pick(resellers), RelationKind.ParentOf);
    }

    private void Tie(Partner from, Partner to, RelationKind kind) => _relations.Add(new Relation { TenantId = demo.Tenant, FromId = from.Id, ToId = to.Id, Kind = kind, Since = to.Since });

    private void Say(Partner partner, NoteAudience audience, string by, string text, int daysAgo, NoteKind kind = NoteKind.Note) => _notes.Add(new Note
    {
        TenantId = demo.Tenant,
        Id = demo.NewId<NoteId>(At(daysAgo)),
        PartnerId = partner.Id,
        Audience = audience,
        Kind = kind,
        Text = text,
        By = by,
        At = At(daysAgo),
    });

    private string Name(PartnerType type)
    {
        while (true)
        {
            var name = $"{Pick(PartnerNames.Roots)} {Pick(PartnerNames.Endings(type))}";
            if (!_domains.Contains(Domain(name))) return name;
        }
    }

    private static string Domain(string name) => Slug(name) + ".example";

    private static string Slug(string name) => new([.. Text.Fold(name).Where(char.IsAsciiLetterOrDigit)]);

    // At a working hour of that day, never after the demo's present.
    private DateTime At(int daysAgo) => demo.Now.Date.AddDays(-daysAgo).AddHours(-24 + 8 + _chance.Next(10)).AddMinutes(_chance.Next(60));

    private string ManagerName(string region) => region switch { Countries.Amer => "Grace Okafor", Countries.Apac => "Kenji Watanabe", _ => _chance.Next(2) == 0 ? "Paula Ferreira" : "Jonas Lindqvist" };

    private T Pick<T>(T[] items) => items[_chance.Next(items.Length)];

    private T Pick<T>(List<T> items) => items[_chance.Next(items.Count)];

    private T Weighted<T>(T[] items, Func<T, int> weight)
    {
        var at = _chance.Next(items.Sum(weight));
        foreach (var item in items)
        {
            if ((at -= weight(item)) < 0) return item;
        }

        return items[^1];
    }

    private static RevenueBand Band(int employees) => employees switch { < 12 => RevenueBand.Micro, < 80 => RevenueBand.Small, < 350 => RevenueBand.Medium, < 1500 => RevenueBand.Large, _ => RevenueBand.Enterprise };

    private static string Legal(string country) => country switch { "DE" or "CH" => "GmbH", "GB" or "IN" or "ZA" => "Ltd", "FR" => "SAS", "ES" or "MX" => "SL", "IT" => "Srl", "NL" => "BV", "PL" => "Sp. z o.o.", "SE" => "AB", "JP" or "KR" => "KK", "BR" => "Ltda", "SG" or "AU" => "Pty Ltd", _ => "Inc." };

    private static string[] Languages(string country) => country switch
    {
        "DE" => ["German", "English"],
        "CH" => ["German", "French", "English"],
        "FR" => ["French", "English"],
        "ES" or "MX" => ["Spanish", "English"],
        "IT" => ["Italian", "English"],
        "BR" => ["Portuguese", "English"],
        "JP" => ["Japanese"],
        "KR" => ["Korean", "English"],
        "CA" => ["English", "French"],
        _ => ["English"],
    };

    private static string Title(ContactFunction function) => function switch
    {
        ContactFunction.Sales => "Account executive",
        ContactFunction.Technical => "Solution architect",
        ContactFunction.Marketing => "Marketing manager",
        ContactFunction.Finance => "Controller",
        _ => "Alliance manager",
    };
}
