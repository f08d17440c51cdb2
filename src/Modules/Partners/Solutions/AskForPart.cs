using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

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
