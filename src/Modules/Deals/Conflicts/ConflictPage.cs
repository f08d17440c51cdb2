using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>A conflict as this actor may see it. For a partner there is one side: its own.</summary>
internal sealed record ConflictDetail : IHasVersion
{
    public required ConflictId Id { get; init; }
    public required ConflictKind Kind { get; init; }
    public required ConflictState State { get; init; }
    public required DateTime StateSince { get; init; }
    public string? StateBy { get; init; }
    public required string CustomerName { get; init; }
    public string? ProductName { get; init; }
    public AccountId? Account { get; init; }
    public required DateTime OpenedAt { get; init; }
    public string? OpenedBy { get; init; }
    public string? Rule { get; init; }
    public DateTime? DisputedAt { get; init; }
    public DateTime? DueAt { get; init; }

    /// <summary>How high it has gone up, 0 for not; a partner reads it while the conflict is open.</summary>
    public int Level { get; init; }

    /// <summary>Since when it stands there.</summary>
    public DateTime? RaisedAt { get; init; }

    public string? Mediator { get; init; }
    public int? AskedBasisPoints { get; init; }
    public ConflictOutcome? Outcome { get; init; }

    /// <summary>The outcome in words for this reader.</summary>
    public string? OutcomeWords { get; init; }

    /// <summary>Why. A partner reads what was written for it; the vendor what was written for the first side, or for both.</summary>
    public string? Reason { get; init; }

    /// <summary>What was written for the second side alone; the vendor's to read.</summary>
    public string? OtherReason { get; init; }

    /// <summary>Whether two partners are told.</summary>
    public bool HasTwoPartners { get; init; }

    public int? ShareBasisPoints { get; init; }
    public bool Appealed { get; init; }
    public bool MayAppeal { get; init; }
    public bool MaySettle { get; init; }
    public required IReadOnlyList<ConflictSide> Sides { get; init; }
    public required IReadOnlyList<ConflictWord> Said { get; init; }
    public required long Version { get; init; }
}

/// <summary>The facts of one side.</summary>
internal sealed record ConflictSide
{
    public required string Name { get; init; }
    public DealId? Deal { get; init; }
    public string? Title { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerDomain { get; init; }
    public string? Country { get; init; }
    public DealState? State { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public DateOnly? ProtectedUntil { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public string? ContactName { get; init; }
    public string? WorkDone { get; init; }
    public string? Opportunity { get; init; }
    public OpportunityId? OpportunityId { get; init; }
    public string? Owner { get; init; }
    public OpportunityStage? Stage { get; init; }
    public IReadOnlyList<SideEvent> Timeline { get; init; } = [];
}

internal sealed record SideEvent(DateTime At, string What);

/// <summary>What was said. A partner reads its own words only.</summary>
internal sealed record ConflictWord(DateTime At, string Who, StatementKind Kind, string Body, bool FromPartner);

/// <summary>Reads one conflict.</summary>
internal static class ConflictPage
{
    public static async Task<Result<ConflictDetail>> FindAsync(Work work, ConflictId id, CancellationToken ct)
    {
        var c = await work.Db.Set<Conflict>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct);
        if (c is null) return ConflictsProblems.Missing();
        var mine = work.Actor.Partner;
        var sides = await ConflictSides.FindAsync(work, c, ct);
        var said = await work.Db.Set<ConflictStatement>().AsNoTracking().Where(s => s.ConflictId == id).OrderByDescending(s => s.Id).Take(200).ToListAsync(ct);
        var product = c.ProductId is { } p ? await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(x => x.Id == p).Select(x => x.Name).SingleOrDefaultAsync(ct) : null;
        var staff = mine is null;
        return new ConflictDetail
        {
            Id = c.Id,
            Kind = c.Kind,
            State = c.State,
            StateSince = c.StateSince,
            StateBy = staff ? c.StateBy : null,
            CustomerName = staff ? c.CustomerName : sides.FirstOrDefault()?.CustomerName ?? "Your customer",
            ProductName = product,
            Account = staff ? c.AccountId : null,
            OpenedAt = staff ? c.OpenedAt : c.DisputedAt ?? c.StateSince,
            OpenedBy = staff ? c.OpenedBy : null,
            Rule = staff ? c.Rule : null,
            DisputedAt = c.DisputedAt,
            DueAt = c.DueAt,
            Level = staff || c.IsOpen ? c.Level : 0,
            RaisedAt = ConflictClock.RaisedAt(c.State, c.OpenedAt, c.DisputedAt, c.Level),
            Mediator = c.MediatorName,
            AskedBasisPoints = staff || c.PartnerId == mine ? c.AskedBasisPoints : null,
            Outcome = c.Outcome,
            OutcomeWords = c.Outcome is not { } outcome ? null : mine is { } me ? ConflictWords.OutcomeFor(c, me) : ConflictWords.Outcome(c.Kind, outcome),
            Reason = mine is { } reader ? c.ReasonFor(reader) : c.Reason,
            OtherReason = staff ? c.OtherReason : null,
            HasTwoPartners = c.HasTwoPartners,
            ShareBasisPoints = staff || c.Kind == ConflictKind.Credit ? c.ShareBasisPoints : null,
            Appealed = c.AppealedAt is not null || said.Exists(s => s.Kind == StatementKind.Appeal),
            MayAppeal = mine is { } partner && c.State == ConflictState.Settled && work.Actor.May(ConflictsPermissions.Raise) && !await Appeal.UsedAsync(work, id, partner, ct),
            MaySettle = staff && c.IsOpen && work.Actor.May(ConflictsPermissions.Settle) && !await Deciders.WasAsync(work, c, ct),
            Sides = sides,
            Said = [.. said.Select(s => new ConflictWord(s.At, s.AuthorName, s.Kind, s.Body, s.PartnerId is not null))],
            Version = c.Version,
        };
    }

    /// <summary>The conflicts of a deal, newest first.</summary>
    public static Task<List<Conflict>> OfDealAsync(Work work, DealId deal, CancellationToken ct) =>
        work.Db.Set<Conflict>().AsNoTracking().Where(c => c.DealId == deal || c.OtherDealId == deal).OrderByDescending(c => c.OpenedAt).Take(20).ToListAsync(ct);
}

/// <summary>Puts the facts of the sides beside each other.</summary>
internal static class ConflictSides
{
    public static async Task<IReadOnlyList<ConflictSide>> FindAsync(Work work, Conflict c, CancellationToken ct)
    {
        var mine = work.Actor.Partner;
        DealId?[] ids = c.OtherDealId == c.DealId ? [c.DealId] : [c.DealId, c.OtherDealId];
        // The partner filter leaves a partner its own deals; a team member's view of another's deal is no side of its own.
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        if (mine is { } partner) deals = [.. deals.Where(d => d.PartnerId == partner || c.Kind == ConflictKind.Credit)];
        var subjects = deals.Select(d => d.Id.ToString()).ToList();
        var moves = (await work.Db.Set<Transition>().AsNoTracking().Where(t => subjects.Contains(t.Subject) && t.Machine == DealLifecycle.Machine.Name).OrderBy(t => t.Id).ToListAsync(ct)).ToLookup(t => t.Subject);
        var names = await DealList.PartnerNamesAsync(work, [.. deals.Select(d => d.PartnerId).Append(c.PartnerId).Concat(c.OtherPartnerId is { } o ? new[] { o } : [])], ct);
        var shown = work.Db.ReadsAmounts();
        var sides = deals.OrderBy(d => d.Id == c.DealId ? 0 : 1).Select(d => Of(d, names.GetValueOrDefault(d.PartnerId, ""), [.. moves[d.Id.ToString()].Select(t => Event(t, d.WordsFor(shown, t.Reason)))], mine is null || d.PartnerId == mine, shown)).ToList();
        if (mine is null && c.OpportunityId is { } id) sides.AddRange(await DirectAsync(work, id, ct));
        return sides;
    }

    private static ConflictSide Of(Deal d, string name, IReadOnlyList<SideEvent> timeline, bool full, bool shown) => new()
    {
        Name = name,
        Deal = d.Id,
        Title = d.Title,
        CustomerName = d.CustomerName,
        CustomerDomain = full ? d.CustomerDomain : null,
        Country = d.Country,
        State = d.State,
        SubmittedAt = d.SubmittedAt,
        ProtectedUntil = DealLifecycle.Claiming.Contains(d.State) ? d.ExpiresOn : null,
        Amount = full && shown ? d.Amount : null,
        Currency = d.Currency,
        ContactName = full ? d.ContactName : null,
        WorkDone = full ? d.WorkDone : null,
        Timeline = full ? timeline : [],
    };

    // Most reasons begin with what was decided.
    private static SideEvent Event(Transition t, string? reason)
    {
        var label = DealLifecycle.Label(Words.Parse<DealState>(t.To)!.Value);
        return new(t.At, reason is not { } why ? label : why.StartsWith($"{label}:", StringComparison.Ordinal) ? why : $"{label}: {why}");
    }

    private static async Task<List<ConflictSide>> DirectAsync(Work work, OpportunityId id, CancellationToken ct)
    {
        var found = await work.Db.Set<OpportunityRow>().AsNoTracking().Where(o => o.Id == id).ToListAsync(ct);
        return [.. found.Select(o => new ConflictSide
        {
            Name = "Direct team",
            Title = T($"Opportunity {o.ExternalId}"),
            Opportunity = o.ExternalId,
            OpportunityId = o.Id,
            Owner = o.OwnerName,
            Stage = o.Stage,
            Amount = o.Amount,
            Currency = o.Currency,
            Timeline = [.. new[] { (o.OpenedOn, "Opened"), (o.StageChangedOn, $"Stage {Words.Label(o.Stage).ToLowerInvariant()}"), (o.ClosedOn, "Closed") }
                .Where(e => e.Item1 is not null).Select(e => new SideEvent(e.Item1!.Value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), e.Item2)).OrderBy(e => e.At)],
        })];
    }
}
