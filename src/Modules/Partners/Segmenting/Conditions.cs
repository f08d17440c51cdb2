using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Segmenting;

/// <summary>
/// Which partners are meant: within one line any of the values, and all lines together; an empty line asks nothing. Type, motion, its status and its tier are
/// asked of one and the same motion. Lists and segments use the same definition.
/// </summary>
internal sealed record Conditions
{
    public IReadOnlyList<PartnerType> Types { get; init => field = value ?? []; } = [];
    public IReadOnlyList<Motion> Motions { get; init => field = value ?? []; } = [];
    public IReadOnlyList<MotionState> MotionStates { get; init => field = value ?? []; } = [];
    public IReadOnlyList<Tier> MotionTiers { get; init => field = value ?? []; } = [];
    public IReadOnlyList<Tier> Tiers { get; init => field = value ?? []; } = [];
    public IReadOnlyList<PartnerState> States { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Regions { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Countries { get; init => field = value ?? []; } = [];
    public IReadOnlyList<RevenueBand> Revenues { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Competencies { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Verticals { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Technologies { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Territories { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];
    public IReadOnlyList<PersonId> Managers { get; init => field = value ?? []; } = [];

    /// <summary>Nobody manages it.</summary>
    public bool Unmanaged { get; init; }

    public int? EmployeesFrom { get; init; }
    public int? EmployeesTo { get; init; }

    /// <summary>It has been a partner for at least this many months.</summary>
    public int? MonthsFrom { get; init; }
    public int? MonthsTo { get; init; }

    /// <summary>It can take a lead or begin a project now.</summary>
    public bool HasCapacity { get; init; }

    /// <summary>Followers of its public profiles, as it has told.</summary>
    public int? FollowersFrom { get; init; }
    public int? FollowersTo { get; init; }

    /// <summary>Something that its record lacks.</summary>
    public IReadOnlyList<Gap> Gaps { get; init => field = value ?? []; } = [];

    /// <summary>What is asked of its performance.</summary>
    public Achieved Achieved { get; init => field = value ?? new(); } = new();

    /// <summary>Whether nothing is asked at all.</summary>
    public bool IsEmpty => this is { Achieved.IsEmpty: true, Unmanaged: false, EmployeesFrom: null, EmployeesTo: null, MonthsFrom: null, MonthsTo: null, HasCapacity: false, FollowersFrom: null, FollowersTo: null }
        && Types.Count + Motions.Count + MotionStates.Count + MotionTiers.Count + Tiers.Count + States.Count + Regions.Count + Countries.Count + Revenues.Count
        + Managers.Count + Gaps.Count + Tags.Count + Words.Sum(w => w.Words.Count) == 0;

    /// <summary>Whether anything is asked that a partner's own administrator writes into its profile.</summary>
    public bool AskSelfDeclared() =>
        this is not { EmployeesFrom: null, EmployeesTo: null, HasCapacity: false, FollowersFrom: null, FollowersTo: null } || Revenues.Count + Gaps.Count + Words.Sum(w => w.Words.Count) > 0;

    private IEnumerable<(TraitKind Kind, IReadOnlyList<string> Words)> Words =>
    [
        (TraitKind.Competency, Competencies), (TraitKind.Vertical, Verticals), (TraitKind.Language, Languages), (TraitKind.Technology, Technologies), (TraitKind.Territory, Territories),
    ];

    /// <summary>The partners that are meant; never one that was merged into another.</summary>
    public IQueryable<Partner> Among(Db db, IQueryable<Partner> rows, DateTime now)
    {
        rows = rows.Where(p => p.MergedInto == null);
        if (Tiers.Count > 0) rows = rows.Where(p => Tiers.Contains(p.Tier));
        if (States.Count > 0) rows = rows.Where(p => States.Contains(p.State));
        if (Regions.Count > 0) rows = rows.Where(p => Regions.Contains(p.Region));
        if (Countries.Count > 0) rows = rows.Where(p => Countries.Contains(p.Country));
        if (Revenues.Count > 0)
        {
            List<RevenueBand?> revenues = [.. Revenues];
            rows = rows.Where(p => revenues.Contains(p.Revenue));
        }

        if (EmployeesFrom is { } least) rows = rows.Where(p => p.Employees >= least);
        if (EmployeesTo is { } most) rows = rows.Where(p => p.Employees <= most);
        if (MonthsFrom is { } old && now.AddMonths(-old) is var before) rows = rows.Where(p => p.Since <= before);
        if (MonthsTo is { } young && now.AddMonths(-young) is var after) rows = rows.Where(p => p.Since > after);
        rows = ByManager(db, ByMotion(db, rows));
        foreach (var (kind, words) in Words.Where(w => w.Words.Count > 0))
        {
            var keys = words.Select(Traits.Key).ToList();
            rows = rows.Where(p => db.Set<Trait>().Any(t => t.TenantId == p.TenantId && t.PartnerId == p.Id && t.Kind == kind && keys.Contains(t.Key)));
        }

        if (Tags.Count > 0)
        {
            var keys = Tags.Select(Traits.Key).ToList();
            rows = rows.Where(p => db.Set<Tag>().Any(t => t.TenantId == p.TenantId && t.PartnerId == p.Id && keys.Contains(t.Key)));
        }

        if (HasCapacity) rows = rows.Where(p => db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && (e.LeadCapacity > 0 || e.ProjectCapacity > 0)));
        if (FollowersFrom is { } fewest) rows = rows.Where(p => db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.Followers >= fewest));
        if (FollowersTo is { } highest) rows = rows.Where(p => db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.Followers <= highest));
        rows = Achieved.Among(db, rows, now);
        foreach (var gap in Gaps) rows = rows.Where(Lacks.Of(db, gap, now));
        return rows;
    }

    /// <summary>
    /// Whether one partner is meant, by the same definition as <see cref="Among"/> (a test holds the two together); null where all else fits and only the database can tell what its record lacks.
    /// </summary>
    public bool? Holds(SegmentSubject partner, DateTime now)
    {
        static bool One<T>(IReadOnlyList<T> asked, T has) => asked.Count == 0 || asked.Contains(has);
        bool Has(TraitKind kind, IReadOnlyList<string> words) => words.Select(Traits.Key).Any(key => partner.Traits.Contains((kind, key)));
        var fits = !partner.Merged && One(Tiers, partner.Tier) && One(States, partner.State) && One(Regions, partner.Region) && One(Countries, partner.Country)
            && (Revenues.Count == 0 || (partner.Revenue is { } revenue && Revenues.Contains(revenue)))
            && (EmployeesFrom is null || partner.Employees >= EmployeesFrom) && (EmployeesTo is null || partner.Employees <= EmployeesTo)
            && (MonthsFrom is not { } old || partner.Since <= now.AddMonths(-old)) && (MonthsTo is not { } young || partner.Since > now.AddMonths(-young))
            && HoldsManager(partner) && HoldsMotion(partner)
            && Words.All(w => w.Words.Count == 0 || Has(w.Kind, w.Words))
            && (Tags.Count == 0 || Tags.Select(Traits.Key).Any(partner.Tags.Contains))
            && (FollowersFrom is null || partner.Followers >= FollowersFrom) && (FollowersTo is null || partner.Followers <= FollowersTo)
            && (!HasCapacity || partner.HasCapacity) && Achieved.Holds(partner, now);
        return fits && Gaps.Count > 0 ? null : fits;
    }

    private bool HoldsManager(SegmentSubject partner) =>
        (!Unmanaged || partner.Manager is null)
        && (Managers.Count == 0 || (partner.Manager is { } manager && Managers.Contains(manager))
            || partner.Motions.Any(m => m.State != MotionState.Ended && m.Manager is { } own && Managers.Contains(own)));

    private bool HoldsMotion(SegmentSubject partner)
    {
        if (Motions.Count + MotionStates.Count + MotionTiers.Count == 0)
            return Types.Count == 0 || Types.Contains(partner.MainType) || partner.Motions.Any(m => m.State != MotionState.Ended && Types.Contains(m.Type));
        return partner.Motions.Any(m => (MotionStates.Count == 0 ? m.State != MotionState.Ended : MotionStates.Contains(m.State))
            && (Motions.Count == 0 || Motions.Contains(m.Motion)) && (MotionTiers.Count == 0 || MotionTiers.Contains(m.Tier)) && (Types.Count == 0 || Types.Contains(m.Type)));
    }

    private IQueryable<Partner> ByManager(Db db, IQueryable<Partner> rows)
    {
        if (Unmanaged) rows = rows.Where(p => p.ManagerId == null);
        if (Managers.Count == 0) return rows;
        List<PersonId?> managers = [.. Managers];
        return rows.Where(p => managers.Contains(p.ManagerId)
            || db.Set<PartnerMotion>().Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id && managers.Contains(m.ManagerId) && m.State != MotionState.Ended));
    }

    private IQueryable<Partner> ByMotion(Db db, IQueryable<Partner> rows)
    {
        var (types, motions, states, tiers) = (Types, Motions, MotionStates, MotionTiers);
        // A partner is also found by its main type alone.
        if (motions.Count + states.Count + tiers.Count == 0)
        {
            return types.Count == 0 ? rows : rows.Where(p => types.Contains(p.MainType)
                || db.Set<PartnerMotion>().Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id && types.Contains(m.Type) && m.State != MotionState.Ended));
        }

        var having = db.Set<PartnerMotion>().Where(m => states.Count == 0 ? m.State != MotionState.Ended : states.Contains(m.State));
        if (motions.Count > 0) having = having.Where(m => motions.Contains(m.Motion));
        if (tiers.Count > 0) having = having.Where(m => tiers.Contains(m.Tier));
        if (types.Count > 0) having = having.Where(m => types.Contains(m.Type));
        return rows.Where(p => having.Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id));
    }
}
