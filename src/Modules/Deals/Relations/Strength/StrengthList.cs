using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Relations.Strength;

/// <summary>
/// A partner at an account, with its score. A partner's own list names the customer as the partner has written it, and no account; it goes by the partner's own writing alone, so that it says nothing of which companies the vendor knows.
/// </summary>
internal sealed record StrengthLine(PartnerId Partner, string PartnerName, AccountId? Account, string CustomerName, int Points, string Level, IReadOnlyList<StrengthPart> Parts, DealId? LastDeal);

/// <summary>Ranks partners at a customer, and customers of a partner. It reads a bounded number of the newest deals, by index, however many there are.</summary>
internal static class StrengthList
{
    public const int Top = 10;
    private const int MostDeals = 300;
    private const int MostMarks = 3000;

    // A customer, for the vendor's people an account, for a partner the name that it has written.
    private sealed record DealMark(DealId Id, AccountId? Account, string CustomerKey, PartnerId Partner, PartnerId? Distributor, DealState State, DateTime CreatedAt, DateTime? ClosedAt, string CustomerName, string? ContactName)
    {
        public string Place { get; set; } = Account is { } account ? account.ToString() : "";
    }

    /// <summary>The partners at an account, the strongest first.</summary>
    public static async Task<Result<List<StrengthLine>>> OfAccountAsync(Work work, AccountId account, CancellationToken ct, int top = Top)
    {
        if (work.Actor.IsPartner || await RelationPage.AccountAsync(work, account, ct) is null) return RelationProblems.NoAccount();
        return (await OfAccountsAsync(work, [account], ct, top))[account];
    }

    /// <summary>The same of several accounts at once, each as if it were asked for alone; one that is unknown has no partners. The vendor's people only.</summary>
    public static async Task<Dictionary<AccountId, List<StrengthLine>>> OfAccountsAsync(Work work, IReadOnlyCollection<AccountId> accounts, CancellationToken ct, int top = Top)
    {
        AccountId[] asked = [.. accounts.Distinct()];
        await RelationPage.KnowAsync(work, asked, ct);
        var tied = (await work.Db.Set<CustomerTieRow>().Where(t => asked.Contains(t.AccountId)).Select(t => t.AccountId).Distinct().ToListAsync(ct)).ToHashSet();
        List<DealMark> deals = [];
        List<Tied> ties = [];
        List<Held> held = [];
        Dictionary<string, (string Name, AccountId? Account)> customers = [];
        foreach (var account in asked)
        {
            if (await RelationPage.AccountAsync(work, account, ct) is not { } name) continue;
            customers[account.ToString()] = (name, account);
            deals.AddRange(await Marks(work.Db.Set<Deal>().AsNoTracking().Where(d => d.AccountId == account)).Take(MostDeals).ToListAsync(ct));
            if (tied.Contains(account)) ties.AddRange(await work.Db.Set<CustomerTieRow>().Where(t => t.AccountId == account).OrderBy(t => t.PartnerId).Take(MostDeals).Select(t => new Tied(t.PartnerId, t.AccountId, t.Kind)).ToListAsync(ct));
            held.AddRange((await RelationPage.HoldersAsync(work, account, ct)).Select(p => new Held(p, account)));
        }

        var scored = (await ScoreAsync(work, deals, ties, held, null, [], ct)).ToLookup(s => s.Key.Place);
        var names = await NamesAsync(work, scored.SelectMany(s => s).Select(s => s.Key.Partner), ct);
        return asked.ToDictionary(a => a, a => Ranked([.. scored[a.ToString()]], names, place => customers[place], top));
    }

    /// <summary>A partner's customers, the strongest first: for the vendor's people, and for the partner itself those with which it has deals.</summary>
    public static async Task<Result<List<StrengthLine>>> OfPartnerAsync(Work work, PartnerId partner, CancellationToken ct, int top = Top)
    {
        if (work.Actor.Partner is { } me && me != partner) return Problem.Missing("partner");
        var names = await NamesAsync(work, [partner], ct);
        if (names.Count == 0) return Problem.Missing("partner");
        var portal = work.Actor.IsPartner;
        var own = await Marks(work.Db.Set<Deal>().AsNoTracking().Where(d => d.PartnerId == partner && (portal || d.AccountId != null))).Take(MostDeals).ToListAsync(ct);
        var places = await work.Db.Set<DealMember>().Where(m => m.PartnerId == partner && m.State == MemberState.Accepted).OrderByDescending(m => m.InvitedAt).Select(m => m.DealId).Take(MostDeals).ToListAsync(ct);
        var shared = places.Count == 0 ? [] : await Marks(work.Db.Set<Deal>().AsNoTracking().Where(d => places.Contains(d.Id) && (portal || d.AccountId != null))).ToListAsync(ct);
        List<DealMark> deals = [.. own.Concat(shared).DistinctBy(d => d.Id)];
        var held = await work.Db.Set<CustomerRelation>().Where(r => r.PartnerId == partner && r.EndedAt == null).OrderByDescending(r => r.Since).Take(MostDeals).Select(r => new Held(r.PartnerId, r.AccountId)).ToListAsync(ct);
        if (portal) return await AsWrittenAsync(work, partner, own, deals, held, names, places, top, ct);
        var ties = await work.Db.Set<CustomerTieRow>().Where(t => t.PartnerId == partner).OrderBy(t => t.AccountId).Take(MostDeals).Select(t => new Tied(t.PartnerId, t.AccountId, t.Kind)).ToListAsync(ct);
        var scored = (await ScoreAsync(work, deals, ties, held, partner, places, ct)).Where(s => s.Key.Partner == partner).ToList();
        var best = scored.OrderByDescending(s => s.Value.Points).Take(top).Select(s => Ids.Parse<AccountId>(s.Key.Place)).OfType<AccountId>().ToList();
        var accounts = await work.Db.Set<AccountRow>().Where(a => best.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id.ToString(), a => (a.Name, (AccountId?)a.Id), ct);
        return Ranked([.. scored.Where(s => accounts.ContainsKey(s.Key.Place))], names, p => accounts[p], top);
    }

    // By the partner's own writing, and without the ties of the ecosystem, which are the vendor's own notes.
    private static async Task<List<StrengthLine>> AsWrittenAsync(Work work, PartnerId partner, List<DealMark> own, List<DealMark> deals, List<Held> held, Dictionary<PartnerId, string> names, List<DealId> places, int top, CancellationToken ct)
    {
        foreach (var deal in deals) deal.Place = deal.CustomerKey;
        var written = own.GroupBy(d => d.CustomerKey).ToDictionary(g => g.Key, g => g.MaxBy(d => d.CreatedAt)!.CustomerName);
        var holds = held.Select(h => h.Account).ToHashSet();
        List<Held> mine = [.. own.Where(d => d.Account is { } account && holds.Contains(account)).Select(d => new Held(partner, d.Account!.Value) { Place = d.CustomerKey })];
        var scored = (await ScoreAsync(work, deals, [], mine, partner, places, ct)).Where(s => s.Key.Partner == partner && written.ContainsKey(s.Key.Place));
        return Ranked([.. scored], names, p => (written[p], null), top).ConvertAll(l => l with { Parts = [.. l.Parts.Where(p => p.Key != StrengthKey.Tie)] });
    }

    private sealed record Tied(PartnerId Partner, AccountId Account, string Kind)
    {
        public string Place { get; } = Account.ToString();
    }

    private sealed record Held(PartnerId? Partner, AccountId Account)
    {
        public string Place { get; init; } = Account.ToString();
    }

    private sealed record Scored((PartnerId Partner, string Place) Key, StrengthScore Value, DealId? LastDeal);

    private static IQueryable<DealMark> Marks(IQueryable<Deal> deals) => deals.IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.State != DealState.Draft).OrderByDescending(d => d.CreatedAt)
        .Select(d => new DealMark(d.Id, d.AccountId, d.CustomerKey, d.PartnerId, d.DistributorId, d.State, d.CreatedAt, d.ClosedAt, d.CustomerName, d.ContactName));

    // Of one partner it is known already on which deals it has a place.
    private static async Task<List<Scored>> ScoreAsync(Work work, List<DealMark> deals, List<Tied> ties, List<Held> held, PartnerId? only, List<DealId> places, CancellationToken ct)
    {
        var (db, now, year, ids) = (work.Db, work.Now, work.Now.AddDays(-Strengths.Year), deals.Select(d => d.Id).ToList());
        var byDeal = deals.ToDictionary(d => d.Id);
        var members = only is { } one ? [.. places.Where(byDeal.ContainsKey).Select(d => new { DealId = d, PartnerId = one })]
            : ids.Count == 0 ? [] : await db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => ids.Contains(m.DealId) && m.State == MemberState.Accepted)
                .OrderByDescending(m => m.InvitedAt).Select(m => new { m.DealId, m.PartnerId }).Take(MostMarks).ToListAsync(ct);
        var (people, acted) = await MarksAsync(work, ids, only, year, ct);

        List<(PartnerId Partner, DealMark Deal)> parts = [.. deals.Select(d => (d.Partner, d)), .. members.Where(m => m.PartnerId != byDeal[m.DealId].Partner).Select(m => (m.PartnerId, byDeal[m.DealId]))];
        var mine = parts.ToLookup(p => (p.Partner, p.Deal.Place), p => p.Deal);
        var acts = acted.Select(a => (Key: (a.Partner, byDeal[a.DealId].Place), a.At)).Concat(deals.Where(d => d.CreatedAt >= year).Select(d => (Key: (d.Partner, d.Place), At: d.CreatedAt))).ToLookup(a => a.Key, a => a.At);
        // A committee's contacts of the partner side are those of the partner that registered the deal.
        var known = people.Select(p => (Key: (byDeal[p.DealId].Partner, byDeal[p.DealId].Place), Name: Text.Fold(p.Name)))
            .Concat(deals.Where(d => d.ContactName is not null).Select(d => (Key: (d.Partner, d.Place), Name: Text.Fold(d.ContactName)))).ToLookup(p => p.Key, p => p.Name);
        var tied = ties.ToLookup(t => (t.Partner, t.Place), t => t.Kind);
        var holding = held.ToLookup(h => h.Place, h => h.Partner);
        var keys = mine.Select(m => m.Key).Concat(tied.Select(t => t.Key)).Concat(held.Where(h => h.Partner is not null).Select(h => (h.Partner!.Value, h.Place))).Distinct();
        return
        [
            .. from key in keys
               let facts = new StrengthFacts
               {
                   Wins = [.. mine[key].Where(d => d.State == DealState.Won).Select(d => Days(now, d.ClosedAt ?? d.CreatedAt))],
                   Open = mine[key].Count(d => DealLifecycle.Pending.Contains(d.State) || DealLifecycle.Claiming.Contains(d.State)),
                   People = known[key].Distinct().Count(),
                   Touches = [.. acts[key].Select(at => Days(now, at))],
                   Tie = tied[key].MaxBy(Strengths.TiePoints),
                   Holds = holding[key.Item2].Contains(key.Item1),
               }
               select new Scored((key.Item1, key.Item2), Strengths.Of(facts), mine[key].MaxBy(d => d.CreatedAt)?.Id),
        ];
    }

    // Past LINQ, which would write a statement anew for each number of deals; who asks has decided that these deals may be read.
    private static async Task<(List<(DealId DealId, string Name)> People, List<(DealId DealId, PartnerId Partner, DateTime At)> Acted)> MarksAsync(Work work, List<DealId> deals, PartnerId? only, DateTime year, CancellationToken ct)
    {
        if (deals.Count == 0) return ([], []);
        var asks = new Asks(work.Db);
        var ids = deals.ConvertAll(d => d.Value);
        var (covered, of) = work.Db.Engine.OneOf("deal_id", 3, ids);
        var people = asks.For($"SELECT deal_id, name FROM deals_committee WHERE tenant_id = $1 AND covered_by = $2 AND {covered} ORDER BY added_at DESC LIMIT {MostMarks}", row => (row.Id<DealId>(0), row.Text(1)), [Words.Of(DealSide.Partner), .. of]);
        var (done, by) = work.Db.Engine.OneOf("deal_id", only is null ? 3 : 4, ids);
        object?[] values = only is { } one ? [year, one, .. by] : [year, .. by];
        var words = Acts("deals_comment", "author_partner", "at");
        var tasks = Acts("deals_task", "created_by_partner", "created_at");
        await asks.RunAsync(ct);
        return (people, [.. words, .. tasks]);

        List<(DealId, PartnerId, DateTime)> Acts(string table, string partner, string at) => asks.For(
            $"SELECT deal_id, {partner}, {at} FROM {table} WHERE tenant_id = $1 AND {at} >= $2 AND {partner} {(only is null ? "IS NOT NULL" : "= $3")} AND {done} ORDER BY {at} DESC LIMIT {MostMarks}",
            row => (row.Id<DealId>(0), row.Id<PartnerId>(1), row.Time(2)!.Value), values);
    }

    private static int Days(DateTime now, DateTime at) => Math.Max(0, (int)(now - at).TotalDays);

    private static List<StrengthLine> Ranked(List<Scored> scored, Dictionary<PartnerId, string> names, Func<string, (string Name, AccountId? Account)> customer, int top) =>
    [
        .. scored.Where(s => s.Value.Points > 0 && names.ContainsKey(s.Key.Partner)).OrderByDescending(s => s.Value.Points).ThenBy(s => names[s.Key.Partner], StringComparer.Ordinal).ThenBy(s => s.Key.Place, StringComparer.Ordinal).Take(top)
            .Select(s => (Score: s, Customer: customer(s.Key.Place)))
            .Select(s => new StrengthLine(s.Score.Key.Partner, names[s.Score.Key.Partner], s.Customer.Account, s.Customer.Name, s.Score.Value.Points, Strengths.Level(s.Score.Value.Points), s.Score.Value.Parts, s.Score.LastDeal)),
    ];

    private static Task<Dictionary<PartnerId, string>> NamesAsync(Work work, IEnumerable<PartnerId> partners, CancellationToken ct) => DealList.PartnerNamesAsync(work, [.. partners], ct);
}
