using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Workspace;

/// <summary>What happens next on a deal.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="What">The step.</param>
/// <param name="Side">Whose hands it is in.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record NextStepInput(DealId Deal, string? What, DealSide? Side, DateOnly? DueOn, long? Version = null);

/// <summary>Both sides say what happens next on an open deal, and the side whose turn it is hears of it. The step before stays in the record.</summary>
internal sealed class SetNextStep(Work work, NextStepNews news) : UseCase<NextStepInput, NextStepId>(work)
{
    private const int YearsAhead = 2;

    protected override Permission Permission => DealsPermissions.WorkOn;

    // A day earlier than ours is still today somewhere.
    public static bool Fits(Work work, DateOnly day) => day >= work.Today.AddDays(-1) && day <= work.Today.AddYears(YearsAhead);

    protected override async Task<Result<NextStepId>> HandleAsync(NextStepInput input, CancellationToken ct)
    {
        await Work.LockAsync($"deal-next-step:{input.Deal}", ct);
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Figures, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (DealLifecycle.IsOver(deal.State)) return WorkspaceProblems.NothingNext(deal.State);
        var check = new Check().Text(input.What, "what", "The next step", 1000)
            .That(input.Side is not null, "side", "Choose whose hands it is in.")
            .That(input.DueOn is { } day && Fits(Work, day), "dueOn", "Choose a day from today on, within two years.");
        if (check.Problem is { } problem) return problem;
        await Db.EndNextStepAsync(input.Deal, Work.Now, ct);
        var step = new NextStep
        {
            TenantId = Work.Tenant, Id = Work.NewId<NextStepId>(), DealId = deal.Id, HolderId = deal.PartnerId, What = input.What!.Trim(), Side = input.Side!.Value, DueOn = input.DueOn!.Value,
            SetAt = Work.Now, SetBy = Work.Actor.Person, SetByName = Work.Actor.Name, SetByPartner = Work.Actor.Partner,
        };
        Db.Add(step);
        deal.GoOn(step.What);
        // The same words with another day are a change of the deal, too: who has not seen it is told so.
        Db.Entry(deal).Property(d => d.NextStep).IsModified = true;
        await news.TellAsync(deal, step, ct);
        return step.Id;
    }
}

internal static class EndingSteps
{
    /// <summary>Ends the open step of a deal, as somebody else may see it.</summary>
    public static async Task EndNextStepAsync(this Db db, DealId deal, DateTime at, CancellationToken ct)
    {
        foreach (var open in await db.Set<NextStep>().IgnoreQueryFilters([Db.PartnerFilter]).Where(s => s.DealId == deal && s.EndedAt == null).ToListAsync(ct)) open.EndedAt = at;
    }

    /// <summary>The deal was over: its open step ends. Of a deal that was taken up again meanwhile only a step from before.</summary>
    public static async Task EndStepOfOverAsync(this Work work, DealId deal, DateTime since, CancellationToken ct)
    {
        var again = await work.IsOpenAgainAsync(deal, ct);
        foreach (var open in await work.Db.Set<NextStep>().IgnoreQueryFilters([Db.PartnerFilter]).Where(s => s.DealId == deal && s.EndedAt == null && (!again || s.SetAt <= since)).ToListAsync(ct)) open.EndedAt = work.Now;
    }

    /// <summary>Whether a deal that was over is so no longer: what tells of an end may come late.</summary>
    public static async Task<bool> IsOpenAgainAsync(this Work work, DealId deal, CancellationToken ct) =>
        await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == deal).Select(d => (DealState?)d.State).SingleOrDefaultAsync(ct) is { } state && !DealLifecycle.IsOver(state);
}

/// <summary>Tells the side whose turn it is: of the partner that holds the deal, or of the vendor, who takes part in it, and somebody who may act where nobody does any more. The customer is told by whoever set the step.</summary>
internal sealed class NextStepNews(Work work, Notify notify)
{
    public static readonly NotificationKind Kind = new("deals.next_step", "Deals", "The next step of a deal is my side’s", ByMail.Digest, ByMail.Digest);

    public async Task TellAsync(Deal deal, NextStep step, CancellationToken ct)
    {
        if (step.Side == DealSide.Customer) return;
        var news = new News(Kind, $"Your turn: {deal.Title}", $"""
            {work.Actor.NameTo(step.Side == DealSide.Partner ? deal.DistributorId ?? deal.PartnerId : null)} has set the next step of {deal.Title}:

            {step.What}
            Due on {Rules.Phrases.Day(step.DueOn)}.
            """, $"/{(step.Side == DealSide.Vendor ? "app" : "portal")}/deals/{deal.Id}#next-step", "See the deal:");
        var people = await DealPeople.OfAsync(work, deal, ct);
        if (step.Side == DealSide.Vendor) await notify.TellAsync(await people.OfVendorAsync(DealPart.Figures, ct), news, ct);
        else foreach (var partner in people.Holders) await notify.TellAsync(partner, await people.OfAsync(partner, ct, DealPart.Figures), news, ct);
    }
}
