using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Ownership;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Changes of a profile: null leaves a field as it is, empty text or 0 clears it.</summary>
internal sealed record ProfileChanges
{
    public string? Name { get; init; }
    public string? LegalName { get; init; }
    public string? Website { get; init; }
    public string? Description { get; init; }
    public string? Country { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? Phone { get; init; }
    public int? Employees { get; init; }
    public RevenueBand? Revenue { get; init; }
    public string? Languages { get; init; }
    public string? Verticals { get; init; }
    public string? Competencies { get; init; }
    public PartnerType? MainType { get; init; }

    /// <summary>The version that was read; null changes whatever is there.</summary>
    public long? Version { get; init; }

    /// <summary>The file that says so, where it is one.</summary>
    internal string? File { get; init; }

    /// <summary>It decides between two sources, and says nothing new.</summary>
    internal bool Settles { get; init; }
}

/// <summary>Changes a partner's profile. A partner admin may change what the company says about itself, not what was agreed.</summary>
internal sealed class UpdatePartner(Work work) : UseCase<(PartnerId Partner, ProfileChanges Changes), PartnerId>(work)
{
    protected override Permission Permission => PartnersPermissions.EditProfile;

    protected override async Task<Result<PartnerId>> HandleAsync((PartnerId Partner, ProfileChanges Changes) input, CancellationToken ct)
    {
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        var changes = input.Changes;
        if (changes.Version is { } version && version != partner.Version) return Problem.Stale();
        var read = Profiles.Read(Merge(partner.Profile(), changes));
        if (!read.Ok) return read.Problem;
        var (before, after) = (partner.Profile(), read.Value);
        if (Work.Actor.IsPartner && (before.Name != after.Name || before.Country != after.Country || before.MainType != after.MainType)) return PartnersProblems.OwnFieldsOnly();
        if (Owners.Refuse(await Owners.ClosedAsync(Work, ct), before, after) is { } owned) return owned;
        if (await WordLists.ListedWords.CheckAsync(Work, Traits.Of(before), Traits.Of(after), ct) is { } unknown) return unknown;
        after = await CreatePartner.SpellAsync(Db, after, ct);
        if (!changes.Settles) after = await Conflicts.Saids.HearAsync(Work, partner.Id, before, after, changes.File, ct);
        partner.Describe(after);
        await Traits.KeepAsync(Work, partner.Id, Traits.Of(partner), ct);
        await Hygiene.PartnerKeys.KeepAsync(Work, partner, ct);
        if (before.Name != after.Name) await Memberships.RenamePartnerAsync(Work, partner.Id, after.Name, ct);
        return partner.Id;
    }

    internal static NewPartner Merge(Profile now, ProfileChanges changes) => new(changes.Name ?? now.Name, changes.Country ?? now.Country, changes.MainType ?? now.MainType)
    {
        LegalName = changes.LegalName ?? now.LegalName,
        Website = changes.Website ?? now.Website,
        Description = changes.Description ?? now.Description,
        City = changes.City ?? now.City,
        Postcode = changes.Postcode ?? now.Postcode,
        Phone = changes.Phone ?? now.Phone,
        Employees = changes.Employees ?? now.Employees,
        Revenue = changes.Revenue ?? now.Revenue,
        Languages = changes.Languages ?? now.Languages,
        Verticals = changes.Verticals ?? now.Verticals,
        Competencies = changes.Competencies ?? now.Competencies,
    };
}
