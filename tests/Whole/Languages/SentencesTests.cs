using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

/// <summary>What the program writes in English and says again in the reader's language is in every catalogue.</summary>
public sealed partial class SentencesTests
{
    private static readonly string[] Codes = ["de", "ar"];

    [Fact]
    public void Each_language_says_every_refusal_and_every_other_sentence_of_the_code()
    {
        Sentences.All.Count.ShouldBeGreaterThan(1_500, "the reading saw too little");
        foreach (var code in Codes) Missing(code, Sentences.All).ShouldBeEmpty($"not in any {code}.json");
    }

    [Fact]
    public void No_sentence_has_two_places_with_nothing_between_them_since_nobody_could_tell_them_apart_again() =>
        Sentences.All.Where(s => s.Key.Contains("}{", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Each_language_says_every_action_of_the_audit()
    {
        var code = CataloguesTests.Own(".cs").Select(File.ReadAllText).ToList();
        var noted = code.SelectMany(c => Noted().Matches(c)).ToList();
        var needed = code.SelectMany(c => UseCases().Matches(c)).Select(m => (Place: m.Groups[1].Value, Key: Words.Snake(m.Groups[1].Value).Replace('_', ' ')))
            .Concat(noted.Select(m => (Place: m.Value, Key: m.Groups[2].Value.Replace('_', ' '))))
            .Concat(noted.Select(m => (Place: m.Value, Key: char.ToUpperInvariant(m.Groups[1].Value[0]) + m.Groups[1].Value[1..]))).ToList();
        needed.Count.ShouldBeGreaterThan(400, "the reading saw too little");
        foreach (var language in Codes) Missing(language, needed).ShouldBeEmpty($"not in any {language}.json");
    }

    [Theory]
    [InlineData("""return Problem.Invalid("name", "Another role has this name.");""", "Another role has this name.")]
    [InlineData("""new(ProblemKind.Conflict, "x.y", $"Version {number} has begun; see {(a ? "b" : $"{c}")}.") { Facts = z };""", "Version {0} has begun; see {1}.")]
    [InlineData("""check.That(a > 0, $"rows[{i}]", $"It ends on {day:d MMM yyyy}, not on {other:yyyy}.")""", "It ends on {0}, not on {1}.")]
    [InlineData("""new Check().Text(input.Text, "text", "The comment", 4000)""", "The comment")]
    [InlineData("""if (x is null) return Problem.Missing("draft of the rules");""", "There is no such draft of the rules.")]
    [InlineData("""Say("Approved for {protection_days} days, until {protected_until}.");""", "Approved for {0} days, until {1}.")]
    [InlineData("""// a comment's quote " in "it."{"\n"}Say('"', "It is gone.");""", "It is gone.")]
    [InlineData(""""
        var text = $"""
            {name}

            Answer by {day} and say "why".
            """;
        """", "Answer by {0} and say \"why\".")]
    public void A_sentence_is_read_as_its_entry_is_named(string code, string key) => Sentences.In(code.Replace("{\"\\n\"}", "\n", StringComparison.Ordinal)).Select(s => s.Key).ShouldBe([key]);

    [Theory]
    [InlineData("""<Alert Title="It is gone." />""", "It is gone.")]
    [InlineData("""<Card Subtitle="@(mine ? "It is yours." : $"It is {name}’s.")" />@T(n, "One place is left.", "{0} places are left.") @code { }""", "It is yours.", "It is {0}’s.", "{0} places are left.")]
    public void A_page_says_what_it_gives_to_its_components(string page, params string[] keys) => Sentences.In(page, page: true).Select(s => s.Key).ShouldBe(keys);

    [Theory]
    [InlineData("""throw new InvalidOperationException("Asking a refusal for its value is a bug.");""")]
    [InlineData("""route.WithSummary("Take a company off a list.")""")]
    [InlineData("""T(count, "It has {0} open lead.", "deals")""")]
    [InlineData("""// He said "It is gone." and left.""")]
    public void What_nobody_reads_on_a_page_is_no_sentence(string code) => Sentences.In(code).ShouldBeEmpty();

    [Fact]
    public void A_sentence_that_no_catalogue_has_is_found() =>
        Missing("de", [("Here.cs:1", "Nobody has ever translated this sentence."), ("Here.cs:2", "{0} is needed.")]).ShouldHaveSingleItem().ShouldBe("Here.cs:1  Nobody has ever translated this sentence.");

    private static IEnumerable<string> Missing(string code, IEnumerable<(string Place, string Key)> needed)
    {
        var known = CataloguesTests.Entries(code).Select(e => e.Key).ToHashSet();
        return [.. needed.Where(s => !known.Contains(s.Key)).Select(s => $"{s.Place}  {s.Key}").Distinct()];
    }

    [GeneratedRegex(@"class (\w+)(?:<[^>]*>)?\s*(?:\([^{;]*?\))?\s*:\s*UseCase<")]
    private static partial Regex UseCases();

    [GeneratedRegex(@"(?:\.Note|TransactAsync(?:<[^(]*>)?|InsertAsync)\(""([a-z_]+)\.([a-z_.]+)""")]
    private static partial Regex Noted();
}
