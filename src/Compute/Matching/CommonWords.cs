using System.Collections.Frozen;

namespace Trellis.Compute.Matching;

/// <summary>Words of company names that say what a company does or where it sits rather than which one it is. Compiled by hand; reduced as <see cref="Vocabulary"/> reduces.</summary>
internal static class CommonWords
{
    private static readonly FrozenSet<string> Trades = Read(
        "and und et y i of de la le les der die das the for group groupe gruppe grupo gruppo holding holdings international internationale intl global worldwide world company companies partner partners partnership "
        + "service services servicios servizi dienste solution solutions losungen system systems systeme systemes sistemas technology technologies technologie technologien tech technik technique tecnologia tecnologias "
        + "industry industries industrie industrial industria industrias enterprise enterprises business consulting consultants consultancy beratung conseil management managed operations software digital data cloud "
        + "network networks computing computer it ict information informatik online web internet media communications telecom mobile electronics electronic electric electrical elektro energy energie energia power solar "
        + "wind gas oil petroleum water bank banking capital finance financial finanz invest investment investments insurance versicherung assurance trust fund ventures health healthcare medical medizin medtech pharma "
        + "pharmaceuticals biotech bio clinic clinics klinik kliniken hospital care dental logistics logistik transport transporte freight shipping spedition aviation airlines air marine rail automotive auto motors "
        + "engineering maschinenbau machinery machines anlagenbau construction bau contractors building materials steel metal metals metall plastics chemical chemicals chemie glass paper packaging wood textile textiles "
        + "foods food lebensmittel beverages bakery retail handel handels trading trade import export markets market store stores shop supply supplies distribution wholesale grosshandel products produkte production "
        + "manufacturing fabrik works werke werk design studio studios agency agentur creative marketing security sicherheit safety labs lab laboratories research institute education academy schools travel tours hotels "
        + "real estate properties property immobilien development developments projects resources mining farm farms agrar agriculture environmental recycling home house life sports brands tools instruments components "
        + "printing druck robotics automation sensors semiconductors optics equipment facility facilities training legal law associates brothers bros sons family stiftung foundation association");

    private static readonly FrozenSet<string> Places = Read(
        "germany deutschland deutsche allemagne france francais francaise frankreich italy italia italien spain espana iberia iberica portugal poland polska polen austria osterreich switzerland schweiz suisse svizzera "
        + "netherlands nederland holland belgium belgique belgie benelux luxembourg denmark danmark sweden sverige norway norge finland suomi nordic nordics scandinavia baltic iceland ireland uk britain british england "
        + "scotland wales usa us america american americas north south east west northern southern eastern western central canada mexico brazil brasil argentina chile colombia peru latam europe european europa eu emea "
        + "dach cee mea middle africa asia pacific apac asean china chinese hongkong japan nippon korea taiwan india indian singapore malaysia indonesia thailand vietnam philippines australia australian zealand "
        + "turkey turkiye greece hellas romania bulgaria hungary magyarorszag czech cesko slovakia slovensko slovenia croatia hrvatska serbia ukraine russia israel egypt nigeria kenya uae dubai saudi arabia qatar "
        + "london paris berlin munich munchen hamburg frankfurt cologne koln stuttgart vienna wien zurich zurich geneva basel milan milano rome roma madrid barcelona lisbon lisboa porto amsterdam rotterdam brussels "
        + "antwerp copenhagen stockholm oslo helsinki dublin warsaw warszawa prague praha budapest bucharest athens istanbul boston chicago dallas denver houston seattle atlanta toronto montreal vancouver sydney "
        + "melbourne auckland tokyo osaka seoul shanghai beijing mumbai delhi bangalore cairo lagos nairobi bogota lima santiago york texas california");

    /// <summary>How much a word tells: 1 for a name proper, less for a trade, least for a place or a single letter.</summary>
    public static float Weight(string word) => Places.Contains(word) ? 0.12f : Trades.Contains(word) ? 0.25f : word.Length switch { 1 => 0.3f, 2 => 0.6f, _ => 1f };

    /// <summary>Whether the word names a trade or a place.</summary>
    public static bool Holds(string word) => Trades.Contains(word) || Places.Contains(word);

    private static FrozenSet<string> Read(string words)
    {
        Span<char> buffer = stackalloc char[Vocabulary.MaxLength];
        var set = new HashSet<string>();
        foreach (var word in words.Split(' ')) set.Add(Vocabulary.Reduce(word, buffer).ToString());
        return set.ToFrozenSet();
    }
}
