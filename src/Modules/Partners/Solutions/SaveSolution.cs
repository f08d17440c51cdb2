using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
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

/// <summary>Drops a solution; what it contains stays and stands by itself.</summary>
internal sealed class DropSolution(Work work, DirectoryShelf shelf) : UseCase<SolutionGroupId, Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync(SolutionGroupId id, CancellationToken ct)
    {
        if (await Db.Set<SolutionGroup>().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } group) return SolutionProblems.Missing();
        foreach (var inner in await Db.Set<SolutionGroup>().Where(g => g.ParentId == id).ToListAsync(ct)) inner.ParentId = group.ParentId;
        Db.RemoveRange(await Db.Set<SolutionPart>().Where(p => p.GroupId == id).ToListAsync(ct));
        Db.Remove(group);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}

/// <summary>A part of a solution, and who shall do it.</summary>
internal sealed record NewPart(SolutionGroupId Group, PartnerId? Partner, string? Does, bool Leads = false);

/// <summary>Asks a partner to be part of a solution. Nobody reads of it until the partner has said yes.</summary>
internal sealed class AskForPart(Work work, Notify notify) : UseCase<NewPart, Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync(NewPart input, CancellationToken ct)
    {
        if (new Check().Text(input.Does, "does", "Its part", 300).Problem is { } problem) return problem;
        if (await Db.Set<SolutionGroup>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == input.Group, ct) is not { } group) return SolutionProblems.Missing();
        if (input.Partner is not { } id || !await Db.Set<Partner>().AnyAsync(p => p.Id == id && p.MergedInto == null && p.State != PartnerState.Former && p.State != PartnerState.Suspended, ct)) return Problem.Invalid("partner", "Choose a partner.");
        await Work.LockAsync($"solution:{group.Id}", ct);
        var parts = await Db.Set<SolutionPart>().Where(p => p.GroupId == group.Id).ToListAsync(ct);
        var part = parts.Find(p => p.PartnerId == id);
        if (part is { State: PartState.Invited or PartState.Accepted }) return SolutionProblems.InIt(part.State);
        if (parts.Count(p => p.State is PartState.Invited or PartState.Accepted) >= SaveSolution.MostParts) return SolutionProblems.Full();
        if (part is null) Db.Add(part = new SolutionPart { TenantId = Work.Tenant, GroupId = group.Id, PartnerId = id });
        (part.Does, part.Leads, part.State, part.InvitedBy, part.InvitedAt, part.AnsweredBy, part.AnsweredAt) = (input.Does!.Trim(), input.Leads, PartState.Invited, Work.Actor.Name, Work.Now, null, null);
        var people = await People.OfPartner(Db, id, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
        await notify.TellAsync(id, people, new News(SolutionNews.Invited, $"Part of a solution: {group.Name}", $"We would like your company to be part of the solution {group.Name}.\n{group.Offer}\n\nYour part: {part.Does}", "/portal/solutions", "Say yes or no:"), ct);
        return default(Done);
    }
}

internal sealed record PartAnswer(SolutionGroupId Group, bool Accept);

/// <summary>The partner's own yes or no; a later no takes it out again.</summary>
internal sealed class AnswerPart(Work work, DirectoryShelf shelf) : UseCase<PartAnswer, Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Answer;

    protected override async Task<Result<Done>> HandleAsync(PartAnswer input, CancellationToken ct)
    {
        var me = Work.Actor.Partner;
        var part = await Db.Set<SolutionPart>().SingleOrDefaultAsync(p => p.GroupId == input.Group && p.PartnerId == me, ct);
        if (me is null || part is null) return SolutionProblems.Missing();
        var next = (part.State, input.Accept) switch
        {
            (PartState.Invited, true) => PartState.Accepted,
            (PartState.Invited, false) => PartState.Declined,
            (PartState.Accepted, false) => PartState.Left,
            _ => (PartState?)null,
        };
        if (next is not { } state) return SolutionProblems.Answered(part.State);
        (part.State, part.AnsweredBy, part.AnsweredAt) = (state, Work.Actor.Name, Work.Now);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}

/// <summary>The vendor takes a partner out of a solution.</summary>
internal sealed class RemovePart(Work work, DirectoryShelf shelf) : UseCase<(SolutionGroupId Group, PartnerId Partner), Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync((SolutionGroupId Group, PartnerId Partner) input, CancellationToken ct)
    {
        if (await Db.Set<SolutionPart>().SingleOrDefaultAsync(p => p.GroupId == input.Group && p.PartnerId == input.Partner, ct) is not { } part) return SolutionProblems.Missing();
        Db.Remove(part);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
