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
}
