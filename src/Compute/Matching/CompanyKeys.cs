namespace Trellis.Compute.Matching;

/// <summary>
/// The short texts under which one company is kept in, and asked from, an ordinary sorted index, so that a table of millions is searched by a few narrow look-ups.
/// What two writings of one company have in common is at least one key: whole name, name without trade and place, either half of it (one slip leaves a half intact),
/// a telling word, or the consonants.
/// </summary>
/// <param name="Exact">Keys that nearly settle it: the name, its initials, domain, tax number.</param>
/// <param name="Near">Keys that many companies may share; each is asked for a few rows.</param>
public sealed record CompanyKeys(IReadOnlyList<string> Exact, IReadOnlyList<string> Near)
{
    private const int Longest = 80;
    private const int TellingWords = 3;

    /// <summary>The keys to keep a company under.</summary>
    public static CompanyKeys Stored(CompanyRecord company) => Make(company, asking: false);

    /// <summary>The keys to ask for a company: those that are kept, and those of its neighbours by one letter more or less.</summary>
    public static CompanyKeys Asked(CompanyRecord company) => Make(company, asking: true);

    /// <summary>A name's words as they are compared: folded, without legal forms, articles and joining words, German digraphs reduced.</summary>
    public static IReadOnlyList<string> Words(string? name)
    {
        var all = CompanyName.Normalise(name).Words;
        Span<char> buffer = stackalloc char[Vocabulary.MaxLength];
        var words = new List<string>(all.Count);
        foreach (var word in all)
            if (all.Count == 1 || word is not ("and" or "und" or "et" or "of" or "de" or "the" or "y" or "e")) words.Add(Vocabulary.Reduce(word, buffer).ToString());
        return words.Count > 0 ? words : all;
    }

    private static CompanyKeys Make(CompanyRecord company, bool asking)
    {
        var exact = new HashSet<string>(6);
        var near = new HashSet<string>(10);
        var words = Words(company.Name);
        if (words.Count > 0) Names(words, exact, near, asking);
        if (Domains.Parse(company.Domain) is { IsFreeMail: false } domain) exact.Add("d:" + domain.Registrable);
        if (TaxNumbers.Key(company.TaxNumber) is { } tax) exact.Add("x:" + tax);
        return new CompanyKeys([.. exact], [.. near]);
    }

    private static void Names(IReadOnlyList<string> words, HashSet<string> exact, HashSet<string> near, bool asking)
    {
        var telling = words.Where(w => !CommonWords.Holds(w)).ToList();
        var proper = telling.Count > 0 ? telling : words;
        var core = string.Concat(proper);
        exact.Add("n:" + Cut(string.Concat(words)));
        if (words.Count > 1) exact.Add("n:" + Cut(string.Concat(words.Order(StringComparer.Ordinal))));
        var sorted = Cut(string.Concat(proper.Order(StringComparer.Ordinal)));
        near.Add("b:" + sorted);
        if (asking) exact.Add("n:" + sorted);
        if (words.Count >= 3) exact.Add("n:" + string.Concat(words.Select(w => w[0])));
        Halves(core, near, asking);
        if (Consonants(core) is { Length: >= 3 } consonants) near.Add("c:" + consonants);
        foreach (var word in proper.Where(w => w.Length >= 3).OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Take(TellingWords)) near.Add("t:" + word);
    }

    private static void Halves(string core, HashSet<string> near, bool asking)
    {
        for (var n = core.Length - (asking ? 1 : 0); n <= core.Length + (asking ? 1 : 0); n++)
        {
            var first = n / 2;
            if (first < 3) continue;
            near.Add("h:" + core[..Math.Min(first, 20)]);
            near.Add("e:" + core[^Math.Min(Math.Min(n - first, core.Length), 20)..]);
        }
    }

    // Vowels and silent letters are what ears and alphabets disagree on.
    private static string Consonants(string core)
    {
        var text = new System.Text.StringBuilder(12);
        foreach (var c in core)
        {
            if (c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'h' or 'j') continue;
            var sound = c switch { 'c' or 'q' or 'g' => 'k', 'z' or 'x' => 's', 'v' or 'w' => 'f', 'd' => 't', 'b' => 'p', _ => c };
            if (text.Length == 0 || text[^1] != sound) text.Append(sound);
            if (text.Length == 10) break;
        }

        return text.ToString();
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
