using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>How several rules that hold are settled (DMN 1.3, chapter 8.2.8).</summary>
internal enum HitPolicy
{
    /// <summary>The first rule that holds decides; the order is the meaning.</summary>
    First,

    /// <summary>At most one rule may hold. Where two do in spite of the checks, a person decides.</summary>
    Unique,

    /// <summary>All rules that hold count together: the strictest outcome, all reviewers, the lowest of days, limits and credit.</summary>
    Collect,
}

/// <summary>What a table is about.</summary>
internal enum RuleKind
{
    /// <summary>Rules of engagement: they decide on registrations.</summary>
    Engagement,

    /// <summary>Rules of passing leads, from the vendor to a partner and the other way round.</summary>
    Passing,
}

internal enum Outcome
{
    Approve,
    Review,
    Refuse,
}

/// <summary>A rule as it is written: one text per column, then what follows.</summary>
internal sealed record RuleText
{
    /// <summary>A stable name, so that a version can be compared with the one before.</summary>
    public required string Id { get; init; }

    /// <summary>Column → unary tests; a column that is not named is irrelevant.</summary>
    public required IReadOnlyDictionary<string, string> When { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Of an approval: days of protection; null for those of the partner's tier.</summary>
    public int? ProtectionDays { get; init; }

    /// <summary>Of a review: the role that decides.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Of a refusal.</summary>
    public ReasonCode? Reason { get; init; }

    /// <summary>How often the protection may be extended; null where the rule does not say.</summary>
    public int? ExtensionLimit { get; init; }

    /// <summary>Which part of the credit the registration gives, in basis points; null where the rule does not say.</summary>
    public int? CreditBasisPoints { get; init; }

    /// <summary>The name of the compensation rule by which it is paid; null where the rule does not say.</summary>
    public string? Compensation { get; init; }

    /// <summary>Of a lead that is passed on: within how many hours of business time it is answered; null for those of the table.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AnswerWithin { get; init; }

    /// <summary>What the partner reads. Names only facts that the partner knows.</summary>
    public required string ForPartner { get; init; }

    /// <summary>The same in further languages of the portal, by code; a reader of another one has it as it is written, beside the plain words that the table gives.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Says { get; init; }

    /// <summary>What the partner reads in a language.</summary>
    public string ForPartnerIn(string? language) => language is not null && Says?.GetValueOrDefault(language) is { } said ? said : ForPartner;

    /// <summary>What the vendor reads.</summary>
    public required string ForVendor { get; init; }
}

/// <summary>A case that the rules must decide as written here, or they are not published.</summary>
internal sealed record RuleTestText
{
    public required string Name { get; init; }

    /// <summary>Fact → its value as a literal of S-FEEL; a fact that is not named is unknown.</summary>
    public required IReadOnlyDictionary<string, string> Given { get; init; }

    public required Outcome Expect { get; init; }

    /// <summary>The rule that must decide; null for any.</summary>
    public string? By { get; init; }

    /// <summary>What must follow besides (<see cref="RuleTests.Following"/>), by name; what is not named may be anything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Then { get; init; }
}

/// <summary>Rules of engagement as they are written, stored and versioned.</summary>
internal sealed record RuleSetText
{
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RuleKind Kind { get; init; }

    public HitPolicy HitPolicy { get; init; }

    /// <summary>The columns, by fact name, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Days of protection by tier.</summary>
    public required IReadOnlyDictionary<string, int> Protection { get; init; }

    /// <summary>Within how many business days a person decides.</summary>
    public required int DecideWithin { get; init; }

    /// <summary>Of a table about leads: within how many hours of business time a lead is answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AnswerWithin { get; init; }

    /// <summary>How often a protection can be extended.</summary>
    public int ExtensionLimit { get; init; } = 2;

    /// <summary>How many days an extension adds at most.</summary>
    public int ExtensionDays { get; init; } = 45;

    public required IReadOnlyList<RuleText> Rules { get; init; }

    /// <summary>The cases that are decided before every publication.</summary>
    public IReadOnlyList<RuleTestText> Tests { get; init; } = [];

    /// <summary>The custom fields and segments that the table asks over, as they were when it was written; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OwnFact>? Facts { get; init; }

    /// <summary>The fact of this name, one of ours or of the company's own; null where there is none.</summary>
    public FactKind? Fact(string name) => Kind == RuleKind.Passing ? Passing.PassingVocabulary.ByName.GetValueOrDefault(name) : Vocabulary.ByName.GetValueOrDefault(name) ?? Facts?.FirstOrDefault(f => f.Name == name)?.Kind;

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static RuleSetText FromJson(string json) => JsonSerializer.Deserialize<RuleSetText>(json, Json.Options)!;
}

/// <summary>A rule ready to be asked.</summary>
internal sealed record Rule(RuleText Text, IReadOnlyList<(FactKind Fact, Cell Cell)> Conditions);

/// <summary>A checked decision table, ready to be asked.</summary>
internal sealed record DecisionTable(RuleSetText Text, IReadOnlyList<FactKind> Columns, IReadOnlyList<Rule> Rules)
{
    /// <summary>The table, or a problem that names each faulty place as <c>rules[3].amount</c>.</summary>
    public static Result<DecisionTable> Build(RuleSetText text, RuleKind kind = RuleKind.Engagement)
    {
        if (text.Kind != kind) return Problem.Invalid("kind", "These rules are about something else: registrations and leads have tables of their own.");
        var read = Read(text);
        if (!read.Ok) return read;
        var check = new Check();
        Overlaps.Check(read.Value, check);
        return check.Problem is { } overlap ? overlap : read;
    }

    /// <summary>A table that is known to be right: it was checked when it was published.</summary>
    public static DecisionTable Of(RuleSetText text) =>
        Read(text) is { Ok: true } built ? built.Value : throw new InvalidOperationException("A published rule set does not pass its own checks.");

    private static Result<DecisionTable> Read(RuleSetText text)
    {
        var check = new Check();
        TableChecks.Head(text, check);
        List<Rule> rules = [];
        for (var i = 0; i < text.Rules.Count; i++) rules.Add(TableChecks.Read(text, i, check));
        RuleTests.Check(text, check);
        if (check.Problem is { } problem) return problem;
        return new DecisionTable(text, [.. text.Columns.Select(c => text.Fact(c)!)], rules);
    }
}
