using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Profiling;

namespace Trellis.Partners.Records;

/// <summary>Tags to stick and to take off, with commas.</summary>
internal sealed record TagChange(string? Add, string? Remove = null);

/// <summary>Sticks tags to a partner or takes them off.</summary>
internal sealed class TagPartner(Work work) : UseCase<(PartnerId Partner, TagChange Change), Done>(work)
{
    public const int Most = 20;
    public const int Longest = 40;

    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, TagChange Change) input, CancellationToken ct)
    {
        var (add, remove) = (TextList.Items(TextList.Read(input.Change.Add)), TextList.Items(TextList.Read(input.Change.Remove)));
        var check = new Check().That(add.Length + remove.Length > 0, "add", "Write a tag.")
            .That(add.All(a => a.Length <= Longest && Text.IsClean(a)), "add", $"A tag has at most {Longest} characters.");
        if (check.Problem is { } problem) return problem;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == input.Partner && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        var there = await Db.Set<Tag>().Where(t => t.PartnerId == input.Partner).ToListAsync(ct);
        foreach (var tag in there.Where(t => remove.Any(r => Traits.Key(r) == t.Key))) Db.Remove(tag);
        var fresh = add.DistinctBy(Traits.Key).Where(a => there.TrueForAll(t => t.Key != Traits.Key(a))).ToList();
        if (there.Count + fresh.Count > Most) return Problem.Invalid("add", $"A partner has at most {Most} tags.");
        Db.AddRange(fresh.Select(a => new Tag { TenantId = Work.Tenant, PartnerId = input.Partner, Key = Traits.Key(a), Label = a, By = Work.Actor.Name, At = Work.Now }));
        return default(Done);
    }
}
