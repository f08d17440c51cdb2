using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Deals.DemoData;

/// <summary>
/// About 20,000 registrations over two years and the quarter before them, so that the first year does not begin without any win. Each is decided by the shipped rules over facts of the demo's own accounts and claims, in the order in
/// which they were made; only what people do afterwards is left to chance.
/// </summary>
internal sealed class DealDemo(Demo demo)
{
    private const int Registrations = 20_000;
    private const int Weeks = 117;

    // From the first week to the last the program grows by a good half.
    private static double Growth(int week) => 1 + (0.55 * week / Weeks);

    // Registrations a month, relative to the mean: a slow August and late December, a strong last quarter.
    private static readonly double[] Season = [0.92, 0.98, 1.10, 1.00, 1.02, 1.08, 0.84, 0.68, 1.08, 1.14, 1.20, 0.96];

    private readonly Random _chance = demo.Chance("deals");
    private readonly Dictionary<(AccountId, ProductId), Claim> _claims = [];
    private readonly List<(AccountId Account, ProductId Product)> _claimed = [];
    private readonly HashSet<OpportunityId> _taken = [];
    private readonly List<DealStory> _stories = [];
    private DemoMarket _market = null!;
    private RateBook _rates = RateBook.Empty;

    public async Task LoadAsync(CancellationToken ct)
    {
        _market = await DemoMarket.ReadAsync(demo, ct);
        _rates = await demo.Work.RatesAsync(ct);
        if (_market.Products.Count == 0 || _market.ById.Count == 0) return;
        var rules = RuleBook.First(demo.Tenant, demo.NewId<RuleSetId>(demo.Now.AddDays(-7 * (Weeks + 4))), demo.Now.AddDays(-7 * (Weeks + 4)));
        await demo.InsertAsync([rules], ct);
        var table = DecisionTable.Of(RuleSetText.FromJson(rules.Content));
        foreach (var (partner, at) in Moments().OrderBy(m => m.At).ToList()) Live(partner, at, rules, table);
        FirstDay(rules, table);
        LinkLate();
        Specialise();
        var transfers = new Transfers.TransferDemo(demo, _stories, _market);
        transfers.TakeOver();

        var life = new LifeDemo(demo, _stories);
        await life.TellAsync(_market, ct);
        var specialist = _market.Partners.FirstOrDefault(p => p.Delivers && p.Row.Domain is not ("brightpath.example" or "clearview.example"));
        await new WorkspaceDemo(demo).With(_market.Partners).LoadAsync(_stories, specialist, ct);
        await new PlanningDemo(demo, _stories, _market).LoadAsync(ct);
        var conflicts = new Conflicts.ConflictDemo(demo, [.. _stories.Select(s => s.Deal)], _market);
        transfers.Offer();
        transfers.Lapse();
        // Past the save that values records, so it is done here.
        foreach (var deal in _stories.Select(s => s.Deal)) deal.ValueBy(_rates, "USD");
        await demo.InsertAsync(_stories.Select(s => s.Deal), ct);
        await conflicts.InsertAsync(ct);
        await transfers.InsertAsync(ct);
        await demo.InsertAsync(_stories.SelectMany(s => s.Moves), ct);
        await demo.InsertAsync(_stories.Select(s => s.Decision).OfType<Decision>(), ct);
        await RuleDemo.LoadAsync(demo, _stories, ct);
        await demo.InsertAsync(_stories.SelectMany(s => s.Members), ct);
        await demo.InsertAsync(_stories.SelectMany(s => s.Comments), ct);
        await life.InsertAsync(ct);
        await Handovers.HandoverDemo.LoadAsync(demo, _stories, ct);
        await new Passing.LeadDemo(demo, _stories, _market).LoadAsync(ct);
        await DealDemoFields.LoadAsync(demo, _stories, ct);
        await new Relations.RelationDemo(demo, _stories, _market).LoadAsync(ct);
        TellReceipts(rules.Number);
        await NewsDemo.LoadAsync(demo, _market, _stories, ct);
        demo.Work.Note("deals.demo", "deals_deal", "demo", new { deals = _stories.Count });
    }

    // Of those who deliver some integrate, and of those who influence some are the marketplace through which the contract goes.
    private void Specialise()
    {
        foreach (var (member, i) in _stories.SelectMany(s => s.Members).Select((m, i) => (m, i)))
        {
            if (member.Role == DealRole.Deliver && i % 9 == 4) member.Role = DealRole.Integrate;
            if (member.Role == DealRole.Influence && i % 13 == 5) member.Role = DealRole.Marketplace;
        }
    }

    // Receipts were introduced three months ago: from that day on every registration and every decision has one.
    private void TellReceipts(int rules)
    {
        var receipts = demo.Gather<NewReceipt>();
        foreach (var story in _stories.Where(s => s.Deal.CreatedAt > demo.Now.AddDays(-90)))
        {
            receipts.Add(story.Registered ?? DealReceipts.Registered(story.Deal));
            foreach (var move in story.Moves)
            {
                DealState? state = move.To == Words.Of(DealState.Approved) ? DealState.Approved : move.To == Words.Of(DealState.Rejected) ? DealState.Rejected : null;
                if (state is { } decided) receipts.Add(DealReceipts.Decided(story.Deal, decided, move.At, move.ActorName, move.Reason, decided == DealState.Rejected ? story.Deal.ReasonCode : null, move.At == story.Deal.CreatedAt ? rules : null) with { Partner = story.Partner.Row.Id });
                if (move.To == Words.Of(DealState.InReview) && move.At == story.Deal.CreatedAt) receipts.Add(DealReceipts.Held(story.Deal, move.At, story.Decision?.PromisedBy, move.Reason, rules) with { Partner = story.Partner.Row.Id });
                if (move.To == Words.Of(DealState.Expired)) receipts.Add(DealReceipts.Expired(story.Deal, move.At));
            }

            if (story.Deal.TransferredAt is { } at) receipts.AddRange(DealReceipts.Transferred(story.Deal, story.Partner.Row.Id, story.Deal.PartnerId, story.Deal.RegisteredByName, null).Select(r => r with { At = at }));
        }
    }

    // Who registers when: rates of partners by week, scaled to the wanted number.
    private List<(DemoPartner Partner, DateTime At)> Moments()
    {
        List<(DemoPartner, DateTime, double)> cells = [];
        for (var week = 0; week < Weeks; week++)
        {
            var monday = demo.Now.Date.AddDays(-7 * (Weeks - week));
            var rates = _market.Partners.Select(p => (Partner: p, Rate: p.Rate(monday.AddDays(3)))).Where(r => r.Rate > 0).ToList();
            var wanted = Growth(week) * Season[monday.AddDays(3).Month - 1] / rates.Sum(r => r.Rate);
            cells.AddRange(rates.Select(r => (r.Partner, monday, r.Rate * wanted)));
        }

        var scale = Registrations / cells.Sum(c => c.Item3);
        List<(DemoPartner, DateTime)> moments = [];
        foreach (var (partner, monday, rate) in cells)
        {
            var expected = rate * scale;
            var count = (int)expected + (_chance.NextDouble() < expected - (int)expected ? 1 : 0);
            for (var i = 0; i < count; i++) moments.Add((partner, At(monday)));
        }

        // The demo opens on any day of the week: the last day has its own.
        return Quiet([.. moments.Where(m => m.Item2 < demo.Now.AddMinutes(-20))]);
    }

    // One active partner has registered nothing for four weeks: somebody should ask why. It is one of those that register much, so that the fall is clear on every day on which the demo opens.
    private List<(DemoPartner Partner, DateTime At)> Quiet(List<(DemoPartner Partner, DateTime At)> moments)
    {
        var since = demo.Now.Date.AddDays(-28);
        var quiet = moments.Where(m => m.At < since && m.At >= since.AddDays(-182)).GroupBy(m => m.Partner)
            .Where(g => !g.Key.Star && g.Key.Row is { State: PartnerState.Active, ManagerId: not null } && g.Key.Row.Since < since.AddDays(-190))
            .OrderBy(g => Math.Abs(g.Count() - 120)).ThenBy(g => g.Key.Row.Id.Value).FirstOrDefault()?.Key;
        return [.. moments.Where(m => m.Partner != quiet || m.At < since)];
    }

    private DateTime At(DateTime monday)
    {
        var day = monday.AddDays(_chance.Next(7));
        // Partners register on working days, nearly always.
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && _chance.Next(12) > 0) day = day.AddDays(day.DayOfWeek == DayOfWeek.Saturday ? -1 : -2);
        return day.AddHours(7 + _chance.Next(11)).AddMinutes(_chance.Next(60)).AddSeconds(_chance.Next(60));
    }

    private void Live(DemoPartner partner, DateTime at, RuleSet rules, DecisionTable table)
    {
        var today = DateOnly.FromDateTime(at);
        var linked = _chance.NextDouble() < 0.32 ? Coming(partner, today) : null;
        var (account, product) = linked is null ? Choose(partner, today) : (_market.ById[linked.AccountId!.Value], _market.Products.First(p => p.Id == linked.ProductId));
        var story = new DealStory(demo, _chance, partner, account, product, at, linked);
        var rival = _claims.GetValueOrDefault((account.Id, product.Id)) is { } claim && claim.IsProtected(today) ? claim : null;
        var facts = Facts(story, rival, today).Facts();
        story.Decide(Deciding.Decide(facts, table, today, "USD"), rules, facts, rival);
        story.Follow(_market);
        if (story.Linked is { } used) _taken.Add(used);
        if (story.ProtectedFrom is not null)
            _claims[(account.Id, product.Id)] = new Claim
            {
                Deal = story.Deal.Id, Partner = partner.Row.Id, State = DealState.Approved, CustomerName = account.Name, CustomerKey = story.Deal.CustomerKey,
                Account = account.Id, Product = product.Id, ExpiresOn = story.ClaimEnds,
            };
        if (story.ProtectedFrom is not null) _claimed.Add((account.Id, product.Id));
        _stories.Add(story);
    }

    // Some opportunities were linked only when they had long been closed: the page of evidence leaves them out and says so.
    private void LinkLate()
    {
        var late = 0;
        foreach (var story in _stories.Where(s => s.Deal is { State: DealState.Won, OpportunityId: null, ClosedAt: not null }))
        {
            var closed = DateOnly.FromDateTime(story.Deal.ClosedAt!.Value);
            var found = _market.Opportunities[story.Account.Id].FirstOrDefault(o => o.Stage == OpportunityStage.Won && o.ProductId == story.Product.Id && o.ClosedOn < closed && o.ClosedOn > closed.AddDays(-90) && !_taken.Contains(o.Id));
            if (found is null) continue;
            story.LinkLate(found);
            _taken.Add(found.Id);
            if (++late == 40) return;
        }
    }

    // The two announced partners find something that needs them: a question about a registration, and an invitation.
    private void FirstDay(RuleSet rules, DecisionTable table)
    {
        if (_market.Partners.FirstOrDefault(p => p.Row.Domain == "brightpath.example") is not { } brightpath) return;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var today = DateOnly.FromDateTime(demo.Now.AddHours(-30));
            var (account, product) = Choose(brightpath, today);
            var story = new DealStory(demo, _chance, brightpath, account, product, demo.Now.AddHours(-30), null, unproven: true);
            var facts = Facts(story, null, today).Facts();
            var ruling = Deciding.Decide(facts, table, today, "USD");
            if (ruling.Outcome != Outcome.Review) continue;
            story.Decide(ruling, rules, facts, null);
            story.Ask(demo.Now.AddHours(-4));
            _stories.Add(story);
            break;
        }

        var guest = _market.Partners.FirstOrDefault(p => p.Row.Domain == "clearview.example");
        // The largest of the recent ones: worth a second pair of hands.
        var host = _stories.Where(s => s.Partner == brightpath && s.Deal.State == DealState.Approved && s.Members.Count == 0 && s.Deal.CreatedAt > demo.Now.AddDays(-60) && s.Deal.CreatedAt < demo.Now.AddDays(-3))
            .OrderByDescending(s => s.Deal.Amount).ThenBy(s => s.Deal.CreatedAt).FirstOrDefault();
        if (guest is not null && host is not null) host.Invite(guest, demo.Now.AddHours(-20));
    }

    // A third of the good ones are in the CRM soon after: the opportunity that opens within weeks is the deal's own. What is still open there has no amount yet, and what was lost has none.
    // Partners are a little better than chance at choosing: of four that will be lost they take three.
    private OpportunityRow? Coming(DemoPartner partner, DateOnly today)
    {
        for (var i = 0; i < 8; i++)
        {
            var day = _market.ByOpening[today.AddDays(_chance.Next(3, 40))].ToList();
            if (day.Count == 0) continue;
            var found = day[_chance.Next(day.Count)];
            if (found.ProductId is null || _taken.Contains(found.Id) || (found.Stage == OpportunityStage.Won && found.Amount is not > 0) || (found.Stage == OpportunityStage.Lost && _chance.Next(4) == 0)) continue;
            if (DemoMarket.RegionOf(_market.ById[found.AccountId!.Value].Country) == partner.Row.Region && Free(partner, found.AccountId.Value, found.ProductId.Value, today)) return found;
        }

        return null;
    }

    private (AccountRow Account, ProductRow Product) Choose(DemoPartner partner, DateOnly today)
    {
        var region = _market.Accounts.GetValueOrDefault(partner.Row.Region) ?? _market.Accounts.Values.First();
        // Now and then two partners are after the same customer without knowing of each other.
        if (_claimed.Count > 500 && _chance.Next(100) < 13)
        {
            var (sought, same) = _claimed[_chance.Next(Math.Max(0, _claimed.Count - 3000), _claimed.Count)];
            if (Free(partner, sought, same, today)) return (_market.ById[sought], _market.Products.First(p => p.Id == same));
        }

        while (true)
        {
            var account = region[_chance.Next(region.Count)];
            var product = _market.Products[(int)(Math.Pow(_chance.NextDouble(), 1.4) * _market.Products.Count)];
            var customer = _market.Opportunities[account.Id].Any(o => o.Stage == OpportunityStage.Won && o.OpenedOn < today);
            // Partners look for new customers rather than for those that the vendor already has, and rarely try a named account.
            if ((customer && _chance.Next(10) < 6) || (account.Named && _chance.Next(10) < 7)) continue;
            if (Free(partner, account.Id, product.Id, today)) return (account, product);
        }
    }

    // Never the partner's own living claim; another's only now and then, when nobody had told it.
    private bool Free(DemoPartner partner, AccountId account, ProductId product, DateOnly today) =>
        _claims.GetValueOrDefault((account, product)) is not { } claim || !claim.IsProtected(today) || claim.Partner != partner.Row.Id;

    private Case Facts(DealStory story, Claim? rival, DateOnly today)
    {
        var open = _market.Opportunities[story.Account.Id].Where(o => o.ProductId == story.Product.Id && o.OpenedOn <= today && (o.ClosedOn is null || o.ClosedOn > today) && !_taken.Contains(o.Id)).ToList();
        return new Case
        {
            Today = today,
            Partner = story.Partner.Row.Id,
            Region = story.Partner.Row.Region,
            Territories = story.Partner.Territories,
            Tier = story.Tier,
            MotionActive = true,
            Motion = story.Deal.Motion,
            PartnerType = story.Partner.Row.MainType,
            PartnerEmployees = story.Partner.Row.Employees,
            PartnerSince = DateOnly.FromDateTime(story.Partner.Row.Since),
            LastDirectActivity = LastActivity(story.Account.Id, today),
            Fields = story.Deal.Fields,
            Currency = "USD",
            Amount = Conversion.Of(_rates, "USD", story.Deal.Fields, story.Deal.Currency, today).Amount,
            ProductName = story.Product.Name,
            Series = story.Product.Series,
            Account = story.Account,
            AccountState = story.Deal.AccountState,
            ExistingCustomer = _market.Opportunities[story.Account.Id].Any(o => o.Stage == OpportunityStage.Won && o.ClosedOn < today),
            Matches = story.Matches,
            Claims = rival is null ? [] : [rival],
            Perhaps = [],
            Direct = [.. open.Select(o => new DirectOpportunity(o.Id, o.ExternalId, o.OwnerName, o.Stage, o.ProductId, o.Amount, o.OpenedOn, o.StageChangedOn))],
        };
    }

    private DateOnly? LastActivity(AccountId account, DateOnly today)
    {
        DateOnly? last = null;
        foreach (var o in _market.Opportunities[account])
        {
            if (o.OpenedOn > today || _taken.Contains(o.Id)) continue;
            foreach (var day in (ReadOnlySpan<DateOnly?>)[o.OpenedOn, o.StageChangedOn, o.ClosedOn])
                if (day <= today && (last is null || day > last)) last = day;
        }

        return last;
    }
}
