using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

/// <summary>All catalogues against each other and against the code, without a running program.</summary>
public sealed partial class CataloguesTests
{
    private static readonly string[] Codes = ["de", "ar"];

    // Sentences that are put together of parts which no file holds as they are read: the plain words of a rule, how long ago something was, and what has become of a deal.
    private static readonly string[] PutTogether = ["If the ", "If another ", "If no ", "{0} minutes ago", "{0} weeks ago", "Rejected: ", "Returned – ", "Revoked: "];

    // A name and a command, written alike in every language.
    private static readonly string[] Alike = ["DMN", "trellis verify receipt.json --fingerprint 0123…"];

    // What stands in the code, and the labels that are made of names: InfoRequested says “Info requested”.
    private static readonly Lazy<(string Code, HashSet<string> Labels)> Sources = new(ReadSources);

    private static readonly Lazy<string[]> All = new(() => [.. FilesBelow(Repository.PathOf("src"))]);

    [Fact]
    public void Each_language_says_what_the_others_say()
    {
        var known = Codes.Select(code => Entries(code).Select(e => $"{e.Module}: {e.Key}").ToHashSet()).ToList();
        foreach (var (code, keys) in Codes.Zip(known))
            known.SelectMany(k => k).Except(keys).Order(StringComparer.Ordinal).ShouldBeEmpty($"not in {code}.json");
    }

    [Fact]
    public void No_translation_is_empty_or_has_other_places_than_its_key() =>
        Codes.SelectMany(Faults).ShouldBeEmpty();

    [Fact]
    public void Two_modules_do_not_say_the_same_words_differently()
    {
        foreach (var code in Codes)
            Entries(code).GroupBy(e => e.Key).Where(g => g.Select(e => e.Value.GetRawText()).Distinct().Count() > 1)
                .Select(g => $"{g.Key}: {string.Join(", ", g.Select(e => e.Module))}").ShouldBeEmpty(code);
    }

    [Fact]
    public void No_translation_stands_for_words_that_nobody_says_any_more() =>
        Entries("de").Select(e => e.Key).Distinct().Where(key => !IsSaid(key)).ShouldBeEmpty("taken out of the code, or said differently: take it out of every catalogue, or change the key");

    // The menu and the palette stand on every page; a page that is walked through shows only that they are looked up, not that anything is found.
    [Fact]
    public void Each_language_says_the_whole_menu_and_every_action_of_the_palette()
    {
        var needed = Menu().Matches(Sources.Value.Code).SelectMany(m => m.Groups.Values.Skip(1).Where(g => g.Value.Length > 0).Select(g => g.Value)).Distinct().ToList();
        needed.Count.ShouldBeGreaterThan(80);
        foreach (var code in Codes) needed.Except(Entries(code).Select(e => e.Key)).ShouldBeEmpty($"not in any {code}.json");
    }

    [Fact]
    public void Each_language_says_every_sentence_that_a_view_looks_up_as_it_stands()
    {
        var views = string.Join('\n', Own(".razor").Where(f => !f.Contains("Showcase", StringComparison.Ordinal)).Select(File.ReadAllText));
        var needed = Looked().Matches(views).Select(m => m.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).Where(k => k.Any(char.IsLetter)).Distinct().Except(Alike).ToList();
        needed.Count.ShouldBeGreaterThan(900);
        foreach (var code in Codes) needed.Except(Entries(code).Select(e => e.Key)).ShouldBeEmpty($"not in any {code}.json");
    }

    [Theory]
    [InlineData("""{ "{0} deals": "Deals" }""", "has not the places of its key")]
    [InlineData("""{ "{0} deals": { "one": "ein Deal" } }""", "lacks other")]
    [InlineData("""{ "{0} deals": { "one": "ein Deal", "other": "Deals" } }""", "has not the places of its key")]
    [InlineData("""{ "Deals": " " }""", "is empty")]
    public void What_is_wrong_is_found(string catalogue, string why) =>
        FaultsOf("de", "Here", JsonDocument.Parse(catalogue).RootElement).ShouldHaveSingleItem().ShouldContain(why);

    [Theory]
    [InlineData("Nobody has ever written this sentence into the program")]
    [InlineData("{0} has never written this sentence")]
    public void Words_that_nobody_says_are_found(string key) => IsSaid(key).ShouldBeFalse();

    private static IEnumerable<string> Faults(string code) => Files(code).SelectMany(file => FaultsOf(code, Module(file), Read(file)));

    private static IEnumerable<string> FaultsOf(string code, string module, JsonElement catalogue)
    {
        foreach (var entry in catalogue.EnumerateObject())
        {
            var name = $"{code}, {module}: “{entry.Name}”";
            var forms = entry.Value.ValueKind == JsonValueKind.Object ? entry.Value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString() ?? "") : null;
            foreach (var form in forms is null ? [] : Plurals.Forms(code).Except(forms.Keys)) yield return $"{name} lacks {form}";
            foreach (var (form, text) in forms ?? new() { [""] = entry.Value.GetString() ?? "" })
                if (string.IsNullOrWhiteSpace(text)) yield return $"{name} {form} is empty";
                else if (!Fits(entry.Name, text, form)) yield return $"{name} {form} has not the places of its key";
        }
    }

    // “One day” may do without its figure, and so may the Arabic forms of none and of two. The rest of the places must be there.
    private static bool Fits(string key, string text, string form)
    {
        var (wanted, found) = (Places(key), Places(text));
        if (form is "zero" or "one" or "two") wanted.ExceptWith(found.Contains("{0}") ? [] : ["{0}"]);
        return wanted.SetEquals(found);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    /// <summary>Whether each part of a key between its places stands somewhere in the code.</summary>
    private static bool IsSaid(string key) =>
        PutTogether.Any(p => key.StartsWith(p, StringComparison.Ordinal))
        || Sources.Value.Labels.Contains(key) || Sentences.Keys.Contains(key)
        || Place().Split(key).Where(part => part.Any(char.IsLetter)).All(part => Sources.Value.Code.Contains(part, StringComparison.Ordinal))
        // A label inside a sentence is written small: “It is with the executive now.” And a word of a list becomes a label: “real estate”.
        || char.IsLower(key[0]) && IsSaid(char.ToUpperInvariant(key[0]) + key[1..])
        || Sources.Value.Code.Contains($"\"{char.ToLowerInvariant(key[0])}{key[1..]}\"", StringComparison.Ordinal);

    /// <summary>All entries of a language, with the module whose catalogue they stand in.</summary>
    internal static IEnumerable<(string Module, string Key, JsonElement Value)> Entries(string code) =>
        Files(code).SelectMany(file => Read(file).EnumerateObject().Select(e => (Module(file), e.Name, e.Value)));

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    private static string Module(string file) => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!;

    private static IEnumerable<string> Files(string code) => Own(Path.Combine("Languages", code + ".json")).Order(StringComparer.Ordinal);

    /// <summary>The program's own files with this ending.</summary>
    internal static IEnumerable<string> Own(string ending) => All.Value.Where(f => f.EndsWith(ending, StringComparison.Ordinal));

    // Whole folders of other people's files are not even looked into.
    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(d => Path.GetFileName(d) is not ("bin" or "obj" or "node_modules" or "wwwroot" or "Migrations" or "Testing" or "Compute" or "Compute.Cli") && !d.EndsWith(".Tests", StringComparison.Ordinal)).SelectMany(FilesBelow));

    private static (string, HashSet<string>) ReadSources()
    {
        var code = new StringBuilder();
        foreach (var file in (string[])[.. Own(".razor"), .. Own(".cs"), .. Own(".js"), .. Own(".html"), .. Own(".txt")])
            code.Append('\n').Append(Blanks().Replace(File.ReadAllText(file).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\u00a0", "\u00a0", StringComparison.Ordinal), " "));
        var text = code.ToString();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Names().Matches(text).Select(m => m.Value).Distinct())
        {
            var words = Humps().Replace(name, " ").Replace('_', ' ').ToLowerInvariant();
            labels.Add(words);
            labels.Add(char.ToUpperInvariant(words[0]) + words[1..]);
        }

        return (text, labels);
    }

    [GeneratedRegex(@"new (?:NavItem\(""[a-z]+"", ""([^""]*)"", |Offer\(""[a-z]+"", )""([^""]*)""")]
    private static partial Regex Menu();

    [GeneratedRegex(@"(?<![\w.])T\(""((?:[^""\\]|\\.)*)""\)")]
    private static partial Regex Looked();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b([A-Z][a-z0-9]+([A-Z][a-z0-9]*)*|[a-z]+(_[a-z]+)*)\b")]
    private static partial Regex Names();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Humps();
}
