using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>What passing a lead is made of: facts, decision, the lead with both, and who is told.</summary>
internal sealed class Passer(Work work, LeadMail mail)
{
    public async Task<Result<LeadId>> ToPartnerAsync(LeadId id, LeadId chain, int turn, Interest interest, PartnerId partner, CancellationToken ct)
    {
        var made = await DecideAsync(LeadDirection.ToPartner, id, chain, turn, interest, partner, ct);
        if (!made.Ok) return made.Problem;
        var (lead, ruling, row, known) = made.Value;
        if (ruling.Outcome == Outcome.Refuse) return PassingProblems.RulesRefuse(ruling.ForVendor, ruling.RuleId, ruling.Reason, lead.RulesNumber);
        if (!Registration.MayRegister(row.State)) return PassingProblems.NoTaker();
        if (known.Leads.FirstOrDefault(l => l.Direction == LeadDirection.ToPartner) is { } open) return PassingProblems.AlreadyOffered(open.Id);
        // Whoever passes it is the person whom the rules ask for.
        var decided = ruling.Outcome == Outcome.Approve || work.Actor.RoleCodes.Contains(ruling.Reviewer ?? "");
        var moved = lead.Move(work, decided ? LeadTrigger.Offer : LeadTrigger.Hold);
        if (!moved.Ok) return moved.Problem;
        if (decided) await mail.OfferedAsync(lead, ct);
        else await mail.WaitsAsync(lead, row.ManagerId, ct);
        return lead.Id;
    }

    public async Task<Result<LeadId>> ToVendorAsync(Interest interest, PartnerId partner, CancellationToken ct)
    {
        var id = work.NewId<LeadId>();
        var made = await DecideAsync(LeadDirection.ToVendor, id, id, 1, interest, partner, ct);
        if (!made.Ok) return made.Problem;
        var (lead, ruling, row, known) = made.Value;
        if (known.Leads.FirstOrDefault(l => l.Partner == partner && l.Direction == LeadDirection.ToVendor && l.State != LeadState.Converted) is { } open) return PassingProblems.AlreadyPassed(open.Id);
        var by = Actor.System(work.Tenant, $"Rules of passing leads, version {lead.RulesNumber}");
        var moved = lead.Move(work, LeadTrigger.Submit);
        if (!moved.Ok) return moved.Problem;
        if (ruling.Outcome == Outcome.Approve) lead.Move(work, LeadTrigger.Accept, ruling.ForPartner, by, note: true);
        else if (ruling.Outcome == Outcome.Refuse)
        {
            lead.Move(work, LeadTrigger.Reject, ruling.ForPartner, by, note: true);
            lead.Because(null, ruling.Reason);
        }

        await mail.PassedToVendorAsync(lead, row.ManagerId, ct);
        return lead.Id;
    }

    private async Task<Result<(Lead Lead, Ruling Ruling, PartnerRow Row, PassingCustomer Customer)>> DecideAsync(LeadDirection direction, LeadId id, LeadId chain, int turn, Interest interest, PartnerId partner, CancellationToken ct)
    {
        var product = await Registration.ProductNameAsync(work, interest.Product, ct);
        if (!product.Ok) return product.Problem;
        var customer = await PassingCases.CustomerAsync(work, interest, turn == 1 ? null : chain, ct, hold: true);
        if (customer.MainAmount is null && interest.Amount is not null) return DealsProblems.NoRate(interest.Currency!, customer.Currency);
        if (await PassingCases.PartnersAsync(work, [partner], ct) is not [var receiver]) return PassingProblems.NoTaker();
        var (number, text) = await PassingBook.CurrentAsync(work, ct);
        var facts = PassingCases.Facts(direction, customer, receiver);
        var ruling = Deciding.Decide(facts, DecisionTable.Of(text), work.Today, customer.Currency);
        var domain = Customer.Domain(interest.CustomerDomain);
        var lead = new Lead
        {
            TenantId = work.Tenant, Id = id, Direction = direction, PartnerId = partner, ChainId = chain, Turn = turn,
            CustomerName = interest.CustomerName.Trim(), CustomerKey = Customer.Key(interest.CustomerName), CustomerDomain = domain, CustomerCity = Text.OrNull(interest.CustomerCity), Country = interest.CountryCode,
            ProductId = interest.Product, Need = interest.Need.Trim(), Amount = interest.Amount, Currency = interest.Currency ?? customer.Currency,
            PassedAt = work.Now, PassedBy = work.Actor.Person, PassedByName = work.Actor.Name,
            Reviewer = ruling.Reviewer, DecideBy = ruling.Outcome == Outcome.Review ? work.Settings.Calendar.Add(work.Now, text.DecideWithin) : null,
            RulesNumber = number, DecidedOn = work.Today, RulesCurrency = customer.Currency, Outcome = ruling.Outcome, RuleId = ruling.RuleId, Facts = facts.ToJson(), ForPartner = ruling.ForPartner, ForVendor = ruling.ForVendor,
            SearchText = Text.Fold(interest.CustomerName, domain, product.Value, interest.CustomerCity),
        };
        PassingTerms.Of(text, facts, work.Today, customer.Currency, ruling).GrantTo(lead);
        lead.Identify(customer.Account);
        lead.Contact(Text.OrNull(interest.ContactName), Text.OrNull(interest.ContactEmail));
        work.Db.Add(lead);
        return (lead, ruling, receiver.Row, customer);
    }
}

/// <summary>What a lead brings. Where the rules ask a person first, it is what they would give without asking: the person decides whether, not what.</summary>
internal sealed record PassingTerms(int Hours, int? Days, int? Credit, string? Compensation)
{
    public static PassingTerms Of(RuleSetText text, FactSet facts, DateOnly on, string currency, Ruling ruling)
    {
        var tier = Deciding.DaysOfTier(text, facts[Vocabulary.PartnerTier].Text);
        var gives = ruling.Outcome == Outcome.Review && text.HitPolicy == HitPolicy.First
            ? Deciding.Decide(facts, DecisionTable.Of(text with { Rules = [.. text.Rules.Where(r => r.Outcome != Outcome.Review)], Tests = [] }), on, currency) : ruling;
        if (gives.Outcome != Outcome.Approve) gives = ruling;
        return new PassingTerms(text.Rules.FirstOrDefault(r => r.Id == gives.RuleId)?.AnswerWithin ?? text.AnswerWithin ?? 24, gives.ProtectionDays ?? tier, gives.CreditBasisPoints, gives.Compensation);
    }

    public void GrantTo(Lead lead) => lead.Grant(Hours, Days, Credit, Compensation);
}
