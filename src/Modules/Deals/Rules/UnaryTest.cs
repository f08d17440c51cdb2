namespace Trellis.Deals.Rules;

/// <summary>How a value stands to the end of a comparison.</summary>
internal enum Order
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>
/// One condition of a cell. It answers true, false, or null where it cannot tell, because the fact is unknown and the condition asks for an
/// order (DMN 1.3, table 42: comparison with null is null; equality with null is false).
/// </summary>
internal abstract record UnaryTest
{
    public abstract bool? Holds(FactValue given);

    public abstract IEnumerable<FactValue> Literals { get; }
}

/// <summary><c>5</c>, <c>"gold"</c>, <c>true</c>, <c>&lt; 5</c>.</summary>
internal sealed record Compared(Order Order, FactValue End) : UnaryTest
{
    public override bool? Holds(FactValue given)
    {
        if (Order == Order.Equal) return given == End;
        return given.CompareTo(End) switch
        {
            null => null,
            var c => Order switch
            {
                Order.Less => c < 0,
                Order.LessOrEqual => c <= 0,
                Order.Greater => c > 0,
                _ => c >= 0,
            },
        };
    }

    public override IEnumerable<FactValue> Literals => [End];

    public override string ToString() => Order switch
    {
        Order.Less => $"< {End}",
        Order.LessOrEqual => $"<= {End}",
        Order.Greater => $"> {End}",
        Order.GreaterOrEqual => $">= {End}",
        _ => End.ToString(),
    };
}

/// <summary><c>[30..90)</c>: from 30, included, to 90, not included.</summary>
internal sealed record Between(FactValue Low, bool WithLow, FactValue High, bool WithHigh) : UnaryTest
{
    public override bool? Holds(FactValue given)
    {
        if (given.CompareTo(Low) is not { } low || given.CompareTo(High) is not { } high) return null;
        return (low > 0 || (WithLow && low == 0)) && (high < 0 || (WithHigh && high == 0));
    }

    public override IEnumerable<FactValue> Literals => [Low, High];

    public override string ToString() => $"{(WithLow ? '[' : '(')}{Low}..{High}{(WithHigh ? ']' : ')')}";
}

/// <summary>A whole cell: <c>-</c>, or conditions of which one must hold, or <c>not(…)</c> of these.</summary>
internal sealed record Cell(IReadOnlyList<UnaryTest> AnyOf, bool Negated)
{
    /// <summary>The cell <c>-</c>, which holds for everything.</summary>
    public static readonly Cell Irrelevant = new([], false);

    public bool IsIrrelevant => AnyOf.Count == 0;

    /// <summary>Whether the cell holds. A condition that cannot tell does not hold, and neither does its negation.</summary>
    public bool Holds(FactValue given)
    {
        if (IsIrrelevant) return true;
        bool? any = false;
        foreach (var test in AnyOf)
        {
            var holds = test.Holds(given);
            if (holds == true) return !Negated;
            if (holds is null) any = null;
        }

        return Negated && any == false;
    }

    public bool Equals(Cell? other) => other is not null && Negated == other.Negated && AnyOf.SequenceEqual(other.AnyOf);

    public override int GetHashCode() => HashCode.Combine(Negated, AnyOf.Count);

    public override string ToString()
    {
        if (IsIrrelevant) return "-";
        var tests = string.Join(", ", AnyOf);
        return Negated ? $"not({tests})" : tests;
    }
}
