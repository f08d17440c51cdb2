using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class CompanyIndexTests
{
    private static readonly CompanyRecord[] Known =
    [
        new("Western Digital Corporation", "westerndigital.com", Country: "United States", City: "San Jose"),
        new("Auckland International Airport Limited", "aucklandairport.co.nz", Country: "New Zealand"),
        new("Harley-Davidson, Inc.", "harley-davidson.com", Country: "US", City: "Milwaukee", Postcode: "53208"),
        new("Wüstenrot & Württembergische AG", "ww-ag.com", Country: "Germany", City: "Stuttgart"),
        new("Deutsche EuroShop AG", "deutsche-euroshop.de", Country: "DE", City: "Hamburg"),
        new("Siemens AG", "siemens.com", "DE 129274202", "Germany", "München"),
        new("Siemens Healthineers AG", "siemens-healthineers.com", Country: "Germany", City: "Erlangen"),
        .. Enumerable.Range(0, 300).Select(i => new CompanyRecord($"{(char)('A' + i % 26)}{i}ron {(char)('a' + i / 26)}{i * 7}tec Group Ltd", $"firm{i}.example", Country: i % 2 == 0 ? "Germany" : "France")),
    ];

    [Theory]
    [InlineData("WESTN DIGITAL  DL-,01", null, 0)]
    [InlineData("AUCKLD INTL AIRPORT O.N.", null, 1)]
    [InlineData("HARLEY-DAVID.INC. DL -,01", null, 2)]
    [InlineData("WUESTENROT+WUERTT.AG O.N.", null, 3)]
    [InlineData("deutsche euro shop", null, 4)]
    [InlineData("Siemsen", null, 5)]
    [InlineData("something else entirely", "jane@siemens.com", 5)]
    [InlineData(null, "https://www.harley-davidson.com/", 2)]
    public void A_dirty_entry_finds_its_company_first(string? name, string? domain, int row) =>
        CompanyIndex.Build(Known).Find(new CompanyRecord(name, domain), 5)[0].Row.ShouldBe(row);

    [Fact]
    public void Reasons_are_sentences_with_the_strongest_first()
    {
        var found = CompanyIndex.Build(Known).Find(new CompanyRecord("Siemens", TaxNumber: "129274202", Country: "DE"), 3);
        found[0].Row.ShouldBe(5);
        found[0].Probability.ShouldBeGreaterThan(0.95);
        found[0].Reasons[0].Bits.ShouldBeGreaterThan(found[0].Reasons[^1].Bits);
        found[0].Reasons.ShouldContain(r => r.Text == "the same tax number: 129274202");
        found[0].Reasons.Sum(r => r.Bits).ShouldBe(found[0].Bits, 1e-9);
    }

    [Fact]
    public void Free_mail_says_nothing_about_a_company() =>
        CompanyIndex.Build([new("Alpha Bakery", "gmail.com"), .. Known]).Find(new CompanyRecord(null, "joe@gmail.com"), 3).ShouldBeEmpty();

    [Fact]
    public void Added_companies_are_found_and_removed_ones_are_not()
    {
        var index = CompanyIndex.Build(Known);
        var row = index.Add(new CompanyRecord("Zyxomat Nordwind Energie GmbH", "zyxomat.de"));
        row.ShouldBe(Known.Length);
        index.Find(new CompanyRecord("zyxomat nordwnid"), 3)[0].Row.ShouldBe(row);
        index.Remove(row).ShouldBeTrue();
        index.Remove(row).ShouldBeFalse();
        index.Find(new CompanyRecord("Zyxomat Nordwind Energie"), 3).ShouldNotContain(c => c.Row == row);
        index.Count.ShouldBe(Known.Length);
    }

    [Fact]
    public void An_empty_index_and_an_empty_question_find_nothing()
    {
        CompanyIndex.Build([]).Find(new CompanyRecord("Siemens"), 3).ShouldBeEmpty();
        CompanyIndex.Build(Known).Find(new CompanyRecord(null), 3).ShouldBeEmpty();
    }

    [Fact]
    public void An_index_grown_one_by_one_finds_what_a_built_one_finds()
    {
        var grown = CompanyIndex.Build([]);
        foreach (var record in Known) grown.Add(record);
        grown.Find(new CompanyRecord("Siemens AG", "siemens.com"), 1)[0].Row.ShouldBe(5);
        grown.Find(new CompanyRecord("Harley Davidson"), 1)[0].Row.ShouldBe(2);
    }
}
