using System.Collections.Frozen;
using System.Globalization;

namespace Trellis.Compute.Matching;

/// <summary>What a host, URL or e-mail address says about its owner.</summary>
/// <param name="Registrable">The name that somebody registered: "acme.co.uk"; lower case, IDN in its xn-- form.</param>
/// <param name="Label">Its first label: "acme".</param>
/// <param name="IsFreeMail">True for providers where anyone has an address: such a domain says nothing about the company.</param>
public sealed record DomainName(string Registrable, string Label, bool IsFreeMail);

/// <summary>Registrable domains of hosts, e-mail addresses and URLs, by a built-in selection of the public suffix list.</summary>
public static class Domains
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FreeMail =
        ("gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.com live.co.uk live.nl live.fr msn.com passport.com windowslive.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de "
         + "yahoo.it yahoo.es yahoo.co.jp yahoo.co.in yahoo.com.br yahoo.com.ar yahoo.com.au yahoo.ca yahoo.com.mx yahoo.in ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de "
         + "t-online.de freenet.de arcor.de 1und1.de mail.de posteo.de mailbox.org protonmail.com proton.me pm.me tutanota.com tuta.io fastmail.com fastmail.fm hey.com zoho.com zohomail.com mail.com email.com inbox.com mail.ru "
         + "yandex.ru yandex.com ya.ru bk.ru list.ru inbox.ru rambler.ru ukr.net i.ua wp.pl o2.pl onet.pl interia.pl op.pl gazeta.pl seznam.cz centrum.cz email.cz azet.sk freemail.hu citromail.hu libero.it virgilio.it tiscali.it "
         + "alice.it tin.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl bluewin.ch hispeed.ch sunrise.ch aon.at chello.at btinternet.com "
         + "btopenworld.com virginmedia.com ntlworld.com sky.com talktalk.net blueyonder.co.uk comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net roadrunner.com "
         + "shaw.ca rogers.com sympatico.ca telus.net bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com 139.com 189.cn yeah.net aliyun.com naver.com daum.net "
         + "hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br telia.com online.no home.no mail.dk sapo.pt otenet.gr abv.bg walla.com walla.co.il "
         // Pages and profiles that anybody may have there.
         + "facebook.com linkedin.com instagram.com wordpress.com wixsite.com blogspot.com github.io")
            .Split(' ').ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The registrable domain of a host, URL or e-mail address, or null when there is none (blank, an IP address, one label, not a host).</summary>
    public static string? Registrable(string? text) => Parse(text)?.Registrable;

    /// <summary>True when the text's registrable domain belongs to a free mail provider.</summary>
    public static bool IsFreeMail(string? text) => Parse(text)?.IsFreeMail ?? false;

    /// <summary>Registrable domain, first label and free mail flag; null when the text holds no registrable domain.</summary>
    public static DomainName? Parse(string? text)
    {
        Span<char> buffer = stackalloc char[MaxHost];
        if (!TryParse(text, buffer, out var length, out var label, out var free)) return null;
        return new DomainName(buffer[..length].ToString(), buffer[..label].ToString(), free);
    }

    internal const int MaxHost = 256;

    /// <summary>Writes the registrable domain into the buffer (<see cref="MaxHost"/> characters); no allocation for ASCII hosts.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, Span<char> buffer, out int length, out int labelLength, out bool freeMail)
    {
        (length, labelLength, freeMail) = (0, 0, false);
        var host = HostOf(text);
        if (host.IsEmpty || host.Length >= MaxHost) return false;
        var n = Lower(host, buffer);
        if (n < 3) return false;
        var start = RegistrableStart(buffer[..n]);
        if (start < 0) return false;
        buffer[start..n].CopyTo(buffer);
        length = n - start;
        labelLength = buffer[..length].IndexOf('.');
        freeMail = FreeMail.Contains(buffer[..length]);
        return labelLength > 0;
    }

    private static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var scheme = text.IndexOf("://");
        if (scheme >= 0) text = text[(scheme + 3)..];
        else if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        var end = text.IndexOfAny("/?#\\ ,;");
        if (end >= 0) text = text[..end];
        var at = text.LastIndexOf('@');
        if (at >= 0) text = text[(at + 1)..];
        var port = text.IndexOf(':');
        if (port >= 0) text = text[..port];
        return text.Trim('.');
    }

    // Lower-cases and checks the host; −1 for anything that is no host name.
    private static int Lower(ReadOnlySpan<char> host, Span<char> into)
    {
        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            if (c >= 0x80) return Punycode(host, into);
            if (char.IsAsciiLetterUpper(c)) c = (char)(c | 0x20);
            else if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_')) return -1;
            if (c == '.' && host[i - 1] == '.') return -1; // i > 0: outer dots were trimmed
            into[i] = c;
        }

        return host.Length;
    }

    private static int Punycode(ReadOnlySpan<char> host, Span<char> into)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(host.ToString()).ToLowerInvariant();
            if (ascii.Length > into.Length) return -1;
            ascii.CopyTo(into);
            return ascii.Length;
        }
        catch (ArgumentException)
        {
            return -1; // not a host name: the same answer as for any other unreadable text
        }
    }

    private static int RegistrableStart(ReadOnlySpan<char> host)
    {
        var last = host.LastIndexOf('.');
        if (last <= 0 || host.Length - last < 3 || char.IsAsciiDigit(host[^1])) return -1;
        var second = host[..last].LastIndexOf('.');
        if (!PublicSuffixes.IsTwoLabelSuffix(host[(second + 1)..])) return second + 1;
        if (second < 0) return -1; // a bare suffix such as "co.uk"
        return host[..second].LastIndexOf('.') + 1;
    }
}
