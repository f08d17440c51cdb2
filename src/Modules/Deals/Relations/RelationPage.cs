using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>One entry of the history of an account's relation. A null partner is the vendor.</summary>
internal sealed record RelationLine(CustomerRelationId Id, PartnerId? Partner, string? PartnerName, RelationBasis Basis, DateOnly Since, string? Note, DealId? Deal, DateTime RecordedAt, string RecordedBy, DateTime? EndedAt, string? EndedBy);

/// <summary>Who holds the relation with an account, with all that was recorded before.</summary>
/// <param name="Account">The account.</param>
/// <param name="Holder">Who holds it now.</param>
/// <param name="Partner">The partner that does, if any.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="Since">Since when.</param>
/// <param name="Seen">Given back with a change, it refuses one that rests on an older look.</param>
/// <param name="History">What holds today, then what has ended, newest first.</param>
internal sealed record AccountRelation(AccountId Account, RelationHolder Holder, PartnerId? Partner, string? PartnerName, DateOnly? Since, string Seen, IReadOnlyList<RelationLine> History);

/// <summary>A claim as its partner and the vendor read it.</summary>
internal sealed record ClaimLine : IHasVersion
{
    public required RelationClaimId Id { get; init; }
    public required DealId Deal { get; init; }
    public required PartnerId Partner { get; init; }
    public string? PartnerName { get; set; }
    public required string CustomerName { get; init; }
    public required string Basis { get; init; }
    public required DateOnly Since { get; init; }
    public required RelationClaimState State { get; init; }
    public required DateTime ClaimedAt { get; init; }
    public required string ClaimedBy { get; init; }
    public DateTime? AnsweredAt { get; init; }
    public string? AnsweredBy { get; init; }
    public string? Answer { get; init; }
    public required long Version { get; init; }
}

/// <summary>The relation as a deal's page shows it.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Yours">For a partner: whether its own company holds the relation. Null for the vendor's people.</param>
/// <param name="Whole">For the vendor's people: who holds it; null for partners, and where the account is not known.</param>
/// <param name="MayClaim">Whether this actor may claim it now.</param>
/// <param name="Claims">A partner's own claims; for the vendor's people all of this deal.</param>
internal sealed record DealRelation(DealId Deal, bool? Yours, AccountRelation? Whole, bool MayClaim, IReadOnlyList<ClaimLine> Claims);

internal sealed record ClaimQuery(string? State = null, string? Cursor = null, int? Size = null);

/// <summary>Reads customer relations: pages and API show the same.</summary>
internal static class RelationPage
{
    private const int MostHistory = 50;

    /// <summary>The name of an account, null where there is none; read once for a page.</summary>
    public static Task<string?> AccountAsync(Work work, AccountId account, CancellationToken ct) => work.Kept<ShownTwice>().Accounts.OrReadAsync(account,
        () => work.Db.Set<AccountRow>().Where(a => a.Id == account).Select(a => (string?)a.Name).SingleOrDefaultAsync(ct));

    /// <summary>Reads the names of several accounts at once, and who holds the relations with them, for what is asked of each afterwards.</summary>
    public static async Task KnowAsync(Work work, IReadOnlyCollection<AccountId> accounts, CancellationToken ct)
    {
        var known = work.Kept<ShownTwice>();
        AccountId[] unknown = [.. accounts.Where(a => !known.Accounts.ContainsKey(a))];
        if (unknown.Length < 2) return;
        var names = await work.Db.Set<AccountRow>().Where(a => unknown.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        foreach (var account in unknown) known.Accounts[account] = names.GetValueOrDefault(account);
        // Those that nobody has ever held have no rows to ask for.
        var ever = await work.Db.Set<CustomerRelation>().Where(r => unknown.Contains(r.AccountId)).Select(r => r.AccountId).Distinct().ToListAsync(ct);
        foreach (var account in unknown.Except(ever)) known.Relations.TryAdd(account, []);
    }

    private static Task<List<CustomerRelation>> RowsAsync(Work work, AccountId account, CancellationToken ct) => work.Kept<ShownTwice>().Relations.OrReadAsync(account,
        () => work.Db.Set<CustomerRelation>().AsNoTracking().Where(r => r.AccountId == account).OrderBy(r => r.EndedAt != null).ThenByDescending(r => r.Id).Take(MostHistory).ToListAsync(ct));

    /// <summary>Who holds the relation with an account now.</summary>
    public static async Task<IReadOnlyList<PartnerId?>> HoldersAsync(Work work, AccountId account, CancellationToken ct)
    {
        var rows = await RowsAsync(work, account, ct);
        return rows.Count == MostHistory && rows[^1].EndedAt is null ? await work.Db.Set<CustomerRelation>().Where(r => r.AccountId == account && r.EndedAt == null).Select(r => r.PartnerId).ToListAsync(ct)
            : [.. rows.Where(r => r.EndedAt is null).Select(r => r.PartnerId)];
    }

    public static async Task<Result<AccountRelation>> OfAccountAsync(Work work, AccountId account, CancellationToken ct)
    {
        if (work.Actor.IsPartner || await AccountAsync(work, account, ct) is null) return RelationProblems.NoAccount();
        var rows = await RowsAsync(work, account, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.PartnerId).OfType<PartnerId>()], ct);
        var living = rows.Where(r => r.EndedAt is null).ToList();
        var (holder, partner) = Holding.Of([.. living.Select(r => r.PartnerId)]);
        return new AccountRelation(account, holder, partner, partner is { } p ? names.GetValueOrDefault(p) : null, living.Count == 0 ? null : living.Max(r => r.Since), RelationBook.Token(living),
            [.. rows.Select(r => new RelationLine(r.Id, r.PartnerId, r.PartnerId is { } id ? names.GetValueOrDefault(id) : null, r.Basis, r.Since, r.Note, r.DealId, r.RecordedAt, r.RecordedByName, r.EndedAt, r.EndedByName))]);
    }

    public static async Task<Result<DealRelation>> OfDealAsync(Work work, DealId id, CancellationToken ct) =>
        await OfDealAsync(work, await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct), ct);

    /// <summary>The same of a deal that was read already.</summary>
    public static async Task<Result<DealRelation>> OfDealAsync(Work work, Deal? deal, CancellationToken ct)
    {
        if (deal is null || deal.State == DealState.Draft || (work.Actor.IsPartner && !deal.IsHeldBy(work.Actor.Partner))) return DealsProblems.Missing();
        var id = deal.Id;
        var claims = await Lines(work.Db.Set<RelationClaim>().AsNoTracking().Where(c => c.DealId == id)).OrderByDescending(c => c.Id).Take(20).ToListAsync(ct);
        await NameAsync(work, claims, ct);
        var account = deal.AccountId;
        // What the partner writes on its deal is not for a direct seller who may not read the deal.
        if (!work.Actor.IsPartner && (await Workspace.Sights.OfAsync(work, deal, ct)).Level != DealVisibility.Full) claims = [];
        if (work.Actor.Partner is not { } me)
            return new DealRelation(id, null, account is { } known && (await OfAccountAsync(work, known, ct)) is { Ok: true, Value: var whole } ? whole : null, false, claims);
        var yours = account is not null && await work.Db.Set<CustomerRelation>().AnyAsync(r => r.AccountId == account && r.PartnerId == me && r.EndedAt == null, ct);
        return new DealRelation(id, yours, null, !yours && work.Actor.May(DealsPermissions.Register) && claims.All(c => c.State != RelationClaimState.Waiting), claims);
    }

    /// <summary>Claims, newest first: a partner sees its own, the vendor's people all; the direct team none of a deal that it may not read in full.</summary>
    public static async Task<Page<ClaimLine>> ClaimsAsync(Work work, ClaimQuery query, CancellationToken ct)
    {
        var rows = Sighted(work, work.Db.Set<RelationClaim>().AsNoTracking());
        if (Words.Parse<RelationClaimState>(query.State) is { } state) rows = rows.Where(c => c.State == state);
        var page = await Lines(rows).PageAsync(c => c.ClaimedAt, c => c.Id, true, new Paging(query.Cursor, query.Size ?? 50), ct);
        await NameAsync(work, page.Items, ct);
        return page;
    }

    public static async Task<Result<ClaimLine>> ClaimAsync(Work work, RelationClaimId id, CancellationToken ct)
    {
        var claim = await Lines(Sighted(work, work.Db.Set<RelationClaim>().AsNoTracking()).Where(c => c.Id == id)).SingleOrDefaultAsync(ct);
        if (claim is null) return RelationProblems.NoClaim();
        await NameAsync(work, [claim], ct);
        return claim;
    }

    public static Task<int> WaitingAsync(Work work, CancellationToken ct) => Sighted(work, work.Db.Set<RelationClaim>()).Where(c => c.State == RelationClaimState.Waiting).CountCappedAsync(ct);

    private static IQueryable<RelationClaim> Sighted(Work work, IQueryable<RelationClaim> claims) => work.Actor.IsPartner || !Workspace.Sights.IsLimited(work.Actor) ? claims
        : claims.Where(c => !work.Db.Set<Workspace.DirectSight>().Any(s => s.TenantId == c.TenantId && s.DealId == c.DealId && s.Level != DealVisibility.Full));

    private static IQueryable<ClaimLine> Lines(IQueryable<RelationClaim> claims) => claims.Select(c => new ClaimLine
    {
        Id = c.Id, Deal = c.DealId, Partner = c.PartnerId, CustomerName = c.CustomerName, Basis = c.Basis, Since = c.Since, State = c.State, ClaimedAt = c.ClaimedAt, ClaimedBy = c.ClaimedByName,
        AnsweredAt = c.AnsweredAt, AnsweredBy = c.AnsweredByName, Answer = c.Answer, Version = c.Version,
    });

    private static async Task NameAsync(Work work, IReadOnlyList<ClaimLine> claims, CancellationToken ct)
    {
        var names = await DealList.PartnerNamesAsync(work, [.. claims.Select(c => c.Partner)], ct);
        foreach (var claim in claims) claim.PartnerName = names.GetValueOrDefault(claim.Partner);
    }
}
