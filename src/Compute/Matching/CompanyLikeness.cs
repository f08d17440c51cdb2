namespace Trellis.Compute.Matching;

/// <summary>Whether one field speaks for or against two records being one company.</summary>
public enum Agreement
{
    /// <summary>One side lacks it.</summary>
    Unknown,
    Same,

    /// <summary>Not the same but close: another ending of the web name, a town that begins alike.</summary>
    Near,
    Different,
}

/// <summary>How likely two records are one company, judged from the two alone, field by field.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Name">How alike the names are, 0 to 1; 1 for the same words whatever form, case, order or blanks.</param>
/// <param name="SameWriting">The names are the same but for case, accents and punctuation.</param>
/// <param name="Domain">Web domains; those of free mail count as missing.</param>
/// <param name="Tax">Tax numbers.</param>
/// <param name="Country">Countries.</param>
/// <param name="City">Towns.</param>
public sealed record CompanyLikeness(double Score, double Name, bool SameWriting, Agreement Domain, Agreement Tax, Agreement Country, Agreement City);

/// <summary>
/// One written company against known ones. It knows no list, so its weights are fixed: a tax number or a domain nearly settles it, a name counts by its telling words,
/// and place or a contradicting number lowers what a name alone would give.
/// </summary>
public sealed class CompanyProbe
{
    private const double ByName = 0.95;
    private readonly Parts _asked;

    public CompanyProbe(CompanyRecord asked) => _asked = new Parts(asked);

    /// <summary>Compares with one known company.</summary>
    public CompanyLikeness Compare(CompanyRecord known)
    {
        var other = new Parts(known);
        var name = NameLikeness.Of(_asked.Words, other.Words);
        var tax = Equal(_asked.Tax, other.Tax);
        var domain = _asked.Domain is null || other.Domain is null ? Agreement.Unknown
            : _asked.Domain.Registrable == other.Domain.Registrable ? Agreement.Same
            : _asked.Domain.Label == other.Domain.Label ? Agreement.Near : Agreement.Different;
        var country = _asked.Country == 0 || other.Country == 0 ? Agreement.Unknown : _asked.Country == other.Country ? Agreement.Same : Agreement.Different;
        var city = _asked.City is null || other.City is null ? Agreement.Unknown
            : _asked.City == other.City ? Agreement.Same
            : _asked.City.StartsWith(other.City, StringComparison.Ordinal) || other.City.StartsWith(_asked.City, StringComparison.Ordinal) ? Agreement.Near : Agreement.Different;
        return new CompanyLikeness(Score(name, domain, tax, country, city), name, _asked.Solid == other.Solid, domain, tax, country, city);
    }

    private static double Score(double name, Agreement domain, Agreement tax, Agreement country, Agreement city)
    {
        var score = name * ByName;
        if (domain == Agreement.Near && name >= 0.5) score += 0.05;
        if (domain == Agreement.Different) score -= 0.05;
        if (tax == Agreement.Different) score -= 0.1;
        if (country == Agreement.Same) score += 0.02;
        if (country == Agreement.Different) score -= 0.1;
        if (city is Agreement.Same or Agreement.Near) score += 0.02;
        if (city == Agreement.Different && country != Agreement.Different) score -= 0.02;
        if (domain == Agreement.Same) score = Math.Max(score, 0.97 + (name >= 0.8 ? 0.03 : 0));
        if (tax == Agreement.Same) score = Math.Max(score, 0.98 + (name >= 0.8 ? 0.02 : 0));
        return Math.Round(Math.Clamp(score, 0, 1), 3);
    }

    private static Agreement Equal(string? a, string? b) => a is null || b is null ? Agreement.Unknown : a == b ? Agreement.Same : Agreement.Different;

    private sealed class Parts
    {
        public Parts(CompanyRecord record)
        {
            Words = [.. CompanyKeys.Words(record.Name)];
            Solid = Fold(record.Name, solid: true);
            Domain = Domains.Parse(record.Domain) is { IsFreeMail: false } domain ? domain : null;
            Tax = TaxNumbers.Key(record.TaxNumber);
            Country = Countries.Code(record.Country);
            City = Fold(record.City, solid: false);
        }

        public string[] Words { get; }
        public string? Solid { get; }
        public DomainName? Domain { get; }
        public string? Tax { get; }
        public ushort Country { get; }
        public string? City { get; }

        private static string? Fold(string? text, bool solid)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            Span<char> buffer = stackalloc char[512];
            var n = solid ? FieldText.FoldSolid(text, buffer) : FieldText.FoldWords(text, buffer);
            return n == 0 ? null : buffer[..n].ToString();
        }
    }
}
