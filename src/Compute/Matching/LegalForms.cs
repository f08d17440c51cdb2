using System.Collections.Frozen;

namespace Trellis.Compute.Matching;

/// <summary>
/// Legal forms of companies over the world, folded as <see cref="Letters"/> folds them, each with a short canonical form.
/// Compiled by hand after the Entity Legal Forms code list (ISO 20275, GLEIF) and common usage; forms with the same meaning in one
/// language share a canonical form, so that "Kommanditgesellschaft auf Aktien" and "KGaA" agree.
/// </summary>
internal static class LegalForms
{
    // canonical: spelling, spelling …; a spelling may have several words
    private const string Text = """
        inc: inc, incorporated, incorporation, incorp
        corp: corp, corporation, cor, corpn
        co: co, company, comp, cy, cie, compagnie, cia, companhia, compania, compagnia
        ltd: ltd, limited, ltda, limitada, ltee, limitee, lted, co ltd, company limited, co limited, ltd co, coltd, coltd, private limited, pvt ltd, pvt limited, private ltd, pte ltd, pte limited, pte, pty ltd, pty limited, pty, proprietary limited, proprietary, p ltd, pvt, p limited, holdings limited company, unlimited
        plc: plc, public limited company, public limited, public ltd co, pcl, public company limited, public co ltd, pub co ltd, publ co
        llc: llc, lc, limited liability company, limited liability co, pllc, wll, w l l, with limited liability
        lp: lp, limited partnership, llp, limited liability partnership, lllp, slp
        ag: ag, aktiengesellschaft, akt ges, aktienges, namen ag
        gmbh: gmbh, gesellschaft mit beschrankter haftung, gesellschaft m b h, ges m b h, gesmbh, gesellschaft mbh, mbh, ggmbh, gmbh co kg, gmbh co, gmbh and co kg, gmbh und co kg, ug, ug haftungsbeschrankt, unternehmergesellschaft, haftungsbeschrankt, ges mbh
        kg: kg, kommanditgesellschaft, co kg, ohg, offene handelsgesellschaft, ag co kg, ag und co kg, ag and co kg, se co kg
        kgaa: kgaa, kga, gmbh co kga, ag co kga, kommanditgesellschaft auf aktien, gmbh co kgaa, gmbh and co kgaa, gmbh und co kgaa, ag co kgaa, ag and co kgaa, ag und co kgaa, se co kgaa, se and co kgaa, se und co kgaa, co kgaa, gmbh co kommanditgesellschaft auf aktien, ag co kommanditgesellschaft auf aktien, se co kommanditgesellschaft auf aktien, gmbh and co kommanditgesellschaft auf aktien
        ev: ev, eingetragener verein, eg, eingetragene genossenschaft, genossenschaft
        se: se, societas europaea, europaische gesellschaft, sce
        sa: sa, societe anonyme, sociedad anonima, sociedade anonima, societate pe actiuni, sab, sab de cv, sa de cv, sapi de cv, sapib de cv, s a b de c v, sapi, sociedad anonima de capital variable, sociedad anonima bursatil, sociedad anonima bursatil de capital variable, soc anon, sa nv, saca, sacif, saa, sae, societa anonima, soparfi, sociedad anonima abierta, sociedad anonima cerrada, sac
        sas: sas, societe par actions simplifiee, sasu, sociedad por acciones simplificada
        sarl: sarl, societe a responsabilite limitee, eurl, sarlu, suarl
        sca: sca, societe en commandite par actions, scs, societe en commandite simple, snc, societe en nom collectif, sccv, sci
        srl: srl, societa a responsabilita limitata, sociedad de responsabilidad limitada, s de rl de cv, s de rl, srls, societate cu raspundere limitata, sociedad limitada, sl, slu, sociedad de responsabilidad limitada de capital variable
        spa: spa, societa per azioni, sociedad por acciones, sapa, societa in accomandita per azioni, scpa, soc coop, societa cooperativa, scarl
        sau: sau, sociedad anonima unipersonal, sociedad anonima deportiva, sad, socimi
        nv: nv, naamloze vennootschap, naamloze vennootschap nv, nv sa
        bv: bv, besloten vennootschap, bvba, besloten vennootschap met beperkte aansprakelijkheid, sprl, vof, cvba, cooperatie, cooperatief ua, scrl, comm va
        ab: ab, aktiebolag, aktiebolaget, ab publ, publ ab, publ, publikt aktiebolag, hb, handelsbolag
        as: as, aksjeselskap, asa, allmennaksjeselskap, aktieselskab, aktieselskabet, aps, anpartsselskab, ans, akciova spolecnost, anonim sirketi, anonim sti, as publ, anonim ortakligi, tas, ao
        oy: oy, oyj, osakeyhtio, julkinen osakeyhtio, oy ab, oyj abp, abp, ky
        hf: hf, ehf, hlutafelag, einkahlutafelag
        zoo: sp zoo, sp z oo, spolka z oo, spolka z ograniczona odpowiedzialnoscia, sp z o o, spzoo, spolka zoo, sp k, sp j, spolka z o o
        akc: spolka akcyjna, spolka komandytowa, spolka akcyjna w restrukturyzacji, ska
        sro: sro, spol s r o, spol sro, spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym, s r o, vos
        kft: kft, korlatolt felelossegu tarsasag, nyrt, zrt, rt, nyilvanosan mukodo reszvenytarsasag, zartkoruen mukodo reszvenytarsasag, bt, reszvenytarsasag
        dd: dd, dionicko drustvo, delniska druzba, doo, druzba z omejeno odgovornostjo, drustvo s ogranicenom odgovornoscu, ad, akcionersko drustvo, aktsionerno druzhestvo, ead, ood, eood, jsc, adsits
        uab: uab, uzdaroji akcine bendrove, akcine bendrove, sia, sabiedriba ar ierobezotu atbildibu, akciju sabiedriba, ou, osauhing, aktsiaselts
        ooo: ooo, oao, zao, pao, obshchestvo s ogranichennoy otvetstvennostyu, publichnoe aktsionernoe obshchestvo, aktsionernoe obshchestvo, otkrytoe aktsionernoe obshchestvo, pjsc, ojsc, cjsc, public joint stock company, open joint stock company, joint stock company, closed joint stock company, private joint stock company, joint stock co, jsc, tov, prat, pat, ip, pjs, saudi joint stock company, qpsc, q p s c, qsc, bsc, ksc, kscp, kpsc, saog, saoc, psc, kscc, sjsc, saudi joint stock co
        ae: ae, anonymi etaireia, anonymos etaireia, epe, etaireia periorismenis efthynis, ike, abee, aebe
        ltdsti: ltd sti, limited sirketi, sti, san ve tic as, sanayi ve ticaret as, sanayi ve ticaret anonim sirketi, ve ticaret as, ticaret as, sanayi as, san tic as, san ve tic ltd sti
        kk: kk, k k, kabushiki kaisha, kabushiki gaisha, kabushikikaisha, gk, godo kaisha, yk, yugen kaisha, yugen gaisha, 株式会社, 有限会社, 合同会社
        cn: 有限公司, 股份有限公司, 有限责任公司, 集团有限公司, 控股有限公司
        kr: 주식회사, jusik hoesa, chusik hoesa
        tbk: tbk, pt, persero, perseroan terbatas, persero tbk, terbuka
        bhd: bhd, berhad, sdn bhd, sendirian berhad, sdn
        jsc: ctcp, cong ty co phan, cong ty tnhh, tnhh
        om: societe anonyme monegasque, sam
        scsp: scsp, sicav, sicar, fcp
        trust: gie, geie, eeig
        nl: stichting, vzw, asbl
        br: sociedade limitada, eireli, epp, sa de capital aberto, mei
        nz: ulc, nl
        in: opc pvt ltd, opc private limited
        """;

    private static readonly Dictionary<string, string> Canonical = Read();
    private static readonly FrozenDictionary<string, string> Frozen = Canonical.ToFrozenDictionary();
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Frozen.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> LongestByLastWord = LastWords().GetAlternateLookup<ReadOnlySpan<char>>();

    // Words that begin a name as a legal form: "PT Astra", "AB Volvo", "Oy Karl Fazer", "AS Harju Elekter".
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Leading =
        new[] { "pt", "ab", "oy", "as", "ooo", "oao", "zao", "pao", "pjsc", "uab", "sia", "kk", "株式会社", "stichting", "gie", "ojsc", "jsc", "ao", "tov" }
            .ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Number of words in the longest legal form that could end with this word; 0 if none does.</summary>
    public static int LongestEndingWith(ReadOnlySpan<char> word) => LongestByLastWord.TryGetValue(word, out var n) ? n : 0;

    /// <summary>The canonical form of a spelling whose words are parted by single blanks, or null.</summary>
    public static string? Find(ReadOnlySpan<char> spelling) => Lookup.TryGetValue(spelling, out var form) ? form : null;

    /// <summary>True for forms that are written before the name.</summary>
    public static bool MayLead(ReadOnlySpan<char> word) => Leading.Contains(word);

    private static Dictionary<string, string> Read()
    {
        var forms = new Dictionary<string, string>();
        foreach (var line in Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':');
            foreach (var spelling in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                forms.TryAdd(spelling, line[..colon]);
        }

        return forms;
    }

    private static FrozenDictionary<string, int> LastWords()
    {
        var longest = new Dictionary<string, int>();
        foreach (var spelling in Canonical.Keys)
        {
            var words = spelling.Split(' ');
            longest[words[^1]] = Math.Max(words.Length, longest.GetValueOrDefault(words[^1]));
        }

        return longest.ToFrozenDictionary();
    }
}
