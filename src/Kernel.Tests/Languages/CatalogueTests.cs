using System.Globalization;

namespace Trellis.Kernel.Tests.LanguagesOfPeople;

public sealed class CatalogueTests
{
    private static readonly Language German = new("de", "Deutsch", CultureInfo.GetCultureInfo("de"), new(Catalogue.Parse("de", """
        {
          "Open": "Offen",
          "The name": "Der Name",
          "{0} decides.": "{0} entscheidet.",
          "{0} is needed.": "{0} wird gebraucht.",
          "{0} deals": { "one": "{0} Geschäft", "other": "{0} Geschäfte" },
          "It ends on {0}; then {1} is payable.": "Es endet am {0}; dann ist {1} zahlbar.",
          "{0}: {1}": "{1} ({0})"
        }
        """)));

    private static readonly Language Arabic = new("ar", "العربية", CultureInfo.InvariantCulture, new(Catalogue.Parse("ar", """
        { "{0} deals": { "zero": "z", "one": "one", "two": "two", "few": "{0} few", "many": "{0} many", "other": "{0} other" } }
        """)));

    [Theory]
    [InlineData("en", 0, "other")]
    [InlineData("en", 1, "one")]
    [InlineData("de", 2, "other")]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 1, "one")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 3, "few")]
    [InlineData("ar", 10, "few")]
    [InlineData("ar", 11, "many")]
    [InlineData("ar", 99, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("ar", 102, "other")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 111, "many")]
    [InlineData("ar", 1.5, "other")]
    public void A_number_takes_the_form_that_CLDR_gives_it(string language, double number, string form) => Plurals.Form(language, (decimal)number).ShouldBe(form);

    [Fact]
    public void A_fraction_of_one_that_is_written_out_is_not_the_singular() => Plurals.Form("en", 1.0m).ShouldBe("other");

    [Fact]
    public void A_sentence_keeps_its_figures_apart_and_says_them_as_the_language_writes_them()
    {
        Phrase phrase = Of($"It ends on {new DateOnly(2026, 12, 1):d MMM yyyy}; then {1234.5m:N2} is payable.");
        phrase.Key.ShouldBe("It ends on {0}; then {1} is payable.");
        phrase.In(German).ShouldBe("Es endet am 1 Dez. 2026; dann ist 1.234,50 zahlbar.");
        phrase.In(null).ShouldContain("1 Dec 2026");
    }

    [Theory]
    [InlineData(1, "1 Geschäft", "one")]
    [InlineData(2, "2 Geschäfte", "two")]
    [InlineData(7, "7 Geschäfte", "7 few")]
    [InlineData(11, "11 Geschäfte", "11 many")]
    public void A_counted_thing_takes_its_plural(int count, string german, string arabic)
    {
        Of($"{count} deals").In(German).ShouldBe(german);
        Of($"{count} deals").In(Arabic).ShouldBe(arabic);
    }

    [Fact]
    public void What_nobody_has_translated_stays_English_and_is_noted()
    {
        Of($"{3} things nobody knows").In(German).ShouldBe("3 things nobody knows");
        German.Catalogue!.Missed.ShouldContain("{0} things nobody knows");
    }

    [Fact]
    public void A_word_of_the_program_is_translated_and_the_same_word_typed_by_a_person_is_not()
    {
        var typed = new string(['O', 'p', 'e', 'n']);
        German.Catalogue!.Known("Open").ShouldBe("Offen");
        German.Catalogue!.Known(typed).ShouldBe("Open");
        Of($"{typed} decides.").In(German).ShouldBe("Open entscheidet.");
    }

    [Fact]
    public void The_label_of_a_status_is_a_word_of_the_program() => ReferenceEquals(string.IsInterned(Words.Label(ProblemKind.Stale)), Words.Label(ProblemKind.Stale)).ShouldBeTrue();

    [Theory]
    [InlineData("Mara Okafor decides.", "Mara Okafor entscheidet.")]
    [InlineData("The name is needed.", "Der Name wird gebraucht.")]
    [InlineData("It ends on 1 Dec 2026; then USD\u00a01,234.50 is payable.", "Es endet am 1. Dez. 2026; dann ist USD\u00a01.234,50 zahlbar.")]
    [InlineData("First line\n\nMara decides.\n", "First line\n\nMara entscheidet.\n")]
    [InlineData("Acme: data platform", "Acme: data platform")]
    [InlineData(" decides.", " decides.")]
    [InlineData("", "")]
    public void A_kept_sentence_is_recognised_by_the_entry_it_was_made_of(string kept, string told) => German.Catalogue!.Retell(kept, German.Culture).ShouldBe(told);

    [Fact]
    public void Of_two_entries_that_fit_the_one_with_more_words_is_taken()
    {
        var catalogue = Catalogue.Parse("de", """{ "{0} decides.": "kurz {0}", "The {0} of the vendor decides.": "lang {0}" }""");
        catalogue.Retell("The manager of the vendor decides.", CultureInfo.InvariantCulture).ShouldBe("lang manager");
    }

    [Theory]
    [InlineData("Choose Acme", "Acme wählen")]
    [InlineData("Choose what kind of company it is.", "Choose what kind of company it is.")]
    public void A_sentence_of_its_own_is_not_taken_for_the_name_of_a_box(string kept, string told) =>
        Catalogue.Parse("de", """{ "Choose {0}": "{0} wählen" }""").Retell(kept, German.Culture).ShouldBe(told);

    [Fact]
    public void A_sentence_inside_a_sentence_is_said_too_and_a_name_that_ends_with_a_full_stop_stays()
    {
        var catalogue = Catalogue.Parse("de", """{ "Line {0}: {1}": "Zeile {0}: {1}", "“{0}” stands here twice.": "„{0}“ steht hier zweimal.", "The rule has no outcome.": "Die Regel hat kein Ergebnis.", "It goes to {0}": "Es geht an {0}" }""");
        catalogue.Retell("Line 3: “tier” stands here twice.", German.Culture).ShouldBe("Zeile 3: „tier“ steht hier zweimal.");
        catalogue.Retell("Line 4: The rule has no outcome.", German.Culture).ShouldBe("Zeile 4: Die Regel hat kein Ergebnis.");
        catalogue.Retell("It goes to Adriatica S.r.l.", German.Culture).ShouldBe("Es geht an Adriatica S.r.l.");
    }

    [Fact]
    public void What_somebody_has_typed_into_a_sentence_is_not_half_translated()
    {
        var catalogue = Catalogue.Parse("de", """{ "On hold for now: {0}": "Vorerst angehalten: {0}", "{0} is missing.": "{0} fehlt.", "It is decided within {0}": "Entschieden wird in {0}", "{0} business days": "{0} Arbeitstagen" }""");
        catalogue.Retell("On hold for now: The invoice is missing.", German.Culture).ShouldBe("Vorerst angehalten: The invoice is missing.");
        catalogue.Retell("On hold for now: 3 invoices of 4 is missing.", German.Culture).ShouldBe("Vorerst angehalten: 3 invoices of 4 is missing.");
        catalogue.Retell("The invoice is missing.", German.Culture).ShouldBe("The invoice fehlt.", "a sentence of its own is the program's");
        catalogue.Retell("It is decided within 5 business days", German.Culture).ShouldBe("Entschieden wird in 5 Arbeitstagen");
    }

    [Fact]
    public void A_list_of_words_of_the_program_is_said_word_by_word_and_a_list_of_names_stays()
    {
        var catalogue = Catalogue.Parse("de", """{ "Open": "Offen", "Lost": "Verloren", "Known are {0}.": "Bekannt sind {0}." }""");
        catalogue.Retell("Known are Open, Lost.", German.Culture).ShouldBe("Bekannt sind Offen, Verloren.");
        catalogue.Retell("Known are Open, Acme.", German.Culture).ShouldBe("Bekannt sind Open, Acme.");
    }

    [Fact]
    public void A_name_in_a_sentence_that_runs_from_right_to_left_keeps_its_own_direction()
    {
        Languages.Load([]);
        var arabic = new Language("ar", "العربية", CultureInfo.GetCultureInfo("ar"), new(Catalogue.Parse("ar", """{ "{0} decides.": "يقرر {0}.", "Open": "مفتوح" }""")));
        var (name, own) = (new string("Adriatica S.r.l.".AsSpan()), new string("شركة".AsSpan()));
        Of($"{name} decides.").In(arabic).ShouldBe("يقرر \u2068Adriatica S.r.l.\u2069.");
        Of($"{own} decides.").In(arabic).ShouldBe("يقرر شركة.", "it runs as the sentence does");
        Of($"{"Open"} decides.").In(arabic).ShouldBe("يقرر مفتوح.");
        Of($"{name} decides.").In(German).ShouldBe("Adriatica S.r.l. entscheidet.");
        arabic.Catalogue!.Retell("Adriatica S.r.l. decides.", arabic.Culture).ShouldBe("يقرر \u2068Adriatica S.r.l.\u2069.");
    }

    [Fact]
    public void Many_unknown_texts_do_not_fill_the_memory()
    {
        var catalogue = Catalogue.Parse("de", "{}");
        for (var i = 0; i < 6_000; i++) catalogue.Missing($"text {i}");
        catalogue.Missed.Count.ShouldBeLessThanOrEqualTo(5_000);
    }

    private static Phrase Of(Phrase phrase) => phrase;
}
