using System.Collections.Frozen;

namespace Trellis.Compute.Matching;

/// <summary>
/// Suffixes of more than one label under which the public registers names, and hosting platforms whose customers each have a label.
/// A compact selection after publicsuffix.org (rules in common business use); any other name is registered directly under its last label.
/// </summary>
internal static class PublicSuffixes
{
    // country code: second labels
    private const string Registries = """
        uk: co org me ltd plc net sch ac gov nhs police mod|au: com net org edu gov asn id|nz: co net org ac govt geek gen kiwi maori mil school cri health iwi
        jp: co ne or ac go ad ed gr lg tokyo osaka|kr: co ne or re pe go ac hs ms es|cn: com net org gov edu ac mil bj sh tj cq gd zj js sd hk
        hk: com net org edu gov idv|tw: com net org edu gov idv game ebiz club|sg: com net org edu gov per|my: com net org edu gov mil name|th: co in ac or go net mi
        id: co or ac go net web sch my biz desa|ph: com net org edu gov mil ngo|vn: com net org edu gov biz info name pro health ac|in: co net org gen firm ind ac edu res gov mil nic
        pk: com net edu org fam biz web gov|bd: com net org edu gov ac mil|lk: com org edu gov net ltd ac|np: com org edu gov net mil|kh: com net org edu gov per
        br: com net org gov edu art ind inf eco adv eng blog app dev log srv tur tv wiki med mil|ar: com net org edu gob gov int mil tur coop|mx: com net org edu gob|cl: gob gov co mil|co: com net org edu gov mil nom
        pe: com net org edu gob mil nom|ec: com net org edu gob gov fin med info pro mil|ve: com net org co gob gov edu info web|uy: com net org edu gub mil|py: com net org edu gov coop mil|bo: com net org edu gob gov int mil tv
        cr: co or ac go fi ed sa|pa: com net org edu gob sld ing abo med nom|do: com net org edu gob gov web art mil sld|gt: com net org edu gob ind mil|sv: com org edu gob red|hn: com net org edu gob mil|ni: com net org edu gob co ac in info int mil nom web
        pr: com net org edu gov biz info name pro est prof ac isla|jm: com net org edu gov mil|tt: co com org net biz info pro name gov edu|bb: com net org edu gov co biz info store tv|bz: com net org edu gov
        za: co net org ac gov web law nom school alt edu mil|ng: com net org edu gov sch name mobi mil i|ke: co or ne ac go sc me mobi info|gh: com edu gov org mil|tz: co or ac go ne me hotel info mil mobi sc tv|ug: co or ac go ne sc com org
        zm: com co org net ac edu gov info biz mil sch|zw: co org ac gov mil|bw: co org|na: com co org net info pro|mz: co org net edu gov ac adv mil|ao: co it og pb ed gv|mu: com net org gov ac co or|ma: co net org gov ac press|tn: com ens fin gov ind info intl mincom nat net org perso tourism
        eg: com edu gov net org sci eun mil name|dz: com org net gov edu asso pol art|ly: com net org edu gov sch med id plc|et: com gov org edu biz name info net|rw: ac co coop gov mil net org|ci: com org edu net co or ac go asso int md
        sn: com org edu art gouv perso univ|cm: co com gov net|il: co net org ac gov k12 muni idf|sa: com net org edu gov med pub sch|ae: co net org ac gov sch mil|qa: com net org edu gov mil name sch|kw: com net org edu gov emb ind|bh: com net org edu gov|om: com net org edu gov med co museum pro
        jo: com net org edu gov mil name sch|lb: com net org edu gov|iq: com net org edu gov mil|ir: co net org ac gov id sch|ye: com net org edu gov mil|tr: com net org edu gov bel pol mil k12 av dr bbs name gen tel info biz web tv kep|cy: com net org ac gov ltd biz ekloges press pro tm|gr: com net org edu gov
        mt: com net org edu|pl: com net org edu gov biz info waw|pt: com org edu gov nome publ int net|es: com org nom gob edu|it: gov edu|fr: com asso gouv nom prd tm|ro: com org info firm nom store tm arts rec www nt|hu: co org info priv sport tm
        at: co or ac gv|ua: com net org edu gov in kiev kyiv lviv odesa kharkov dp|by: com gov mil of|ru: com org net msk spb ac edu gov int mil pp|kz: com org net edu gov mil|uz: com co net org|ge: com net org edu gov mil pvt|az: com net org edu gov biz info int mil name pp pro|am: com net org co commune
        rs: co org edu ac gov in|hr: com from iz name|ba: com net org edu gov mil|mk: com net org edu gov inf name|al: com net org edu gov mil|si: ac|se: pp org tm|no: co|lv: com net org edu gov id asn conf mil|lt: gov|ee: com pri org edu gov lib med riik fie aip|is: com net org edu gov int
        im: co com net org ac ltd tt tv|je: co net org|gg: co net org|gi: com ltd gov mod edu org|fj: com net org ac gov biz info mil name pro|pg: com net ac gov mil org|mo: com net org edu gov|mn: gov edu org|mm: com net org edu gov|la: com|bn: com net org edu gov|af: com net org edu gov|cu: com net org edu gov inf|ht: com org net edu gouv info
        us: k12 state|ag: com org net co nom|ai: com net org off|lc: com net org co edu gov|vc: com net org gov mil edu|gd: edu gov|dm: com net org edu gov|bs: com net org edu gov|bm: com net org edu gov|ky: com net org edu gov|vg: com|mg: org nom gov prd tm edu mil com co|re: asso com nom|nc: asso nom|pf: com org edu
        com: uk us de eu gb jpn br cn hu no ru sa se uy za ar co mex kr gr|net: uk se gb jp hu in|org: eu us ae
        """;

    private const string Platforms = "github.io gitlab.io blogspot.com wordpress.com wixsite.com weebly.com webflow.io myshopify.com herokuapp.com azurewebsites.net netlify.app vercel.app "
        + "pages.dev web.app firebaseapp.com business.site squarespace.com godaddysites.com jimdofree.com jimdosite.com tumblr.com hubspotpagebuilder.com my.site.com cloudfront.net fly.dev onrender.com "
        + "force.com sharepoint.com atlassian.net zendesk.com notion.site carrd.co";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Read().ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when the last two labels together are a suffix, so that the registrable name has three.</summary>
    public static bool IsTwoLabelSuffix(ReadOnlySpan<char> lastTwoLabels) => Lookup.Contains(lastTwoLabels);

    private static IEnumerable<string> Read()
    {
        foreach (var part in Registries.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':');
            foreach (var second in part[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return $"{second}.{part[..colon]}";
        }

        foreach (var platform in Platforms.Split(' ')) yield return platform;
    }
}
