using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.WordLists;

/// <summary>The words that the vendor wants records to use for one kind of trait, each with the other ways in which people write it. One list a kind.</summary>
internal sealed class WordList : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public TraitKind Kind { get; init; }

    /// <summary>A line a word; after an equals sign what is written for it: <c>Kubernetes = k8s, kube</c>.</summary>
    public string Words { get; set; } = "";

    /// <summary>Only these words are taken; otherwise they are put in order and others are taken, too.</summary>
    public bool Closed { get; set; }
    public string By { get; set; } = "";
    public DateTime At { get; set; }
    public long Version { get; set; }
}

internal static class WordListPermissions
{
    public const string KeepCode = "partners.word_lists";

    public static readonly Permission Keep = new(KeepCode, "Keep the lists of words that partner records use", Roles.Administrator, Roles.ChannelOperations);
}

internal static class WordListTables
{
    public static void Map(ModelBuilder model) => model.Owned<WordList>("partners_word_list", l => new { l.TenantId, l.Kind }).Property(l => l.Words).HasMaxLength(ReferenceWords.Longest);
}

/// <summary>Pure: a list as it is typed, and what it makes of the words of a record.</summary>
internal sealed class ReferenceWords
{
    public const int Longest = 60_000;
    public const int Most = 500;

    private readonly Dictionary<string, string> _words = [];

    private ReferenceWords()
    {
    }

    /// <summary>The words, in the order in which they were typed.</summary>
    public IReadOnlyList<string> All { get; private init; } = [];

    /// <summary>What is written for a word and is none itself.</summary>
    public IReadOnlyList<string> OtherKeys => [.. _words.Where(w => Traits.Key(w.Value) != w.Key).Select(w => w.Key)];

    /// <summary>Reads a list. Two words that claim the same spelling are refused by name.</summary>
    public static Result<ReferenceWords> Read(string? typed)
    {
        List<string> all = [];
        var list = new ReferenceWords { All = all };
        foreach (var line in (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            var names = (parts.Length == 2 ? parts[1] : "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Prepend(parts[0]).ToList();
            if (names.Find(n => n.Length > Traits.LongestWord || !Text.IsClean(n) || Text.Fold(n).Length == 0 || n.Contains(';', StringComparison.Ordinal)) is { } wrong) return Problem.Invalid("words", $"“{(wrong.Length > 40 ? wrong[..40] + "…" : wrong)}” is no word for a list: at most {Traits.LongestWord} characters, without commas.");
            foreach (var key in names.Select(Traits.Key).Distinct())
                if (!list._words.TryAdd(key, parts[0])) return Problem.Invalid("words", $"“{parts[0]}” and “{list._words[key]}” are written in the same way.");
            all.Add(parts[0]);
        }

        return all.Count > Most ? Problem.Invalid("words", $"A list has at most {Most} words.") : list;
    }

    /// <summary>The list's own writing of a word, or null where it does not know it.</summary>
    public string? Spell(string word) => _words.GetValueOrDefault(Traits.Key(word));
}

/// <summary>What the lists make of what is typed into records.</summary>
internal static class ListedWords
{
    private static readonly (TraitKind Kind, string Field, string Label)[] Fields =
    [
        (TraitKind.Competency, "competencies", "Competencies"), (TraitKind.Vertical, "verticals", "Industries"), (TraitKind.Language, "languages", "Languages"),
        (TraitKind.Technology, "technologies", "Technologies"), (TraitKind.Territory, "territories", "Territories"),
    ];

    public static string Label(TraitKind kind) => Array.Find(Fields, f => f.Kind == kind).Label;

    public static string Field(TraitKind kind) => Array.Find(Fields, f => f.Kind == kind).Field;

    public static async Task<ReferenceWords?> OfAsync(Db db, TraitKind kind, CancellationToken ct) =>
        await db.Set<WordList>().AsNoTracking().SingleOrDefaultAsync(l => l.Kind == kind, ct) is { } list && ReferenceWords.Read(list.Words) is { Ok: true } read ? read.Value : null;

    /// <summary>
    /// Refuses words that a closed list does not know, at their field. What a record holds already may stay: an old word must not stand in the way of a new telephone number.
    /// </summary>
    public static async Task<Problem?> CheckAsync(Work work, IReadOnlyDictionary<TraitKind, string> before, IReadOnlyDictionary<TraitKind, string> after, CancellationToken ct) =>
        Check(await ClosedAsync(work, ct), before, after);

    /// <summary>The closed lists, for checking many records.</summary>
    public static async Task<IReadOnlyDictionary<TraitKind, ReferenceWords>> ClosedAsync(Work work, CancellationToken ct) =>
        (await work.Db.Set<WordList>().AsNoTracking().Where(l => l.Closed).ToListAsync(ct)).Select(l => (l.Kind, Read: ReferenceWords.Read(l.Words))).Where(l => l.Read.Ok).ToDictionary(l => l.Kind, l => l.Read.Value);

    /// <summary>Pure: the same for lists that are read already.</summary>
    public static Problem? Check(IReadOnlyDictionary<TraitKind, ReferenceWords> closed, IReadOnlyDictionary<TraitKind, string> before, IReadOnlyDictionary<TraitKind, string> after)
    {
        foreach (var (kind, words) in closed.Where(l => after.ContainsKey(l.Key)))
        {
            var held = TextList.Items(before.GetValueOrDefault(kind, "")).Select(Traits.Key).ToHashSet();
            var unknown = TextList.Items(TextList.Read(after[kind])).Where(w => words.Spell(w) is null && !held.Contains(Traits.Key(w))).ToList();
            if (unknown.Count == 0) continue;
            var (_, field, label) = Array.Find(Fields, f => f.Kind == kind);
            var choices = string.Join(", ", words.All.Take(40)) + (words.All.Count > 40 ? " …" : "");
            return Problem.Invalid(field, $"{label}: “{unknown[0]}” is not on the list. Choose of: {choices}.");
        }

        return null;
    }
}
