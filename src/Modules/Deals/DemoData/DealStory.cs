using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Deals.DemoData;

/// <summary>One registration of the demo, from its first minute to where it stands today.</summary>
internal sealed class DealStory
{
    private static readonly ReasonCode[] Refusals =
        [ReasonCode.NotAFit, ReasonCode.Incomplete, ReasonCode.NoVerifiableContact, ReasonCode.OutsideTerritory, ReasonCode.AlreadyCustomer, ReasonCode.NamedAccount, ReasonCode.NotCertified, ReasonCode.ExistingDirectOpportunity];

    private readonly Demo _demo;
    private readonly Random _chance;
    private readonly OpportunityRow? _opportunity;
    private Ruling _ruling = null!;

    public DealStory(Demo demo, Random chance, DemoPartner partner, AccountRow account, ProductRow product, DateTime at, OpportunityRow? opportunity, bool unproven = false)
    {
        (_demo, _chance, Partner, Account, Product, _opportunity) = (demo, chance, partner, account, product, opportunity);
        var (person, name) = partner.People[chance.Next(partner.People.Count)];
        Deal = Deal.Past(demo.Tenant, demo.NewId<DealId>(at), partner.Row.Id, person, name, opportunity is null ? DemoMarket.CurrencyOf(account.Country, at) : "USD", at);
        var contact = DemoWords.Person(chance);
        var proven = chance.Next(100) >= 17;
        Deal.Write(new DealFields
        {
            CustomerName = account.Name,
            CustomerDomain = account.Domain,
            Country = account.Country,
            Product = product.Id,
            Amount = Amount(),
            ExpectedClose = DateOnly.FromDateTime(at).AddDays(chance.Next(30, 200)),
            ContactName = contact,
            ContactEmail = proven ? DemoWords.Mail(contact, account.Domain) : null,
            WorkDone = proven ? DemoWords.WorkDone(chance) : "First call.",
            NextStep = DemoWords.NextStep(chance),
        }, product.Name);
        Deal.SellBy(partner.MotionOf(Deal.Id));
        var clear = chance.Next(100) >= 11;
        Deal.Identify(clear ? AccountState.Matched : AccountState.Pending, clear ? account.Id : null);
        Matches = [new CustomerMatch(account.Id, account.Name, clear ? 0.97 : 0.86, [clear ? "same name" : "similar name", .. account.Domain is null ? Array.Empty<string>() : clear ? ["same web address"] : []])];
    }

    public Deal Deal { get; }

    public DemoPartner Partner { get; }

    /// <summary>Of the motion in which it is sold.</summary>
    public Tier Tier => Partner.TierOf(Deal.Motion);

    public AccountRow Account { get; }

    public ProductRow Product { get; }

    public IReadOnlyList<CustomerMatch> Matches { get; }

    public List<Transition> Moves { get; } = [];

    public List<DealMember> Members { get; } = [];

    public List<DealComment> Comments { get; } = [];

    public Decision? Decision { get; private set; }

    /// <summary>What the receipt of the registration says, where the deal has gone to another partner since.</summary>
    public NewReceipt? Registered { get; set; }

    public DateOnly? ProtectedFrom { get; private set; }

    /// <summary>The day on which the customer is free again.</summary>
    public DateOnly? ClaimEnds { get; private set; }

    public OpportunityId? Linked => Deal.OpportunityId;

    private DateTime Now => _demo.Now;

    /// <summary>What the rules said in the minute of the registration.</summary>
    public void Decide(Ruling ruling, RuleSet rules, FactSet facts, Claim? rival)
    {
        _ruling = ruling;
        Deal.Submit(Deal.CreatedAt);
        Deal.Suspect(rival is not null);
        Move(DealTrigger.Submit, Deal.CreatedAt, Deal.RegisteredByName, null, true);
        var by = $"Rules of engagement, version {rules.Number}";
        var trigger = ruling.Outcome switch { Outcome.Approve => DealTrigger.Approve, Outcome.Refuse => DealTrigger.Reject, _ => DealTrigger.Hold };
        Move(trigger, Deal.CreatedAt, by, ruling.ForPartner, false, ruling.Reason);
        if (ruling.Outcome == Outcome.Approve) Protect(Deal.CreatedAt, ruling.ProtectedUntil!.Value);
        if (ruling.Outcome == Outcome.Review) Deal.AwaitReview(ruling.Reviewer!, WorkCalendar.Standard.Add(Deal.CreatedAt, 2));
        var evidence = new Evidence(Matches, rival is null ? [] : [rival], [], []);
        Decision = Decision.Of(_demo.Tenant, _demo.NewId<DecisionId>(Deal.CreatedAt), Deal.Id, Deal.CreatedAt, rules, "USD", facts, evidence.ToJson(), ruling);
        Decision.Promise(Deal.DecideBy);
    }

    /// <summary>What people did afterwards.</summary>
    public void Follow(DemoMarket market)
    {
        if (_ruling.Outcome == Outcome.Review && !Review()) return;
        if (Deal.State != DealState.Approved) return;
        var approved = Deal.DecidedAt!.Value;
        Team(market, approved);
        Fate(approved);
        ClaimEnds = Deal.ClosedAt is { } closed ? DateOnly.FromDateTime(closed) : Deal.State == DealState.Converted ? DateOnly.FromDateTime(Now).AddYears(1) : Deal.ExpiresOn;
        Talk(approved);
    }

    /// <summary>The partner manager has a question, and the answer is open.</summary>
    public void Ask(DateTime at) => Move(DealTrigger.RequestInfo, at, Partner.Manager, DemoWords.Question(_chance), false);

    /// <summary>Another partner is invited and has not answered yet.</summary>
    public void Invite(DemoPartner guest, DateTime at) => Members.Add(new DealMember
    {
        TenantId = _demo.Tenant,
        DealId = Deal.Id,
        PartnerId = guest.Row.Id,
        HolderId = Partner.Row.Id,
        Role = DealRole.Influence,
        ShareBasisPoints = 2000,
        State = MemberState.Invited,
        InvitedAt = at,
        InvitedByName = Partner.Manager,
        Version = 1,
    });

    // Decisions became quicker over the two years: from two and a half days to less than one.
    private bool Review()
    {
        var progress = Math.Clamp(1 - ((Now - Deal.CreatedAt).TotalDays / 730), 0, 1);
        var hours = (62 - (40 * progress)) * (0.2 + (1.5 * _chance.NextDouble()));
        var at = WorkCalendar.Standard.Add(Deal.CreatedAt, 0).AddHours(hours);
        if (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) at = at.AddDays(2);
        if (_chance.Next(100) < 9)
        {
            if (at > Now) return false;
            Move(DealTrigger.RequestInfo, at, Partner.Manager, DemoWords.Question(_chance), false);
            at = at.AddDays(1 + _chance.Next(9));
            if (at > Now) return false;
            Move(DealTrigger.Resubmit, at, Deal.RegisteredByName, "Added the contact and what we agreed with them.", true);
            Move(DealTrigger.Hold, at, "Trellis", "Your answer is with the partner manager.", false);
            Deal.AwaitReview(_ruling.Reviewer!, WorkCalendar.Standard.Add(at, 2));
            at = at.AddHours(hours);
        }

        if (at > Now) return false;
        if (_chance.Next(100) < 40)
        {
            var until = DateOnly.FromDateTime(at).AddDays(Days);
            Move(DealTrigger.Approve, at, Partner.Manager, $"Approved: the customer is protected for you until {Phrases.Day(until)}.", false);
            if (Deal.AccountId is null) Deal.Identify(AccountState.Matched, Account.Id);
            Protect(at, until);
            return true;
        }

        var reason = Refusals[_chance.Next(Refusals.Length)];
        Move(DealTrigger.Reject, at, Partner.Manager, Reasons.Words(reason, null), false, reason);
        return true;
    }

    private int Days => DefaultRules.Text.Protection[Words.Of(Tier)];

    private void Protect(DateTime at, DateOnly until)
    {
        Deal.Protect(until);
        ProtectedFrom = DateOnly.FromDateTime(at);
        ClaimEnds = until;
    }

    private void Fate(DateTime approved)
    {
        if (_opportunity is { } opportunity && Deal.AccountId == opportunity.AccountId && Convert(opportunity, approved)) return;
        var luck = _chance.Next(100);
        var days = 14 + (int)(_chance.NextDouble() * (Days - 16));
        var at = Working(approved.AddDays(days));
        var ends = Deal.ExpiresOn!.Value.AddDays(1).ToDateTime(new TimeOnly(0, 20), DateTimeKind.Utc);
        if (at >= ends) at = ends.AddHours(-9);
        if (luck < 31) Close(DealTrigger.Win, at);
        else if (luck < 60) Close(DealTrigger.Lose, at);
        else if (luck < 67 && at <= Now) Move(DealTrigger.Withdraw, at, Deal.RegisteredByName, "The customer has stopped the project.", true);
        else if (luck < 68 && at <= Now) Move(DealTrigger.Revoke, at, "Omar Haddad", "No verifiable contact or work shown: the customer does not know the partner.", false, ReasonCode.NoVerifiableContact);
        else if (ends <= Now) Move(DealTrigger.Expire, ends, "Trellis", $"The protection ended on {Phrases.Day(Deal.ExpiresOn)}.", false);
        // What should have closed after today still stands; a protection that ran out meanwhile has ended.
        if (Deal.State == DealState.Approved && ends <= Now) Move(DealTrigger.Expire, ends, "Trellis", $"The protection ended on {Phrases.Day(Deal.ExpiresOn)}.", false);
    }

    private bool Convert(OpportunityRow opportunity, DateTime approved)
    {
        var opened = opportunity.OpenedOn!.Value.ToDateTime(new TimeOnly(10, 30), DateTimeKind.Utc);
        if (opened < approved) opened = approved.AddHours(20);
        if (opened > Now || opened.Date > Deal.ExpiresOn!.Value.ToDateTime(TimeOnly.MinValue)) return false;
        Move(DealTrigger.Convert, opened, Partner.Manager, $"Linked to opportunity {opportunity.ExternalId}.", false);
        Deal.Link(opportunity.Id, opened);
        if (opportunity.ClosedOn is not { } closed) return true;
        var at = closed.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc);
        Close(opportunity.Stage == OpportunityStage.Won ? DealTrigger.Win : DealTrigger.Lose, at <= opened ? opened.AddDays(3) : at, opportunity.Amount);
        return true;
    }

    /// <summary>Somebody remembered the opportunity only when the deal was won, long after it had been closed in the CRM.</summary>
    public void LinkLate(OpportunityRow opportunity) => Deal.Link(opportunity.Id, Deal.ClosedAt!.Value);

    private void Close(DealTrigger on, DateTime at, long? amount = null)
    {
        if (at > Now) return;
        var won = amount is > 0 ? amount.Value : Round(Deal.Amount * (0.72 + (0.45 * _chance.NextDouble())));
        Move(on, at, Partner.Manager, on == DealTrigger.Win ? $"Won with {new Money(won, Deal.Currency)}." : DemoWords.LostTo(_chance), false);
        if (on == DealTrigger.Win) Deal.Win(won, at);
    }

    // A second partner on every eighth deal; Clearview advises on many of Brightpath's.
    private void Team(DemoMarket market, DateTime approved)
    {
        var brightpath = Partner.Row.Domain == "brightpath.example";
        if (_chance.Next(100) >= (brightpath ? 55 : 16)) return;
        var at = Working(approved.AddDays(1 + _chance.Next(9)));
        if (at > Now) return;
        var deliver = _chance.Next(4) == 0;
        var able = market.Partners.Where(p => p != Partner && p.From < at && p.Until > at && p.Row.Region == Partner.Row.Region && (deliver ? p.Delivers : p.Influences)).ToList();
        var guest = brightpath && _chance.Next(10) < 7 ? market.Partners.FirstOrDefault(p => p.Row.Domain == "clearview.example" && p.From < at) : null;
        guest ??= able.Count == 0 ? null : able[_chance.Next(able.Count)];
        if (guest is null) return;
        var answered = at.AddHours(3 + _chance.Next(60));
        var declined = _chance.Next(14) == 0;
        Members.Add(new DealMember
        {
            TenantId = _demo.Tenant,
            DealId = Deal.Id,
            PartnerId = guest.Row.Id,
            HolderId = Partner.Row.Id,
            Role = guest.Influences && !deliver ? DealRole.Influence : DealRole.Deliver,
            ShareBasisPoints = 500 * _chance.Next(2, 8),
            State = answered > Now ? MemberState.Invited : declined ? MemberState.Declined : MemberState.Accepted,
            InvitedAt = at,
            InvitedByName = Partner.Manager,
            AnsweredAt = answered > Now ? null : answered,
            AnsweredByName = answered > Now ? null : guest.People[0].Name,
            Version = 1,
        });
    }

    private void Talk(DateTime approved)
    {
        if ((Now - approved).TotalDays > 120 || _chance.Next(3) > 0) return;
        for (var i = _chance.Next(1, 4); i > 0; i--)
        {
            var at = Working(approved.AddDays(_chance.NextDouble() * (Now - approved).TotalDays));
            if (at > Now) continue;
            var (partner, shared) = (_chance.Next(2) == 0, _chance.Next(3) > 0);
            Comments.Add(new DealComment
            {
                TenantId = _demo.Tenant,
                Id = _demo.NewId<CommentId>(at),
                DealId = Deal.Id,
                Audience = partner || shared ? CommentAudience.Shared : CommentAudience.Internal,
                Body = DemoWords.Comment(_chance, partner || shared),
                At = at,
                AuthorId = partner ? Deal.RegisteredBy : default,
                AuthorName = partner ? Deal.RegisteredByName : Partner.Manager,
                AuthorPartner = partner ? Partner.Row.Id : null,
            });
        }
    }

    private void Move(DealTrigger on, DateTime at, string by, string? reason, bool partner, ReasonCode? code = null)
    {
        var from = Deal.State;
        var to = DealLifecycle.Machine.Next(from, on).Value;
        Moves.Add(new Transition
        {
            TenantId = _demo.Tenant,
            Id = _demo.NewId<AuditId>(at),
            Machine = DealLifecycle.Machine.Name,
            Subject = Deal.Id.ToString(),
            From = Words.Of(from),
            Trigger = Words.Of(on),
            To = Words.Of(to),
            At = at,
            ActorKind = partner ? ActorKind.Person : ActorKind.System,
            ActorName = by,
            ActorPartner = partner ? Partner.Row.Id : null,
            Reason = reason,
        });
        Deal.Enter(to, at, by, reason, code);
    }

    private long Amount()
    {
        var list = (Product.ListPrice ?? 1_000_000) / 100.0;
        var size = _opportunity?.Amount is { } known ? known / 100.0 * (0.85 + (0.35 * _chance.NextDouble())) : list * Math.Exp(-0.4 + (2.2 * _chance.NextDouble() * _chance.NextDouble()));
        return Round(size * 100);
    }

    private static long Round(double minor) => (long)(minor / 25_000) * 25_000 + 25_000;

    private static DateTime Working(DateTime at) => at.DayOfWeek switch { DayOfWeek.Saturday => at.AddDays(2), DayOfWeek.Sunday => at.AddDays(1), _ => at };
}
