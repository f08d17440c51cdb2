using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.WordLists;

/// <summary>A list as it is told.</summary>
internal sealed record WordListInput(string? Words, bool Closed, long? Version = null);

/// <summary>Keeps the list of one kind; an empty one is none.</summary>
internal sealed class KeepWordList(Work work) : UseCase<(TraitKind Kind, WordListInput Input), TraitKind>(work)
{
    protected override Permission Permission => WordListPermissions.Keep;

    protected override async Task<Result<TraitKind>> HandleAsync((TraitKind Kind, WordListInput Input) input, CancellationToken ct)
    {
        var (kind, told) = input;
        if ((told.Words?.Length ?? 0) > ReferenceWords.Longest) return Problem.Invalid("words", "The list is too long.");
        var typed = (told.Words ?? "").ReplaceLineEndings("\n").Trim();
        var read = ReferenceWords.Read(typed);
        if (!read.Ok) return read.Problem;
        if (told.Closed && read.Value.All.Count == 0) return Problem.Invalid("closed", "A closed list needs words, or nothing could be written.");
        var list = await Db.Set<WordList>().SingleOrDefaultAsync(l => l.Kind == kind, ct);
        if (told.Version is { } seen && seen != (list?.Version ?? 0)) return Problem.Stale();
        if (list is null) Db.Add(list = new WordList { TenantId = Work.Tenant, Kind = kind });
        (list.Words, list.Closed, list.By, list.At) = (typed, told.Closed, Work.Actor.Name, Work.Now);
        return kind;
    }
}

/// <summary>A word in use that is not on the list, or is there in another writing.</summary>
internal sealed record StrayWord(string Word, int Partners, string? Right);

/// <summary>A list with what records make of it.</summary>
internal sealed record WordListDetails(TraitKind Kind, string Words, bool Closed, string? By, DateTime? At, int Count, IReadOnlyList<StrayWord> Strays, long Version) : IHasVersion;

internal static class WordListPages
{
    private const int Shown = 60;

    public static async Task<WordListDetails> LoadAsync(Work work, TraitKind kind, CancellationToken ct)
    {
        var list = await work.Db.Set<WordList>().AsNoTracking().SingleOrDefaultAsync(l => l.Kind == kind, ct);
        var words = ReferenceWords.Read(list?.Words).Value;
        var used = await work.Db.Set<Trait>().AsNoTracking().Where(t => t.Kind == kind).GroupBy(t => t.Label).Select(g => new { Label = g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Label).Take(1000).ToListAsync(ct);
        return new WordListDetails(kind, list?.Words ?? "", list?.Closed ?? false, list?.By, list?.At, words.All.Count,
            words.All.Count == 0 ? [] : [.. used.Where(u => words.Spell(u.Label) != u.Label).Select(u => new StrayWord(u.Label, u.Count, words.Spell(u.Label))).Take(Shown)], list?.Version ?? 0);
    }

    /// <summary>The words in use, as a list to begin with.</summary>
    public static async Task<string> InUseAsync(Work work, TraitKind kind, CancellationToken ct) =>
        string.Join('\n', await work.Db.Set<Trait>().AsNoTracking().Where(t => t.Kind == kind).Select(t => t.Label).Distinct().OrderBy(l => l).Take(ReferenceWords.Most).ToListAsync(ct));
}
