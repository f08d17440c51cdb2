using System.Text;
using System.Text.Json;

namespace Trellis.Deals.Rules;

internal enum SlotKind : byte
{
    Unknown,
    Number,
    Text,
    Truth,
    Date,
}

/// <summary>
/// The value of one fact, flat: a number, the day number of a date, 1 or 0 of a truth, or the place of a text among the literals of its column
/// (−1 for a text that the table does not name).
/// </summary>
internal readonly record struct Slot(SlotKind Kind, decimal Value);

/// <summary>
/// A decision table laid out in arrays, so that deciding allocates nothing. It says exactly what <see cref="Deciding"/> says, without the sentences;
/// a property test holds the two together.
/// </summary>
internal sealed class CompiledTable
{
    private readonly record struct Test(Order? Order, Slot Low, Slot High, bool WithLow, bool WithHigh);

    private readonly record struct Condition(int Slot, int From, int To, bool Negated);

    private readonly RuleSetText _set;
    private readonly FactKind[] _facts;
    private readonly byte[][] _names;
    private readonly byte[][][] _texts;
    private readonly Test[] _tests;
    private readonly Condition[] _conditions;
    private readonly int[] _ends;
    private readonly int[] _daysOfTier;
    private readonly int _tier;

    public CompiledTable(DecisionTable table)
    {
        _set = table.Text;
        // In the order of stored facts, so that both are read side by side.
        _facts = [.. table.Columns.Append(Vocabulary.PartnerTier).DistinctBy(f => f.Name).OrderBy(f => f.Name, StringComparer.Ordinal)];
        _names = [.. _facts.Select(f => Encoding.UTF8.GetBytes(f.Name))];
        _tier = Array.FindIndex(_facts, f => f.Name == Vocabulary.PartnerTier.Name);
        // All tiers come first among the literals of theirs, so that the place is the tier.
        var literals = _facts.Select(f => (f.Name == Vocabulary.PartnerTier.Name ? Vocabulary.Tiers : []).Concat(table.Rules.SelectMany(r => r.Conditions)
            .Where(c => c.Fact.Name == f.Name).SelectMany(c => c.Cell.AnyOf).SelectMany(t => t.Literals).Select(l => l.Text).OfType<string>()).Distinct().ToArray()).ToArray();
        _texts = [.. literals.Select(l => l.Select(t => Encoding.UTF8.GetBytes(t)).ToArray())];
        _daysOfTier = [.. Vocabulary.Tiers.Select(t => Deciding.DaysOfTier(_set, t))];

        List<Test> tests = [];
        List<Condition> conditions = [];
        List<int> ends = [];
        foreach (var rule in table.Rules)
        {
            foreach (var (fact, cell) in rule.Conditions)
            {
                var (slot, from) = (Array.FindIndex(_facts, f => f.Name == fact.Name), tests.Count);
                tests.AddRange(cell.AnyOf.Select(t => Compile(t, literals[slot])));
                conditions.Add(new Condition(slot, from, tests.Count, cell.Negated));
            }

            ends.Add(conditions.Count);
        }

        (_tests, _conditions, _ends) = ([.. tests], [.. conditions], [.. ends]);
    }

    /// <summary>How many slots a case has.</summary>
    public int Width => _facts.Length;

    /// <summary>The facts of the slots.</summary>
    public IReadOnlyList<FactKind> Facts => _facts;

    public RuleSetText Text => _set;

    /// <summary>Decides one case. It allocates nothing.</summary>
    public Verdict Decide(ReadOnlySpan<Slot> facts)
    {
        Span<int> held = stackalloc int[_set.HitPolicy == HitPolicy.First ? 1 : _ends.Length];
        var (count, from) = (0, 0);
        for (var rule = 0; rule < _ends.Length; rule++)
        {
            var to = _ends[rule];
            if (Holds(facts, from, to))
            {
                held[count++] = rule;
                if (_set.HitPolicy == HitPolicy.First) break;
            }

            from = to;
        }

        var tier = TierOf(facts);
        return Verdict.Settle(_set, held[..count], _daysOfTier[tier < 0 ? 0 : tier]);
    }

    /// <summary>The partner's tier as its place among <see cref="Vocabulary.Tiers"/>, or −1.</summary>
    public int TierOf(ReadOnlySpan<Slot> facts) => facts[_tier] is { Kind: SlotKind.Text, Value: >= 0 and var tier } && tier < Vocabulary.Tiers.Length ? (int)tier : -1;

    /// <summary>
    /// Reads stored facts into slots. A fact that the stored case does not have is unknown and counted in <paramref name="absent"/>, by slot.
    /// </summary>
    public void Read(ReadOnlySpan<byte> json, Span<Slot> facts, Span<int> absent)
    {
        var reader = new Utf8JsonReader(json);
        var next = 0;
        reader.Read();
        while (next < _facts.Length && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int order;
            while ((order = reader.ValueSpan.SequenceCompareTo(_names[next])) > 0)
            {
                (facts[next], absent[next]) = (default, absent[next] + 1);
                if (++next == _facts.Length) return;
            }

            reader.Read();
            if (order == 0)
            {
                facts[next] = Read(ref reader, _texts[next]);
                next++;
            }
        }

        for (; next < _facts.Length; next++) (facts[next], absent[next]) = (default, absent[next] + 1);
    }

    private static Slot Read(ref Utf8JsonReader reader, byte[][] texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new Slot(SlotKind.Number, reader.GetDecimal());
            case JsonTokenType.True or JsonTokenType.False:
                return new Slot(SlotKind.Truth, reader.TokenType == JsonTokenType.True ? 1 : 0);
            case JsonTokenType.String:
                // A date carries quotes, and so does little else.
                if (reader.ValueIsEscaped && FactValueJson.FromText(reader.GetString()!).Day is { } day) return new Slot(SlotKind.Date, day.DayNumber);
                for (var i = 0; i < texts.Length; i++)
                    if (reader.ValueTextEquals(texts[i])) return new Slot(SlotKind.Text, i);
                return new Slot(SlotKind.Text, -1);
            default:
                return default;
        }
    }

    private bool Holds(ReadOnlySpan<Slot> facts, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var condition = _conditions[i];
            if (!Holds(condition, facts[condition.Slot])) return false;
        }

        return true;
    }

    // As Cell.Holds: one that is true is enough; what cannot tell does not hold, and neither does its negation.
    private bool Holds(Condition condition, Slot given)
    {
        var unsure = false;
        for (var i = condition.From; i < condition.To; i++)
        {
            var holds = Holds(_tests[i], given);
            if (holds == true) return !condition.Negated;
            unsure |= holds is null;
        }

        return condition.Negated && !unsure;
    }

    private static bool? Holds(in Test test, Slot given)
    {
        if (test.Order == Order.Equal) return given == test.Low;
        if (given.Kind != test.Low.Kind || given.Kind is not (SlotKind.Number or SlotKind.Date)) return null;
        if (test.Order is { } order)
        {
            return order switch
            {
                Order.Less => given.Value < test.Low.Value,
                Order.LessOrEqual => given.Value <= test.Low.Value,
                Order.Greater => given.Value > test.Low.Value,
                _ => given.Value >= test.Low.Value,
            };
        }

        return (given.Value > test.Low.Value || (test.WithLow && given.Value == test.Low.Value)) && (given.Value < test.High.Value || (test.WithHigh && given.Value == test.High.Value));
    }

    private static Test Compile(UnaryTest test, string[] literals) => test switch
    {
        Compared c => new Test(c.Order, Flat(c.End, literals), default, false, false),
        Between b => new Test(null, Flat(b.Low, literals), Flat(b.High, literals), b.WithLow, b.WithHigh),
        _ => throw new InvalidOperationException($"{test.GetType().Name} has no compiled form."),
    };

    /// <summary>A value as a slot of this table, for a case that was not stored.</summary>
    public Slot[] Flat(FactSet facts) => [.. _facts.Select((f, i) => Flat(facts[f], [.. _texts[i].Select(t => Encoding.UTF8.GetString(t))]))];

    private static Slot Flat(FactValue value, string[] literals) => value switch
    {
        { Number: { } number } => new Slot(SlotKind.Number, number),
        { Day: { } day } => new Slot(SlotKind.Date, day.DayNumber),
        { Text: { } text } => new Slot(SlotKind.Text, Array.IndexOf(literals, text)),
        { IsUnknown: true } => default,
        _ => new Slot(SlotKind.Truth, value.IsTrue ? 1 : 0),
    };
}
