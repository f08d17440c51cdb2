using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Profiling;
using Trellis.Partners.Starting;

namespace Trellis.Partners.Published;

/// <summary>A partner to create. Lists are typed with commas.</summary>
public sealed record NewPartner(string? Name, string? Country, PartnerType? MainType)
{
    public string? LegalName { get; init; }
    public string? Website { get; init; }
    public string? Description { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? Phone { get; init; }
    public int? Employees { get; init; }
    public RevenueBand? Revenue { get; init; }
    public string? Languages { get; init; }
    public string? Verticals { get; init; }
    public string? Competencies { get; init; }

    /// <summary>The vendor's partner manager, or null for nobody yet.</summary>
    public PersonId? Manager { get; init; }

    /// <summary>Where it starts; a partnership that exists already may start as active.</summary>
    public PartnerState State { get; init; }

    /// <summary>The motions it opts into, each with the main type at first.</summary>
    public IReadOnlyList<Motion>? Motions { get; init; }

    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Fields { get; init; }

    /// <summary>Creates it although another partner has the same name or web site.</summary>
    public bool EvenIfSimilar { get; init; }

    /// <summary>Nobody is told: an import makes many at once.</summary>
    internal bool Quietly { get; init; }
}

/// <summary>Creates a partner organisation with its first motions.</summary>
public sealed class CreatePartner(Work work, CustomFields fields, Notify notify, IServiceProvider services) : UseCase<NewPartner, PartnerId>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<PartnerId>> HandleAsync(NewPartner input, CancellationToken ct)
    {
        var read = Profiles.Read(input);
        if (!read.Ok) return read.Problem;
        if (input.State is not (PartnerState.Prospect or PartnerState.Applicant or PartnerState.Onboarding or PartnerState.Activated or PartnerState.Active))
            return Problem.Invalid("state", "A new partner starts as prospect, applicant, onboarding, activated or active.");
        if (input.Manager is { } manager && !await Managers.MayManageAsync(Db, manager, ct)) return PartnersProblems.NoManager();

        if (await WordLists.ListedWords.CheckAsync(Work, new Dictionary<TraitKind, string>(), Traits.Of(read.Value), ct) is { } unknown) return unknown;
        var own = await fields.FillAsync(PartnerRecords.Name, input.Fields, ct);
        if (!own.Ok) return own.Problem;
        await Work.LockAsync("partners.create", ct);
        if (!input.EvenIfSimilar)
        {
            if (await Profiles.SimilarAsync(Db, read.Value, null, ct) is { } similar) return PartnersProblems.Similar(similar.Id, similar.Name);
            var profile = read.Value;
            if ((await Duplicates.OfAsync(Work, profile.Name, profile.Website, profile.Country, profile.City, null, ct)).FirstOrDefault(t => t.Score >= Duplicates.Certain) is { } twin)
                return PartnersProblems.Similar(twin.Partner, twin.Name);
        }


        var partner = Partner.Create(Work.Tenant, Work.NewId<PartnerId>(), input.State, Tier.Registered, Work.Actor.Name, Work.Now);
        partner.Describe(await SpellAsync(Db, read.Value, ct));
        partner.Entrust(input.Manager);
        Db.Add(partner);
        Db.AddRange(RecordType<PartnerId>.RowsOf(Work.Tenant, partner.Id, own.Value));
        await Traits.KeepAsync(Work, partner.Id, Traits.Of(partner), ct);
        await PartnerKeys.KeepAsync(Work, partner, ct);
        if (!input.Quietly) Conflicts.Saids.Typed(Work, partner.Id, partner.Profile());
        foreach (var kind in (input.Motions ?? []).Distinct())
        {
            var motion = new PartnerMotion { TenantId = Work.Tenant, PartnerId = partner.Id, Motion = kind, Type = partner.MainType, State = MotionStart(input.State), Since = Work.Today };
            Db.Add(motion);
            Motions.MotionHistory.Keep(Work, motion);
        }

        if (input.State == PartnerState.Onboarding) await services.GetRequiredService<OnboardingSteps>().BeginAsync(partner.Id, input.Manager, [.. input.Motions ?? []], input.Quietly, ct);
        if (!input.Quietly) await PartnerNews.EntrustedAsync(Work, notify, partner, ct);
        return partner.Id;
    }

    // Words that other partners use already are spelled as they spell them.
    internal static async Task<Profile> SpellAsync(Db db, Profile profile, CancellationToken ct) => profile with
    {
        Competencies = await Traits.SpelledAsync(db, TraitKind.Competency, profile.Competencies, ct),
        Verticals = await Traits.SpelledAsync(db, TraitKind.Vertical, profile.Verticals, ct),
        Languages = await Traits.SpelledAsync(db, TraitKind.Language, profile.Languages, ct),
    };

    private static MotionState MotionStart(PartnerState state) => state switch
    {
        PartnerState.Prospect or PartnerState.Applicant => MotionState.Applied,
        PartnerState.Onboarding => MotionState.Onboarding,
        _ => MotionState.Active,
    };
}
