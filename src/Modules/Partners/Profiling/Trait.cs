using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Profiling;

/// <summary>One word of a profile in a row of its own, so that lists, routing and matching find partners by it. Written together with the profile.</summary>
internal sealed class Trait : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public TraitKind Kind { get; init; }
    public string Key { get; init; } = "";
    public string Label { get; init; } = "";
}

/// <summary>Keeps the rows of words in step with the lists of a profile, and the words of different partners spelled alike.</summary>
internal static class Traits
{
    public const int LongestWord = 80;
    private const int LongestKey = 200;

    /// <summary>The list with each word spelled as another partner's profile spells it already.</summary>
    public static async Task<string> SpelledAsync(Db db, TraitKind kind, string list, CancellationToken ct)
    {
        var items = TextList.Items(list);
        if (items.Length == 0) return list;
        // The vendor's own list comes first; what it does not know is spelled as others spell it.
        if (await WordLists.ListedWords.OfAsync(db, kind, ct) is { } words) items = TextList.Items(TextList.Write(items.Select(i => words.Spell(i) ?? i)));
        var keys = items.Select(Key).ToList();
        // Only the spelling of a word crosses from one partner to another, never whose it is.
        var known = await db.Set<Trait>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(t => t.Kind == kind && keys.Contains(t.Key))
            .GroupBy(t => t.Key).Select(g => new { g.Key, Label = g.Min(t => t.Label) }).ToDictionaryAsync(g => g.Key, g => g.Label!, ct);
        return TextList.Write(items.Select(i => known.GetValueOrDefault(Key(i), i)));
    }

    /// <summary>What is compared: folded, and never longer than an index takes.</summary>
    public static string Key(string word)
    {
        var folded = Text.Fold(word);
        return folded.Length <= LongestKey ? folded : folded[..(char.IsHighSurrogate(folded[LongestKey - 1]) ? LongestKey - 1 : LongestKey)];
    }

    /// <summary>The rows of one list.</summary>
    public static IEnumerable<Trait> Rows(TenantId tenant, PartnerId partner, TraitKind kind, string list) =>
        TextList.Items(list).Select(i => new Trait { TenantId = tenant, PartnerId = partner, Kind = kind, Key = Key(i), Label = i }).DistinctBy(t => t.Key);

    /// <summary>Makes the rows of these lists say what the lists say.</summary>
    public static async Task KeepAsync(Work work, PartnerId partner, IReadOnlyDictionary<TraitKind, string> lists, CancellationToken ct)
    {
        var kinds = lists.Keys.ToList();
        var old = await work.Db.Set<Trait>().Where(t => t.PartnerId == partner && kinds.Contains(t.Kind)).ToListAsync(ct);
        var wanted = lists.SelectMany(l => Rows(work.Tenant, partner, l.Key, l.Value)).ToDictionary(t => (t.Kind, t.Key));
        foreach (var row in old)
        {
            if (wanted.TryGetValue((row.Kind, row.Key), out var same) && same.Label == row.Label) wanted.Remove((row.Kind, row.Key));
            else work.Db.Remove(row);
        }

        // A row whose spelling alone changed has the same key: it goes first.
        if (wanted.Values.Any(w => old.Exists(o => o.Kind == w.Kind && o.Key == w.Key))) await work.SaveAsync(ct);
        work.Db.AddRange(wanted.Values);
    }

    /// <summary>The three lists that stand in the profile itself.</summary>
    public static Dictionary<TraitKind, string> Of(Partner partner) => Of(partner.Profile());

    public static Dictionary<TraitKind, string> Of(Profile profile) => new()
    {
        [TraitKind.Competency] = profile.Competencies,
        [TraitKind.Vertical] = profile.Verticals,
        [TraitKind.Language] = profile.Languages,
    };

    /// <summary>The words that partners of this tenant use, the commonest first: for filters.</summary>
    public static async Task<ILookup<TraitKind, string>> CommonAsync(Db db, CancellationToken ct)
    {
        var words = await db.Set<Trait>().AsNoTracking().GroupBy(t => new { t.Kind, t.Key }).Select(g => new { g.Key.Kind, Label = g.Min(t => t.Label), Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Label).Take(400).ToListAsync(ct);
        return words.ToLookup(w => w.Kind, w => w.Label!);
    }
}
