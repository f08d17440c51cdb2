using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Ownership;
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

/// <summary>Writes the words of records as the list does, where they stand there in another way. At most some hundred records at once.</summary>
internal sealed class AlignWords(Work work) : UseCase<TraitKind, int>(work)
{
    public const int Most = 500;

    protected override Permission Permission => WordListPermissions.Keep;

    protected override async Task<Result<int>> HandleAsync(TraitKind kind, CancellationToken ct)
    {
        var field = ListedWords.Field(kind);
        if (Owners.Fields.Any(f => f.Field == field) && await Owners.RefuseAsync(Work, field, ct) is { } owned) return owned;
        if (await ListedWords.OfAsync(Db, kind, ct) is not { } words) return 0;
        var other = words.OtherKeys;
        var known = words.All.ToDictionary(Traits.Key);
        var rows = await Db.Set<Trait>().AsNoTracking().Where(t => t.Kind == kind && (other.Contains(t.Key) || known.Keys.Contains(t.Key))).ToListAsync(ct);
        var ids = rows.Where(t => words.Spell(t.Label) is { } right && right != t.Label).Select(t => t.PartnerId).Distinct().OrderBy(p => p.Value).Take(Most).ToList();
        foreach (var partner in await Db.Set<Partner>().Where(p => ids.Contains(p.Id)).ToListAsync(ct))
        {
            var lists = await AlignAsync(partner, kind, words, ct);
            await Traits.KeepAsync(Work, partner.Id, lists, ct);
        }

        return ids.Count;
    }

    private async Task<Dictionary<TraitKind, string>> AlignAsync(Partner partner, TraitKind kind, ReferenceWords words, CancellationToken ct)
    {
        string Right(string list) => TextList.Write(TextList.Items(list).Select(w => words.Spell(w) ?? w));
        var profile = partner.Profile();
        switch (kind)
        {
            case TraitKind.Competency: partner.Describe(profile with { Competencies = Right(profile.Competencies) }); break;
            case TraitKind.Vertical: partner.Describe(profile with { Verticals = Right(profile.Verticals) }); break;
            case TraitKind.Language: partner.Describe(profile with { Languages = Right(profile.Languages) }); break;
            default:
                var expertise = await Db.Set<Expertise>().SingleAsync(e => e.PartnerId == partner.Id, ct);
                if (kind == TraitKind.Technology) expertise.Technologies = Right(expertise.Technologies);
                else expertise.Territories = Right(expertise.Territories);
                return expertise.Words();
        }

        return Traits.Of(partner);
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
