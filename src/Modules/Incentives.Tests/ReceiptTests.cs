using System.Text.Json;

namespace Trellis.Incentives.Tests;

public sealed class ReceiptTests
{
    [SkippableTheory, Databases]
    public async Task Earning_payment_and_reversal_each_yield_a_receipt_of_the_partner_alone(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (holder, helper) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.WonAsync(holder, 100_000_00, helper);
        await world.ReleaseAsync(IncentiveWorld.HoldDays + 1);
        (await world.SettleAsync((await world.PayoutAsync()).Value)).Problem.ShouldBeNull();
        var line = (await world.EarningsAsync(holder)).Single();
        (await world.ReverseAsync(line.Id)).Problem.ShouldBeNull();

        var own = await ReceiptsAsync(holder);
        own.Keys.Where(k => !k.StartsWith("deal", StringComparison.Ordinal)).Order().ShouldBe(["coalition_agreed", "earning_accrued", "earning_reversed", "payment"]);
        Fact(own["earning_accrued"], "Amount").ShouldBe(new Money(7_000_00, "USD").ToString());
        Fact(own["earning_accrued"], "Rate basis points").ShouldBe("10 %");
        Fact(own["payment"], "Amount").ShouldBe(new Money(7_000_00, "USD").ToString());
        Fact(own["payment"], "Reference").ShouldBe("REF-1");
        Fact(own["earning_reversed"], "Amount").ShouldBe(new Money(-7_000_00, "USD").ToString());

        var others = await ReceiptsAsync(helper);
        others.Keys.Order().ShouldBe(["coalition_agreed", "earning_accrued", "payment"]);
        Fact(others["payment"], "Amount").ShouldBe(new Money(1_500_00, "USD").ToString());
    }

    private static string Fact(JsonElement receipt, string label) => receipt.GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("label").GetString() == label).GetProperty("value").GetString()!;

    private static async Task<Dictionary<string, JsonElement>> ReceiptsAsync(TestPerson person)
    {
        using var api = await person.ApiAsync();
        Dictionary<string, JsonElement> receipts = [];
        foreach (var item in JsonDocument.Parse(await api.GetStringAsync("/api/v1/receipts")).RootElement.GetProperty("items").EnumerateArray())
            receipts[item.GetProperty("kind").GetString()!] = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts/{item.GetProperty("id").GetString()}")).RootElement;
        return receipts;
    }
}
