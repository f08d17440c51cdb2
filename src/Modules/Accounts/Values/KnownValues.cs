namespace Trellis.Accounts.Values;

/// <summary>How a written value was understood.</summary>
internal enum Reading
{
    /// <summary>Written exactly like the known value.</summary>
    Exact,

    /// <summary>Written differently, but only one known value can be meant.</summary>
    Mended,

    /// <summary>No known value, or more than one, can be meant.</summary>
    Unknown,
}

/// <summary>What a written value means.</summary>
/// <param name="How">How sure that is.</param>
/// <param name="Name">The known spelling; empty when unknown.</param>
/// <param name="Value">What is known by it.</param>
/// <param name="Why">Why it was mended, or why not, in words.</param>
internal readonly record struct Understood<T>(Reading How, string Name, T? Value, string Why);

/// <summary>
/// Values that are known by name. A written value is mended only where that is safe: it differs by blanks, case or punctuation, is a listed other
/// spelling, or is one letter away from exactly one known value. A digit is never mended: “GTK 500” and “GTK 600” are two products.
/// </summary>
internal sealed class KnownValues<T>
{
    /// <summary>The reason where nothing known comes near.</summary>
    public const string NotKnown = "not known";

    private readonly Dictionary<string, (string Name, T Value)> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Name, T Value)>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, T Value)> _others = new(StringComparer.Ordinal);
    private readonly ILookup<int, string> _byLength;

    /// <summary>Gathers the values; others are further spellings that mean one of them.</summary>
    public KnownValues(IEnumerable<(string Name, T Value)> values, IEnumerable<(string Written, string Name, T Value)>? others = null)
    {
        foreach (var (name, value) in values)
        {
            _exact.TryAdd(name, (name, value));
            var key = CompanyNames.Tight(name);
            if (!_byKey.TryGetValue(key, out var list)) _byKey[key] = list = [];
            if (!list.Exists(l => EqualityComparer<T>.Default.Equals(l.Value, value))) list.Add((name, value));
        }

        foreach (var (written, name, value) in others ?? []) _others.TryAdd(CompanyNames.Tight(written), (name, value));
        _byLength = _byKey.Keys.Concat(_others.Keys).Distinct().ToLookup(k => k.Length);
    }

    /// <summary>What a written value means.</summary>
    public Understood<T> Find(string written)
    {
        var same = Same(written);
        return same.How == Reading.Unknown && same.Why == NotKnown ? Near(CompanyNames.Tight(written)) : same;
    }

    /// <summary>The same without looking for values one letter away: for a set that does not hold all that are near.</summary>
    public Understood<T> Same(string written)
    {
        var key = CompanyNames.Tight(written);
        if (_exact.TryGetValue(written, out var exact) && _byKey[key].Count(v => v.Name == written) == 1) return new(Reading.Exact, exact.Name, exact.Value, "");
        if (_byKey.TryGetValue(key, out var same))
        {
            return same.Count == 1
                ? new(Reading.Mended, same[0].Name, same[0].Value, "differs only by blanks, case or punctuation")
                : new(Reading.Unknown, "", default, $"fits {same.Count} known values: {Some(same.Select(s => s.Name))}");
        }

        return _others.TryGetValue(key, out var other) ? new(Reading.Mended, other.Name, other.Value, "a known other spelling") : new(Reading.Unknown, "", default, NotKnown);
    }

    private Understood<T> Near(string key)
    {
        if (key.Length < 5) return new(Reading.Unknown, "", default, NotKnown);
        var near = Enumerable.Range(key.Length - 1, 3).SelectMany(l => _byLength[l])
            .Where(k => CompanyNames.OneLetterApart(k, key) && Digits(k) == Digits(key))
            .SelectMany(k => _byKey.TryGetValue(k, out var list) ? list : [_others[k]])
            .DistinctBy(n => n.Value).ToList();
        return near switch
        {
            [] => new(Reading.Unknown, "", default, NotKnown),
            [var (name, value)] => new(Reading.Mended, name, value, $"one letter away from “{name}”, and from no other known value"),
            _ => new(Reading.Unknown, "", default, $"one letter away from {near.Count} known values: {Some(near.Select(n => n.Name))}"),
        };
    }

    private static string Digits(string key) => string.Concat(key.Where(char.IsDigit));

    private static string Some(IEnumerable<string> names) => string.Join(", ", names.Take(3).Select(n => $"“{n}”"));
}
