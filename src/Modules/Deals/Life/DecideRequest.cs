using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The vendor's answer to a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Grant">Granted, or refused.</param>
/// <param name="Text">Words for the partner; needed for a refusal.</param>
/// <param name="Days">Of an extension: other days than those asked for.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record RequestAnswer(RequestId Request, bool Grant, string? Text = null, int? Days = null, long? Version = null);

/// <summary>The vendor grants or refuses an extension or a change. Until then, and after a refusal, what was approved stands as it stood.</summary>
internal sealed class DecideRequest(Work work, LifeMail mail, DealReceipts receipts) : UseCase<RequestAnswer, RequestId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<RequestId>> HandleAsync(RequestAnswer input, CancellationToken ct)
    {
        var request = await Db.Set<DealRequest>().SingleOrDefaultAsync(r => r.Id == input.Request, ct);
        if (request is null) return LifeProblems.NoSuchRequest();
        if (input.Version is { } seen && seen != request.Version) return Problem.Stale();
        if (new Check().Text(input.Text, "text", input.Grant ? "The note" : "The reason", 1000, required: !input.Grant).Problem is { } problem) return problem;
        var trigger = input.Grant ? RequestTrigger.Grant : RequestTrigger.Refuse;
        if (!DealRequest.Machine.Allows(request.State, trigger)) return DealRequest.Machine.Next(request.State, trigger).Problem!;
        if (ReviewRoles.Refusal(Work.Actor, null) is { } others) return others;
        var found = await Work.DealAsync(request.DealId, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;

        var answered = (request.Kind, input.Grant) switch
        {
            (RequestKind.Extension, true) => await ExtendAsync(deal, request, input, ct),
            (RequestKind.Extension, false) => Keep(Work, deal, input.Text!.Trim()),
            (_, true) => await AmendAsync(deal, request, input, ct),
            _ => input.Text!.Trim(),
        };
        if (!answered.Ok) return answered.Problem;
        if (request.Kind == RequestKind.Extension && !input.Grant) await receipts.ExtensionRefusedAsync(deal, request.Days, answered.Value, ct);
        if (request.Kind == RequestKind.Amendment && input.Grant) Work.Publish(new DealChanged(deal.Id, Work.Now));
        var moved = request.Move(Work, trigger, answered.Value);
        if (!moved.Ok) return moved.Problem;
        await mail.AnsweredAsync(deal, request, ct);
        return request.Id;
    }

    /// <summary>The protection as it stood before it was asked for more.</summary>
    public static Result<string> Keep(Work work, Deal deal, string words)
    {
        var on = deal.ExtensionsUsed > 0 ? ProtectionTrigger.KeepExtended : ProtectionTrigger.Keep;
        var kept = work.Move(ProtectionLifecycle.Machine, deal.Id.ToString(), deal.ProtectionState, on, words);
        if (!kept.Ok) return kept.Problem;
        deal.KeepProtection(kept.Value);
        return words;
    }

    private async Task<Result<string>> ExtendAsync(Deal deal, DealRequest request, RequestAnswer input, CancellationToken ct)
    {
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        var days = input.Days ?? request.Days ?? rules.ExtensionDays;
        if (days < 1 || days > rules.ExtensionDays) return Problem.Invalid("days", $"An extension adds 1 to {rules.ExtensionDays} days.");
        if (deal.State != DealState.Approved) return LifeProblems.NotProtected(deal.State);
        var from = deal.ExpiresOn is { } last && last > Work.Today ? last : Work.Today;
        var until = from.AddDays(days);
        var extended = $"Extended by {Phrases.Count(days, "day")}: the customer is protected for you until {Phrases.Day(until)}.";
        var words = Text.OrNull(input.Text) ?? extended;
        var moved = Work.Move(ProtectionLifecycle.Machine, deal.Id.ToString(), deal.ProtectionState, ProtectionTrigger.Extend, words);
        if (!moved.Ok) return moved.Problem;
        var before = deal.ExpiresOn;
        deal.Extend(moved.Value, until, extended);
        await receipts.ExtendedAsync(deal, before, words, ct);
        Work.Publish(new DealExtended(deal.Id, until, Work.Now));
        return words;
    }

    private async Task<Result<string>> AmendAsync(Deal deal, DealRequest request, RequestAnswer input, CancellationToken ct)
    {
        if (!DealLifecycle.Claiming.Contains(deal.State)) return LifeProblems.NotAmendable(deal.State);
        var sameCustomer = await ChangedCase.WriteAsync(Work, deal, request.Fields!, ct);
        await Work.LockCustomerAsync(deal, ct);
        if (await Amendments.RivalAsync(Work, deal, ct) is { } rival) return DealsProblems.Protected(rival.Deal, rival.ExpiresOn);
        var asked = await ChangedCase.AskAsync(Work, deal, ct);
        if (!asked.Ok) return asked.Problem;
        if (ReviewRoles.Refusal(Work.Actor, ChangedCase.Decides(asked.Value.Ruling)) is { } others) return others;
        asked.Value.Keep(Work, deal);
        if (!sameCustomer)
        {
            await Work.KeepKeysAsync(deal, ct);
            await Conflicts.ConflictWatch.OpenAsync(Work, deal, asked.Value.Case, "another customer after a change", ct);
        }

        deal.Confirm();
        await receipts.AmendedAsync(deal, Text.OrNull(input.Text), ct);
        return Text.OrNull(input.Text) ?? "The change is agreed; your protection goes on as it was.";
    }
}
