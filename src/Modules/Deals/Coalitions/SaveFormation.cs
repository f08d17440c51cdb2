using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

internal sealed record NewFormation(DealId Deal, string? Name);

/// <summary>Saves the team of a won deal under a name.</summary>
internal sealed class SaveFormation(Work work) : UseCase<NewFormation, FormationId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<FormationId>> HandleAsync(NewFormation input, CancellationToken ct)
    {
        var found = Work.Actor.IsPartner ? await Work.OwnDealAsync(input.Deal, null, ct) : await Work.DealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Name, "name", "The name", 120).Problem is { } problem) return problem;
        if (found.Value.State != DealState.Won) return CoalitionProblems.NotWon();
        var members = await Db.Set<DealMember>().AsNoTracking().Where(m => m.DealId == input.Deal && m.State == MemberState.Accepted).OrderBy(m => m.InvitedAt).ToListAsync(ct);
        if (members.Count == 0) return CoalitionProblems.NobodyToSave();
        var names = await DealList.PartnerNamesAsync(Work, [.. members.Select(m => m.PartnerId)], ct);
        var formation = new Formation
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<FormationId>(),
            OwnerId = Work.Actor.Partner,
            Name = input.Name!.Trim(),
            DealId = input.Deal,
            Content = JsonSerializer.Serialize(members.Select(m => new FormationPlace(m.PartnerId, names.GetValueOrDefault(m.PartnerId, ""), m.Role, m.ShareBasisPoints, m.WorkBasisPoints, m.Visibility)), Json.Options),
            SavedAt = Work.Now,
            SavedByName = Work.Actor.Name,
        };
        Db.Add(formation);
        return formation.Id;
    }
}
