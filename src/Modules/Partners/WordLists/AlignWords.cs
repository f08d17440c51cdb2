using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Ownership;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.WordLists;

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
