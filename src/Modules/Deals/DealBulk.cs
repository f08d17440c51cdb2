using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Deals that can be changed many at once: the same filters as the list.</summary>
internal sealed class DealBulk(Work work, CustomFields fields) : IBulkRecords
{
    public string Record => "deals";

    public string Plural => "deals";

    public string List => "/app/deals";

    public Permission View => DealsPermissions.View;

    public async Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct)
    {
        string? At(string name) => query.GetValueOrDefault(name) is { } text && Text.IsClean(text) ? Text.OrNull(text) : null;
        var filter = new DealQuery(At("view"), At("state"), At("partner"), At("product"), At("account"), At("q"), null, null, null).Filter;
        var asked = FieldWish.Read(query.Select(q => KeyValuePair.Create(q.Key, new StringValues(q.Value))));
        var rows = ids is null
            ? DealList.Filtered(work, filter with { Fields = await fields.ConditionsAsync(Record, asked, ct) })
            : work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Select(Ids.Parse<DealId>).OfType<DealId>().ToList().Contains(d.Id));
        var found = await rows.OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id).Take(most).Select(d => new { d.Id, d.Title }).ToListAsync(ct);
        return [.. found.Select(d => new BulkItem(d.Id.ToString(), d.Title))];
    }
}

/// <summary>Many registrations get another role that decides.</summary>
internal sealed class BulkReviewer(AssignReviewer assign, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "assign_reviewer";

    public string Label => "Give to another reviewer";

    public Permission Permission => DealsPermissions.Decide;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BulkValue>>([.. TableChecks.Reviewers.Select(r => new BulkValue(r, Roles.Label(r)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) => await decider.RefusalAsync(subject, argument, ct) ?? (await assign.RunAsync((Ids.Parse<DealId>(subject) ?? default, argument), ct)).Problem;
}

/// <summary>Many registrations that wait are approved, each by itself: what a rival, an open account or a decision of somebody else stands in the way of is listed with its reason.</summary>
internal sealed class BulkApprove(Approve approve, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "approve";

    public string Label => "Approve";

    public Permission Permission => DealsPermissions.Decide;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([new("tier", "The days of each partner’s tier"), new("30", "30 days"), new("60", "60 days"), new("90", "90 days"), new("180", "180 days")]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        await decider.RefusalAsync(subject, null, ct) ?? (await approve.RunAsync(new ApproveInput(Ids.Parse<DealId>(subject) ?? default, int.TryParse(argument, out var days) ? days : null, Note: reason), ct)).Problem;
}

/// <summary>Many registrations that wait are refused for one reason, each by itself.</summary>
internal sealed class BulkRefuse(Refuse refuse, BulkDecider decider) : IBulkAction
{
    public string Record => "deals";

    public string Code => "refuse";

    public string Label => "Refuse";

    public Permission Permission => DealsPermissions.Decide;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BulkValue>>([.. Enum.GetValues<ReasonCode>().Select(r => new BulkValue(Words.Of(r), ReasonCodes.Label(r)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        await decider.RefusalAsync(subject, null, ct) ?? (await refuse.RunAsync(new RefuseInput(Ids.Parse<DealId>(subject) ?? default, Words.Parse<ReasonCode>(argument), reason), ct)).Problem;
}

/// <summary>Many at once are changed by Trellis for the person who asked for it: what that person may not decide is not decided in its name.</summary>
internal sealed class BulkDecider(Work work, IPeople people)
{
    public async Task<Problem?> RefusalAsync(string subject, string? handTo, CancellationToken ct)
    {
        if (work.Actor.Kind != ActorKind.System || work.Actor.Person == default || Ids.Parse<DealId>(subject) is not { } id) return null;
        var reviewer = await work.Db.Set<Deal>().Where(d => d.Id == id).Select(d => d.Reviewer).SingleOrDefaultAsync(ct);
        var person = await people.NowAsync(work.Tenant, work.Actor.Person, null, ct) ?? Actor.Anonymous;
        return handTo is not null ? ReviewRoles.MayHand(person, reviewer, handTo) ? null : ReviewRoles.OthersDecide(reviewer) : ReviewRoles.Refusal(person, reviewer);
    }
}

/// <summary>Gives a registration that waits to another role; until when a decision is promised stays.</summary>
internal sealed class AssignReviewer(Work work, DealMail mail) : UseCase<(DealId Deal, string? Role), DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync((DealId Deal, string? Role) input, CancellationToken ct)
    {
        if (!TableChecks.Reviewers.Contains(input.Role)) return Problem.Invalid("role", "Choose a role that decides.");
        var found = await Work.DealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal is not { State: DealState.InReview, DecideBy: { } by })
            return new Problem(ProblemKind.Conflict, "deals.not_in_review", $"“{deal.Title}” does not wait for a decision: its status is “{DealLifecycle.Label(deal.State)}”.");
        if (deal.Reviewer == input.Role) return deal.Id;
        if (!ReviewRoles.MayHand(Work.Actor, deal.Reviewer, input.Role!)) return ReviewRoles.OthersDecide(deal.Reviewer);
        deal.AwaitReview(input.Role!, by);
        if (await Db.Set<PartnerRow>().SingleOrDefaultAsync(p => p.Id == deal.PartnerId, ct) is { } partner) await mail.ReviewNeededAsync(deal, partner, ct);
        return deal.Id;
    }
}
