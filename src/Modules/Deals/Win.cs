using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A win.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Amount">The closed amount in minor units of the deal's currency.</param>
/// <param name="On">The day of the signature; null for today.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record WinInput(DealId Deal, long? Amount, DateOnly? On = null, long? Version = null);

/// <summary>The vendor records that the deal is won, with the amount that credit and payment follow from.</summary>
internal sealed class Win(Work work) : UseCase<WinInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Close;

    protected override async Task<Result<DealId>> HandleAsync(WinInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (await Closing.RefusedAsync(Work, deal, ct) is { } refused) return refused;
        var on = input.On ?? Work.Today;
        var check = new Check()
            .That(input.Amount is > 0 and <= 1_000_000_000_000_00, "amount", "The closed amount is more than zero.")
            .That(on <= Work.Today, "on", "The day of the win cannot lie in the future.")
            .That(on >= DateOnly.FromDateTime(deal.CreatedAt), "on", "The deal was not registered yet on that day.");
        if (check.Problem is { } problem) return problem;
        var amount = new Money(input.Amount!.Value, deal.Currency);
        var moved = Work.Move(deal, DealTrigger.Win, $"Won with {amount}.");
        if (!moved.Ok) return moved.Problem;
        var at = on == Work.Today ? Work.Now : on.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        if (at < deal.CreatedAt) at = deal.CreatedAt;
        deal.Win(amount.Minor, at);
        Work.Publish(new DealWon(deal.Id, amount.Minor, amount.Currency, at));
        return deal.Id;
    }
}
