using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>More time for a protection.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Reason">Why the customer needs longer.</param>
/// <param name="Days">How many days more; null for what the rules give at most.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record ExtensionInput(DealId Deal, string? Reason, int? Days = null, long? Version = null);

/// <summary>The partner asks for a longer protection, with its reason, as often as the rules allow. While a timely request is open nothing is lost.</summary>
internal sealed class RequestExtension(Work work, LifeMail mail) : UseCase<ExtensionInput, RequestId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<RequestId>> HandleAsync(ExtensionInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        if (deal.State != DealState.Approved || deal.ExpiresOn < Work.Today) return LifeProblems.NotProtected(deal.State);
        if (deal.ProtectionState == ProtectionState.ExtensionRequested) return LifeProblems.RequestOpen(RequestKind.Extension);
        var limit = await ExtensionRoom.LimitAsync(Work, deal, rules, ct);
        if (deal.ExtensionsUsed >= limit) return LifeProblems.ExtensionsUsedUp(limit);
        var days = input.Days ?? rules.ExtensionDays;
        var check = new Check().Text(input.Reason, "reason", "The reason", 1000)
            .That(days > 0 && days <= rules.ExtensionDays, "days", $"An extension adds 1 to {rules.ExtensionDays} days.");
        if (check.Problem is { } problem) return problem;

        var asked = Work.Move(ProtectionLifecycle.Machine, deal.Id.ToString(), deal.ProtectionState, ProtectionTrigger.RequestExtension, input.Reason!.Trim());
        if (!asked.Ok) return asked.Problem;
        var decideBy = await DecideBy.OfAsync(Work, deal.PartnerId, rules.DecideWithin, ct);
        var before = deal.ExpiresOn;
        deal.AwaitExtension(asked.Value, DateOnly.FromDateTime(decideBy));
        if (deal.ExpiresOn is { } until && until != before) Work.Publish(new DealExtended(deal.Id, until, Work.Now));
        var request = DealRequest.Open(Work, deal, RequestKind.Extension, input.Reason.Trim(), $"{Phrases.Count(days, "day")} more protection", decideBy, days);
        Db.Add(request);
        await mail.AskedAsync(deal, request, ct);
        return request.Id;
    }
}

/// <summary>What a partner may still ask for.</summary>
internal sealed record ExtensionRoom(int Used, int Limit, int Days)
{
    public int Left => Math.Max(0, Limit - Used);

    public static async Task<ExtensionRoom> FindAsync(Work work, Deal deal, CancellationToken ct)
    {
        var rules = await RuleBook.EffectiveAsync(work, ct) is { } current ? RuleBook.TableOf(current).Text : DefaultRules.Text;
        return new ExtensionRoom(deal.ExtensionsUsed, await LimitAsync(work, deal, rules, ct), rules.ExtensionDays);
    }

    /// <summary>The limit of the rule that decided the registration, or that of all where it names none.</summary>
    public static async Task<int> LimitAsync(Work work, Deal deal, RuleSetText rules, CancellationToken ct) =>
        await work.Db.Set<Decision>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.DealId == deal.Id).OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Select(d => d.ExtensionLimit).FirstOrDefaultAsync(ct) ?? rules.ExtensionLimit;
}
