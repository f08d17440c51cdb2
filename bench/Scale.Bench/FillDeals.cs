using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Scale.Bench;

/// <summary>Registrations decided by the rules in force, three of four still open, each with its decision, moves and keys; and conflicts between neighbours.</summary>
internal static class FillDeals
{
    private const int Chunk = 20_000;

    public static async Task RunAsync(Demo demo, Sizes sizes, FilledAccount[] accounts, List<FilledPartner> partners, CancellationToken ct)
    {
        var chance = demo.Chance("scale.deals");
        var products = await demo.Db.Set<ProductRow>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        var rules = await RuleBook.CurrentAsync(demo.Work, ct);
        Deal? before = null;
        List<Conflict> conflicts = [];
        for (var from = 0; from < sizes.Deals; from += Chunk)
        {
            var (deals, moves, decisions) = (new List<Deal>(), new List<Transition>(), new List<Decision>());
            for (var i = from; i < Math.Min(from + Chunk, sizes.Deals); i++)
            {
                var deal = Make(demo, chance, accounts[(int)((long)i * accounts.Length / sizes.Deals)], partners[chance.Next(partners.Count)], products[chance.Next(products.Count)], rules, moves, decisions);
                deals.Add(deal);
                if (before is not null && conflicts.Count < sizes.Conflicts && chance.Next(40) == 0) conflicts.Add(Rival(demo, deal, before));
                before = deal;
            }

            await demo.InsertAsync(deals, ct);
            await demo.InsertAsync(moves, ct);
            await demo.InsertAsync(decisions, ct);
            var keys = deals.SelectMany(d => Customers.Keys(Customer.Typed(d), asking: false).Distinct().Select(k => new ClaimKey { TenantId = demo.Tenant, Key = k, DealId = d.Id })).ToArray();
            Array.Sort(keys, (a, b) => string.CompareOrdinal(a.Key, b.Key));
            await demo.InsertAsync(keys, ct);
        }

        await demo.InsertAsync(conflicts, ct);
    }

    private static Deal Make(Demo demo, Random chance, FilledAccount account, FilledPartner partner, ProductRow product, RuleSet rules, List<Transition> moves, List<Decision> decisions)
    {
        var at = demo.Now.AddMinutes(-chance.Next(60, 80 * 24 * 60));
        var deal = Deal.Past(demo.Tenant, demo.NewId<DealId>(at), partner.Id, partner.Person, partner.PersonName, "USD", at);
        var contact = $"buyer@{account.Domain ?? "gmail.com"}";
        deal.Write(new DealFields
        {
            CustomerName = account.Name, CustomerDomain = account.Domain, Country = account.Country, Product = product.Id, Amount = 100_000L * chance.Next(10, 900), ExpectedClose = DateOnly.FromDateTime(at).AddDays(chance.Next(95, 200)),
            ContactName = "Robin Buyer", ContactEmail = chance.Next(6) == 0 ? null : contact, WorkDone = "Two workshops with the head of operations; the requirements are written down.", NextStep = "Offer by the end of the month.",
        }, product.Name);
        deal.Identify(AccountState.Matched, account.Id);
        var facts = Case(deal, partner, product, account).Facts();
        var ruling = Deciding.Decide(facts, RuleBook.TableOf(rules), DateOnly.FromDateTime(at), "USD");
        decisions.Add(Decision.Of(demo.Tenant, demo.NewId<DecisionId>(at), deal.Id, at, rules, "USD", facts, new Evidence([new CustomerMatch(account.Id, account.Name, 0.97, ["same name"])], [], [], []).ToJson(), ruling));
        deal.Submit(at);
        Move(demo, deal, DealTrigger.Submit, at, partner.PersonName, moves);
        Move(demo, deal, ruling.Outcome switch { Outcome.Approve => DealTrigger.Approve, Outcome.Refuse => DealTrigger.Reject, _ => DealTrigger.Hold }, at, "Rules of engagement, version 1", moves, ruling.ForPartner, ruling.Reason);
        if (ruling.Outcome == Outcome.Approve) deal.Protect(ruling.ProtectedUntil!.Value);
        // Three of four stay open; of the others half are won.
        if (deal.State is DealState.Approved && chance.Next(4) == 0)
        {
            var win = chance.Next(2) == 0;
            var closed = at.AddMinutes(chance.Next(60) + 1);
            Move(demo, deal, win ? DealTrigger.Win : DealTrigger.Lose, closed, "Paula Ferreira", moves, win ? "Won." : "Lost to another offer.");
            if (win) deal.Win(deal.Amount, closed);
        }

        if (ruling.Outcome != Outcome.Review) return deal;
        // Two of three in review are decided by now.
        if (chance.Next(3) == 0) deal.AwaitReview(ruling.Reviewer!, WorkCalendar.Standard.Add(demo.Now, chance.Next(1, 4)));
        else
        {
            Move(demo, deal, DealTrigger.Approve, at.AddMinutes(50), "Paula Ferreira", moves, "Approved.");
            deal.Protect(DateOnly.FromDateTime(at).AddDays(120));
        }

        return deal;
    }

    private static Case Case(Deal deal, FilledPartner partner, ProductRow product, FilledAccount account) => new()
    {
        Today = DateOnly.FromDateTime(deal.CreatedAt), Partner = partner.Id, Region = "EMEA", Tier = Tier.Gold, MotionActive = true, Motion = Motion.CoSell, Fields = deal.Fields, Currency = "USD", ProductName = product.Name,
        Series = product.Series, AccountState = AccountState.Matched, ExistingCustomer = false, Matches = [new CustomerMatch(account.Id, account.Name, 0.97, ["same name"])], Claims = [], Perhaps = [], Direct = [],
    };

    private static void Move(Demo demo, Deal deal, DealTrigger on, DateTime at, string by, List<Transition> moves, string? reason = null, ReasonCode? code = null)
    {
        var (from, to) = (deal.State, DealLifecycle.Machine.Next(deal.State, on).Value);
        moves.Add(new Transition
        {
            TenantId = demo.Tenant, Id = demo.NewId<AuditId>(at), Machine = DealLifecycle.Machine.Name, Subject = deal.Id.ToString(), From = Words.Of(from), Trigger = Words.Of(on), To = Words.Of(to), At = at,
            ActorKind = ActorKind.Person, ActorName = by, Reason = reason,
        });
        deal.Enter(to, at, by, reason, code);
    }

    private static Conflict Rival(Demo demo, Deal deal, Deal other)
    {
        var conflict = ConflictWatch.Begin(demo.Work, deal, ConflictKind.PartnerPartner, "another claim on the customer", other.CustomerName, other.Id, other.PartnerId, null);
        conflict.Enter(ConflictState.Suspected, demo.Now, "Rules of engagement");
        deal.Contest(ConflictState.Suspected);
        return conflict;
    }
}
