using System.Text;

namespace Trellis.Compute.Matching;

/// <summary>How a person's writing of a company differs from the list's.</summary>
public enum Spelling { LegalForm, Typo, Abbreviation, Transliteration, Subsidiary, Order }

/// <summary>A writing to be looked up, and the row of the list that it means; −1 for a company that the list has not.</summary>
public sealed record WrittenCompany(CompanyRecord Asked, int Truth, Spelling? How);

/// <summary>What a lookup of written companies found: of what is in the list how much was found, and of what was said to be the same how much was.</summary>
public sealed record LookupQuality(int Asked, int Known, int Found, int Said, IReadOnlyDictionary<Spelling, double> RecallBySpelling)
{
    public double Recall => Known == 0 ? 1 : (double)Found / Known;
    public double Precision => Said == 0 ? 1 : (double)Found / Said;
}

/// <summary>
/// Invents a list of companies of many countries and writes some of them as people write them, for tests and benchmarks of the lookup: other legal forms, slips, abbreviations,
/// transliteration, subsidiaries, other order and blanks. Half of what is asked for is not in the list at all, but drawn from the same words.
/// </summary>
public static class CompanySpellings
{
    private static readonly string[] Onsets = "b br c cl d dr f fl g gr h k kr l m n p pl pr r s sch sk st str t tr v w z".Split(' ');
    private static readonly string[] Vowels = "a e i o u a e i o ä ö ü é á ie ei ou".Split(' ');
    private static readonly string[] Codas = "b ck d f g k l ld ll lm m n nd ng nk nt p r rd rk rm rn rt s ss st t tt x z".Split(' ');
    private static readonly string[] Trades = ("Energy Logistics Systems Technologies Solutions Foods Machinery Software Consulting Engineering Pharma Medical Bank Insurance Media Construction Chemicals Packaging Textiles "
        + "Automotive Electronics Trading Services Industries Instruments Plastics Steel Aviation Hotels Retail Robotics Optics Components Research Security Design Capital Properties").Split(' ');

    private static readonly (string Code, string Place, string[] Forms, string[] Others)[] Homes =
    [
        ("US", "USA", ["Inc.", "LLC", "Corporation"], ["Incorporated", "Corp.", "Inc", "L.L.C."]), ("GB", "UK", ["Ltd", "PLC"], ["Limited", "Ltd.", "P.L.C."]), ("DE", "Deutschland", ["GmbH", "AG", "GmbH & Co. KG"], ["Gesellschaft mbH", "gmbh", "A.G."]),
        ("FR", "France", ["SAS", "S.A.", "SARL"], ["SA", "S.A.S.", "S.A.R.L."]), ("IT", "Italia", ["S.p.A.", "S.r.l."], ["SpA", "SRL"]), ("ES", "España", ["S.A.", "S.L."], ["SA", "SLU", "S.L.U."]),
        ("NL", "Nederland", ["B.V.", "N.V."], ["BV", "NV"]), ("SE", "Sverige", ["AB"], ["Aktiebolag", "AB (publ)"]), ("PL", "Polska", ["Sp. z o.o.", "S.A."], ["sp. z o. o.", "Spółka z o.o."]), ("AT", "Österreich", ["GmbH", "AG"], ["Ges.m.b.H.", "gmbh"]),
    ];

    private sealed record Company(string[] Brand, string[] Trades, int Home, string Form)
    {
        public string Core => string.Join(' ', Brand.Concat(Trades));
    }

    /// <summary>A list of companies, no two of which have the same words.</summary>
    public static List<CompanyRecord> List(int count, int seed) => [.. Companies(count, count, seed).Select(c => new CompanyRecord($"{c.Core} {c.Form}", null, null, Homes[c.Home].Code))];

    /// <summary>Writings of companies of the list made with the same <paramref name="count"/> and <paramref name="seed"/>, and as many of companies that it has not.</summary>
    public static IEnumerable<WrittenCompany> Writings(int count, int seed, int known, int writer)
    {
        // The list's own companies come first, the strangers after them.
        var companies = Companies(count, count + known, seed);
        var random = new Random(writer);
        for (var i = 0; i < known; i++)
        {
            var row = random.Next(count);
            var how = (Spelling)(i % 6);
            yield return new WrittenCompany(Write(companies[row], how, random), row, how);
            yield return new WrittenCompany(Write(companies[count + i], (Spelling)random.Next(6), random), -1, null);
        }
    }

    /// <summary>Judges a lookup that returns the rows it holds to be the same company.</summary>
    public static LookupQuality Measure(IEnumerable<WrittenCompany> writings, Func<CompanyRecord, IReadOnlyCollection<int>> lookup)
    {
        int asked = 0, known = 0, found = 0, said = 0;
        var by = new Dictionary<Spelling, (int Known, int Found)>();
        foreach (var writing in writings)
        {
            var rows = lookup(writing.Asked);
            asked++;
            said += rows.Count;
            if (writing.How is not { } how) continue;
            known++;
            var hit = rows.Contains(writing.Truth) ? 1 : 0;
            found += hit;
            var (k, f) = by.GetValueOrDefault(how);
            by[how] = (k + 1, f + hit);
        }

        return new LookupQuality(asked, known, found, said, by.ToDictionary(p => p.Key, p => (double)p.Value.Found / p.Value.Known));
    }

    private static List<Company> Companies(int listed, int count, int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<string>();
        var companies = new List<Company>(count);
        // Fewer brands than companies: as in life, one brand stands in several trades, and a stranger may bear a known one.
        var brands = Enumerable.Range(0, Math.Max(10, listed * 3 / 4)).Select(_ => Brand(random)).ToArray();
        while (companies.Count < count)
        {
            // Four names in ten have two words of their own; most say what the company does.
            var brand = random.Next(10) < 4 ? new[] { brands[random.Next(brands.Length)], brands[random.Next(brands.Length)] } : [brands[random.Next(brands.Length)]];
            var trades = Enumerable.Range(0, random.Next(10) switch { < 3 => 0, < 8 => 1, _ => 2 }).Select(_ => Trades[random.Next(Trades.Length)]).Distinct().ToArray();
            var home = random.Next(Homes.Length);
            var company = new Company(brand, trades, home, Homes[home].Forms[random.Next(Homes[home].Forms.Length)]);
            if (seen.Add(string.Join(' ', CompanyKeys.Words(company.Core).Order(StringComparer.Ordinal)))) companies.Add(company);
        }

        return companies;
    }

    private static CompanyRecord Write(Company c, Spelling how, Random random)
    {
        var home = Homes[c.Home];
        var words = c.Brand.Concat(c.Trades).ToArray();
        var form = random.Next(3) == 0 ? "" : " " + c.Form;
        var country = home.Code;
        string name;
        switch (how)
        {
            case Spelling.LegalForm:
                name = string.Join(' ', words) + " " + home.Others[random.Next(home.Others.Length)];
                break;
            case Spelling.Typo:
                var at = random.Next(words.Length);
                words[at] = Slip(words[at], random);
                name = string.Join(' ', words) + form;
                break;
            case Spelling.Abbreviation:
                if (words.Length > 1) words[^1] = words[^1].Length > 6 ? words[^1][..(3 + random.Next(3))] + (random.Next(2) == 0 ? "." : "") : words[^1];
                name = string.Join(' ', words) + form;
                break;
            case Spelling.Transliteration:
                name = string.Join(' ', words.Select(w => Plain(w, random))) + form;
                break;
            case Spelling.Subsidiary:
                var other = Homes[random.Next(Homes.Length)];
                country = random.Next(2) == 0 ? home.Code : other.Code;
                name = string.Join(' ', words) + " " + other.Place + " " + other.Forms[0];
                break;
            default:
                if (words.Length > 1 && random.Next(2) == 0) name = $"{words[^1]} {string.Join(' ', words[..^1])}{form}";
                else name = (random.Next(2) == 0 ? string.Concat(words) : string.Join('-', words).ToUpperInvariant()) + form;
                break;
        }

        return new CompanyRecord(name, null, null, country);
    }

    private static string Brand(Random random)
    {
        var text = new StringBuilder();
        for (var n = 2 + random.Next(2); n > 0; n--)
        {
            text.Append(Onsets[random.Next(Onsets.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
            if (n == 1 || random.Next(3) == 0) text.Append(Codas[random.Next(Codas.Length)]);
        }

        text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    // One letter left out, doubled, changed or swapped with its neighbour; never the first, which people get right.
    private static string Slip(string word, Random random)
    {
        if (word.Length < 4) return word;
        var i = 1 + random.Next(word.Length - 2);
        return random.Next(4) switch
        {
            0 => word.Remove(i, 1),
            1 => word.Insert(i, word[i].ToString()),
            2 => word[..i] + word[i + 1] + word[i] + word[(i + 2)..],
            _ => word[..i] + (char)('a' + random.Next(26)) + word[(i + 1)..],
        };
    }

    private static string Plain(string word, Random random)
    {
        var digraphs = random.Next(2) == 0;
        return string.Concat(word.Select(c => c switch
        {
            'ä' => digraphs ? "ae" : "a",
            'ö' => digraphs ? "oe" : "o",
            'ü' => digraphs ? "ue" : "u",
            'Ä' => "Ae",
            'Ö' => "Oe",
            'Ü' => "Ue",
            'é' => "e",
            'á' => "a",
            _ => c.ToString(),
        }));
    }
}
