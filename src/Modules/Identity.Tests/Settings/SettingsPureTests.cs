using Trellis.Identity.Currency;
using Trellis.Identity.Settings;

namespace Trellis.Identity.Tests.Settings;

public sealed class SettingsPureTests
{
    [Fact]
    public void Whatever_the_colour_its_shades_are_readable_in_both_themes()
    {
        var chance = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var style = BrandStyle.Of(new((byte)chance.Next(256), (byte)chance.Next(256), (byte)chance.Next(256)));
            foreach (var (shades, paper) in new[] { (style.Light, Colour.White), (style.Dark, new Colour(0x14, 0x1d, 0x1a)) })
            {
                shades.Accent.Contrast(shades.Ink).ShouldBeGreaterThanOrEqualTo(4.5, $"{style.Wished}: words on a button");
                shades.Hover.Contrast(shades.Ink).ShouldBeGreaterThanOrEqualTo(4.5, $"{style.Wished}: words on a button under the pointer");
                shades.Accent.Contrast(paper).ShouldBeGreaterThanOrEqualTo(3, $"{style.Wished}: the button itself");
                shades.Text.Contrast(paper).ShouldBeGreaterThanOrEqualTo(4.5, $"{style.Wished}: a link");
                shades.Text.Contrast(shades.Soft).ShouldBeGreaterThanOrEqualTo(4.5, $"{style.Wished}: a link on soft ground");
            }
        }
    }

    [Theory]
    [InlineData("#ffffff", "#000000", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#0b6b5b", "#ffffff", 6.44)]
    public void Contrast_is_that_of_wcag(string one, string other, double ratio) => Colour.Parse(one)!.Value.Contrast(Colour.Parse(other)!.Value).ShouldBe(ratio, 0.02);

    [Theory]
    [InlineData("partners.example.com", "partners.example.com")]
    [InlineData(" https://Partners.Example.com/ ", "partners.example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("127.0.0.1", null)]
    [InlineData("localhost", null)]
    [InlineData("db.internal", null)]
    [InlineData("example.com/path", null)]
    [InlineData("a b.example", null)]
    public void A_host_is_a_name_of_the_internet(string typed, string? host) => HostProofs.Normalise(typed).ShouldBe(host);

    [Fact]
    public void An_answer_of_the_name_system_is_read_and_a_damaged_one_is_none()
    {
        var answer = DnsAnswer(7, "_trellis.example.com", "trellis=abc");
        HostProofs.Texts(answer, 7).ShouldBe(["trellis=abc"]);
        HostProofs.Texts(answer, 8).ShouldBeNull("an answer to another question");
        for (var cut = 0; cut < answer.Length; cut++) HostProofs.Texts(answer.AsSpan(0, cut), 7).ShouldBeNull($"cut after {cut} bytes");
        var chance = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            var broken = (byte[])answer.Clone();
            broken[chance.Next(2, broken.Length)] = (byte)chance.Next(256);
            HostProofs.Texts(broken, 7);
        }
    }

    internal static byte[] DnsAnswer(ushort id, string name, string text)
    {
        var question = HostProofs.Question(id, name);
        (question[2], question[7]) = (0x81, 1);
        var data = System.Text.Encoding.ASCII.GetBytes(text);
        return [.. question, 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte)(data.Length + 1), (byte)data.Length, .. data];
    }

    [Fact]
    public void A_file_of_the_central_bank_is_read_as_it_is_published()
    {
        var rates = RateFile.Read("Date,USD,JPY,CYP,GBP,\r\n2024-05-03,1.0744,164.05,N/A,0.85665,\r\n2024-05-02,1.0698,166.04,N/A,0.85520,\r\n").Value;
        rates.Count.ShouldBe(6);
        rates.ShouldContain(new NewRate("EUR", "GBP", new DateOnly(2024, 5, 3), 8_566_500_000));
        RateFile.Read("Date, USD, JPY, \r\n03 May 2024, 1.0744, 164.05, \r\n").Value.ShouldContain(new NewRate("EUR", "USD", new DateOnly(2024, 5, 3), 10_744_000_000));
        RateFile.Read("from;to;date;rate\nGBP;USD;2024-05-03;1,2543\n").Value.Single().ShouldBe(new NewRate("GBP", "USD", new DateOnly(2024, 5, 3), 12_543_000_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2")]
    [InlineData("from,to,date,rate\nEUR,USD,2024-13-01,1.1")]
    [InlineData("from,to,date,rate\nEUR,XXX,2024-01-01,1.1")]
    [InlineData("from,to,date,rate\nEUR,USD,2024-01-01,-1")]
    [InlineData("from,to,date,rate\nEUR,USD,2024-01-01,1,234.5")]
    [InlineData("from,to,date,rate\nEUR,EUR,2024-01-01,1")]
    [InlineData("from;to;date;rate\nEUR;USD;2024-01-01;1,084")]
    [InlineData("from;to;date;rate\nEUR;JPY;2024-01-01;164,050")]
    [InlineData("from,to,date,rate\nEUR,USD,2024-01-01,")]
    public void A_wrong_file_is_refused_with_its_line(string text) => RateFile.Read(text).Ok.ShouldBeFalse();

    [Theory]
    [InlineData("0,845", true)]
    [InlineData("1,0834", true)]
    [InlineData("1.084", true)]
    [InlineData("1084", true)]
    [InlineData("1,084", false)]
    [InlineData("12,345", false)]
    public void A_rate_that_can_be_read_in_two_ways_is_refused(string typed, bool taken) => RateFile.Check("EUR", "USD", new DateOnly(2024, 1, 1), typed).Ok.ShouldBe(taken, typed);

    [Theory]
    [InlineData(1.10, 0.909, false)]
    [InlineData(1.10, 0.95, false)]
    [InlineData(1.10, 1.10, true)]
    [InlineData(110, 0.909, true)]
    public void Rates_of_both_directions_that_do_not_fit_are_doubted(double rate, double opposite, bool doubted) =>
        EnterRates.Contradict(RateRow.Read((decimal)rate)!.Value, RateRow.Read((decimal)opposite)!.Value).ShouldBe(doubted);
}
