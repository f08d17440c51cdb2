using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class CompanyNameTests
{
    [Theory]
    [InlineData("IRADIMED CORP.  DL-,0001", "iradimed", "corp")]
    [InlineData("Łódzka Fabryka Sp. z o.o.", "lodzka fabryka", "zoo")]
    [InlineData("Borussia Dortmund GmbH & Co. Kommanditgesellschaft auf Aktien", "borussia dortmund", "kgaa")]
    [InlineData("Telecom Italia S.p.A.", "telecom italia", "spa")]
    [InlineData("PT Perusahaan Gas Negara Tbk", "perusahaan gas negara", "tbk")]
    [InlineData("TILRAY INC. CL.2 DL-,0001", "tilray", "inc")]
    [InlineData("CECONOMY ADR 1/5", "ceconomy", "")]
    [InlineData("Reliance Industries Ltd Sponsored GDR 144A", "reliance industries", "ltd")]
    [InlineData("Публичное акционерное общество Газпром", "publichnoe aktsionernoe obshchestvo gazprom", "")]
    [InlineData("McDonald's Corporation", "mcdonalds", "corp")]
    [InlineData("L'Oréal S.A.", "l oreal", "sa")]
    [InlineData("The Gap, Inc.", "gap", "inc")]
    [InlineData("AT&T Inc.", "att", "inc")]
    [InlineData("3M Company", "3m", "co")]
    [InlineData("Toyota Motor 株式会社", "toyota motor", "kk")]
    [InlineData("Grupo Bimbo, S.A.B. de C.V.", "grupo bimbo", "sa")]
    [InlineData("Αλουμίνιον Α.Ε.", "aloyminion", "ae")]
    [InlineData("AB Volvo (publ)", "volvo", "ab")]
    public void Legal_forms_and_decorations_are_taken_off(string written, string core, string form)
    {
        var name = CompanyName.Normalise(written);
        name.Core.ShouldBe(core);
        name.LegalForm.ShouldBe(form);
    }

    [Theory]
    [InlineData("Limited", "limited")]
    [InlineData("On Holding AG", "on holding")]
    [InlineData("Company", "company")]
    public void Something_always_remains_of_a_name(string written, string core) => CompanyName.Normalise(written).Core.ShouldBe(core);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  -- ,,, ")]
    public void A_name_without_words_is_empty(string? written) => CompanyName.Normalise(written).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Order_case_accents_and_form_do_not_change_the_key() =>
        CompanyName.Normalise("Müller & Söhne GmbH").Key.ShouldBe(CompanyName.Normalise("SOHNE, MULLER - Ltd.").Key);

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        var random = new Random(7);
        string[] parts = ["acme", "GmbH", "& Co.", "S.A.", "Nord", "(Holdings)", "DL-,01", "A", "B.V.", "2000", "Ö", "株式会社", "'s", "ADR"];
        for (var i = 0; i < 2000; i++)
        {
            var written = string.Join(' ', Enumerable.Range(0, 1 + random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
            var once = CompanyName.Normalise("zeta " + written + " omega");
            CompanyName.Normalise(once.Core).Core.ShouldBe(once.Core, written);
        }
    }

    [Fact]
    public void Any_text_is_accepted()
    {
        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            var text = new string(Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(1, 0xFFFF)).ToArray());
            CompanyName.Normalise(text).ShouldNotBeNull();
            CompanyName.Normalise(new string('x', random.Next(2000)) + text).ShouldNotBeNull();
        }
    }
}
