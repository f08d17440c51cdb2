using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Distributors;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.DemoData;

/// <summary>What partners asked for while their registrations stood, and what the clock has said about them.</summary>
internal sealed class LifeDemo(Demo demo, IReadOnlyList<DealStory> stories)
{
    private static readonly string[] Reasons =
        ["The budget moved to the next quarter; the sponsor has confirmed it.", "The security review takes three weeks longer than planned.", "The customer wants a second site in the pilot before signing.", "Our contact changed; the successor wants to see the demo again.", "Procurement asks for a second offer first."];

    private static readonly string[] Refusals = ["Nothing has moved since the last extension.", "The customer has told us that the project is stopped."];

    private readonly Random _chance = demo.Chance("deals-life");
    private readonly List<DealRequest> _requests = [];
    private readonly List<DealNotice> _notices = [];
    private readonly List<Deal> _drafts = [];
    private readonly List<DealMember> _members = [];
    private readonly List<ResellerSight> _sights = [];

    private DateTime Now => demo.Now;

    private DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>Before the deals are written: it changes some of them.</summary>
    public async Task TellAsync(DemoMarket market, CancellationToken ct)
    {
        await DistributeAsync(ct);
        Extensions();
        Changes();
        AccountChecks();
        Together(market);
        Clock();
    }

    public async Task InsertAsync(CancellationToken ct)
    {
        await demo.InsertAsync(_drafts, ct);
        await demo.InsertAsync(_members, ct);
        await demo.InsertAsync(_requests, ct);
        await demo.InsertAsync(_notices, ct);
        await demo.InsertAsync(_sights, ct);
    }

    // A master distributor sees of its distributor's resellers what the vendor has opened: two of three.
    private void OpenToMasters(ILookup<PartnerId, PartnerId> supply)
    {
        var through = from tie in supply from middle in tie from master in supply[middle] where master != tie.Key select (Master: master, Reseller: tie.Key);
        foreach (var (pair, i) in through.Distinct().OrderBy(p => p.Reseller.Value).Select((p, i) => (p, i)).Where(p => p.i % 3 < 2))
            _sights.Add(new ResellerSight { TenantId = demo.Tenant, DistributorId = pair.Master, ResellerId = pair.Reseller, Level = i % 3 == 0 ? DealVisibility.Summary : DealVisibility.Counts, SetByName = "Omar Haddad", SetAt = Now.AddDays(-60), Version = 1 });
    }

    // Distributors register for one in six deals of the resellers that they supply.
    private async Task DistributeAsync(CancellationToken ct)
    {
        var supply = (await demo.Db.Set<SupplyRow>().Where(s => s.Kind == SupplyRow.Supplies).OrderBy(s => s.ToId).ThenBy(s => s.FromId).ToListAsync(ct)).ToLookup(s => s.ToId, s => s.FromId);
        OpenToMasters(supply);
        foreach (var story in stories.Where(s => supply.Contains(s.Deal.PartnerId)))
            if (_chance.Next(6) == 0) story.Deal.HoldBy(story.Deal.PartnerId, supply[story.Deal.PartnerId].First());
    }

    private void Extensions()
    {
        var standing = stories.Where(s => s.Deal is { State: DealState.Approved, ProtectionState: ProtectionState.Protected } && s.Deal.ExpiresOn >= Today).ToList();
        var brightpath = standing.Where(s => s.Partner.Row.Domain == "brightpath.example").OrderBy(s => s.Deal.ExpiresOn).Take(1);
        var soon = standing.Where(s => s.Deal.ExpiresOn <= Today.AddDays(25) && s.Partner.Row.Domain != "brightpath.example").OrderBy(s => s.Deal.ExpiresOn).Where((_, i) => i % 9 == 0).Take(13);
        foreach (var (story, i) in brightpath.Concat(soon).Select((s, i) => (s, i)))
        {
            var at = Now.AddHours(-3 - (i * 5));
            var promised = WorkCalendar.Standard.Add(at, 2);
            story.Deal.AwaitExtension(ProtectionState.ExtensionRequested, DateOnly.FromDateTime(promised));
            _requests.Add(Past(story, RequestKind.Extension, at, Pick(Reasons), $"{(i % 3 == 0 ? 30 : 45)} days more protection", promised, i % 3 == 0 ? 30 : 45));
        }

        foreach (var story in standing.Where(s => s.Deal.ProtectionState == ProtectionState.Protected && s.Deal.ExpiresOn > Today.AddDays(30) && s.Deal.CreatedAt < Now.AddDays(-40)).Where((_, i) => i % 17 == 0).Take(60))
        {
            var at = Now.AddDays(-3 - _chance.Next(30));
            var granted = _chance.Next(4) > 0;
            var request = Past(story, RequestKind.Extension, at, Pick(Reasons), "45 days more protection", WorkCalendar.Standard.Add(at, 2), 45);
            var until = story.Deal.ExpiresOn!.Value.AddDays(45);
            var words = $"Extended by 45 days: the customer is protected for you until {Phrases.Day(until)}.";
            if (granted) story.Deal.Extend(ProtectionState.Extended, until, words);
            request.Enter(granted ? RequestState.Granted : RequestState.Refused, at.AddHours(6 + _chance.Next(30)), story.Partner.Manager, granted ? words : Pick(Refusals));
            _requests.Add(request);
        }
    }

    private void Changes()
    {
        var standing = stories.Where(s => s.Deal is { State: DealState.Approved, ProtectionState: ProtectionState.Protected } && s.Deal.CreatedAt < Now.AddDays(-20)).OrderBy(s => s.Partner.Row.Domain != "brightpath.example").ToList();
        foreach (var (story, i) in standing.Where((_, i) => i % 23 == 1).Take(50).Select((s, i) => (s, i)))
        {
            var pending = i < 7;
            var at = pending ? Now.AddHours(-4 - (7 * i)) : Now.AddDays(-2 - _chance.Next(60));
            var amount = story.Deal.Amount + (story.Deal.Amount / 2);
            var request = pending
                ? Past(story, RequestKind.Amendment, at, "The customer wants two more sites.", $"Amount {new Money(story.Deal.Amount, story.Deal.Currency)} → {new Money(amount, story.Deal.Currency)}", WorkCalendar.Standard.Add(at, 2), fields: story.Deal.Fields with { Amount = amount })
                : Past(story, RequestKind.Amendment, at, "", "Changed: expected close, next step", at);
            if (!pending) request.Enter(RequestState.Granted, at, story.Deal.RegisteredByName, "Changed at once.");
            _requests.Add(request);
        }
    }

    // Companies known by the partner's word alone.
    private void AccountChecks()
    {
        foreach (var story in stories.Where(s => s.Deal is { State: DealState.Approved, AccountState: AccountState.Matched } && s.Deal.CreatedAt > Now.AddDays(-12)).Where((_, i) => i % 8 == 0).Take(9))
            story.Deal.Identify(AccountState.Pending, story.Deal.AccountId);
    }

    // Joint registrations that wait for the second partner; one of them for the partner that visitors sign in as.
    private void Together(DemoMarket market)
    {
        var clearview = market.Partners.FirstOrDefault(p => p.Row.Domain == "clearview.example");
        var brightpath = market.Partners.FirstOrDefault(p => p.Row.Domain == "brightpath.example");
        if (clearview is null || brightpath is null) return;
        var others = market.Partners.Where(p => p != clearview && p != brightpath && p.Until > Now && p.From < Now).Take(2).ToList();
        foreach (var (first, second, i) in others.Select((o, i) => (o, brightpath, i)).Prepend((brightpath, clearview, 7)))
        {
            var region = market.Accounts.GetValueOrDefault(first.Row.Region) ?? market.Accounts.Values.First();
            var (account, product, at) = (region[_chance.Next(region.Count)], market.Products[i % market.Products.Count], Now.AddHours(-5 - i));
            var (person, name) = first.People[0];
            var draft = Deal.Past(demo.Tenant, demo.NewId<DealId>(at), first.Row.Id, person, name, "USD", at);
            draft.Write(new DealFields
            {
                CustomerName = account.Name, CustomerDomain = account.Domain, Country = account.Country, Product = product.Id, Amount = 5_400_000 + (i * 1_250_000), ExpectedClose = Today.AddDays(70),
                ContactName = DemoWords.Person(_chance), WorkDone = DemoWords.WorkDone(_chance), NextStep = DemoWords.NextStep(_chance),
            }, product.Name);
            draft.AwaitPartner(true);
            _drafts.Add(draft);
            _members.Add(new DealMember
            {
                TenantId = demo.Tenant, DealId = draft.Id, PartnerId = second.Row.Id, HolderId = first.Row.Id, Role = DealRole.Resell, ShareBasisPoints = 4000, Joint = true,
                State = MemberState.Invited, InvitedAt = at, InvitedByName = name, Version = 1,
            });
        }
    }

    // What the clock would have said until today, so that loading the demo does not send it all at once.
    private void Clock()
    {
        foreach (var deal in stories.Select(s => s.Deal))
        {
            if (deal is { State: DealState.Approved, ExpiresOn: { } last } && ExpiryWarnings.Due(last.DayNumber - Today.DayNumber) is { } days)
                _notices.Add(DealNotice.Of(demo.Tenant, deal.Id, NoticeKind.Expiry, DealNotice.ExpiryKey(last, days), Now));
            if (deal is not { State: DealState.InReview, DecideBy: { } by, Reviewer: { } reviewer }) continue;
            if (Now >= Promise.HalfTime(WorkCalendar.Standard, deal.StateSince, by)) _notices.Add(DealNotice.Of(demo.Tenant, deal.Id, NoticeKind.HalfTime, DealNotice.ClockKey(by, reviewer), Now));
            if (Promise.Owes(WorkCalendar.Standard, reviewer, by, 2, Now) is not { } owes || owes == reviewer) continue;
            _notices.Add(DealNotice.Of(demo.Tenant, deal.Id, NoticeKind.Escalation, DealNotice.ClockKey(by, owes), Now));
            deal.Escalate(owes);
        }

        foreach (var request in _requests.Where(r => r.State == RequestState.Pending && Now >= Promise.HalfTime(WorkCalendar.Standard, r.RequestedAt, r.DecideBy)))
            _notices.Add(DealNotice.Of(demo.Tenant, request.DealId, NoticeKind.Request, $"{request.Id}/{(Now > request.DecideBy ? "late" : "half")}", Now));
    }

    private DealRequest Past(DealStory story, RequestKind kind, DateTime at, string reason, string summary, DateTime decideBy, int? days = null, DealFields? fields = null) =>
        DealRequest.Past(demo.Tenant, demo.NewId<RequestId>(at), story.Deal, kind, reason, summary, at, decideBy, days, fields);

    private string Pick(string[] words) => words[_chance.Next(words.Length)];
}
