using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Names a published version of the rules.</summary>
internal readonly record struct RuleSetId(Guid Value) : ITypedId<RuleSetId>
{
    public static string Prefix => "rul";
    public static RuleSetId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RuleSetId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A published version of the rules of engagement; its table is never changed, so that every decision can be looked at again.</summary>
internal sealed class RuleSet : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public RuleSetId Id { get; init; }

    /// <summary>1, 2, 3 … within the tenant.</summary>
    public int Number { get; init; }

    /// <summary>The first day on which it decides.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>The table as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>What changed and why, in words.</summary>
    public required string Note { get; init; }

    public DateTime PublishedAt { get; init; }
    public required string PublishedByName { get; init; }

    /// <summary>When it was taken back, before its first day: it never decided anything.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    public string? WithdrawnByName { get; private set; }

    /// <summary>Why, in words.</summary>
    public string? WithdrawnWhy { get; private set; }

    public void Withdraw(DateTime at, string by, string why) => (WithdrawnAt, WithdrawnByName, WithdrawnWhy) = (at, by, why);
}

/// <summary>Names a decision of the rules.</summary>
internal readonly record struct DecisionId(Guid Value) : ITypedId<DecisionId>
{
    public static string Prefix => "dec";
    public static DecisionId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DecisionId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What the rules decided on a registration, with everything needed to decide it again.</summary>
internal sealed class Decision : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DecisionId Id { get; init; }
    public DealId DealId { get; init; }
    public DateTime At { get; init; }
    public RuleSetId RuleSetId { get; init; }
    public int RuleSetNumber { get; init; }

    /// <summary>The day that counts for protection.</summary>
    public DateOnly DecidedOn { get; init; }

    public required string Currency { get; init; }

    /// <summary>All facts as JSON, by name.</summary>
    public required string Facts { get; init; }

    /// <summary>What the facts were read from, for the vendor only: matching accounts, rival claims, direct opportunities.</summary>
    public required string Evidence { get; init; }

    public Outcome Outcome { get; init; }
    public string? RuleId { get; init; }
    public ReasonCode? Reason { get; init; }
    public string? Reviewer { get; init; }
    public int? ProtectionDays { get; init; }
    public DateOnly? ProtectedUntil { get; init; }
    public int? ExtensionLimit { get; init; }
    public int? CreditBasisPoints { get; init; }
    public string? Compensation { get; init; }

    /// <summary>All rules that held, where several count together or stand against each other; separated by commas.</summary>
    public string? Held { get; init; }

    /// <summary>All roles that should look, where several rules asked for one; separated by commas.</summary>
    public string? Reviewers { get; init; }

    public required string ForPartner { get; init; }
    public required string ForVendor { get; init; }

    /// <summary>Until when a person's decision was promised in that minute; null where the rules decided alone.</summary>
    public DateTime? PromisedBy { get; private set; }

    /// <summary>Why a person approved what the rules had refused; null where nobody did.</summary>
    public OverrideReason? OverriddenFor { get; private set; }

    /// <summary>Kept as it was promised: later rules promise otherwise.</summary>
    public void Promise(DateTime? by) => PromisedBy = by;

    public void Override(OverrideReason reason) => OverriddenFor = reason;

    public static Decision Of(TenantId tenant, DecisionId id, DealId deal, DateTime at, RuleSet rules, string currency, FactSet facts, string evidence, Ruling ruling) => new()
    {
        TenantId = tenant,
        Id = id,
        DealId = deal,
        At = at,
        RuleSetId = rules.Id,
        RuleSetNumber = rules.Number,
        DecidedOn = DateOnly.FromDateTime(at),
        Currency = currency,
        Facts = facts.ToJson(),
        Evidence = evidence,
        Outcome = ruling.Outcome,
        RuleId = ruling.RuleId,
        Reason = ruling.Reason,
        Reviewer = ruling.Reviewer,
        ProtectionDays = ruling.ProtectionDays,
        ProtectedUntil = ruling.ProtectedUntil,
        ExtensionLimit = ruling.ExtensionLimit,
        CreditBasisPoints = ruling.CreditBasisPoints,
        Compensation = ruling.Compensation,
        Held = ruling.Held,
        Reviewers = ruling.Reviewers,
        ForPartner = ruling.ForPartner,
        ForVendor = ruling.ForVendor,
    };

    public Ruling Ruling => new()
    {
        Outcome = Outcome,
        RuleId = RuleId,
        Reason = Reason,
        Reviewer = Reviewer,
        ProtectionDays = ProtectionDays,
        ProtectedUntil = ProtectedUntil,
        ExtensionLimit = ExtensionLimit,
        CreditBasisPoints = CreditBasisPoints,
        Compensation = Compensation,
        Held = Held,
        Reviewers = Reviewers,
        ForPartner = ForPartner,
        ForVendor = ForVendor,
    };

    /// <summary>The same case decided again by the same version: must equal <see cref="Ruling"/>.</summary>
    public Ruling Replay(RuleSet rules) => Deciding.Decide(FactSet.FromJson(Facts), RuleBook.TableOf(rules), DecidedOn, Currency);
}
