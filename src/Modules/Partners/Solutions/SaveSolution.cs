using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

internal static class SolutionPermissions
{
    public const string KeepCode = "partners.solutions";
    public const string ViewCode = "partners.view_solutions";

    public static readonly Permission View = new(ViewCode, "See the solutions that partners form together", Roles.All);
    public static readonly Permission Keep = new(KeepCode, "Form solutions of several partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission Answer = new("partners.solution_answer", "Answer for the company whether it is part of a solution", Roles.PartnerAdmin);

    public static readonly Permission[] All = [View, Keep, Answer];
}

/// <summary>A solution as it is told.</summary>
internal sealed record SolutionInput(string? Name, string? Offer, string? Vertical = null, SolutionGroupId? Parent = null, bool Public = false, long? Version = null);

/// <summary>Makes a solution, or changes one.</summary>
internal sealed class SaveSolution(Work work, DirectoryShelf shelf) : UseCase<(SolutionGroupId? Id, SolutionInput Input), SolutionGroupId>(work)
{
    public const int MostParts = 30;
    private const int Deepest = 4;

    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<SolutionGroupId>> HandleAsync((SolutionGroupId? Id, SolutionInput Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        if (new Check().Text(told.Name, "name", "The name", 120).Text(told.Offer, "offer", "The offer", 1000).Text(told.Vertical, "vertical", "The industry", 80, required: false).Problem is { } problem) return problem;
        var name = told.Name!.Trim();
        await Work.LockAsync("partners.solutions", ct);
        if (await Db.Set<SolutionGroup>().AnyAsync(g => g.Name == name && (id == null || g.Id != id), ct)) return Problem.Invalid("name", "Another solution has this name.");
        if (told.Parent is { } parent && await UnderAsync(parent, id, ct) is { } refused) return refused;
        var group = id is null ? new SolutionGroup { TenantId = Work.Tenant, Id = Work.NewId<SolutionGroupId>() } : await Db.Set<SolutionGroup>().SingleOrDefaultAsync(g => g.Id == id, ct);
        if (group is null) return SolutionProblems.Missing();
        if (told.Version is { } seen && seen != group.Version) return Problem.Stale();
        if (id is null) Db.Add(group);
        group.Tell(name, told.Offer!.Trim(), Text.OrNull(told.Vertical), told.Parent, told.Public, Work.Actor.Name, Work.Now);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return group.Id;
    }

    // A solution is no part of itself, over any number of steps.
    private async Task<Problem?> UnderAsync(SolutionGroupId parent, SolutionGroupId? id, CancellationToken ct)
    {
        SolutionGroupId? above = parent;
        for (var depth = 1; above is { } at; depth++)
        {
            if (at == id) return Problem.Invalid("parent", "A solution cannot be a part of itself.");
            if (depth >= Deepest) return Problem.Invalid("parent", $"Solutions lie within each other at most {Deepest} deep.");
            var found = await Db.Set<SolutionGroup>().AsNoTracking().Where(g => g.Id == at).Select(g => new { g.ParentId }).SingleOrDefaultAsync(ct);
            if (found is null) return Problem.Invalid("parent", "There is no such solution.");
            above = found.ParentId;
        }

        return null;
    }
}
