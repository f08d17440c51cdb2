using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>One deal as this actor may see it: page and API show the same.</summary>
internal sealed record DealDetail : IHasVersion
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    public required DealId Id { get; init; }
    public required string Title { get; init; }
    public required long Version { get; init; }
    public required DealState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required string StateBy { get; init; }
    public string? StateReason { get; init; }
    public ReasonCode? Reason { get; init; }
    public required ProtectionState Protection { get; init; }
    public required ConflictState? Conflict { get; init; }
    public required AccountState? AccountState { get; init; }

    /// <summary>What this actor may do now.</summary>
    public required IReadOnlyList<DealTrigger> Allowed { get; init; }

    public required string CustomerName { get; init; }
    public string? CustomerDomain { get; init; }
    public string? CustomerCity { get; init; }
    public string? CustomerTaxNumber { get; init; }
    public string? Country { get; init; }
    public AccountId? Account { get; init; }
    public string? AccountName { get; init; }
    public OpportunityId? Opportunity { get; init; }

    /// <summary>The number of the linked opportunity in the vendor's CRM; for the vendor's people.</summary>
    public string? OpportunityNumber { get; init; }

    /// <summary>Where the linked opportunity stands in the vendor's CRM; null without one, or out of sight.</summary>
    public OpportunityStage? OpportunityStage { get; init; }

    /// <summary>When the linked opportunity is expected to close.</summary>
    public DateOnly? OpportunityClose { get; init; }

    public ProductId? Product { get; init; }
    public string? ProductName { get; init; }
    public Motion? Motion { get; init; }
    public required PartnerId Partner { get; init; }
    public required string PartnerName { get; init; }
    public string? RegisteredBy { get; init; }

    /// <summary>When its partner took it over from another one.</summary>
    [JsonIgnore]
    public DateTime? TransferredAt { get; init; }

    /// <summary>Whom to ask.</summary>
    public string? ManagerName { get; init; }

    public string? ManagerEmail { get; init; }
    public string? ContactName { get; init; }
    public string? ContactEmail { get; init; }
    public string? WorkDone { get; init; }
    public string? NextStep { get; init; }
    /// <summary>Null where it is out of sight.</summary>
    public long? Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>What reports count, minor units of the main currency; null where there is no rate, or out of sight.</summary>
    public long? MainAmount { get; init; }

    public string MainCurrency { get; init; } = "";

    /// <summary>Its currency has no exchange rate for the day, so it counts nowhere.</summary>
    public bool NoRate { get; init; }

    public long? WonAmount { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public DateTime? DecidedAt { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public DateTime? ClosedAt { get; init; }
    public string? Reviewer { get; init; }
    public DateTime? DecideBy { get; init; }

    /// <summary>A draft that waits for the second partner of a joint registration.</summary>
    public bool AwaitsPartner { get; init; }

    /// <summary>The role that was late, while a higher one decides.</summary>
    public string? EscalatedFrom { get; init; }

    /// <summary>Whether the actor's partner registered it; true for the vendor, but for its direct team only where it may see all.</summary>
    public required bool Full { get; init; }

    /// <summary>A deal of a reseller that the actor's company supplies: it reads what the vendor lets it see, and does nothing here.</summary>
    public bool OfReseller { get; init; }

    /// <summary>How much of it the actor sees.</summary>
    public required DealVisibility Level { get; init; }

    /// <summary>The level with the parts that it stands for, less what the actor's roles leave out.</summary>
    [JsonIgnore]
    public Sight Sight { get; init; }

    /// <summary>Where the actor's own membership of the team stands, on another partner's deal.</summary>
    public MemberState? Invitation { get; init; }

    public required IReadOnlyList<TeamPlace> Team { get; init; }

    /// <summary>Shares of the credit that are agreed with partners on the team, offered to some, and free; for who sees the whole deal.</summary>
    public ShareParts? Credit { get; init; }

    /// <summary>The same of the partners' work.</summary>
    public ShareParts? Work { get; init; }

    public required IReadOnlyList<CommentLine> Comments { get; init; }
    public required IReadOnlyList<HistoryLine> History { get; init; }

    /// <summary>The rows behind it, for the parts of a page that show more of them; told to nobody as they are.</summary>
    internal DealRows? Rows { get; init; }
}

/// <summary>Reads one deal.</summary>
internal static class DealPage
{
    public const int MostComments = 500;

    public static async Task<Result<DealDetail>> FindAsync(Work work, DealId id, CancellationToken ct) =>
        await ShowAsync(work, id, await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct), null, ct);

    /// <summary>A deal that was begun and saved in this very request: nobody has joined it or said a word yet.</summary>
    public static Task<Result<DealDetail>> BegunAsync(Work work, BegunDeal begun, CancellationToken ct) => ShowAsync(work, begun.Deal.Id, begun.Deal, begun, ct);

    private static async Task<Result<DealDetail>> ShowAsync(Work work, DealId id, Deal? deal, BegunDeal? begun, CancellationToken ct)
    {
        var below = deal is null ? await ResellerDeals.FindAsync(work, id, ct) : null;
        deal ??= below?.Deal;
        if (deal is null || (deal.State == DealState.Draft && !work.Actor.IsPartner)) return DealsProblems.Missing();
        var holder = deal.PartnerId;
        // The team of a deal that the actor sees: names only, whatever else it may not see of these partners. A place that the holder had before it took the deal over is none any more.
        var places = begun is not null ? [] : await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == id).OrderBy(m => m.InvitedAt).ToListAsync(ct);
        var members = places.FindAll(m => m.PartnerId != holder);
        var mine = members.SingleOrDefault(m => m.PartnerId == work.Actor.Partner);
        if (mine?.State == MemberState.Proposed) mine = null;
        var direct = work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll) ? null : await Sights.DirectAsync(work, id, ct);
        var sight = below?.Sight ?? Sights.Of(work.Db.Sights(), work.Actor, deal.IsHeldBy(work.Actor.Partner), mine, direct);
        var (level, figures) = (sight.Level, sight.Reads(DealPart.Figures));
        var full = work.Actor.IsPartner ? deal.IsHeldBy(work.Actor.Partner) : level == DealVisibility.Full;
        var joined = full || !work.Actor.IsPartner || below is not null || mine?.State == MemberState.Accepted;
        var (reads, history) = (joined && sight.Reads(DealPart.Messages), joined && sight.Reads(DealPart.History));
        var (around, moves) = begun is null ? await AroundAsync(work, deal, ct) : (begun.Around, begun.Moves);
        if (around.Partner.Length > 0) work.Kept<KnownPartners>().Names[holder] = around.Partner;
        var names = await DealList.PartnerNamesAsync(work, [holder, .. members.Select(m => m.PartnerId)], ct);
        names[holder] = around.Partner;
        var detail = Shared(work.Actor, deal, full, sight, names) with
        {
            ProductName = around.Product,
            MainCurrency = work.Settings.Currency,
            ManagerName = around.ManagerName,
            ManagerEmail = around.ManagerEmail,
            OpportunityStage = figures ? around.Stage : null,
            OpportunityClose = figures ? around.Closes : null,
            AccountName = work.Actor.IsPartner || !full ? null : around.Account,
            OpportunityNumber = work.Actor.IsPartner || !full ? null : around.Number,
            OfReseller = below is not null,
            Invitation = full || !work.Actor.IsPartner ? null : mine?.State,
            Credit = full ? Shares.Credit(members) : null,
            Work = full ? Shares.Work(members) : null,
            Team = Team(work.Actor, deal, below is not null && !sight.Reads(DealPart.Figures) ? [] : members, names, full),
            Comments = reads && begun is null ? await CommentsAsync(work, id, below is not null, names, ct) : [],
            History = history ? History(work.Actor, deal, moves, full, figures, names) : [],
            Rows = new DealRows(deal, places, around.Seller),
        };
        if (!work.Actor.IsPartner && detail.Allowed.Any(DealLifecycle.Closers.Contains) && await Closing.RefusedAsync(work, deal, ct) is not null)
            detail = detail with { Allowed = [.. detail.Allowed.Except(DealLifecycle.Closers)] };
        return full ? Whole(detail, work.Actor, deal) : detail;
    }

    // What every member of the team reads.
    private static DealDetail Shared(Actor actor, Deal deal, bool full, Sight sight, Dictionary<PartnerId, string> names) => new()
    {
        Level = sight.Level,
        Sight = sight,
        Id = deal.Id,
        Title = deal.Title,
        Version = deal.Version,
        State = deal.State,
        StateSince = deal.StateSince,
        StateBy = full ? deal.StateBy : "",
        Protection = deal.ProtectionState,
        Conflict = null,
        AccountState = null,
        Allowed = deal.AllowedTo(actor),
        CustomerName = deal.CustomerName,
        CustomerDomain = deal.CustomerDomain,
        Country = deal.Country,
        Product = deal.ProductId,
        Motion = deal.Motion,
        Partner = deal.PartnerId,
        PartnerName = names.GetValueOrDefault(deal.PartnerId, ""),
        Amount = sight.Reads(DealPart.Figures) ? deal.Amount : null,
        Currency = deal.Currency,
        MainAmount = sight.Reads(DealPart.Figures) && !deal.NoRate ? deal.MainAmount : null,
        NoRate = sight.Reads(DealPart.Figures) && deal.NoRate,
        WonAmount = sight.Reads(DealPart.Figures) ? deal.WonAmount : null,
        ExpectedClose = sight.Reads(DealPart.Figures) ? deal.ExpectedClose : null,
        NextStep = sight.Reads(DealPart.Figures) ? deal.NextStep : null,
        TransferredAt = deal.TransferredAt,
        CreatedAt = deal.CreatedAt,
        SubmittedAt = deal.SubmittedAt,
        DecidedAt = deal.DecidedAt,
        ExpiresOn = deal.ExpiresOn,
        ClosedAt = deal.ClosedAt,
        Full = full,
        Team = [],
        Comments = [],
        History = [],
    };

    // What the holder and the vendor read besides; conflict and account are the vendor's alone.
    private static DealDetail Whole(DealDetail detail, Actor actor, Deal deal) => detail with
    {
        StateReason = deal.ReasonFor(detail.Sight.Reads(DealPart.Figures)),
        Reason = deal.ReasonCode,
        Conflict = actor.IsPartner ? null : deal.ConflictState,
        AccountState = actor.IsPartner ? null : deal.AccountState,
        Account = actor.IsPartner ? null : deal.AccountId,
        Opportunity = actor.IsPartner ? null : deal.OpportunityId,
        RegisteredBy = deal.RegisteredByName,
        CustomerCity = deal.CustomerCity,
        CustomerTaxNumber = deal.CustomerTaxNumber,
        ContactName = deal.ContactName,
        ContactEmail = deal.ContactEmail,
        WorkDone = deal.WorkDone,
        Reviewer = deal.Reviewer,
        DecideBy = deal.DecideBy,
        AwaitsPartner = deal.AwaitsPartner,
        EscalatedFrom = deal.EscalatedFrom,
    };

    // Names and moves in one round trip: the record is read after each act on it.
    private static async Task<(Around Around, IReadOnlyList<Transition> Moves)> AroundAsync(Work work, Deal deal, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var around = asks.For("""
            SELECT p.name, (SELECT name FROM accounts_product WHERE tenant_id = $1 AND id = $3), (SELECT name FROM accounts_account WHERE tenant_id = $1 AND id = $4), m.name, m.email, o.stage, o.expected_on, o.external_id, o.owner_name
            FROM partners_partner AS p LEFT JOIN identity_person AS m ON m.tenant_id = p.tenant_id AND m.id = p.manager_id
                LEFT JOIN accounts_opportunity AS o ON o.tenant_id = p.tenant_id AND o.id = $5
            WHERE p.tenant_id = $1 AND p.id = $2
            """, row => new Around(row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4), Words.Parse<OpportunityStage>(row.TextOrNull(5)), row.Day(6), row.TextOrNull(7), row.TextOrNull(8)),
                deal.PartnerId, deal.ProductId ?? default, deal.AccountId ?? default, deal.OpportunityId ?? default);
        var moves = asks.For("""SELECT id, "from", trigger, "to", at, actor_name, actor_partner, reason FROM kernel_transition WHERE tenant_id = $1 AND subject = $2 AND machine = $3""", row => new Transition
        {
            Id = row.Id<AuditId>(0),
            From = row.Text(1),
            Trigger = row.Text(2),
            To = row.Text(3),
            At = row.Time(4)!.Value,
            ActorName = row.Text(5),
            ActorPartner = row.IdOrNull<PartnerId>(6),
            Reason = row.TextOrNull(7),
            Machine = DealLifecycle.Machine.Name,
            Subject = "",
        }, deal.Id.ToString(), DealLifecycle.Machine.Name);
        await asks.RunAsync(ct);
        return (around.Count == 0 ? new Around("", null, null, null, null) : around[0], moves);
    }

    private static List<TeamPlace> Team(Actor actor, Deal deal, List<DealMember> members, Dictionary<PartnerId, string> names, bool full) =>
    [
        new(deal.PartnerId, names.GetValueOrDefault(deal.PartnerId, ""), DealRole.Source, MemberState.Accepted,
            full ? 10_000 - members.Where(m => m.State == MemberState.Accepted).Sum(m => m.ShareBasisPoints) : null, deal.CreatedAt,
            full ? 10_000 - members.Where(m => m.State == MemberState.Accepted).Sum(m => m.WorkBasisPoints) : null),
        .. members.Where(m => m.State is MemberState.Invited or MemberState.Accepted || (full && (m.State != MemberState.Proposed || !actor.IsPartner || actor.Partner == deal.PartnerId))).Select(m => new TeamPlace(
            m.PartnerId, names.GetValueOrDefault(m.PartnerId, ""), m.Role, m.State, full || m.PartnerId == actor.Partner ? m.ShareBasisPoints : null, m.AnsweredAt ?? m.InvitedAt,
            full || m.PartnerId == actor.Partner ? m.WorkBasisPoints : null)),
    ];

    private static async Task<List<CommentLine>> CommentsAsync(Work work, DealId id, bool below, Dictionary<PartnerId, string> names, CancellationToken ct)
    {
        var comments = await work.Db.Set<DealComment>().AsNoTracking().Below(below).Where(c => c.DealId == id && (!below || c.Audience == CommentAudience.Shared)).OrderByDescending(c => c.Id).Take(MostComments).ToListAsync(ct);
        return [.. comments.OrderBy(c => c.Id.Value).Select(c => new CommentLine(c.Id, c.Audience, c.Body, c.At, Person(work.Actor, c.AuthorName, c.AuthorPartner, names)))];
    }

    private static List<HistoryLine> History(Actor actor, Deal deal, IReadOnlyList<Transition> moves, bool whole, bool figures, Dictionary<PartnerId, string> names) =>
        [.. moves
            .Select(t => (Row: t, Trigger: Words.Parse<DealTrigger>(t.Trigger)!.Value))
            // Several moves of one instant: what was sent in came before what was decided on it.
            .OrderBy(t => t.Row.At).ThenBy(t => t.Trigger is DealTrigger.Submit or DealTrigger.Resubmit ? 0 : 1).ThenBy(t => t.Row.Id.Value)
            .Select(t => new HistoryLine(t.Row.At, Person(actor, t.Row.ActorName, t.Row.ActorPartner, names),
                Words.Parse<DealState>(t.Row.From)!.Value, t.Trigger, Words.Parse<DealState>(t.Row.To)!.Value, whole && !(actor.IsPartner && t.Row.At < deal.TransferredAt) ? deal.WordsFor(figures, t.Row.Reason) : null))];

    // The vendor and colleagues read a person's name; of other partners' people, only where they come from.
    private static string Person(Actor actor, string name, PartnerId? partner, Dictionary<PartnerId, string> names) =>
        partner is { } p && actor.IsPartner && p != actor.Partner ? names.GetValueOrDefault(p, "Another partner") : name;
}
