using Trellis.Incentives.Published;

namespace Trellis.Incentives.Tests;

public sealed class HistoryTests
{
    /// <summary>Whatever people do in whatever order: the ledger sums to zero, and its balances are those of the lines.</summary>
    [SkippableTheory, Databases]
    public async Task After_any_history_the_ledger_agrees_with_the_lines(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        TestPerson[] partners = [await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync()];
        var chance = new Random(11);
        for (var step = 0; step < 40; step++)
        {
            var lines = await world.EarningsAsync();
            var line = lines.Count == 0 ? null : lines[chance.Next(lines.Count)];
            switch (chance.Next(8))
            {
                case 0 or 1:
                    var (holder, helper) = (partners[chance.Next(3)], chance.Next(2) == 0 ? partners[chance.Next(3)] : null);
                    await world.WonAsync(holder, chance.NextInt64(1, 1_000_000_00), helper == holder ? null : helper, chance.Next(1, 10_000));
                    break;
                case 2 when line is not null: await world.HoldAsync(line.Id, chance.Next(2) == 0 ? null : world.Today.AddDays(chance.Next(1, 90))); break;
                case 3 when line is not null: await world.ApproveAsync(line.Id); break;
                case 4 when line is not null: await world.ReverseAsync(line.Id); break;
                case 5: await world.ReleaseAsync(chance.Next(0, 120)); break;
                case 6 when await world.PayoutAsync() is { Ok: true, Value: var payout }:
                    if (chance.Next(3) == 0) await world.Finance.DoAsync<CancelPayout, Result<PayoutState>>(c => c.RunAsync(payout, default));
                    else if (chance.Next(3) > 0) await world.SettleAsync(payout);
                    break;
            }

            if (step % 8 == 7) await AgreesAsync(world);
        }

        await AgreesAsync(world);
        (await world.EarningsAsync()).Select(e => e.State).Distinct().Count().ShouldBeGreaterThan(2);
    }

    private static async Task AgreesAsync(IncentiveWorld world)
    {
        var lines = await world.EarningsAsync();
        (await world.BalanceAsync()).Sum(b => b.Balance).ShouldBe(0);
        // Of a paid line that was taken back the clawback is a line of its own, so the sums by state are the balances.
        (await world.BalanceAsync(LedgerAccount.Accrued)).ShouldBe(-lines.Where(l => Earnings.IsPending(l.State)).Sum(l => l.Amount));
        (await world.BalanceAsync(LedgerAccount.Payable)).ShouldBe(-lines.Where(l => l.State is EarningState.Payable or EarningState.InBatch).Sum(l => l.Amount));
        (await world.BalanceAsync(LedgerAccount.Cash)).ShouldBe(-lines.Where(l => l.State == EarningState.Paid).Sum(l => l.Amount));
        (await world.BalanceAsync(LedgerAccount.Expense)).ShouldBe(lines.Where(l => l.State != EarningState.Reversed).Sum(l => l.Amount));
    }
}
