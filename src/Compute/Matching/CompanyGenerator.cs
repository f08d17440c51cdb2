using System.Text;

namespace Trellis.Compute.Matching;

/// <summary>
/// Makes two overlapping lists of invented companies as two sources would write them, for benchmarks, tests and demonstrations: made-up brand words, trade words with the
/// skewed frequencies of real lists, legal forms, typing slips, abbreviations, swapped and dropped words, missing fields.
/// </summary>
public static class CompanyGenerator
{
    private static readonly string[] Onsets = "b br c ch cl cr d dr f fl fr g gl gr h j k kl kr l m n p ph pl pr qu r s sch sh sk sl sm sp st str sw t th tr v w z".Split(' ');
    private static readonly string[] Vowels = "a e i o u a e i o ai au ea ei eo ia ie io oa ou y".Split(' ');
    private static readonly string[] Codas = "b ck ct d f g k l ld lm ln m mp n nd ng nk nt p r rd rk rm rn rt s sk ss st t th v x z".Split(' ');

    private static readonly string[] Trades = ("group holdings international technologies energy capital systems resources solutions industries services pharma global bank financial partners investment media "
        + "software medical mining metals gold power electric trading logistics engineering construction foods chemicals materials insurance development motors networks digital bio therapeutics "
        + "properties estate steel water marine aviation consulting retail design textiles plastics optics robotics security data cloud mobility solar wind hydrogen packaging paper wood glass ceramics "
        + "tools machinery instruments sensors semiconductors components trust fund ventures brands sports travel hotels catering education learning health care clinics diagnostics").Split(' ');

    private static readonly string[] Places = ("london paris berlin madrid rome vienna zurich milan munich hamburg lyon oslo stockholm helsinki copenhagen dublin lisbon warsaw prague budapest athens istanbul "
        + "boston chicago dallas denver houston seattle atlanta toronto montreal vancouver sydney melbourne auckland tokyo osaka seoul taipei singapore mumbai delhi dubai cairo lagos nairobi santiago lima bogota").Split(' ');

    private static readonly (string Code, string Name, string[] Forms, string Ending)[] Homes =
    [
        ("US", "United States", ["Inc.", "Corporation", "LLC", "Corp."], "com"), ("GB", "United Kingdom", ["Ltd", "PLC", "Limited"], "co.uk"),
        ("DE", "Germany", ["GmbH", "AG", "GmbH & Co. KG"], "de"), ("FR", "France", ["S.A.", "SAS", "SARL"], "fr"), ("IT", "Italy", ["S.p.A.", "S.r.l."], "it"),
        ("ES", "Spain", ["S.A.", "S.L."], "es"), ("NL", "Netherlands", ["B.V.", "N.V."], "nl"), ("SE", "Sweden", ["AB", "AB (publ)"], "se"),
        ("JP", "Japan", ["Co., Ltd.", "K.K."], "co.jp"), ("AU", "Australia", ["Pty Ltd", "Limited"], "com.au"), ("IN", "India", ["Private Limited", "Ltd"], "co.in"), ("BR", "Brazil", ["S.A.", "Ltda"], "com.br"),
    ];

    private static readonly string[] Sectors = ["Industrials", "Materials", "Health Care", "Information Technology", "Financials", "Consumer Discretionary", "Energy", "Real Estate"];

    /// <summary>Two lists of <paramref name="count"/> records each; about half of the left ones have a twin on the right.</summary>
    /// <returns>The lists, and for each left row its right row or −1.</returns>
    public static (List<CompanyRecord> Left, List<CompanyRecord> Right, int[] Truth) Make(int count, int seed)
    {
        var random = new Random(seed);
        var brands = new string[Math.Max(500, count / 3)];
        for (var i = 0; i < brands.Length; i++) brands[i] = Brand(random);
        var left = new List<CompanyRecord>(count);
        var right = new List<CompanyRecord>(count);
        var truth = new int[count];
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order);
        var twins = new CompanyRecord?[count];
        for (var i = 0; i < count; i++)
        {
            var company = Invent(random, brands);
            left.Add(Write(company, random, 0.25));
            truth[i] = random.Next(2) == 0 ? order[i] : -1;
            if (truth[i] >= 0) twins[truth[i]] = Write(company, random, 0.6);
        }

        foreach (var twin in twins) right.Add(twin ?? Write(Invent(random, brands), random, 0.6));
        return (left, right, truth);
    }

    private sealed record Company(string[] Words, string Form, string Domain, string Country, string Code, string City, string Postcode, string Sector);

    private static Company Invent(Random random, string[] brands)
    {
        var home = Homes[Skewed(random, Homes.Length)];
        var words = new List<string> { brands[Skewed(random, brands.Length)] };
        if (random.Next(3) == 0) words.Add(brands[Skewed(random, brands.Length)]);
        for (var n = random.Next(3); n > 0; n--) words.Add(Capital(Trades[Skewed(random, Trades.Length)]));
        if (random.Next(12) == 0) words.Insert(0, Capital(Places[Skewed(random, Places.Length)]));
        var domain = string.Concat(words.Take(2)).ToLowerInvariant() + "." + home.Ending;
        return new Company([.. words], home.Forms[random.Next(home.Forms.Length)], domain, home.Name, home.Code, Capital(Places[Skewed(random, Places.Length)]),
            (10000 + random.Next(89999)).ToString(System.Globalization.CultureInfo.InvariantCulture), Sectors[random.Next(Sectors.Length)]);
    }

    private static CompanyRecord Write(Company c, Random random, double dirt)
    {
        var words = c.Words.ToList();
        var slipped = random.Next(words.Count);
        if (random.NextDouble() < dirt * 0.25) words[slipped] = Slip(words[slipped], random);
        if (words.Count > 1 && random.NextDouble() < dirt * 0.2) words[^1] = words[^1][..Math.Min(words[^1].Length, 3 + random.Next(3))] + ".";
        if (words.Count > 2 && random.NextDouble() < dirt * 0.15) words.RemoveAt(words.Count - 1);
        if (words.Count > 2 && random.NextDouble() < dirt * 0.05) (words[0], words[1]) = (words[1], words[0]);
        var name = string.Join(random.Next(40) == 0 ? "-" : " ", words);
        if (random.NextDouble() > dirt * 0.4) name += " " + c.Form;
        if (random.NextDouble() < dirt * 0.3) name = name.ToUpperInvariant();
        if (random.NextDouble() < dirt * 0.1) name += "  DL-,01";
        return new CompanyRecord(
            name,
            random.NextDouble() < dirt * 0.8 ? null : (random.Next(2) == 0 ? "https://www." : "") + c.Domain,
            null,
            random.NextDouble() < 0.05 ? null : random.Next(3) == 0 ? c.Code : c.Country,
            random.NextDouble() < dirt * 0.7 ? null : c.City,
            random.NextDouble() < dirt ? null : c.Postcode,
            random.NextDouble() < 0.2 ? null : random.NextDouble() < 0.1 ? Sectors[random.Next(Sectors.Length)] : c.Sector);
    }

    private static string Brand(Random random)
    {
        var text = new StringBuilder();
        for (var n = 2 + random.Next(2); n > 0; n--)
        {
            text.Append(Onsets[random.Next(Onsets.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
            if (n == 1 || random.Next(3) == 0) text.Append(Codas[random.Next(Codas.Length)]);
        }

        return Capital(text.ToString());
    }

    private static string Slip(string word, Random random)
    {
        if (word.Length < 4) return word;
        var i = 1 + random.Next(word.Length - 2);
        return random.Next(3) switch
        {
            0 => word.Remove(i, 1),
            1 => word[..i] + word[i + 1] + word[i] + word[(i + 2)..],
            _ => word[..i] + (char)('a' + random.Next(26)) + word[(i + 1)..],
        };
    }

    // Small numbers far more often: the product of two uniform numbers.
    private static int Skewed(Random random, int below) => (int)(random.NextDouble() * random.NextDouble() * below);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
