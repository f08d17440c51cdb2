using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Plans;

/// <summary>A target list as somebody writes it.</summary>
/// <param name="List">The list; null for a new one.</param>
/// <param name="Partner">With whom it is shared, for a new one.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Message">What both sides say to these companies.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record TargetListInput(TargetListId? List, PartnerId? Partner, string? Name, string? Message, long? Version = null);

/// <summary>The vendor's people begin a list with a partner; both sides word its name and its message. Earlier wordings stay in the audit.</summary>
internal sealed class SaveTargetList(Work work, TargetMail mail) : UseCase<TargetListInput, TargetListId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetListId>> HandleAsync(TargetListInput input, CancellationToken ct)
    {
        var check = new Check().Text(input.Name, "name", "The name", 120).Text(input.Message, "message", "The message", 2000, required: false)
            .That(input.List is not null || Work.Actor.IsPartner || input.Partner is not null, "partner", "Choose the partner with whom it is shared.");
        if (check.Problem is { } problem) return problem;
        if (input.List is not { } id) return await BeginAsync(input, ct);
        var found = await Work.TargetListAsync(id, ct);
        if (!found.Ok) return found.Problem;
        if (input.Version is { } seen && seen != found.Value.Version) return Problem.Stale();
        found.Value.Write(input.Name!.Trim(), Text.OrNull(input.Message) ?? "", Work.Now, Work.Actor.Name);
        return id;
    }

    private async Task<Result<TargetListId>> BeginAsync(TargetListInput input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return TargetProblems.StaffOnly();
        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Partner, ct);
        if (partner is null || !Registration.MayRegister(partner.State)) return DealsProblems.NoSuchPartner();
        var list = new TargetList { TenantId = Work.Tenant, Id = Work.NewId<TargetListId>(), PartnerId = partner.Id, CreatedAt = Work.Now, CreatedByName = Work.Actor.Name };
        list.Write(input.Name!.Trim(), Text.OrNull(input.Message) ?? "", Work.Now, Work.Actor.Name);
        Db.Add(list);
        await mail.SharedAsync(list, ct);
        return list.Id;
    }
}

/// <summary>What all use cases on a list share.</summary>
internal static class TargetGuard
{
    /// <summary>The list, tracked, if this actor may see it and it has not ended.</summary>
    public static async Task<Result<TargetList>> TargetListAsync(this Work work, TargetListId id, CancellationToken ct)
    {
        var list = await work.Db.Set<TargetList>().SingleOrDefaultAsync(l => l.Id == id, ct);
        if (list is null) return TargetProblems.NoList();
        return list.ArchivedAt is null ? list : TargetProblems.Ended();
    }
}
