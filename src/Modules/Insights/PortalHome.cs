using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>What a partner's person sees first: what needs an answer, what runs out, what is new.</summary>
internal sealed record PortalHome(IReadOnlyList<ToDo> ToDos, IReadOnlyList<HomeDeal> Expiring, IReadOnlyList<HomeDeal> Decided, int OpenDeals)
{
    private const int Rows = 5;

    public static async Task<PortalHome> ReadAsync(Work work, IEnumerable<IToDoSource> sources, CancellationToken ct)
    {
        var db = work.Db;
        var partner = work.Actor.Partner!.Value;
        var (today, soon, recent) = (work.Today, work.Today.AddDays(30), work.Now.AddDays(-30));
        var own = db.Set<DealRow>().HeldBy(db, partner);
        var (registers, teams) = (work.Actor.Permissions.Contains(DealCodes.Register), work.Actor.Permissions.Contains("deals.team"));
        var returned = !registers ? [] : await own.Where(d => d.State == DealState.InfoRequested).OrderBy(d => d.SubmittedAt).Take(Rows).ToListAsync(ct);
        // A draft that its second partner has not confirmed cannot go on.
        var drafts = !registers ? [] : await own.Where(d => d.State == DealState.Draft && !d.AwaitsPartner).OrderByDescending(d => d.CreatedAt).Take(Rows).ToListAsync(ct);
        // Who is invited reads what the deal is called, whatever else of it is still out of its sight.
        var invitations = await (
            from m in db.Set<DealMemberRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join d in db.Set<DealRow>() on new { m.TenantId, Id = m.DealId } equals new { d.TenantId, d.Id }
            where teams && m.PartnerId == partner && m.State == MemberState.Invited
            orderby m.InvitedAt
            select new { d.Id, d.Title, m.Role, m.ShareBasisPoints }).Take(Rows).ToListAsync(ct);
        var offered = await db.Set<TransferRow>().Where(t => registers && t.ToId == partner && t.State == TransferState.Proposed).OrderBy(t => t.ProposedAt).Take(Rows).Select(t => new { t.Id, t.Title }).ToListAsync(ct);
        var disputed = await OpenDispute.FindAsync(work, Rows, ct);
        List<ToDo> todos = [];
        foreach (var source in sources) todos.AddRange(await source.OfAsync(ct));
        todos.AddRange(
        [
            .. disputed.Select(d => new ToDo($"State your side: {d.Title}", "This deal is disputed, and a person decides. You have not said anything yet.", d.Href, "State your side")),
            .. offered.Select(t => new ToDo($"Take over {t.Title}?", "This deal is offered to you; protection and dates stay as they are.", $"/portal/transfers/{t.Id}", "Look at it")),
            .. returned.Select(d => new ToDo($"Answer the question about {d.Title}", "Your registration was returned: we need one more piece of information.", $"/portal/deals/{d.Id}", "Answer")),
            .. invitations.Select(i => new ToDo($"Join the team of {i.Title}?", $"You are invited as {Words.Label(i.Role).ToLowerInvariant()} with {i.ShareBasisPoints / 100m:0.##} % of the credit.", $"/portal/deals/{i.Id}", "Look at it")),
            .. drafts.Select(d => new ToDo($"Finish {(d.Title.Length > 0 ? d.Title : "your draft")}", "This registration is a draft; it protects nothing yet.", $"/portal/deals/{d.Id}", "Go on")),
        ]);
        var expiring = own.Where(d => d.State == DealState.Approved && d.ExpiresOn >= today && d.ExpiresOn <= soon).OrderBy(d => d.ExpiresOn);
        var decided = own.Where(d => d.DecidedAt >= recent || d.ClosedAt >= recent).OrderByDescending(d => d.ClosedAt ?? d.DecidedAt);
        return new PortalHome(todos, await ItemsAsync(work, expiring, ct), await ItemsAsync(work, decided, ct),
            await own.CountAsync(d => d.State == DealState.Submitted || d.State == DealState.InReview || d.State == DealState.InfoRequested || d.State == DealState.Approved || d.State == DealState.Converted, ct));
    }

    private static Task<List<HomeDeal>> ItemsAsync(Work work, IQueryable<DealRow> deals, CancellationToken ct)
    {
        // Whose roles leave amounts out reads a dash.
        var shown = work.Db.ReadsAmounts();
        return deals.Take(Rows).Select(d => new HomeDeal(d.Id, d.Title, "", d.State, shown ? d.WonAmount ?? d.Amount : 0, d.Currency, d.SubmittedAt, d.ExpiresOn, d.ClosedAt ?? d.DecidedAt)).ToListAsync(ct);
    }
}
