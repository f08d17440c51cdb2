using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class DomainsTests
{
    [Theory]
    [InlineData("http://www.acme.co.uk/about?x=1", "acme.co.uk")]
    [InlineData("Jane.Doe@Mail.Acme.COM", "acme.com")]
    [InlineData("https://user:pw@shop.acme.com.br:8443/x", "acme.com.br")]
    [InlineData("acme.de.", "acme.de")]
    [InlineData("www.ww-ag.com", "ww-ag.com")]
    [InlineData("group.dentsu.com", "dentsu.com")]
    [InlineData("acme.github.io", "acme.github.io")]
    [InlineData("www.nitori.co.jp", "nitori.co.jp")]
    [InlineData("müller.de", "xn--mller-kva.de")]
    [InlineData("mailto:info@acme.fr", "acme.fr")]
    public void Hosts_addresses_and_urls_give_the_registrable_domain(string text, string expected) => Domains.Registrable(text).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("192.168.0.1")]
    [InlineData("co.uk")]
    [InlineData("http://[::1]/")]
    [InlineData("not a domain")]
    [InlineData("a..b.com")]
    public void What_is_no_domain_gives_none(string? text) => Domains.Registrable(text).ShouldBeNull();

    [Theory]
    [InlineData("jane@gmail.com", true)]
    [InlineData("jane@web.de", true)]
    [InlineData("jane@acme.com", false)]
    public void Free_mail_providers_are_flagged(string text, bool free) => Domains.IsFreeMail(text).ShouldBe(free);
}
