using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("  Müller   & Söhne ", "muller & sohne")]
    [InlineData("ÉCOLE\u00a0Ça", "ecole ca")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Ω≈ Αθήνα", "ω≈ αθηνα")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("tab\tand\nline", "tab and line")]
    [InlineData("\u0301", "")]
    [InlineData("", "")]
    public void Text_is_folded_for_search(string text, string folded) => Text.Fold(text).ShouldBe(folded);

    [Fact]
    public void Half_a_pair_does_not_stop_the_search() => Text.Fold("half \ud800 of a pair").ShouldBe("half \ufffd of a pair");

    [Fact]
    public void A_message_from_elsewhere_is_made_storable()
    {
        Text.Storable("a\0b\ud800c", 100).ShouldBe("ab\ufffdc");
        Text.Storable("plain", 5).ShouldBe("plain");
        Text.Storable("too long", 5).ShouldBe("too …");
        Text.Storable("abc😀def", 5).ShouldBe("abc…");
    }

    [Fact]
    public void Folding_skips_what_is_empty_and_joins_the_rest_with_one_blank() => Text.Fold("A", null, " ", "\u0301", "B").ShouldBe("a b");

    [Fact]
    public void Folding_is_total_storable_and_changes_nothing_the_second_time()
    {
        var chance = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, chance.Next(12)).Select(_ => (char)(chance.Next(3) == 0 ? chance.Next(0x10000) : chance.Next(0x250)))]);
            var folded = Text.Fold(text);
            Text.IsClean(folded).ShouldBeTrue();
            Text.Fold(folded).ShouldBe(folded, string.Join(' ', text.Select(c => $"{(int)c:x4}")));
            folded.ShouldNotContain("  ");
            folded.ShouldBe(folded.Trim());
        }
    }

    [Fact]
    public void Clean_text_is_what_every_engine_stores()
    {
        Text.IsClean("plain\ttext\r\n with 👩‍👩‍👧 and Ωç").ShouldBeTrue();
        Text.IsClean("a\0b").ShouldBeFalse();
        Text.IsClean("invoice\u202Efdp.exe").ShouldBeFalse("it reads as invoiceexe.pdf");
        Text.IsClean("\u2066Acme\u2069").ShouldBeFalse();
        Text.IsClean("שלום and مرحبا").ShouldBeTrue();
        Text.IsClean("one line\n\u2067another\u2069").ShouldBeTrue("several lines in a mixed script may need it");
        Text.Fold("A\u202Eb").ShouldBe("ab");
        Text.IsClean("a\u001bb").ShouldBeFalse();
        Text.IsClean("a\u0085b").ShouldBeFalse();
        Text.IsClean("\ud83d").ShouldBeFalse();
        Text.IsClean("\ude00\ud83d").ShouldBeFalse();
        Text.IsClean("\ud83d\ude00").ShouldBeTrue();
    }

    [Fact]
    public void Nothing_but_blanks_is_nothing()
    {
        Text.OrNull(" \t\u00a0").ShouldBeNull();
        Text.OrNull(null).ShouldBeNull();
        Text.OrNull(" a ").ShouldBe("a");
    }

    [Fact]
    public async Task Tables_pages_and_json_write_every_enum_member_alike()
    {
        var app = await TrialHost.SharedAsync(Database.Sqlite);
        var enums = app.Services.GetRequiredService<ModuleList>().Modules.Select(m => m.GetType().Assembly).Append(typeof(Db).Assembly).Distinct()
            .SelectMany(a => a.GetTypes()).Where(t => t.IsEnum && !t.ContainsGenericParameters).ToList();
        enums.Count.ShouldBeGreaterThan(10);
        foreach (var type in enums)
        {
            if (type.IsDefined(typeof(FlagsAttribute), false)) continue;
            foreach (var name in Enum.GetNames(type))
                JsonSerializer.Serialize(Enum.Parse(type, name), type, Json.Options).ShouldBe($"\"{Words.Snake(name)}\"", $"{type.Name}.{name}");
        }
    }

    [Fact]
    public void Words_of_an_enum_go_both_ways()
    {
        foreach (var state in Enum.GetValues<ProblemKind>()) Words.Parse<ProblemKind>(Words.Of(state)).ShouldBe(state);
        Words.Parse<ProblemKind>("Invalid").ShouldBeNull();
        Words.Parse<ProblemKind>("0").ShouldBeNull();
        Words.Parse<ProblemKind>(null).ShouldBeNull();
        Words.Snake("InfoRequested").ShouldBe("info_requested");
        Words.Snake("CRMSync").ShouldBe("crm_sync");
        Words.Label(JobState.Succeeded).ShouldBe("Succeeded");
    }
}
