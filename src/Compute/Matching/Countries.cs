using System.Collections.Frozen;

namespace Trellis.Compute.Matching;

/// <summary>Country names and codes to ISO 3166 alpha-2. Names in English with common variants, folded; own compilation.</summary>
internal static class Countries
{
    private const string Text = """
        ad and andorra|ae are united arab emirates,uae,emirates|af afg afghanistan|ag atg antigua and barbuda|ai aia anguilla|al alb albania|am arm armenia|ao ago angola|ar arg argentina|at aut austria,osterreich|au aus australia|aw abw aruba|az aze azerbaijan
        ba bih bosnia and herzegovina,bosnia|bb brb barbados|bd bgd bangladesh|be bel belgium,belgique,belgie|bf bfa burkina faso|bg bgr bulgaria|bh bhr bahrain|bi bdi burundi|bj ben benin|bm bmu bermuda|bn brn brunei,brunei darussalam|bo bol bolivia|br bra brazil,brasil|bs bhs bahamas|bt btn bhutan|bw bwa botswana|by blr belarus|bz blz belize
        ca can canada|cd cod democratic republic of the congo,dr congo,congo kinshasa|cf caf central african republic|cg cog congo,republic of the congo|ch che switzerland,schweiz,suisse,svizzera|ci civ ivory coast,cote d ivoire|cl chl chile|cm cmr cameroon|cn chn china,people s republic of china,prc,mainland china|co col colombia|cr cri costa rica|cu cub cuba|cv cpv cape verde|cw cuw curacao|cy cyp cyprus|cz cze czech republic,czechia
        de deu germany,deutschland|dj dji djibouti|dk dnk denmark,danmark|dm dma dominica|do dom dominican republic|dz dza algeria|ec ecu ecuador|ee est estonia|eg egy egypt|es esp spain,espana|et eth ethiopia|fi fin finland,suomi|fj fji fiji|fk flk falkland islands|fo fro faroe islands|fr fra france
        ga gab gabon|gb gbr united kingdom,uk,great britain,england,scotland,wales,northern ireland,britain|gd grd grenada|ge geo georgia|gf guf french guiana|gg ggy guernsey|gh gha ghana|gi gib gibraltar|gl grl greenland|gm gmb gambia|gn gin guinea|gp glp guadeloupe|gr grc greece,hellas|gt gtm guatemala|gu gum guam|gy guy guyana
        hk hkg hong kong,hong kong sar|hn hnd honduras|hr hrv croatia,hrvatska|ht hti haiti|hu hun hungary,magyarorszag|id idn indonesia|ie irl ireland,republic of ireland,eire|il isr israel|im imn isle of man|in ind india|iq irq iraq|ir irn iran|is isl iceland,island|it ita italy,italia|je jey jersey|jm jam jamaica|jo jor jordan|jp jpn japan,nippon
        ke ken kenya|kg kgz kyrgyzstan|kh khm cambodia|kr kor south korea,korea,republic of korea,korea republic|kw kwt kuwait|ky cym cayman islands|kz kaz kazakhstan|la lao laos|lb lbn lebanon|lc lca saint lucia|li lie liechtenstein|lk lka sri lanka|lr lbr liberia|ls lso lesotho|lt ltu lithuania|lu lux luxembourg|lv lva latvia|ly lby libya
        ma mar morocco|mc mco monaco|md mda moldova|me mne montenegro|mg mdg madagascar|mh mhl marshall islands|mk mkd north macedonia,macedonia|ml mli mali|mm mmr myanmar,burma|mn mng mongolia|mo mac macau,macao|mq mtq martinique|mr mrt mauritania|mt mlt malta|mu mus mauritius|mv mdv maldives|mw mwi malawi|mx mex mexico|my mys malaysia|mz moz mozambique
        na nam namibia|nc ncl new caledonia|ne ner niger|ng nga nigeria|ni nic nicaragua|nl nld netherlands,the netherlands,holland,nederland|no nor norway,norge|np npl nepal|nz nzl new zealand|om omn oman|pa pan panama|pe per peru|pf pyf french polynesia|pg png papua new guinea|ph phl philippines|pk pak pakistan|pl pol poland,polska|pr pri puerto rico|ps pse palestine|pt prt portugal|py pry paraguay|qa qat qatar
        re reu reunion|ro rou romania|rs srb serbia|ru rus russia,russian federation|rw rwa rwanda|sa sau saudi arabia|sc syc seychelles|sd sdn sudan|se swe sweden,sverige|sg sgp singapore|si svn slovenia|sk svk slovakia,slovak republic|sl sle sierra leone|sm smr san marino|sn sen senegal|so som somalia|sr sur suriname|sv slv el salvador|sy syr syria|sz swz eswatini,swaziland
        tc tca turks and caicos islands|td tcd chad|tg tgo togo|th tha thailand|tj tjk tajikistan|tm tkm turkmenistan|tn tun tunisia|tr tur turkey,turkiye|tt tto trinidad and tobago|tw twn taiwan,republic of china,chinese taipei|tz tza tanzania|ua ukr ukraine|ug uga uganda|us usa united states,united states of america,u s a,u s,america|uy ury uruguay|uz uzb uzbekistan
        vc vct saint vincent and the grenadines|ve ven venezuela|vg vgb british virgin islands|vi vir us virgin islands|vn vnm vietnam,viet nam|ws wsm samoa|ye yem yemen|za zaf south africa|zm zmb zambia|zw zwe zimbabwe
        """;

    private static readonly FrozenDictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> Lookup = Read().ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Two letters packed in 16 bits, or 0 when the country is blank or not known.</summary>
    public static ushort Code(ReadOnlySpan<char> country)
    {
        Span<char> folded = stackalloc char[64];
        var n = FieldText.FoldWords(country, folded);
        return n > 0 && Lookup.TryGetValue(folded[..n], out var code) ? code : (ushort)0;
    }

    /// <summary>The two letters of a packed code, upper case.</summary>
    public static string Letters(ushort code) => new([(char)((code >> 8) - 32), (char)((code & 0xFF) - 32)]);

    private static Dictionary<string, ushort> Read()
    {
        var codes = new Dictionary<string, ushort>();
        foreach (var part in Text.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var code = (ushort)(part[0] << 8 | part[1]);
            codes.TryAdd(part[..2], code);
            codes.TryAdd(part[3..6], code);
            foreach (var name in part[7..].Split(',')) codes.TryAdd(name, code);
        }

        return codes;
    }
}
