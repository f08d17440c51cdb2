using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class PureTests
{
    [Theory]
    [InlineData("brightpath.example", "https://brightpath.example", "brightpath.example")]
    [InlineData(" https://www.Brightpath.example/ ", "https://www.brightpath.example", "brightpath.example")]
    [InlineData("http://bücher.example/de", "http://bücher.example/de", "xn--bcher-kva.example")]
    public void A_web_site_is_read_as_people_type_it(string typed, string website, string domain)
    {
        var read = Profiles.Website(typed);
        read.ShouldBe(website);
        Profiles.Domain(read).ShouldBe(domain);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://files.example")]
    [InlineData("https://user:secret@bank.example")]
    [InlineData("no spaces allowed.example")]
    [InlineData("localhost")]
    public void What_is_no_web_site_is_refused(string typed) => Profiles.Website(typed).ShouldBeNull();

    [Fact]
    public void A_list_forgets_blanks_and_repeats() => TextList.Read(" Cloud, data;cloud\n\nSecurity ,").ShouldBe("Cloud; data; Security");

    [Fact]
    public void Every_state_can_be_reached_and_left()
    {
        var reached = new HashSet<PartnerState> { PartnerState.Prospect };
        while (PartnerLifecycle.Machine.Rows.Any(r => reached.Contains(r.From) && reached.Add(r.To)))
        {
        }

        reached.ShouldBe(Enum.GetValues<PartnerState>(), ignoreOrder: true);
        Enum.GetValues<PartnerState>().ShouldAllBe(s => PartnerLifecycle.Machine.Allowed(s).Count > 0);
    }

    [Fact]
    public void Every_country_has_one_region()
    {
        Countries.All.Count.ShouldBeInRange(240, 255);
        Countries.All.DistinctBy(c => c.Code).Count().ShouldBe(Countries.All.Count);
        Countries.Find("DE")!.Region.ShouldBe("EMEA");
        Countries.Find("BR")!.Region.ShouldBe("AMER");
        Countries.Find("JP")!.Region.ShouldBe("APAC");
    }
}
