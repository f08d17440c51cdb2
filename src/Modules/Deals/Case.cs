using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>A direct opportunity at the customer, as the decision sees it.</summary>
internal sealed record DirectOpportunity(OpportunityId Id, string ExternalId, string? Owner, OpportunityStage Stage, ProductId? Product, long? Amount, DateOnly? OpenedOn, DateOnly? StageChangedOn);

/// <summary>An account that may be the customer: who owns it, and what the direct team has open there.</summary>
internal sealed record LikelyAccount(AccountId Account, string Name, string? Owner, bool Named, string? Country, IReadOnlyList<DirectOpportunity> Direct);

/// <summary>An amount of another currency as the rules read it.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">The registration's own currency.</param>
/// <param name="Rate">One of it in the main currency.</param>
/// <param name="Day">The day of the rate.</param>
/// <param name="Via">The third currency through which it goes, if any.</param>
internal sealed record Conversion(long Amount, string Currency, decimal Rate, DateOnly Day, string? Via)
{
    /// <summary>The amount in the main currency, with how it came about where it is another's; no amount where there is none, or no rate.</summary>
    public static (long? Amount, Conversion? Converted) Of(RateBook book, string main, DealFields fields, string currency, DateOnly day)
    {
        if (fields.Amount is not { } minor) return (null, null);
        if (currency == main) return (minor, null);
        if (book.At(currency, main, day) is not { } quote) return (null, null);
        return (new Money(minor, currency).At(quote.Rate, main).Minor, new Conversion(minor, currency, quote.Rate, quote.Day, quote.Via));
    }
}

/// <summary>What the facts were read from. It names others, so only the vendor's people ever see it.</summary>
internal sealed record Evidence(IReadOnlyList<CustomerMatch> Matches, IReadOnlyList<Claim> Rivals, IReadOnlyList<Claim> Perhaps, IReadOnlyList<DirectOpportunity> Direct)
{
    public IReadOnlyList<LikelyAccount> Likely { get; init; } = [];

    /// <summary>The rate at which the amount was read, kept with the decision: a later rate changes nothing of it.</summary>
    public Conversion? Converted { get; init; }

    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, Json.Options);

    public static Evidence FromJson(string json) => System.Text.Json.JsonSerializer.Deserialize<Evidence>(json, Json.Options)!;
}

/// <summary>Everything that the rules are asked about, loaded.</summary>
internal sealed record Case
{
    public required DateOnly Today { get; init; }
    public required PartnerId Partner { get; init; }
    public required string Region { get; init; }

    /// <summary>The territories that the partner has declared, as they are compared.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>The partner's, or that of the motion in which it sells this.</summary>
    public required Tier Tier { get; init; }

    public required bool MotionActive { get; init; }

    /// <summary>What it has said, of its active motions; else the weightiest of those in which it sells, or null.</summary>
    public Motion? Motion { get; init; }

    public PartnerType? PartnerType { get; init; }
    public int? PartnerEmployees { get; init; }
    public DateOnly? PartnerSince { get; init; }

    /// <summary>The partner's certifications in force: level and what they are for.</summary>
    public IReadOnlyList<(CertificationLevel Level, string Subject)> Certifications { get; init; } = [];

    /// <summary>When the direct team last opened, moved or closed an opportunity at the customer.</summary>
    public DateOnly? LastDirectActivity { get; init; }

    public required DealFields Fields { get; init; }
    /// <summary>The main currency, in which the rules read amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>The amount in it, minor units; null where none was given.</summary>
    public long? Amount { get; init; }

    /// <summary>How another currency's amount became that.</summary>
    public Conversion? Converted { get; init; }

    public string? ProductName { get; init; }
    public string? Series { get; init; }
    public AccountRow? Account { get; init; }
    public required AccountState AccountState { get; init; }
    public required bool ExistingCustomer { get; init; }
    public required IReadOnlyList<CustomerMatch> Matches { get; init; }

    /// <summary>Living registrations that are surely of this customer, of every partner, this one's own included.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>Living registrations that carry the same name but another web address.</summary>
    public required IReadOnlyList<Claim> Perhaps { get; init; }

    public required IReadOnlyList<DirectOpportunity> Direct { get; init; }

    /// <summary>What is known of the accounts that resemble the customer, while none stands out: evidence for a person, no facts for the rules.</summary>
    public IReadOnlyList<LikelyAccount> Likely { get; init; } = [];

    /// <summary>The partner renews what it has sold.</summary>
    public bool Renewal { get; init; }

    /// <summary>The amount as a part of what was won, in percent; null for what renews nothing, or where one of them is not known.</summary>
    public decimal? RenewalGrowth { get; init; }

    /// <summary>For how many days the partner was protected for this customer and product before, without winning it.</summary>
    public int EarlierDays { get; init; }

    /// <summary>Another partner has lately sold this product to the customer.</summary>
    public bool OthersIncumbent { get; init; }

    /// <summary>The partner whose accepted lead of this customer is protected, if any.</summary>
    public PartnerId? LeadHolder { get; init; }

    /// <summary>The partner has accepted a lead of this customer: it follows the registration.</summary>
    public bool OfLead { get; init; }
    /// <summary>Who holds the relation with the account: partners, and null for the vendor.</summary>
    public IReadOnlyCollection<PartnerId?> RelationHolders { get; init; } = [];

    /// <summary>What custom fields of partner and account say, and to which segments the partner belongs.</summary>
    public IReadOnlyDictionary<string, FactValue> OwnFacts { get; init; } = new Dictionary<string, FactValue>();

    public IEnumerable<Claim> Own => Claims.Where(c => c.Partner == Partner);

    public IEnumerable<Claim> Rivals => Claims.Where(c => c.Partner != Partner);

    /// <summary>Pure: the facts that the table is asked over.</summary>
    public FactSet Facts()
    {
        var protectedRivals = Rivals.Where(c => c.IsProtected(Today)).ToList();
        // The newest decides: an old forgotten opportunity must not hide that the direct team has just begun again.
        var newest = Direct.OrderByDescending(o => o.OpenedOn ?? DateOnly.MinValue).FirstOrDefault();
        var territory = Countries.Find(Fields.Country?.ToUpperInvariant())?.Region;
        FactValue Days(DateOnly? since) => FactValue.Of(since is { } day ? Today.DayNumber - day.DayNumber : (decimal?)null);
        Dictionary<string, FactValue> facts = new()
        {
            [Vocabulary.Amount.Name] = FactValue.Of(Amount is { } minor ? new Money(minor, Currency).Major : null),
            [Vocabulary.Product.Name] = FactValue.Of(ProductName),
            [Vocabulary.Series.Name] = FactValue.Of(Series),
            [Vocabulary.Region.Name] = FactValue.Of(Region),
            [Vocabulary.PartnerTier.Name] = FactValue.Of(Words.Of(Tier)),
            [Vocabulary.MotionActive.Name] = FactValue.Of(MotionActive),
            [Vocabulary.DaysToClose.Name] = FactValue.Of(Fields.ExpectedClose is { } close ? close.DayNumber - Today.DayNumber : (decimal?)null),
            [Vocabulary.EvidenceMissing.Name] = FactValue.Of(Registration.EvidenceMissing(Fields)),
            [Vocabulary.OwnEarlier.Name] = FactValue.Of(Own.Any(c => c.Covers(Fields.Product) && (c.IsPending || c.IsProtected(Today)))),
            [Vocabulary.RivalSameProduct.Name] = FactValue.Of(protectedRivals.Any(c => c.Covers(Fields.Product))),
            [Vocabulary.RivalOtherProduct.Name] = FactValue.Of(protectedRivals.Any(c => !c.Covers(Fields.Product))),
            [Vocabulary.RivalPending.Name] = FactValue.Of(Rivals.Any(c => c.IsPending && c.Covers(Fields.Product))),
            [Vocabulary.Renewal.Name] = FactValue.Of(Renewal),
            [Vocabulary.RenewalGrowth.Name] = FactValue.Of(RenewalGrowth),
            [Vocabulary.EarlierProtection.Name] = FactValue.Of((decimal)EarlierDays),
            [Vocabulary.RivalIncumbent.Name] = FactValue.Of(OthersIncumbent),
            [Vocabulary.Account.Name] = FactValue.Of(Perhaps.Count > 0 ? "possible" : AccountState switch { AccountState.Matched => "found", AccountState.Pending => "possible", _ => "new" }),
            [Vocabulary.NamedAccount.Name] = FactValue.Of(Account?.Named ?? false),
            [Vocabulary.OwnedAccount.Name] = FactValue.Of(!string.IsNullOrEmpty(Account?.OwnerName)),
            [Vocabulary.ExistingCustomer.Name] = FactValue.Of(ExistingCustomer),
            [Vocabulary.DirectOpen.Name] = FactValue.Of(newest is not null),
            [Vocabulary.DirectAge.Name] = Days(newest?.OpenedOn),
            [Vocabulary.DirectStageAge.Name] = Days(newest?.StageChangedOn ?? newest?.OpenedOn),
            [Vocabulary.PartnerType.Name] = FactValue.Of(PartnerType is { } type ? Words.Of(type) : null),
            [Vocabulary.Motion.Name] = FactValue.Of(Motion is { } motion ? Words.Of(motion) : MotionActive ? null : "none"),
            [Vocabulary.Certification.Name] = FactValue.Of(Certifications.Count == 0 ? "none" : Words.Of(Certifications.Max(c => c.Level))),
            [Vocabulary.CertifiedForProduct.Name] = FactValue.Of(Certifications.Any(c => IsFor(c.Subject, ProductName) || IsFor(c.Subject, Series))),
            [Vocabulary.Employees.Name] = FactValue.Of((decimal?)PartnerEmployees),
            [Vocabulary.PartnerDays.Name] = Days(PartnerSince),
            [Vocabulary.CustomerCountry.Name] = FactValue.Of(Fields.Country?.ToUpperInvariant()),
            [Vocabulary.Territory.Name] = FactValue.Of(territory),
            [Vocabulary.OutsideTerritory.Name] = FactValue.Of(Partners.Published.Territories.IsOutside(Territories, Region, Fields.Country, Fields.CustomerCity)),
            [Vocabulary.Segment.Name] = FactValue.Of(Account?.Sector),
            [Vocabulary.AccountOwner.Name] = FactValue.Of(Account?.OwnerName),
            [Vocabulary.RivalClaims.Name] = FactValue.Of((decimal)Rivals.Count(c => c.IsPending || c.IsProtected(Today))),
            [Vocabulary.DirectActivity.Name] = Days(LastDirectActivity),
            [Vocabulary.LeadHolder.Name] = FactValue.Of(LeadHolder is not { } holder ? "none" : holder == Partner ? "this_partner" : "another"),
            [Vocabulary.RelationHolder.Name] = FactValue.Of(Relations.Holding.Fact(RelationHolders, Partner)),
        };
        return new FactSet(facts.Concat(OwnFacts));
    }

    private static bool IsFor(string subject, string? name) => name is not null && Text.Fold(subject) == Text.Fold(name);

    public Evidence Evidence() => new(Matches, [.. Rivals], Perhaps, Direct) { Likely = Likely, Converted = Converted };
}

/// <summary>Loads the case of a registration.</summary>
internal static class Cases
{
    private static readonly OpportunityStage[] Open = [OpportunityStage.Prospecting, OpportunityStage.Engaging];

    /// <summary>
    /// Partner, product, account, claims and direct opportunities. It reads past the partner's own sight, because a decision must see what the
    /// partner may not; nothing of that leaves in a partner's sentence.
    /// </summary>
    public static async Task<Case> LoadAsync(Work work, Deal deal, PartnerRow partner, IReadOnlyList<CustomerMatch> matches, CancellationToken ct, Action<Asks>? besides = null)
    {
        var (fields, today, main) = (deal.Fields, work.Today, work.Settings.Currency);
        var asks = new Asks(work.Db);
        var standing = CaseAsks.Standing(asks, partner.Id, deal.ProductId, today);
        var claims = Claims.Ask(asks, work, deal);
        var othersIncumbent = Life.Renewals.AskOthersIncumbent(asks, work, deal);
        var earlier = Life.EarlierProtections.Ask(asks, work, deal);
        var renewed = Life.Renewals.AskRenewed(asks, deal);
        var leads = CaseAsks.LeadHolders(asks, deal);
        var known = deal.AccountId is { } found ? CaseAsks.Account(asks, found, deal, today) : null;
        besides?.Invoke(asks);
        await asks.RunAsync(ct);
        var judged = claims.ToLookup(Claims.JudgeOf(Customer.Typed(deal), deal.AccountId));
        var won = renewed.Find(w => w.IsRenewedBy(deal));
        var rates = deal.Currency == main && (won is null || won.Currency == main) ? RateBook.Empty : await work.RatesAsync(ct);
        var (amount, converted) = Conversion.Of(rates, main, fields, deal.Currency, today);
        var account = known?.Row;
        var motion = deal.Motion is { } said && standing.Motions.Contains(said) ? said : FirstSelling(standing.Motions);
        return new Case
        {
            Today = today,
            Partner = partner.Id,
            Region = partner.Region,
            Territories = standing.Territories,
            Tier = DealMotion.Counting(partner.Tier, standing.Active, motion).Tier,
            MotionActive = Vocabulary.Selling.Any(standing.Motions.Contains),
            Motion = motion,
            PartnerType = partner.MainType,
            PartnerEmployees = partner.Employees,
            PartnerSince = DateOnly.FromDateTime(partner.Since),
            Certifications = standing.Certifications,
            LastDirectActivity = account is null ? null : known!.LastActivity,
            RelationHolders = known?.Holders ?? [],
            Fields = fields,
            Currency = main,
            Amount = amount,
            Converted = converted,
            ProductName = standing.Product?.Name,
            Series = standing.Product?.Series,
            Account = account,
            // An account that only the partner’s word has made is as new as it was when the rules first looked.
            AccountState = deal is { AccountState: AccountState.Pending, AccountId: not null } ? AccountState.New : deal.AccountState,
            ExistingCustomer = account is not null && known!.HasBought,
            Matches = matches,
            Renewal = won is not null,
            RenewalGrowth = won?.Growth(amount, rates, main, today),
            EarlierDays = earlier(),
            OthersIncumbent = othersIncumbent(),
            LeadHolder = leads.Where(l => l.Until >= today).OrderByDescending(l => l.Partner == partner.Id).Select(l => (PartnerId?)l.Partner).FirstOrDefault(),
            OfLead = leads.Exists(l => l.Partner == partner.Id),
            Claims = [.. judged[SameCustomer.Yes]],
            Perhaps = [.. judged[SameCustomer.Perhaps].Where(c => c.Partner != partner.Id)],
            Direct = account is null ? [] : known!.Direct,
            Likely = account is null && matches.Count > 0 ? await LikelyAsync(work, matches, deal, ct) : [],
        };
    }

    public static Motion? FirstSelling(IReadOnlyCollection<Motion> motions) => DealMotion.Of(motions);

    private static async Task<List<LikelyAccount>> LikelyAsync(Work work, IReadOnlyList<CustomerMatch> matches, Deal deal, CancellationToken ct)
    {
        var ids = matches.Select(m => m.Account).ToList();
        var product = deal.ProductId;
        var accounts = await All<AccountRow>(work).Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var direct = await All<OpportunityRow>(work)
            .Where(o => o.AccountId != null && ids.Contains(o.AccountId.Value) && Open.Contains(o.Stage) && (product == null || o.ProductId == null || o.ProductId == product))
            .OrderByDescending(o => o.OpenedOn).Take(40)
            .Select(o => new { o.AccountId, Row = new DirectOpportunity(o.Id, o.ExternalId, o.OwnerName, o.Stage, o.ProductId, o.Amount, o.OpenedOn, o.StageChangedOn) }).ToListAsync(ct);
        return [.. accounts.OrderBy(a => ids.IndexOf(a.Id)).Select(a => new LikelyAccount(a.Id, a.Name, a.OwnerName, a.Named, a.Country, [.. direct.Where(d => d.AccountId == a.Id).Select(d => d.Row).Take(5)]))];
    }

    private static IQueryable<T> All<T>(Work work) where T : class => work.Db.Set<T>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
}
