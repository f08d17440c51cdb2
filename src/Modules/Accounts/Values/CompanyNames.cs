using System.Globalization;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Accounts.Values;

/// <summary>
/// Company names made comparable. All pure, all in this one file: whatever knows companies better may take its place without a change elsewhere.
/// </summary>
internal static class CompanyNames
{
    private static readonly HashSet<string> LegalForms =
    [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "ev",
        "eg", "se", "sa", "sas", "sasu", "sarl", "srl", "spa", "sl", "slu", "bv", "nv", "ab", "as", "asa", "aps", "oy", "oyj", "kk", "pty", "pte", "sdn", "bhd", "doo",
        "sro", "zoo", "kft", "nyrt", "ltda", "eireli", "cv", "sab", "sapi", "jsc", "ooo", "pvt", "private",
    ];

    // Forms of several words, of which one alone may be part of a name.
    private static readonly string[][] LegalPhrases = [["sp", "z", "oo"], ["sa", "de", "cv"], ["s", "de", "rl"], ["gmbh", "and", "co", "kg"]];

    // Words that many companies share: they say little about which one is meant, so nothing is looked up by them.
    private static readonly HashSet<string> CommonWords =
    [
        "the", "and", "of", "de", "la", "und", "et", "group", "holding", "holdings", "international", "global", "services", "service", "solutions", "systems", "technologies",
        "technology", "partners", "industries", "consulting", "software", "digital", "data", "cloud", "energy", "bank", "capital", "media", "health", "logistics", "foods",
    ];

    /// <summary>The name without blanks, punctuation, case and accents; “&amp;” reads “and”.</summary>
    public static string Tight(string name) => string.Concat(Tokens(name));

    /// <summary>The tight name without legal forms and a leading article; never empty unless the name is.</summary>
    public static string Core(string name) => string.Concat(CoreTokens(name));

    /// <summary>The keys under which a company is looked up: the exact ones first.</summary>
    public static (string[] Exact, string[] Near) Keys(string name, string? domain)
    {
        var tokens = CoreTokens(name);
        var core = Cut(string.Concat(tokens), 80);
        var exact = new List<string>(2);
        var near = new List<string>(6);
        if (core.Length > 0)
        {
            exact.Add("n:" + core);
            near.Add("p:" + Cut(core, 5));
            if (core.Length > 5) near.Add("s:" + core[^5..]);
            if (Skeleton(core) is { Length: >= 3 } skeleton) near.Add("c:" + skeleton);
            if (tokens.Count > 1) near.AddRange(tokens.Where(t => t.Length >= 4 && !CommonWords.Contains(t)).Distinct().Take(3).Select(t => "t:" + Cut(t, 20)));
        }

        if (domain is not null && !WebDomains.IsShared(domain)) exact.Add("d:" + domain);
        return ([.. exact], [.. near.Distinct()]);
    }

    /// <summary>0 to 1: how alike two names are, whatever their legal forms and the order of their words.</summary>
    public static double Similarity(string left, string right)
    {
        var (a, b) = (CoreTokens(left), CoreTokens(right));
        var (x, y) = (string.Concat(a), string.Concat(b));
        if (x.Length == 0 || y.Length == 0) return 0;
        if (x == y) return 1;
        var sorted = JaroWinkler(string.Concat(a.Order(StringComparer.Ordinal)), string.Concat(b.Order(StringComparer.Ordinal)));
        return Math.Max(Math.Max(JaroWinkler(x, y), sorted * 0.98) * Penalty(x, y) * Weakest(a, b), Contained(a, b));
    }

    /// <summary>Whether two texts differ by at most one letter inserted, removed, replaced, or swapped with its neighbour.</summary>
    public static bool OneLetterApart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length < b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        if (a.Length - b.Length > 1) return false;
        var start = a.CommonPrefixLength(b);
        if (start == b.Length) return true;
        if (a.Length != b.Length) return a[(start + 1)..].SequenceEqual(b[start..]);
        return a[(start + 1)..].SequenceEqual(b[(start + 1)..])
            || (start + 1 < a.Length && a[start] == b[start + 1] && a[start + 1] == b[start] && a[(start + 2)..].SequenceEqual(b[(start + 2)..]));
    }

    // Jaro 1989, Winkler 1990: matches within half the longer length, transpositions, a bonus for up to four equal first letters.
    internal static double JaroWinkler(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length ? 1 : 0;
        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        Span<bool> usedB = b.Length <= 256 ? stackalloc bool[b.Length] : new bool[b.Length];
        Span<char> matched = a.Length <= 256 ? stackalloc char[a.Length] : new char[a.Length];
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j <= Math.Min(b.Length - 1, i + window); j++)
            {
                if (usedB[j] || a[i] != b[j]) continue;
                usedB[j] = true;
                matched[matches++] = a[i];
                break;
            }
        }

        if (matches == 0) return 0;
        var (half, k) = (0, 0);
        for (var j = 0; j < b.Length; j++)
        {
            if (usedB[j] && matched[k++] != b[j]) half++;
        }

        var m = (double)matches;
        var jaro = ((m / a.Length) + (m / b.Length) + ((m - (half / 2.0)) / m)) / 3;
        return jaro + (Math.Min(4, a.CommonPrefixLength(b)) * 0.1 * (1 - jaro));
    }

    // Names of different length that merely begin alike (“Nova” and “Novartis”) are not the same company.
    private static double Penalty(string x, string y) => 0.7 + (0.3 * Math.Min(x.Length, y.Length) / Math.Max(x.Length, y.Length));

    // A word that has no counterpart speaks against it, however much the rest agrees: “Hanse Bank” and “Rhein Bank”.
    private static double Weakest(List<string> a, List<string> b)
    {
        if (a.Count < 2 || b.Count < 2) return 1;
        var (small, large) = a.Count <= b.Count ? (a, b) : (b, a);
        return small.Min(s => large.Max(l => JaroWinkler(s, l))) < 0.8 ? 0.85 : 1;
    }

    private static double Contained(List<string> a, List<string> b)
    {
        var (small, large) = a.Count <= b.Count ? (a, b) : (b, a);
        var telling = small.Where(t => !CommonWords.Contains(t)).ToList();
        if (telling.Count == 0 || string.Concat(telling).Length < 5 || !small.All(large.Contains)) return 0;
        return large.All(t => small.Contains(t) || CommonWords.Contains(t)) ? 0.93 : 0.82;
    }

    private static List<string> CoreTokens(string name)
    {
        var tokens = Tokens(name);
        foreach (var phrase in LegalPhrases)
        {
            if (tokens.Count > phrase.Length && tokens.TakeLast(phrase.Length).SequenceEqual(phrase)) tokens.RemoveRange(tokens.Count - phrase.Length, phrase.Length);
        }

        var core = tokens.Where(t => !LegalForms.Contains(t)).ToList();
        if (core.Count > 1 && core[0] == "the") core.RemoveAt(0);
        if (core.Count > 1 && core[^1] == "and") core.RemoveAt(core.Count - 1);
        return core.Count > 0 ? core : tokens;
    }

    private static string Skeleton(string core)
    {
        var text = new StringBuilder();
        foreach (var c in core)
        {
            if (c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'h') continue;
            var sound = c switch { 'c' or 'q' => 'k', 'z' => 's', 'v' or 'w' => 'f', _ => c };
            if (text.Length == 0 || text[^1] != sound) text.Append(sound);
        }

        return Cut(text.ToString(), 8);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    // Plain lower-case words are by far the most: they pass without a copy of the normaliser's work.
    private static List<string> Tokens(string name)
    {
        var tokens = new List<string>(4);
        var word = new StringBuilder();
        var text = Ascii.IsValid(name) ? name : name.Normalize(NormalizationForm.FormD);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '.' or '\'' or '’' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsLetterOrDigit(rune))
            {
                if (Special(rune) is { } plain) word.Append(plain);
                else word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }

            End();
            if (rune.Value is '&' or '+') tokens.Add("and");
        }

        End();
        return tokens;

        void End()
        {
            if (word.Length > 0) tokens.Add(word.ToString());
            word.Clear();
        }
    }

    private static string? Special(Rune rune) => rune.Value switch
    {
        'ß' => "ss",
        'ø' or 'Ø' => "o",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };
}
