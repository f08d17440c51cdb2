using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>What is asked of the list of leads.</summary>
/// <param name="State">A state, or <c>open</c> for all in which somebody has something to do.</param>
/// <param name="Direction">A direction.</param>
/// <param name="Partner">A partner; for the vendor.</param>
/// <param name="Account">The account that the customer is; for the vendor.</param>
/// <param name="Q">Words of the customer or the product.</param>
/// <param name="Sort"><c>passed</c>, <c>customer</c>, <c>due</c> or <c>speed</c>, with a minus for falling.</param>
internal sealed record LeadQuery(string? State = null, string? Direction = null, string? Partner = null, string? Account = null, string? Q = null, string? Sort = null, string? Cursor = null, int? Size = null)
{
    /// <summary>What is asked of custom fields.</summary>
    internal IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    internal FieldOrder? Order { get; init; }

    /// <summary>With what an address asks of custom fields.</summary>
    public async Task<LeadQuery> AskingAsync(CustomFields fields, Microsoft.AspNetCore.Http.HttpContext http, CancellationToken ct) =>
        this with { Fields = await fields.ConditionsAsync(LeadRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(LeadRecords.Name, Sort, ct) };
}

/// <summary>A lead in a list. A partner reads its own turn of it and nothing of other turns.</summary>
internal sealed record LeadLine
{
    public required LeadId Id { get; init; }
    public required LeadDirection Direction { get; init; }
    public required LeadState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required string CustomerName { get; init; }
    public string? Country { get; init; }
    public ProductId? Product { get; init; }
    public string? ProductName { get; set; }
    public long? Amount { get; init; }

    /// <summary>False where amounts are kept from the reader; they are null then.</summary>
    public bool AmountShown { get; init; } = true;
    public required string Currency { get; init; }
    public required PartnerId Partner { get; init; }

    /// <summary>For the vendor.</summary>
    public string? PartnerName { get; set; }

    public required DateTime PassedAt { get; init; }
    public required string PassedBy { get; init; }
    public DateTime? AnswerBy { get; init; }

    /// <summary>Speed to lead, in minutes.</summary>
    public int? AnswerMinutes { get; init; }

    public DateOnly? ProtectedUntil { get; init; }

    /// <summary>Which partner in a row has it; for the vendor.</summary>
    public int? Turn { get; init; }

    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }
}

/// <summary>A turn of the same interest, for the vendor.</summary>
internal sealed record LeadTurn(LeadId Id, int Turn, PartnerId Partner, string? PartnerName, LeadState State, DateTime StateSince, DeclineReason? Declined, string? Answer, int? AnswerMinutes);

internal sealed record LeadMove(LeadTrigger On, LeadState To, DateTime At, string Who, string? Words);

/// <summary>One lead as its reader may see it.</summary>
internal sealed record LeadDetail : IHasVersion
{
    public required LeadLine Line { get; init; }
    public string? CustomerDomain { get; init; }
    public string? CustomerCity { get; init; }

    /// <summary>The customer's person: for the vendor, for the partner that has passed it, and for the one that has accepted it.</summary>
    public string? ContactName { get; init; }

    public string? ContactEmail { get; init; }
    public required string Need { get; init; }
    public DateTime? AnsweredAt { get; init; }
    public string? AnsweredBy { get; init; }
    public DeclineReason? Declined { get; init; }
    public ReasonCode? Refusal { get; init; }
    public string? Answer { get; init; }
    public int? ProtectionDays { get; init; }
    public int? CreditBasisPoints { get; init; }
    public string? Compensation { get; init; }
    public DateTime? DecideBy { get; init; }
    public string? Reviewer { get; init; }

    /// <summary>What the rules say to this reader.</summary>
    public required string Says { get; init; }

    public int RulesVersion { get; init; }

    /// <summary>Its registration; a draft is its partner's own, and the vendor reads what has become one.</summary>
    public DealId? Deal { get; init; }

    public required IReadOnlyList<LeadTrigger> Allowed { get; init; }

    /// <summary>Whether the next partner can be asked now.</summary>
    public bool MayOfferNext { get; init; }

    /// <summary>For the vendor: the account, the row of the table and its facts, and all turns.</summary>
    public AccountId? Account { get; init; }

    public OpportunityId? Opportunity { get; init; }
    public Outcome? Outcome { get; init; }
    public string? RuleId { get; init; }
    public IReadOnlyDictionary<string, FactValue>? Facts { get; init; }
    public IReadOnlyList<LeadTurn> Turns { get; init; } = [];
    public IReadOnlyList<LeadMove> History { get; init; } = [];
    public required long Version { get; init; }
}

/// <summary>What a partner reads of a lead: the rules' words as long as they are the answer, afterwards what has become of it.</summary>
internal static class LeadWords
{
    public static string ToPartner(Lead lead) => lead.State switch
    {
        LeadState.Offered or LeadState.InReview or LeadState.Submitted => lead.ForPartner,
        LeadState.Accepted or LeadState.Rejected when lead.Direction == LeadDirection.ToVendor && lead.Outcome != Rules.Outcome.Review => lead.ForPartner,
        LeadState.Accepted when lead.Direction == LeadDirection.ToVendor => "We take it: it is noted as yours, with the terms that stand here; finance pays by them by hand.",
        LeadState.Accepted => "You have accepted it. Register the deal when you have talked to the customer.",
        LeadState.Rejected => "We do not take it; the reason stands here.",
        LeadState.Converted when lead.Direction == LeadDirection.ToVendor => "We have made an opportunity of it.",
        LeadState.Converted => "You have registered the customer.",
        LeadState.Declined => "You have declined it.",
        LeadState.TimedOut => "It was not answered in time and went back.",
        LeadState.Returned => "You have given it back.",
        LeadState.Withdrawn or LeadState.Revoked => "The vendor has taken it back.",
        LeadState.Expired => "The protection of this lead is over, and nothing was registered.",
        _ => lead.ForPartner,
    };
}

/// <summary>Leads page by page and one by one: staff page, portal and API.</summary>
internal static class LeadList
{
    public static async Task<Page<LeadLine>> PageAsync(Work work, LeadQuery query, CancellationToken ct)
    {
        var (paging, down) = (new Paging(query.Cursor, query.Size ?? 50), query.Sort?.StartsWith('-') ?? true);
        if (query.Order is { } order)
        {
            var ordered = (await Filtered(work, query).PageAsync(work.Db, l => l.Id, order, paging, ct)).Select(LineOf);
            return ordered with { Items = await NamedAsync(work, ordered.Items, ct) };
        }

        var lines = Filtered(work, query).Select(l => new LeadLine
        {
            Id = l.Id, Direction = l.Direction, State = l.State, StateSince = l.StateSince, CustomerName = l.CustomerName, Country = l.Country, Product = l.ProductId, Amount = l.Amount, Currency = l.Currency,
            Partner = l.PartnerId, PassedAt = l.PassedAt, PassedBy = l.PassedByName, AnswerBy = l.AnswerBy, AnswerMinutes = l.AnswerMinutes, ProtectedUntil = l.ProtectedUntil, Turn = l.Turn,
        });
        var page = await (query.Sort?.TrimStart('-') switch
        {
            "customer" => lines.PageAsync(l => l.CustomerName, l => l.Id, down, paging, ct),
            "due" => lines.PageAsync(l => l.AnswerBy ?? DateTime.MaxValue, l => l.Id, down, paging, ct),
            "speed" => lines.PageAsync(l => l.AnswerMinutes ?? int.MaxValue, l => l.Id, down, paging, ct),
            _ => lines.PageAsync(l => l.PassedAt, l => l.Id, down, paging, ct),
        });
        return page with { Items = await NamedAsync(work, page.Items, ct) };
    }

    public static Task<int> CountAsync(Work work, LeadQuery query, CancellationToken ct) => Filtered(work, query).CountCappedAsync(ct);

    /// <summary>How many leads wait for this partner's yes or no.</summary>
    public static async Task<int> OfferedAsync(Work work, CancellationToken ct) =>
        work.Actor.Partner is { } me && work.Actor.May(PassingPermissions.View) ? await work.Db.Set<Lead>().CountAsync(l => l.PartnerId == me && l.State == LeadState.Offered, ct) : 0;

    public static IQueryable<Lead> Filtered(Work work, LeadQuery query)
    {
        var rows = work.Db.Set<Lead>().AsNoTracking().Holding(work.Db, l => l.Id, query.Fields);
        if (work.Actor.Partner is { } me) rows = rows.Where(l => l.PartnerId == me);
        if (query.State == "open") rows = rows.Where(l => LeadLifecycle.Open.Contains(l.State));
        else if (Words.Parse<LeadState>(query.State) is { } state) rows = rows.Where(l => l.State == state);
        if (Words.Parse<LeadDirection>(query.Direction) is { } direction) rows = rows.Where(l => l.Direction == direction);
        if (work.Actor.Partner is null && Ids.Parse<PartnerId>(query.Partner) is { } partner) rows = rows.Where(l => l.PartnerId == partner);
        if (work.Actor.Partner is null && Ids.Parse<AccountId>(query.Account) is { } account) rows = rows.Where(l => l.AccountId == account);
        foreach (var word in Text.Fold(query.Q is { } s && Text.IsClean(s) ? s : null).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) rows = rows.Where(l => l.SearchText.Contains(word));
        return rows;
    }

    public static async Task<Result<LeadDetail>> FindAsync(Work work, LeadId id, CancellationToken ct)
    {
        if (await work.Db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead) return PassingProblems.Missing();
        var mine = work.Actor.Partner is not null;
        var line = (await NamedAsync(work, [LineOf(lead)], ct))[0];
        var turns = mine || lead.Direction == LeadDirection.ToVendor ? [] : await TurnsAsync(work, lead.ChainId, ct);
        var contact = !mine || lead.Direction == LeadDirection.ToVendor || lead.State is LeadState.Accepted or LeadState.Converted;
        return new LeadDetail
        {
            Line = line, CustomerDomain = lead.CustomerDomain, CustomerCity = lead.CustomerCity, ContactName = contact ? lead.ContactName : null, ContactEmail = contact ? lead.ContactEmail : null, Need = lead.Need,
            AnsweredAt = lead.AnsweredAt, AnsweredBy = lead.AnsweredByName, Declined = lead.DeclineReason, Refusal = lead.Refusal, Answer = lead.Answer, ProtectionDays = lead.ProtectionDays,
            CreditBasisPoints = lead.CreditBasisPoints, Compensation = lead.Compensation, DecideBy = lead.State is LeadState.InReview or LeadState.Submitted ? lead.DecideBy : null, Reviewer = mine ? null : lead.Reviewer,
            Says = mine ? work.Db.ReadsAmounts() ? LeadWords.ToPartner(lead) : AmountSight.WithoutAmount(LeadWords.ToPartner(lead), Major(lead)) ?? AmountSight.Title : lead.ForVendor, RulesVersion = lead.RulesNumber, Deal = mine || lead.State == LeadState.Converted ? lead.DealId : null,
            Allowed = [.. LeadLifecycle.Machine.Allowed(lead.State).Where(on => May(work.Actor, lead, on, work.Now))],
            MayOfferNext = !mine && lead.Direction == LeadDirection.ToPartner && LeadLifecycle.Free.Contains(lead.State) && turns.All(t => t.Turn <= lead.Turn) && work.Actor.May(PassingPermissions.Pass),
            Account = mine ? null : lead.AccountId, Opportunity = mine ? null : lead.OpportunityId, Outcome = mine ? null : lead.Outcome, RuleId = mine ? null : lead.RuleId,
            Facts = mine ? null : FactSet.FromJson(lead.Facts).All, Turns = turns, History = mine ? [] : await HistoryAsync(work, lead, ct), Version = lead.Version,
        };
    }

    private static LeadLine LineOf(Lead lead) => new()
    {
        Id = lead.Id, Direction = lead.Direction, State = lead.State, StateSince = lead.StateSince, CustomerName = lead.CustomerName, Country = lead.Country, Product = lead.ProductId, Amount = lead.Amount, Currency = lead.Currency,
        Partner = lead.PartnerId, PassedAt = lead.PassedAt, PassedBy = lead.PassedByName, AnswerBy = lead.AnswerBy, AnswerMinutes = lead.AnswerMinutes, ProtectedUntil = lead.ProtectedUntil, Turn = lead.Turn,
    };

    private static decimal? Major(Lead lead) => lead.Amount is { } minor ? new Money(minor, lead.Currency).Major : null;

    private static bool May(Actor actor, Lead lead, LeadTrigger on, DateTime now) => on switch
    {
        LeadTrigger.Hold or LeadTrigger.TimeOut or LeadTrigger.Submit or LeadTrigger.Reopen or LeadTrigger.Expire or LeadTrigger.Remind => false,
        LeadTrigger.Return when lead.Direction == LeadDirection.ToVendor => false,
        LeadTrigger.Accept when lead.State == LeadState.Offered && lead.AnswerBy < now => false,
        LeadTrigger.Revoke => !actor.IsPartner && actor.May(PassingPermissions.Pass) && actor.May(PassingPermissions.Decide),
        LeadTrigger.Withdraw => !actor.IsPartner && actor.May(PassingPermissions.Pass),
        LeadTrigger.Convert when lead.Direction == LeadDirection.ToPartner => actor.IsPartner && actor.May(DealsPermissions.Register),
        _ => actor.IsPartner == LeadLifecycle.IsPartners(lead.Direction, on) && actor.May(actor.IsPartner ? PassingPermissions.Answer : PassingPermissions.Decide),
    };

    private static async Task<IReadOnlyList<LeadTurn>> TurnsAsync(Work work, LeadId chain, CancellationToken ct)
    {
        var rows = await work.Db.Set<Lead>().AsNoTracking().Where(l => l.ChainId == chain).OrderBy(l => l.Turn).Take(100)
            .Select(l => new LeadTurn(l.Id, l.Turn, l.PartnerId, null, l.State, l.StateSince, l.DeclineReason, l.Answer, l.AnswerMinutes)).ToListAsync(ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.Partner)], ct);
        return [.. rows.Select(r => r with { PartnerName = names.GetValueOrDefault(r.Partner) })];
    }

    private static async Task<IReadOnlyList<LeadMove>> HistoryAsync(Work work, Lead lead, CancellationToken ct)
    {
        var (machine, subject) = (LeadLifecycle.Machine.Name, lead.Id.ToString());
        var rows = await work.Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == machine && t.Subject == subject).OrderBy(t => t.Id).Take(50).Select(t => new { t.Trigger, t.To, t.At, t.ActorName, t.Reason }).ToListAsync(ct);
        return [.. rows.Select(t => new LeadMove(Words.Parse<LeadTrigger>(t.Trigger)!.Value, Words.Parse<LeadState>(t.To)!.Value, t.At, t.ActorName, t.Reason))];
    }

    private static async Task<IReadOnlyList<LeadLine>> NamedAsync(Work work, IReadOnlyList<LeadLine> lines, CancellationToken ct)
    {
        var (partner, shown) = (work.Actor.IsPartner, work.Db.ReadsAmounts());
        var products = lines.Where(l => l.Product is not null).Select(l => l.Product!.Value).Distinct().ToArray();
        var productNames = products.Length == 0 ? [] : await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => products.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var names = partner ? [] : await DealList.PartnerNamesAsync(work, [.. lines.Select(l => l.Partner).Distinct()], ct);
        return [.. lines.Select(l => l with { ProductName = l.Product is { } id ? productNames.GetValueOrDefault(id) : null, PartnerName = names.GetValueOrDefault(l.Partner), Turn = partner ? null : l.Turn, Amount = shown ? l.Amount : null, AmountShown = shown })];
    }
}

/// <summary>Leads in the search box of both faces.</summary>
internal sealed class LeadSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(PassingPermissions.View) || folded.Length == 0) return [];
        var root = work.Actor.IsPartner ? "/portal/leads/" : "/app/leads/";
        var found = await LeadList.Filtered(work, new LeadQuery(Q: folded)).OrderByDescending(l => l.PassedAt).ThenByDescending(l => l.Id).Take(ISearchSource.Candidates).Select(l => new { l.Id, l.CustomerName, l.State }).ToListAsync(ct);
        return [.. found.Best(folded, limit, l => l.CustomerName).Select(l => new Hit("Lead", l.CustomerName, LeadLifecycle.Label(l.State), root + l.Id))];
    }
}
