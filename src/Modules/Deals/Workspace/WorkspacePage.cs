using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>What both sides work with on a deal, as this actor may see it: page and API show the same.</summary>
internal sealed record DealWorkspace
{
    public required DealId Deal { get; init; }

    /// <summary>Changes whenever something changes that this actor may see.</summary>
    public required string Mark { get; init; }

    /// <summary>What this actor may see.</summary>
    public required DealVisibility Level { get; init; }

    /// <summary>Whether this actor may write tasks, plan, people and files.</summary>
    public required bool Works { get; init; }

    public WorkspaceCounts? Counts { get; init; }
    /// <summary>What happens next; null where nobody has said, or out of sight.</summary>
    public NextStepLine? NextStep { get; init; }

    public required IReadOnlyList<TaskLine> Tasks { get; init; }

    /// <summary>The stage of the joint pursuit; null without a plan, or out of sight.</summary>
    public PursuitStage? Stage { get; init; }

    public required IReadOnlyList<MilestoneLine> Plan { get; init; }

    /// <summary>Tasks that were removed lately and that this actor may put back, the last one first.</summary>
    public IReadOnlyList<RemovedLine> RemovedTasks { get; init; } = [];

    /// <summary>The same of the plan.</summary>
    public IReadOnlyList<RemovedLine> RemovedMilestones { get; init; } = [];

    /// <summary>Null out of sight.</summary>
    public IReadOnlyList<CommitteeLine>? Committee { get; init; }

    /// <summary>What is missing in the contact with the buying committee.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Null out of sight.</summary>
    public IReadOnlyList<FileLine>? Files { get; init; }

    /// <summary>Whom to ask, on both sides.</summary>
    public required IReadOnlyList<AskLine> Ask { get; init; }

    /// <summary>Who sees how much.</summary>
    public required IReadOnlyList<SightLine> Sights { get; init; }

    public required IReadOnlyList<AgreementLine> Agreements { get; init; }

    /// <summary>Whether this actor reads the plan.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool ReadsPlan { get; init; }

    /// <summary>Whether this actor may write messages.</summary>
    public bool Says { get; init; }

    /// <summary>Who reads messages; null where this actor does not.</summary>
    public MessageReaders? Readers { get; init; }

    /// <summary>What happened besides the moves of the status and the messages, oldest first.</summary>
    public IReadOnlyList<DealEvent> Events { get; init; } = [];
}

/// <summary>How much there is; all that the level counts shows.</summary>
internal sealed record WorkspaceCounts(int OpenTasks, int Tasks, int Milestones, int Messages, int Files, int People);

internal sealed record TaskLine(DealTaskId Id, string Title, CommentAudience Audience, DealSide Side, string Owner, bool Mine, bool May, DateOnly? DueOn, DateTime? DoneAt, string? DoneBy, long Version)
{
    /// <summary>The owner as a change of the task names it; null where this actor may not choose it.</summary>
    public string? OwnerKey { get; init; }

    /// <summary>When it fell to its company because who had it may not act any more; with the name for the vendor’s people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public (DateTime At, string? By)? Freed { get; init; }
}

internal sealed record MilestoneLine(MilestoneId Id, PursuitStage Stage, string Title, DealSide Owner, DateOnly? DueOn, DateTime? DoneAt, string? DoneBy, long Version)
{
    /// <summary>The company or person in whose hands it is; null where only a side is named.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The owner as a change of the milestone names it; of another partner's person the company.</summary>
    public required string OwnedBy { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public (DateTime At, string? By)? Freed { get; init; }

    /// <summary>Whether a person has it whom this actor may not choose: a change leaves it there.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool OwnerKept { get; init; }

    /// <summary>Whether it is in the hands of who reads it, or of its company as a whole.</summary>
    public bool Mine { get; init; }
}

internal sealed record CommitteeLine(CommitteePersonId Id, string Name, string? JobTitle, string? Email, BuyerRole Role, Influence Influence, Stance Stance, DealSide? CoveredBy, string? CoveredByName, long Version);

internal sealed record FileLine(FileId Id, string Name, CommentAudience Audience, long Bytes, string AddedBy, DateTime At, bool May);

internal sealed record AskLine(string Name, string About, DealSide Side, string? Email);

/// <summary>A reader of the deal, its level, what that shows and what it allows; <c>May</c>: this actor may change it.</summary>
internal sealed record SightLine(PartnerId? Partner, string Name, DealVisibility Level, string Means, bool May, string Allows = "");

/// <summary>Reads the workspace of a deal that the actor sees.</summary>
internal static class WorkspacePage
{
    private const int MostRemoved = 20;

    public static async Task<Result<DealWorkspace>> FindAsync(Work work, DealId id, CancellationToken ct)
    {
        var deal = await DealPage.FindAsync(work, id, ct);
        return deal.Ok ? await FindAsync(work, deal.Value, ct) : deal.Problem;
    }

    public static async Task<DealWorkspace> FindAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var (actor, level) = (work.Actor, deal.Level);
        var joined = !actor.IsPartner || deal.Full || deal.OfReseller || deal.Invitation == MemberState.Accepted;
        bool Shows(DealPart part) => joined && deal.Sight.Reads(part);
        var plan = Shows(DealPart.Plan) ? await PlanAsync(work, deal, ct) : [];
        var committee = Shows(DealPart.Committee) ? await CommitteeAsync(work, deal, ct) : null;
        var writes = !deal.OfReseller && deal.State != DealState.Draft && (!actor.IsPartner || deal.Full || SightTable.MemberWrites(deal.State, DealPart.Tasks));
        var tasks = Shows(DealPart.Tasks) || (joined && (actor.IsPartner && !deal.OfReseller)) ? await TasksAsync(work, deal, ct) : [];
        var files = Shows(DealPart.Files) ? await FilesAsync(work, deal, ct) : null;
        var agreements = await AgreementList.FindAsync(work, deal, ct);
        var space = new DealWorkspace
        {
            Deal = deal.Id,
            Mark = await DealMark.OfAsync(work, deal.Id, ct) ?? "",
            Level = level,
            Works = writes && actor.May(DealsPermissions.WorkOn) && Shows(DealPart.Tasks),
            Says = writes && actor.May(DealsPermissions.Comment) && Shows(DealPart.Messages),
            Readers = Shows(DealPart.Messages) && deal.State != DealState.Draft ? await MessageReaders.OfAsync(work, deal, ct) : null,
            Counts = !Shows(DealPart.Numbers) ? null : Counted(deal, tasks, plan, committee, files) ?? await CountsAsync(work, deal.Id, ct),
            NextStep = Shows(DealPart.Figures) ? await NextSteps.FindAsync(work, deal, ct) : null,
            Tasks = tasks,
            Stage = Pursuit.StageOf(plan.Select(m => (m.Stage, m.DoneAt is not null))),
            Plan = plan,
            ReadsPlan = Shows(DealPart.Plan),
            Committee = committee,
            Gaps = committee is null ? [] : Threads.Gaps([.. committee.Select(p => (p.Role, p.Influence, p.Stance, p.CoveredBy))]),
            Files = files,
            Ask = await AskAsync(work, deal, joined && level == DealVisibility.Full, ct),
            Sights = await SightsAsync(work, deal, agreements, ct),
            Agreements = agreements,
        };
        if (space.Works) space = space with { RemovedTasks = await RemovedTasksAsync(work, deal, ct), RemovedMilestones = await RemovedMilestonesAsync(work, deal, ct) };
        return deal.State == DealState.Draft ? space : space with { Events = await DealEvents.OfAsync(work, deal, space, ct) };
    }

    private static async Task<List<TaskLine>> TasksAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var tasks = await work.Db.Set<DealTask>().AsNoTracking().Below(deal.OfReseller).Where(t => t.DealId == deal.Id && (!deal.OfReseller || t.Audience == CommentAudience.Shared)).ToListAsync(ct);
        var names = deal.Team.ToDictionary(t => t.Partner, t => t.PartnerName);
        return [.. tasks.OrderBy(t => t.DoneAt is not null).ThenByDescending(t => t.DoneAt).ThenBy(t => t.DueOn ?? DateOnly.MaxValue).ThenBy(t => t.Id.Value).Select(t => new TaskLine(
            t.Id, t.Title, t.Audience, t.OwnerPartner is null ? DealSide.Vendor : DealSide.Partner, Person(work.Actor, t.OwnerPartner, t.OwnerName, names)!,
            t.OwnerPerson == work.Actor.Person || (t.OwnerPerson is null && t.OwnerPartner == work.Actor.Partner), !deal.OfReseller && (!work.Actor.IsPartner || deal.Full || SightTable.MemberWrites(deal.State, null)) && FinishTask.May(work.Actor, deal.Full, t), t.DueOn, t.DoneAt, Person(work.Actor, t.DoneByPartner, t.DoneByName, names), t.Version)
            { OwnerKey = work.Actor.IsPartner && t.OwnerPerson is not null && t.OwnerPartner != work.Actor.Partner ? null : EditTask.Key(t), Freed = Freed(work.Actor, t.FreedAt, t.HeldByName) })];
    }

    private static async Task<IReadOnlyList<RemovedLine>> RemovedTasksAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var gone = await work.Db.Set<DealTask>().Removed(work.Now).AsNoTracking().Where(t => t.DealId == deal.Id).OrderByDescending(t => t.RemovedAt).Take(MostRemoved).ToListAsync(ct);
        return Removed(work.Actor, deal, gone.Where(t => FinishTask.May(work.Actor, deal.Full, t)), t => (t.Id.ToString(), t.Title));
    }

    private static async Task<IReadOnlyList<RemovedLine>> RemovedMilestonesAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var gone = await work.Db.Set<Milestone>().Removed(work.Now).AsNoTracking().Where(m => m.DealId == deal.Id).OrderByDescending(m => m.RemovedAt).Take(MostRemoved).ToListAsync(ct);
        return Removed(work.Actor, deal, gone, m => (m.Id.ToString(), m.Title));
    }

    private static List<RemovedLine> Removed<T>(Actor actor, DealDetail deal, IEnumerable<T> gone, Func<T, (string Id, string Title)> of) where T : IRemovable
    {
        var names = deal.Team.ToDictionary(t => t.Partner, t => t.PartnerName);
        return [.. gone.Select(g => new RemovedLine(of(g).Id, of(g).Title, g.RemovedAt!.Value, Person(actor, g.RemovedByPartner, g.RemovedByName, names)))];
    }

    private static (DateTime, string?)? Freed(Actor actor, DateTime? at, string? by) => at is { } when ? (when, actor.IsPartner ? null : by) : null;

    // Of another partner's people a partner reads the company.
    private static string? Person(Actor actor, PartnerId? of, string? name, Dictionary<PartnerId, string> companies) =>
        of is { } partner && actor.IsPartner && partner != actor.Partner ? companies.GetValueOrDefault(partner, "Another partner") : name;

    private static async Task<List<MilestoneLine>> PlanAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var milestones = await work.Db.Set<Milestone>().AsNoTracking().Below(deal.OfReseller).Where(m => m.DealId == deal.Id).OrderBy(m => m.Place).ToListAsync(ct);
        var names = deal.Team.ToDictionary(t => t.Partner, t => t.PartnerName);
        return [.. milestones.Select(m => new MilestoneLine(m.Id, m.Stage, m.Title, m.Owner, m.DueOn, m.DoneAt, Person(work.Actor, m.DoneByPartner, m.DoneByName, names), m.Version)
        {
            OwnerName = Kernel.Text.OrNull(Person(work.Actor, m.OwnerPartner, m.OwnerName, names)),
            OwnedBy = work.Actor.IsPartner && m.OwnerPartner is { } other && other != work.Actor.Partner ? other.ToString() : work.Actor.IsPartner && m.OwnerPartner is null ? Kernel.Words.Of(m.Owner) : MilestoneOwners.Key(m),
            Freed = Freed(work.Actor, m.FreedAt, m.HeldByName),
            OwnerKept = work.Actor.IsPartner && m.OwnerPerson is not null && m.OwnerPartner != work.Actor.Partner,
            Mine = m.OwnerPerson is { } person ? person == work.Actor.Person && m.OwnerPartner == work.Actor.Partner
                : work.Actor.IsPartner ? m.Owner == DealSide.Partner && (m.OwnerPartner is { } company ? company == work.Actor.Partner : deal.Full) : m.Owner == DealSide.Vendor,
        })];
    }

    private static async Task<List<CommitteeLine>> CommitteeAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var people = deal.OfReseller ? await work.Db.Set<CommitteePerson>().AsNoTracking().Below(true).Where(p => p.DealId == deal.Id).ToListAsync(ct) : await CommitteeAsync(work, deal.Id, ct);
        return [.. people.OrderByDescending(p => p.Influence).ThenBy(p => p.Role).ThenBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new CommitteeLine(p.Id, p.Name, p.JobTitle, p.Email, p.Role, p.Influence, p.Stance, p.CoveredBy, p.CoveredByName, p.Version))];
    }

    /// <summary>The buying committee as the actor sees it, read once for a page.</summary>
    public static Task<List<CommitteePerson>> CommitteeAsync(Work work, DealId deal, CancellationToken ct) => work.Kept<ShownTwice>().Committees.OrReadAsync(deal,
        () => work.Db.Set<CommitteePerson>().AsNoTracking().Where(p => p.DealId == deal).Take(SaveCommitteePerson.Most).ToListAsync(ct));

    /// <summary>Reads the committees of several deals at once, for what is asked of each afterwards.</summary>
    public static async Task KnowCommitteesAsync(Work work, IReadOnlyCollection<DealId> deals, CancellationToken ct)
    {
        var known = work.Kept<ShownTwice>().Committees;
        DealId[] unknown = [.. deals.Where(d => !known.ContainsKey(d))];
        if (unknown.Length < 2) return;
        var people = (await work.Db.Set<CommitteePerson>().AsNoTracking().Where(p => unknown.Contains(p.DealId)).Take(SaveCommitteePerson.Most * unknown.Length).ToListAsync(ct)).ToLookup(p => p.DealId);
        foreach (var deal in unknown) known[deal] = [.. people[deal]];
    }

    private static async Task<List<FileLine>> FilesAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var files = await work.Db.Set<DealFile>().AsNoTracking().Below(deal.OfReseller).Where(f => f.DealId == deal.Id && (!deal.OfReseller || f.Audience == CommentAudience.Shared)).OrderByDescending(f => f.Id).ToListAsync(ct);
        var names = deal.Team.ToDictionary(t => t.Partner, t => t.PartnerName);
        return [.. files.Select(f => new FileLine(f.Id, f.Name, f.Audience, f.Bytes,
            f.AddedByPartner is { } p && work.Actor.IsPartner && p != work.Actor.Partner ? names.GetValueOrDefault(p, "Another partner") : f.AddedByName, f.At,
            deal is { OfReseller: false } && f.AddedByPartner == work.Actor.Partner && work.Actor.May(DealsPermissions.WorkOn) && (!work.Actor.IsPartner || deal.Full || SightTable.MemberWrites(deal.State, DealPart.Files))))];
    }

    // Whoever reads all that there is has counted it.
    private static WorkspaceCounts? Counted(DealDetail deal, List<TaskLine> tasks, List<MilestoneLine> plan, List<CommitteeLine>? committee, List<FileLine>? files) =>
        deal is { Full: true, OfReseller: false } && committee is not null && files is not null && deal.Comments.Count < DealPage.MostComments
            ? new WorkspaceCounts(tasks.Count(t => t.DoneAt is null), tasks.Count, plan.Count, deal.Comments.Count, files.Count, committee.Count) : null;

    // A partner's count holds what is shared, never what is internal.
    private static async Task<WorkspaceCounts> CountsAsync(Work work, DealId id, CancellationToken ct)
    {
        var (db, partner) = (work.Db, work.Actor.IsPartner);
        var row = await db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == id).Select(d => new
        {
            Open = db.Set<DealTask>().Count(t => t.TenantId == d.TenantId && t.DealId == d.Id && t.DoneAt == null && (!partner || t.Audience == CommentAudience.Shared)),
            Tasks = db.Set<DealTask>().Count(t => t.TenantId == d.TenantId && t.DealId == d.Id && (!partner || t.Audience == CommentAudience.Shared)),
            Milestones = db.Set<Milestone>().Count(m => m.TenantId == d.TenantId && m.DealId == d.Id),
            Messages = db.Set<DealComment>().Count(c => c.TenantId == d.TenantId && c.DealId == d.Id && (!partner || c.Audience == CommentAudience.Shared)),
            Files = db.Set<DealFile>().Count(f => f.TenantId == d.TenantId && f.DealId == d.Id && (!partner || f.Audience == CommentAudience.Shared)),
            People = db.Set<CommitteePerson>().Count(p => p.TenantId == d.TenantId && p.DealId == d.Id),
        }).SingleAsync(ct);
        return new WorkspaceCounts(row.Open, row.Tasks, row.Milestones, row.Messages, row.Files, row.People);
    }

    private static async Task<List<AskLine>> AskAsync(Work work, DealDetail deal, bool all, CancellationToken ct)
    {
        List<AskLine> ask = [];
        if (deal.ManagerName is { } manager) ask.Add(new AskLine(manager, T("Partner manager"), DealSide.Vendor, deal.ManagerEmail));
        var (row, seller) = (deal.Rows!.Deal, deal.Rows.Seller);
        var person = all ? await People.Reading(work.Db, row.RegisteredBy, new Holders(row.PartnerId, row.DistributorId)).Select(p => new { p.Name, p.Email }).SingleOrDefaultAsync(ct) : null;
        if (seller is { Length: > 0 } && !work.Actor.IsPartner) ask.Add(new AskLine(seller, T("Direct seller of the opportunity"), DealSide.Vendor, null));
        if (person is not null) ask.Add(new AskLine(person.Name, T($"Registered it for {deal.PartnerName}"), DealSide.Partner, person.Email));
        else ask.Add(new AskLine(deal.PartnerName, T("Registered the deal"), DealSide.Partner, null));
        ask.AddRange(deal.Team.Where(t => t.Role != DealRole.Source && t.State == MemberState.Accepted).Select(t => new AskLine(t.PartnerName, T(Kernel.Words.Label(t.Role)), DealSide.Partner, null)));
        return ask;
    }

    private static async Task<List<SightLine>> SightsAsync(Work work, DealDetail deal, IReadOnlyList<AgreementLine> agreements, CancellationToken ct)
    {
        SightLine Line(PartnerId? partner, string name, Sight sight, bool may) => new(partner, name, sight.Level, SightWords.Shows(sight.Parts), may, SightWords.Allows(sight.Parts, partner is null));
        if (deal.OfReseller) return [new(work.Actor.Partner, "Your company", deal.Level, ResellerDeals.Words(deal.Sight), false)];
        if (!deal.Full) return [Line(work.Actor.Partner, work.Actor.IsPartner ? "Your company" : "You, of the direct team", deal.Sight, false)];
        var may = SetSight.Possible(work.Actor, deal.Full);
        var direct = await Workspace.Sights.DirectAsync(work, deal.Id, ct) ?? Sight.Whole;
        var levels = deal.Rows!.Places.ToDictionary(m => m.PartnerId, m => m.Sight);
        var agreed = may ? agreements.Where(a => Agreeing.Alive.Contains(a.State)).Select(a => a.Partner).ToHashSet() : [];
        return
        [
            Line(deal.Partner, deal.PartnerName, Sight.Whole, false),
            .. deal.Team.Where(t => t.Role != DealRole.Source && t.State is MemberState.Invited or MemberState.Accepted && levels.ContainsKey(t.Partner)).Select(t => Line(t.Partner, t.PartnerName, levels[t.Partner], may && !agreed.Contains(t.Partner))),
            .. await AboveAsync(work, deal, ct),
            Line(null, "The vendor’s direct team", direct, may),
        ];
    }

    // The partner that registered it, and the vendor, read which distributor looks on, too.
    private static async Task<IReadOnlyList<SightLine>> AboveAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var above = (await ResellerDeals.AboveAsync(work, deal.Partner, ct)).Where(t => t.Level > DealVisibility.None && !deal.Team.Any(m => m.Partner == t.Distributor)).ToList();
        if (above.Count == 0) return [];
        var names = await DealList.PartnerNamesAsync(work, [.. above.Select(t => t.Distributor)], ct);
        return [.. above.Select(t => new SightLine(t.Distributor, names.GetValueOrDefault(t.Distributor, ""), t.Level, ResellerDeals.Words(t.Sight), false))];
    }
}
