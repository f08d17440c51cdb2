using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class SpellingsTests
{
    // The threshold and the weights were chosen on other seeds.
    private const double Likely = 0.81;

    [Theory]
    [InlineData(20_000, 7001)]
    [InlineData(60_000, 7002)]
    public void A_customer_is_found_as_people_write_it(int count, int seed)
    {
        var list = CompanySpellings.List(count, seed);
        var index = new KeyedCompanies(list);
        var quality = CompanySpellings.Measure(CompanySpellings.Writings(count, seed, 1500, seed + 1), asked => index.Find(asked, Likely));
        var told = string.Join(", ", quality.RecallBySpelling.Select(p => $"{p.Key} {p.Value:0.000}"));
        Assert.True(quality.Recall >= 0.98, $"recall {quality.Recall:0.0000}: {told}");
        Assert.True(quality.Precision >= 0.95, $"precision {quality.Precision:0.0000}");
        Assert.True(quality.RecallBySpelling.Values.Min() >= 0.9, told);
        Assert.Equal(3000, quality.Asked);
    }

    [SkippableFact]
    public void Real_listings_are_found_by_name_and_country_as_others_shorten_them()
    {
        var (ours, theirs, truth) = Listings.Read();
        var index = new KeyedCompanies([.. theirs.Select(t => t.Record)]);
        int said = 0, right = 0;
        foreach (var (id, record) in ours)
        {
            var rows = index.Find(record with { Domain = null, City = null }, Likely);
            said += rows.Count;
            right += rows.Count(r => truth.Contains((id, theirs[r].Id)));
        }

        // Many of these names are cut to the width of a ticker, and some of the pairs are renamed companies.
        ((double)right / truth.Count).ShouldBeGreaterThan(0.83);
        ((double)right / said).ShouldBeGreaterThan(0.94);
    }

    [Fact]
    public void The_measure_can_fail()
    {
        var list = CompanySpellings.List(2000, 3);
        var index = new KeyedCompanies(list);
        var exact = CompanySpellings.Measure(CompanySpellings.Writings(2000, 3, 300, 4), asked => index.Find(asked, 0.96));
        Assert.True(exact.Recall < 0.9, $"recall {exact.Recall}");
        var loose = CompanySpellings.Measure(CompanySpellings.Writings(2000, 3, 300, 4), asked => index.Find(asked, 0.3));
        Assert.True(loose.Precision < 0.95, $"precision {loose.Precision}");
    }

    [Fact]
    public void A_company_is_always_found_under_its_own_keys()
    {
        foreach (var company in CompanySpellings.List(3000, 5))
        {
            var asked = CompanyKeys.Asked(company);
            var stored = CompanyKeys.Stored(company);
            Assert.Subset(asked.Exact.Concat(asked.Near).ToHashSet(), stored.Exact.Concat(stored.Near).Where(k => !k.StartsWith("n:", StringComparison.Ordinal)).ToHashSet());
            Assert.True(new CompanyProbe(company).Compare(company).Score >= 0.97, company.Name);
        }
    }

    [Theory]
    [InlineData("DE 123.456.789", "123456789")]
    [InlineData("ATU12345678", "u12345678")]
    [InlineData("n/a", null)]
    [InlineData("00000000", null)]
    [InlineData("  ", null)]
    public void Tax_numbers_have_one_key(string written, string? key) => Assert.Equal(key, TaxNumbers.Key(written));

    [Fact]
    public void A_tax_number_or_a_domain_settles_it_and_another_number_speaks_against()
    {
        var asked = new CompanyProbe(new CompanyRecord("Totally Different", "acme.example", "DE123456789", "DE"));
        Assert.True(asked.Compare(new CompanyRecord("Acme", "www.acme.example", null, "FR")).Score >= 0.97);
        Assert.True(asked.Compare(new CompanyRecord("Acme", null, "123 456 789", "DE")).Score >= 0.98);
        var same = new CompanyProbe(new CompanyRecord("Acme", null, "DE123456789", "DE"));
        Assert.True(same.Compare(new CompanyRecord("Acme", null, "DE987654321", "DE")).Score < same.Compare(new CompanyRecord("Acme", null, null, "DE")).Score);
    }

    [Theory]
    [InlineData("COGNETIVITY NEUROC. LTD", "Cognetivity Neurosciences Ltd.")]
    [InlineData("Darden Rest. Inc.", "Darden Restaurants, Inc.")]
    [InlineData("Lincoln Natl", "Lincoln National Corp")]
    [InlineData("Flutter Entmt plc", "Flutter Entertainment plc")]
    [InlineData("Mensch und Masch.", "Mensch und Maschine Software SE")]
    [InlineData("Intl Flavors/Frag.", "International Flavors & Fragrances Inc.")]
    [InlineData("Wodanist Ruk", "Wödanist Rukastol SARL")]
    public void A_name_is_shortened_behind_a_word_that_agrees(string written, string listed) => Score(written, listed).ShouldBeGreaterThanOrEqualTo(Likely);

    [Theory]
    [InlineData("Nova", "Novartis")] // nothing agrees
    [InlineData("Newcore Gold Ltd.", "New Gold Inc.")] // what agrees stands behind
    [InlineData("Pan American Silver Corp", "Pantera Silver Corp.")]
    [InlineData("Bank Nova", "Bank Novartis")] // what agrees is a trade
    [InlineData("Gold Te", "Gold Telluride")] // two letters
    [InlineData("Hanse Kontor", "Hanse Korsar")] // neither shortens the other
    public void What_only_begins_alike_is_another_name(string written, string listed) => Score(written, listed).ShouldBeLessThan(Likely);

    [Fact]
    public void The_more_of_a_second_word_is_written_the_likelier_it_is_and_from_three_letters_it_is_found()
    {
        var tried = 0;
        foreach (var company in CompanySpellings.List(4000, 8))
        {
            if (CompanyKeys.Words(company.Name) is not [var first, var second] || CommonWords.Holds(first) || CommonWords.Holds(second) || second.Length < 7) continue;
            var before = 0.0;
            foreach (var cut in Enumerable.Range(3, second.Length - 2).Select(n => second[..n]))
            {
                if (CommonWords.Holds(cut) || CompanyKeys.Words($"{first} {cut}").Count < 2) continue; // "Die" is read as an article, "Ska" as a legal form
                tried++;
                var score = Score($"{first} {cut}.", company.Name!);
                score.ShouldBeGreaterThanOrEqualTo(Math.Max(before, Likely), $"{cut}: {company.Name}");
                Score(company.Name!, $"{first} {cut}.").ShouldBe(score, $"{cut}: {company.Name}");
                // A first word is seldom shortened.
                if (cut.Length == 3) Score($"{cut} {first}", $"{second} {first}").ShouldBeLessThan(Likely, company.Name);
                before = score;
            }
        }

        tried.ShouldBeGreaterThan(1000);
    }

    private static double Score(string written, string listed) => new CompanyProbe(new CompanyRecord(written, null, null, "DE")).Compare(new CompanyRecord(listed, null, null, "DE")).Score;
}
