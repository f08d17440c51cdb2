using Trellis.Accounts.Published;
using Trellis.Accounts.Values;

namespace Trellis.Accounts.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Gekko & Co", "gekko and co.")]
    [InlineData("Müller GmbH", "MULLER GmbH")]
    [InlineData("GTX Pro", "GTXPro")]
    [InlineData("Łódź Søn", "lodz son")]
    public void Writings_of_one_name_have_one_tight_key(string one, string other) => CompanyNames.Tight(one).ShouldBe(CompanyNames.Tight(other));

    [Theory]
    [InlineData("Acme Inc.", "The Acme Corporation")]
    [InlineData("Hanse Tooling GmbH", "Hanse Tooling AG")]
    [InlineData("Wisła Foods Sp. z o.o.", "Wisla Foods")]
    [InlineData("Müller Söhne KG", "Mueller Soehne")]
    public void Legal_forms_do_not_tell_companies_apart(string one, string other) => Customers.NameKey(one).ShouldBe(Customers.NameKey(other));

    [Theory]
    [InlineData("Contoso", "Fabrikam")]
    [InlineData("Nova", "Novartis")]
    [InlineData("Delta Air", "Delta Plumbing Supplies")]
    [InlineData("Hanse Bank", "Rhein Bank")]
    [InlineData("Hanse Energy", "Hanse Foods")]
    public void Other_companies_stay_below_the_threshold(string one, string other) =>
        Customers.Compare(new TypedCustomer(one, null, "DE"), new TypedCustomer(other, null, "DE")).ShouldBeLessThan(Customers.Likely);

    [Fact]
    public void Likeness_is_symmetric_and_highest_for_the_name_itself()
    {
        var chance = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (new TypedCustomer(Word(chance), null, null), new TypedCustomer(Word(chance), null, null));
            Customers.Compare(a, b).ShouldBe(Customers.Compare(b, a), 0.02, $"{a} / {b}");
            Customers.Compare(a, a).ShouldBe(0.95);
            Customers.Compare(a, b).ShouldBeInRange(0, 0.95);
        }
    }

    [Fact]
    public void One_letter_apart_agrees_with_counting_edits()
    {
        var chance = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var (a, b) = (Few(chance), Few(chance));
            CompanyNames.OneLetterApart(a, b).ShouldBe(Edits(a, b) <= 1, $"{a} / {b}");
        }
    }

    [Theory]
    [InlineData("https://www.Contoso.com/about?x=1", "contoso.com")]
    [InlineData("jane@mail.contoso.co.uk", "contoso.co.uk")]
    [InlineData("shop.münchen.de", "xn--mnchen-3ya.de")]
    [InlineData("contoso.com.", "contoso.com")]
    [InlineData("not a domain", null)]
    [InlineData("192.168.0.1", null)]
    [InlineData("localhost", null)]
    public void The_registrable_domain_is_found(string written, string? domain) => Compute.Matching.Domains.Registrable(written).ShouldBe(domain);

    [Theory]
    [InlineData("technolgy", "technology")]
    [InlineData("Technology ", "technology")]
    [InlineData("health care", "medical")]
    public void Safe_misspellings_of_sectors_are_mended(string written, string sector) => Sectors.Find(written).Value.ShouldBe(sector);

    [Theory]
    [InlineData("Philipines", "PH")]
    [InlineData("United Staets", "US")]
    [InlineData("Deutschland", "DE")]
    [InlineData("gb", "GB")]
    public void Safe_misspellings_of_countries_are_mended(string written, string code) => CountryNames.Find(written).Value.ShouldBe(code);

    [Theory]
    [InlineData("Korea")]
    [InlineData("Atlantis")]
    [InlineData("Iram")]
    public void Unsafe_countries_are_left_to_a_person(string written) => CountryNames.Find(written).How.ShouldBe(Values.Reading.Unknown);

    [Fact]
    public void A_digit_is_never_mended_and_two_candidates_are_not_chosen_from()
    {
        var known = new KnownValues<int>([("GTK 500", 1), ("Alpha One", 2), ("Alpha Onx", 3)]);
        known.Find("GTK 600").How.ShouldBe(Values.Reading.Unknown);
        known.Find("GTK500").ShouldBe(new Understood<int>(Values.Reading.Mended, "GTK 500", 1, "differs only by blanks, case or punctuation"));
        known.Find("Alpha Ony").How.ShouldBe(Values.Reading.Unknown);
    }

    private static string Word(Random chance) => string.Concat(Enumerable.Range(0, 3 + chance.Next(10)).Select(_ => (char)('a' + chance.Next(6)))) + " " + (char)('k' + chance.Next(3)) + "orp";

    private static string Few(Random chance) => string.Concat(Enumerable.Range(0, chance.Next(6)).Select(_ => (char)('a' + chance.Next(3))));

    // Optimal string alignment, written out.
    private static int Edits(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
