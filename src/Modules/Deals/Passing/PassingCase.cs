using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Fits;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>A customer's interest as somebody types it.</summary>
internal sealed record Interest
{
    public string CustomerName { get; init; } = "";
    public string? CustomerDomain { get; init; }
    public string? CustomerCity { get; init; }
    public string? Country { get; init; }
    public string? ContactName { get; init; }
    public string? ContactEmail { get; init; }
    public ProductId? Product { get; init; }
    public string Need { get; init; } = "";

    /// <summary>Minor units.</summary>
    public long? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Fields { get; init; }

    public string CountryCode => Text.OrNull(Country)?.ToUpperInvariant() ?? "";

    public Check Check(Check check) => check
        .Text(CustomerName, "customerName", "The customer's name")
        .Text(CustomerDomain, "customerDomain", "The web site", required: false)
        .That(Customer.Domain(CustomerDomain) is not null || Text.OrNull(CustomerDomain) is null, "customerDomain", "This is no web address; write it like example.com, or leave it empty.")
        .Text(CustomerCity, "customerCity", "The city", 100, required: false)
        .That(Countries.Find(CountryCode) is not null, "country", "Choose a country.")
        .Text(ContactName, "contactName", "The contact's name", required: false)
        .Text(ContactEmail, "contactEmail", "The contact's e-mail", required: false)
        .That(Text.OrNull(ContactEmail) is null || System.Net.Mail.MailAddress.TryCreate(ContactEmail, out _), "contactEmail", "This is not an e-mail address.")
        .Text(Need, "need", "What is needed", 2000)
        .Currency(Currency, required: false)
        .That(Amount is null or (> 0 and <= 1_000_000_000_000_00), "amount", "The amount is not possible.");
}

/// <summary>A lead of the customer that is not over.</summary>
internal sealed record LivingLead(LeadId Id, PartnerId Partner, LeadDirection Direction, LeadState State);

/// <summary>What is known of the customer, the same for every partner that may be asked.</summary>
internal sealed record PassingCustomer
{
    public required Interest Interest { get; init; }
    public required string Currency { get; init; }
    public required long? MainAmount { get; init; }
    public string? ProductName { get; init; }
    public string? Series { get; init; }
    public AccountId? Account { get; init; }
    public AccountRow? AccountRow { get; init; }
    public required string AccountState { get; init; }
    public bool ExistingCustomer { get; init; }
    public bool DirectOpen { get; init; }
    public required IReadOnlyList<Claim> Claims { get; init; }
    public required IReadOnlyList<LivingLead> Leads { get; init; }
    public IReadOnlySet<PartnerId> Asked { get; init; } = new HashSet<PartnerId>();
    public required DateOnly Today { get; init; }

    public string? Region => Countries.Find(Interest.CountryCode)?.Region;

    /// <summary>What it asks of a partner.</summary>
    public required Wanted Wanted { get; init; }
}

/// <summary>What is known of a partner that may be asked.</summary>
internal sealed record PassingPartner(PartnerRow Row, IReadOnlyList<(Motion Motion, Tier Tier)> Active, IReadOnlyList<(CertificationLevel Level, string Subject)> Certifications, int OpenLeads, int? Capacity, int People)
{
    /// <summary>Its own words: territories, industries, competencies, technologies, languages.</summary>
    public IReadOnlyList<Declared> Declared { get; init; } = [];

    public IReadOnlyList<Motion> Motions => [.. Active.Select(m => m.Motion)];

    public int? Left => Capacity is { } most ? most - OpenLeads : null;
}

/// <summary>Reads what the rules of passing are asked about: a handful of narrow look-ups by index, however many partners and accounts there are.</summary>
internal static class PassingCases
{
    /// <summary>With <paramref name="hold"/> nobody else passes or accepts a lead of this customer until the transaction ends.</summary>
    public static async Task<PassingCustomer> CustomerAsync(Work work, Interest interest, LeadId? chain, CancellationToken ct, bool hold = false)
    {
        var typed = new TypedCustomer(interest.CustomerName, Customer.Domain(interest.CustomerDomain), interest.CountryCode, null, Text.OrNull(interest.CustomerCity));
        if (hold) await work.LockLeadsOfAsync(typed, null, ct);
        var (state, account) = Matching.Choose(await Customers.MatchAsync(work, typed, ct));
        if (hold && account is not null) await work.LockLeadsOfAsync(typed, account, ct);
        var today = work.Today;
        var asks = new Asks(work.Db);
        // The look-ups of registrations, asked for a customer that nobody has registered yet.
        var like = Deal.Begin(work, default, new DealFields { CustomerName = interest.CustomerName, CustomerDomain = interest.CustomerDomain, CustomerCity = interest.CustomerCity, Country = interest.CountryCode, Product = interest.Product }, null);
        like.Identify(state, account);
        var known = account is { } one ? CaseAsks.Account(asks, one, like, today) : null;
        var leads = CaseAsks.LivingLeads(asks, like, today);
        var product = asks.For("SELECT name, series FROM accounts_product WHERE tenant_id = $1 AND id = $2", row => (Name: row.Text(0), Series: row.TextOrNull(1)), interest.Product ?? default);
        var claims = Claims.Ask(asks, work, like);
        var asked = asks.For($"SELECT partner_id FROM deals_lead WHERE tenant_id = $1 AND chain_id = $2 AND offered_at IS NOT NULL AND state <> '{Words.Of(LeadState.Withdrawn)}' LIMIT 100", row => row.Id<PartnerId>(0), chain ?? default);
        await asks.RunAsync(ct);
        var main = work.Settings.Currency;
        var (amount, _) = Conversion.Of(interest.Currency is null || interest.Currency == main ? RateBook.Empty : await work.RatesAsync(ct), main, new DealFields { CustomerName = interest.CustomerName, Amount = interest.Amount }, interest.Currency ?? main, today);
        var judged = claims.ToLookup(Claims.JudgeOf(typed, account));
        return new PassingCustomer
        {
            Interest = interest, Currency = main, MainAmount = amount, ProductName = product.Count == 0 ? null : product[0].Name, Series = product.Count == 0 ? null : product[0].Series,
            Account = account, AccountRow = known?.Row, AccountState = state switch { Deals.AccountState.Matched => "found", Deals.AccountState.Pending => "possible", _ => "new" },
            ExistingCustomer = known?.HasBought ?? false, DirectOpen = known is { Direct.Count: > 0 }, Wanted = Wants(interest, known?.Row?.Sector, product.Count == 0 ? null : product[0].Name, product.Count == 0 ? null : product[0].Series), Claims = [.. judged[SameCustomer.Yes]], Leads = leads, Asked = asked.ToHashSet(), Today = today,
        };
    }

    /// <summary>What an interest asks of a partner.</summary>
    public static Wanted Wants(Interest interest, string? sector, string? product, string? series) => Wanted.Of(interest.CountryCode, interest.CustomerCity, sector, [product, series], interest.Need);

    /// <summary>Some partners with all that the rules ask about them.</summary>
    public static async Task<IReadOnlyList<PassingPartner>> PartnersAsync(Work work, IReadOnlyList<PartnerId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var asks = new Asks(work.Db);
        var (today, found) = (work.Today, ids.Select(i => i.Value).ToList());
        var (own, ownValues) = work.Db.Engine.OneOf("partner_id", 2, found);
        var (ofPartner, values) = work.Db.Engine.OneOf("id", 2, found);
        var rows = asks.For($"SELECT id, name, country, region, state, main_type, tier, manager_id, domain FROM partners_partner WHERE tenant_id = $1 AND merged_into IS NULL AND {ofPartner}", row => new PartnerRow
        {
            TenantId = work.Tenant, Id = row.Id<PartnerId>(0), Name = row.Text(1), Country = row.Text(2), Region = row.Text(3), State = row.Word<PartnerState>(4)!.Value, MainType = row.Word<PartnerType>(5)!.Value,
            Tier = row.Word<Tier>(6)!.Value, ManagerId = row.IdOrNull<PersonId>(7), Domain = row.TextOrNull(8),
        }, values);
        var motions = asks.For($"SELECT partner_id, motion, tier FROM partners_motion WHERE tenant_id = $1 AND state = '{Words.Of(MotionState.Active)}' AND {own}", row => (Partner: row.Id<PartnerId>(0), Motion: row.Word<Motion>(1)!.Value, Tier: row.Word<Tier>(2)!.Value), ownValues);
        var certifications = asks.For($"SELECT partner_id, level, subject, valid_from, valid_until FROM partners_certification WHERE tenant_id = $1 AND state = '{Words.Of(CertificationState.Confirmed)}' AND {own}",
            row => (Partner: row.Id<PartnerId>(0), Level: row.Word<CertificationLevel>(1)!.Value, Subject: row.Text(2), From: row.Day(3), Until: row.Day(4)), ownValues);
        var open = asks.For($"SELECT partner_id, COUNT(*) FROM deals_lead WHERE tenant_id = $1 AND direction = '{Words.Of(LeadDirection.ToPartner)}' AND state IN ({string.Join(", ", LeadLifecycle.OnTable.Select(s => $"'{Words.Of(s)}'"))}) AND {own} GROUP BY partner_id",
            row => (Partner: row.Id<PartnerId>(0), Count: (int)row.Number(1)!.Value), ownValues);
        var capacity = asks.For($"SELECT partner_id, lead_capacity FROM partners_expertise WHERE tenant_id = $1 AND {own}", row => (Partner: row.Id<PartnerId>(0), Most: (int?)row.Number(1)), ownValues);
        var words = asks.For($"SELECT partner_id, kind, key, label FROM partners_trait WHERE tenant_id = $1 AND {own}", row => (Partner: row.Id<PartnerId>(0), Word: new Declared(row.Word<TraitKind>(1)!.Value, row.Text(2), row.Text(3))), ownValues);
        await asks.RunAsync(ct);
        var declared = words.ToLookup(w => w.Partner, w => w.Word);
        var people = await People.Members(work.Db, Roles.PartnerAdmin, Roles.PartnerSales).Where(m => ids.Contains(m.PartnerId))
            .GroupBy(m => m.PartnerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (motionsOf, certificationsOf) = (motions.ToLookup(m => m.Partner, m => (m.Motion, m.Tier)), certifications.Where(c => c.From <= today && (c.Until is not { } until || until >= today)).ToLookup(c => c.Partner, c => (c.Level, c.Subject)));
        var (openOf, capacityOf) = (open.ToDictionary(o => o.Partner, o => o.Count), capacity.ToDictionary(c => c.Partner, c => c.Most));
        return [.. rows.Select(r => new PassingPartner(r, [.. motionsOf[r.Id]], [.. certificationsOf[r.Id].Distinct()], openOf.GetValueOrDefault(r.Id), capacityOf.GetValueOrDefault(r.Id), people.GetValueOrDefault(r.Id)) { Declared = [.. declared[r.Id]] })];
    }

    /// <summary>In which motion a lead is worked on: the one in which the receiver will register, and what goes to the vendor is referred, by whoever has that motion.</summary>
    public static Motion? MotionOf(LeadDirection direction, IReadOnlyCollection<Motion> active) =>
        direction == LeadDirection.ToVendor && active.Contains(Motion.Referral) ? Motion.Referral : DealMotion.Of(active);

    /// <summary>Pure: the facts of one customer and one partner.</summary>
    public static FactSet Facts(LeadDirection direction, PassingCustomer customer, PassingPartner partner)
    {
        var (interest, me) = (customer.Interest, partner.Row.Id);
        var living = customer.Claims.Where(c => c.IsProtected(customer.Today)).ToList();
        var fit = Fit.Of(customer.Wanted, partner.Declared);
        var selling = MotionOf(direction, partner.Motions);
        return new FactSet(new Dictionary<string, FactValue>
        {
            [PassingVocabulary.Direction.Name] = FactValue.Of(Words.Of(direction)),
            [Vocabulary.Amount.Name] = FactValue.Of(customer.MainAmount is { } minor ? new Money(minor, customer.Currency).Major : null),
            [Vocabulary.Product.Name] = FactValue.Of(customer.ProductName),
            [Vocabulary.Series.Name] = FactValue.Of(customer.Series),
            [PassingVocabulary.ProductNamed.Name] = FactValue.Of(interest.Product is not null),
            [Vocabulary.CustomerCountry.Name] = FactValue.Of(interest.CountryCode),
            [Vocabulary.Territory.Name] = FactValue.Of(customer.Region),
            [Vocabulary.OutsideTerritory.Name] = FactValue.Of(Territories.IsOutside([.. partner.Declared.Where(d => d.Kind == TraitKind.Territory).Select(d => d.Key)], partner.Row.Region, interest.CountryCode, interest.CustomerCity)),
            [Vocabulary.Segment.Name] = FactValue.Of(customer.AccountRow?.Sector),
            [Vocabulary.Account.Name] = FactValue.Of(customer.AccountState),
            [Vocabulary.ExistingCustomer.Name] = FactValue.Of(customer.ExistingCustomer),
            [Vocabulary.NamedAccount.Name] = FactValue.Of(customer.AccountRow?.Named ?? false),
            [Vocabulary.OwnedAccount.Name] = FactValue.Of(!string.IsNullOrEmpty(customer.AccountRow?.OwnerName)),
            [Vocabulary.DirectOpen.Name] = FactValue.Of(customer.DirectOpen),
            [Vocabulary.OwnEarlier.Name] = FactValue.Of(customer.Claims.Any(c => c.Partner == me && c.Covers(interest.Product))),
            [Vocabulary.RivalSameProduct.Name] = FactValue.Of(living.Any(c => c.Partner != me && c.Covers(interest.Product))),
            [Vocabulary.RivalOtherProduct.Name] = FactValue.Of(living.Any(c => c.Partner != me && !c.Covers(interest.Product))),
            [PassingVocabulary.LeadElsewhere.Name] = FactValue.Of(customer.Leads.Any(l => l.Partner != me && l.Direction == LeadDirection.ToPartner && LeadLifecycle.OnTable.Contains(l.State))),
            [PassingVocabulary.ReferredElsewhere.Name] = FactValue.Of(customer.Leads.Any(l => l.Partner != me && l.Direction == LeadDirection.ToVendor)),
            [PassingVocabulary.AskedBefore.Name] = FactValue.Of(customer.Asked.Contains(me)),
            [Vocabulary.Region.Name] = FactValue.Of(partner.Row.Region),
            [Vocabulary.PartnerTier.Name] = FactValue.Of(Words.Of(DealMotion.Counting(partner.Row.Tier, partner.Active, selling).Tier)),
            [Vocabulary.PartnerType.Name] = FactValue.Of(Words.Of(partner.Row.MainType)),
            [Vocabulary.MotionActive.Name] = FactValue.Of(selling is not null),
            [Vocabulary.Motion.Name] = FactValue.Of(selling is { } motion ? Words.Of(motion) : "none"),
            [Vocabulary.Certification.Name] = FactValue.Of(partner.Certifications.Count == 0 ? "none" : Words.Of(partner.Certifications.Max(c => c.Level))),
            [Vocabulary.CertifiedForProduct.Name] = FactValue.Of(partner.Certifications.Any(c => IsFor(c.Subject, customer.ProductName) || IsFor(c.Subject, customer.Series))),
            [PassingVocabulary.OpenLeads.Name] = FactValue.Of((decimal)partner.OpenLeads),
            [PassingVocabulary.CapacityLeft.Name] = FactValue.Of((decimal?)partner.Left),
            [PassingVocabulary.People.Name] = FactValue.Of((decimal)partner.People),
            [PassingVocabulary.TerritoryMatch.Name] = FactValue.Of(fit.Territory is not null),
            [PassingVocabulary.CompetencyMatch.Name] = FactValue.Of(fit.Expertise.Count > 0),
            // What is not known of the customer fits nobody, and speaks against nobody.
            [PassingVocabulary.IndustryMatch.Name] = FactValue.Of(customer.Wanted.Industries.Count == 0 ? null : fit.Industry is not null),
            [PassingVocabulary.LanguageMatch.Name] = FactValue.Of(customer.Wanted.Languages.Count == 0 ? null : fit.Language is not null),
        });
    }

    public static bool IsFor(string subject, string? name) => name is not null && Text.Fold(subject) == Text.Fold(name);
}
