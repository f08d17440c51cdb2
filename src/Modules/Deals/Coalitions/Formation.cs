using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Coalitions;

/// <summary>Names a team template.</summary>
internal readonly record struct FormationId(Guid Value) : ITypedId<FormationId>
{
    public static string Prefix => "frm";
    public static FormationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FormationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A place of a template: which partner, with which terms.</summary>
internal sealed record FormationPlace(PartnerId Partner, string PartnerName, DealRole Role, int ShareBasisPoints, int WorkBasisPoints, DealVisibility Visibility);

/// <summary>A team that has won, kept as a template: who, with which role, which shares and which sight.</summary>
internal sealed class Formation : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public FormationId Id { get; init; }

    /// <summary>The partner that saved it; null for the vendor.</summary>
    public PartnerId? OwnerId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The won deal it comes from.</summary>
    public DealId DealId { get; init; }

    /// <summary>The places as JSON.</summary>
    public string Content { get; init; } = "[]";

    public DateTime SavedAt { get; init; }
    public string SavedByName { get; init; } = "";

    public IReadOnlyList<FormationPlace> Places => JsonSerializer.Deserialize<List<FormationPlace>>(Content, Json.Options)!;
}

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

internal sealed record FormationChoice(DealId Deal, FormationId? Formation, long? Version = null);

/// <summary>Invites a whole team that has won before, in one step: all of it or nothing.</summary>
internal sealed class ApplyFormation(Work work, InviteMember invite) : UseCase<FormationChoice, int>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<int>> HandleAsync(FormationChoice input, CancellationToken ct)
    {
        var formation = input.Formation is { } id ? await Db.Set<Formation>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) : null;
        if (formation is null) return CoalitionProblems.NoFormation();
        var places = formation.Places;
        foreach (var place in places)
        {
            var invited = await invite.RunAsync(new InviteInput(input.Deal, place.Partner, null, place.Role, place.ShareBasisPoints)
            {
                WorkBasisPoints = place.WorkBasisPoints, Visibility = place.Visibility, Version = input.Version, Known = true,
            }, ct);
            if (!invited.Ok) return invited.Problem with { Message = $"{place.PartnerName}: {invited.Problem.Message}" };
        }

        return places.Count;
    }
}
