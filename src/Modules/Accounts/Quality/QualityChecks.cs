using System.Linq.Expressions;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>The four sides of good data.</summary>
internal enum QualityKind
{
    /// <summary>What should be there is there.</summary>
    Completeness,

    /// <summary>Each company stands here once.</summary>
    Uniqueness,

    /// <summary>What stands there can be true.</summary>
    Validity,

    /// <summary>Somebody has said so lately.</summary>
    Freshness,
}

/// <summary>How many records at once are put right.</summary>
internal enum QualityFix
{
    /// <summary>Only one by one.</summary>
    None,
    Country,
    Sector,
    Owner,

    /// <summary>Somebody has looked: it is right as it stands.</summary>
    Confirm,
    Product,
}

/// <summary>One rule that the data are held against.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Kind">Which side of good data.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Why">What it does harm to.</param>
/// <param name="LeftOut">Where analytics leave the revenue out because of it; empty where they do not.</param>
/// <param name="Fix">How many records at once are put right.</param>
internal sealed record QualityCheck(string Code, QualityKind Kind, string Title, string Why, string LeftOut = "", QualityFix Fix = QualityFix.None)
{
    public bool OfAccounts => QualityChecks.Accounts.ContainsKey(Code);

    public bool OfOpportunities => QualityChecks.Opportunities.ContainsKey(Code);
}

internal static class QualityChecks
{
    public const string Duplicates = "duplicate_accounts";
    public const string AccountLacksField = "account_without_required_field";
    public const string OpportunityLacksField = "opportunity_without_required_field";
    public const string ContactLacksField = "contact_without_required_field";
    public const string ContactsWithoutMail = "contact_without_mail";
    private const int FreshDays = 365;
    private const int IdleDays = 180;

    public static readonly QualityCheck[] All =
    [
        new("opportunity_without_account", QualityKind.Completeness, "Opportunities without an account", "They are matched with no partner's deal, so credit may be missed.", "the figures of customers and of groups of companies"),
        new("opportunity_without_product", QualityKind.Completeness, "Opportunities without a known product", "A partner's claim on the same customer and product cannot be compared.", Fix: QualityFix.Product),
        new("opportunity_without_date", QualityKind.Completeness, "Opportunities without a date", "Nobody can tell whether they were here before a partner's registration.", "the days in “With a partner, or alone?”"),
        new("won_without_value", QualityKind.Completeness, "Won opportunities without a value", "They count as won and bring no revenue."),
        new("account_without_domain", QualityKind.Completeness, "Accounts without a web domain", "The domain is the surest way to recognise a customer that a partner types."),
        new("account_without_country", QualityKind.Completeness, "Accounts without a country", "Territories and rules that name a country do not apply to them.", Fix: QualityFix.Country),
        new("account_without_sector", QualityKind.Completeness, "Accounts without a sector", "Lists and rules that ask for a sector leave them out.", Fix: QualityFix.Sector),
        new("account_without_owner", QualityKind.Completeness, "Accounts without an owner", "Nobody is asked when a partner brings a deal there, and the deal stands on no seller's page.", Fix: QualityFix.Owner),
        new(AccountLacksField, QualityKind.Completeness, "Accounts that lack a required field", "One of your own fields must be filled and is not. Lists, filters and rules that use it leave them out."),
        new(OpportunityLacksField, QualityKind.Completeness, "Opportunities that lack a required field", "One of your own fields must be filled and is not. Lists, filters and rules that use it leave them out."),
        new(ContactLacksField, QualityKind.Completeness, "Contacts that lack a required field", "One of your own fields must be filled and is not. Lists, filters and rules that use it leave them out."),
        new(ContactsWithoutMail, QualityKind.Completeness, "Contacts without a mail address", "They cannot be invited or recognised when a partner names them."),
        new(Duplicates, QualityKind.Uniqueness, "Accounts that are probably one company", "Its revenue and history stand in two places, and a claim on one does not protect the other.", "figures for each customer, which are too small"),
        new("opportunity_unknown_account", QualityKind.Validity, "Opportunities of an unknown account", "The CRM names an account that is not here. Import the accounts again, or say which account is meant.", "the figures of customers and of groups of companies"),
        new("account_unknown_sector", QualityKind.Validity, "Accounts with an unknown sector", "The CRM writes a sector that is none of the known ones.", Fix: QualityFix.Sector),
        new("account_unclear_country", QualityKind.Validity, "Accounts with an unclear country", "What the CRM writes names no single country.", Fix: QualityFix.Country),
        new("account_unknown_owner", QualityKind.Validity, "Accounts of an unknown owner", "The CRM names somebody who is none of your sellers or colleagues, so nobody is asked when a partner brings a deal there.", Fix: QualityFix.Owner),
        new("account_ambiguous_owner", QualityKind.Validity, "Accounts whose owner may be one of several people", "Several of your people have this name, so the account is nobody's and its deals stand on no seller's page. Choose the person by the e-mail address.", Fix: QualityFix.Owner),
        new("account_unknown_parent", QualityKind.Validity, "Subsidiaries of an unknown company", "The owning company is named and not among the accounts."),
        new("account_impossible_year", QualityKind.Validity, "Accounts founded in an impossible year", "The year of foundation lies before 1200 or in the future."),
        new("opportunity_closed_before_opened", QualityKind.Validity, "Opportunities closed before they were opened", "Two dates cannot both be right.", "the days in “With a partner, or alone?”"),
        new("won_without_close", QualityKind.Validity, "Won opportunities without a day of the close", "Nobody can tell when their revenue came.", "all of “With a partner, or alone?”"),
        new("account_named_by_partner", QualityKind.Freshness, "Accounts named by a partner", "Nobody at the vendor has looked at them yet.", Fix: QualityFix.Confirm),
        new("account_not_seen", QualityKind.Freshness, "Accounts that nobody has looked at for a year", "No person and no import has said anything about them for a year.", Fix: QualityFix.Confirm),
        new("opportunity_overdue", QualityKind.Freshness, "Open opportunities behind their expected close", "Their expected close says nothing any more."),
        new("opportunity_idle", QualityKind.Freshness, "Open opportunities without an event for half a year", "They block partners' registrations although nothing happens."),
    ];

    public static readonly Dictionary<string, Func<Work, Expression<Func<Account, bool>>>> Accounts = new()
    {
        ["account_without_domain"] = _ => a => a.Domain == null,
        ["account_without_country"] = _ => a => a.Country == null && a.CountryWritten == null,
        ["account_without_sector"] = _ => a => a.Sector == null && a.SectorWritten == null,
        ["account_without_owner"] = _ => a => a.OwnerName == null,
        ["account_unknown_sector"] = _ => a => a.Sector == null && a.SectorWritten != null,
        ["account_unclear_country"] = _ => a => a.Country == null && a.CountryWritten != null,
        ["account_unknown_owner"] = SalesPeople.Unknown,
        ["account_ambiguous_owner"] = SalesPeople.Ambiguous,
        ["account_unknown_parent"] = _ => a => a.ParentWritten != null && a.ParentId == null,
        ["account_impossible_year"] = work => Impossible(work.Now.Year),
        ["account_named_by_partner"] = _ => a => a.Origin == AccountOrigin.NamedByPartner,
        [AccountLacksField] = work => LacksField(work.Db),
        ["account_not_seen"] = work => NotSeen(work.Now.AddDays(-FreshDays)),
    };

    public static readonly Dictionary<string, Func<Work, Expression<Func<Opportunity, bool>>>> Opportunities = new()
    {
        ["opportunity_without_account"] = _ => o => o.AccountId == null && o.AccountWritten == null,
        ["opportunity_unknown_account"] = _ => o => o.AccountId == null && o.AccountWritten != null,
        ["opportunity_without_product"] = _ => o => o.ProductId == null,
        ["opportunity_without_date"] = _ => o => o.OpenedOn == null,
        ["won_without_value"] = _ => o => o.Stage == OpportunityStage.Won && (o.Amount == null || o.Amount == 0),
        ["won_without_close"] = _ => o => o.Stage == OpportunityStage.Won && o.ClosedOn == null,
        ["opportunity_closed_before_opened"] = _ => o => o.ClosedOn != null && o.OpenedOn != null && o.ClosedOn < o.OpenedOn,
        [OpportunityLacksField] = work => OpportunityLacks(work.Db),
        ["opportunity_overdue"] = work => Overdue(work.Today),
        ["opportunity_idle"] = work => Idle(work.Today.AddDays(-IdleDays)),
    };

    public static QualityCheck? Find(string? code) => All.FirstOrDefault(c => c.Code == code);

    private static Expression<Func<Account, bool>> Impossible(int year) => a => a.Founded != null && (a.Founded < 1200 || a.Founded > year);

    private static Expression<Func<Account, bool>> LacksField(Db db) => a => db.Set<CustomField>().Any(f => f.TenantId == a.TenantId && f.Record == AccountRecords.Name && f.Required && f.ArchivedAt == null
        && !db.Set<FieldValue<AccountId>>().Any(v => v.TenantId == a.TenantId && v.Subject == a.Id && v.FieldId == f.Id));

    private static Expression<Func<Opportunity, bool>> OpportunityLacks(Db db) => o => db.Set<CustomField>().Any(f => f.TenantId == o.TenantId && f.Record == OpportunityRecords.Name && f.Required && f.ArchivedAt == null
        && !db.Set<FieldValue<OpportunityId>>().Any(v => v.TenantId == o.TenantId && v.Subject == o.Id && v.FieldId == f.Id));

    public static Expression<Func<AccountContact, bool>> ContactLacks(Db db) => c => db.Set<CustomField>().Any(f => f.TenantId == c.TenantId && f.Record == ContactRecords.Name && f.Required && f.ArchivedAt == null
        && !db.Set<FieldValue<ContactId>>().Any(v => v.TenantId == c.TenantId && v.Subject == c.Id && v.FieldId == f.Id));

    private static Expression<Func<Account, bool>> NotSeen(DateTime before) => a => a.SeenAt < before;

    private static Expression<Func<Opportunity, bool>> Overdue(DateOnly today) => o => (o.Stage == OpportunityStage.Prospecting || o.Stage == OpportunityStage.Engaging) && o.ExpectedOn < today;

    private static Expression<Func<Opportunity, bool>> Idle(DateOnly before) => o => (o.Stage == OpportunityStage.Prospecting || o.Stage == OpportunityStage.Engaging) && o.LastOn < before;
}
