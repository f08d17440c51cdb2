namespace Trellis.Compute.Matching;

/// <summary>Sums the weights of a pattern of levels and puts them in words.</summary>
internal static class Evidence
{
    /// <summary>Bits of all fields together.</summary>
    public static double Bits(MatchModel model, int pattern)
    {
        var bits = 0.0;
        for (var f = 0; f < Levels.Count.Length; f++) bits += model.Bits((MatchField)f, Levels.Of(pattern, (MatchField)f));
        return bits;
    }

    /// <summary>One reason for each field that both records have, strongest first.</summary>
    public static IReadOnlyList<MatchReason> Explain(MatchModel model, int pattern, CompanyRecord? asked, CompanyTable left, int a, CompanyTable right, int b)
    {
        var reasons = new List<MatchReason>();
        for (var f = 0; f < Levels.Count.Length; f++)
        {
            var field = (MatchField)f;
            var level = Levels.Of(pattern, field);
            if (level == 0) continue;
            var text = field == MatchField.Name ? Name(level, left, a, right, b) : Other(field, level, asked);
            reasons.Add(new MatchReason(field, text, model.Bits(field, level)));
        }

        reasons.Sort((x, y) => Math.Abs(y.Bits).CompareTo(Math.Abs(x.Bits)));
        return reasons;
    }

    private static string Name(int level, CompanyTable left, int a, CompanyTable right, int b)
    {
        if ((level - 1) / Levels.Rarities == 0) return $"the same name: {Words(left, a, left.Tokens(a))}";
        var x = left.Tokens(a);
        var y = right.Tokens(b);
        var both = new List<int>();
        foreach (var word in x)
            if (y.Contains(word)) both.Add(word);
        return both.Count > 0
            ? $"names share {Words(left, a, both.ToArray())} ({Words(left, a, x)} / {Words(right, b, y)})"
            : $"names are written differently ({Words(left, a, x)} / {Words(right, b, y)})";
    }

    private static string Words(CompanyTable table, int row, ReadOnlySpan<int> words)
    {
        var parts = new string[words.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = table.Text(words[i]).ToString();
        return string.Join(' ', parts);
    }

    private static string Other(MatchField field, int level, CompanyRecord? asked) => (field, level) switch
    {
        (MatchField.Domain, 1) => With("the same web domain", Domains.Registrable(asked?.Domain)),
        (MatchField.Domain, 2) => With("the same web name under another ending", Domains.Parse(asked?.Domain)?.Label),
        (MatchField.Domain, _) => "different web domains",
        (MatchField.TaxNumber, 1) => With("the same tax number", asked?.TaxNumber),
        (MatchField.TaxNumber, _) => "different tax numbers",
        (MatchField.Country, 1) => With("the same country", asked?.Country),
        (MatchField.Country, _) => "different countries",
        (MatchField.City, 1) => With("the same town", asked?.City),
        (MatchField.City, 2) => With("towns begin alike", asked?.City),
        (MatchField.City, _) => "different towns",
        (MatchField.Postcode, 1) => With("the same postcode", asked?.Postcode),
        (MatchField.Postcode, 2) => With("postcodes begin alike", asked?.Postcode),
        (MatchField.Postcode, _) => "different postcodes",
        (MatchField.Sector, 1) => With("the same sector", asked?.Sector),
        (MatchField.Sector, _) => "different sectors",
        _ => "",
    };

    private static string With(string text, string? value) => string.IsNullOrEmpty(value) ? text : $"{text}: {value}";
}
