using System.Text.Json;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class ReceiptTests
{
    [SkippableTheory, Databases]
    public async Task A_registration_decided_at_once_yields_two_receipts_and_a_mail_with_their_hashes(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Globex GmbH"));
        deal.State.ShouldBe(DealState.Approved);

        var receipts = await ReceiptsAsync(rosa, deal.Id);
        receipts.Select(r => r.GetProperty("kind").GetString()).Order().ShouldBe(["deal_decided", "deal_registered"]);
        var decided = receipts.Single(r => r.GetProperty("kind").GetString() == "deal_decided");
        var facts = decided.GetProperty("facts").EnumerateArray().ToDictionary(f => f.GetProperty("label").GetString()!, f => f.GetProperty("value").GetString());
        (facts["State"], facts["Protected until"], facts["By the rules alone"]).ShouldBe(("Approved", $"{deal.ExpiresOn:yyyy-MM-dd}", "Yes"));

        var mails = await world.Tenant.AsSystemAsync<Work, List<MailRow>>(w => Task.FromResult(w.Db.Set<MailRow>().Where(m => m.To == rosa.Email).ToList()));
        var mail = mails.Single(m => m.Subject.StartsWith("Your receipt: ", StringComparison.Ordinal));
        foreach (var receipt in receipts) mail.Body.ShouldContain(receipt.GetProperty("contentHash").GetString()!);
    }

    [SkippableTheory, Databases]
    public async Task What_a_person_decides_yields_a_receipt_and_what_is_refused_by_a_problem_none(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var deal = await world.InReviewAsync(rosa, "Initech AG");
        (await ReceiptsAsync(rosa, deal.Id)).ShouldHaveSingleItem();

        var refused = await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.Other), default));
        refused.Ok.ShouldBeFalse();
        (await ReceiptsAsync(rosa, deal.Id)).ShouldHaveSingleItem();
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NotAFit, "Jane Roe said so."), default))).Problem.ShouldBeNull();

        var receipt = (await ReceiptsAsync(rosa, deal.Id)).Single(r => r.GetProperty("kind").GetString() == "deal_decided");
        receipt.GetProperty("facts").ToString().ShouldNotContain("Jane Roe");
        receipt.GetProperty("personal").ToString().ShouldContain("Jane Roe");
        receipt.GetProperty("check").GetProperty("verdict").GetString().ShouldBe("open");

        var other = await world.PartnerAsync();
        (await ReceiptsAsync(other, deal.Id)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Extension_and_transfer_have_receipts_for_those_whom_they_concern(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(rosa, world.Fields("Hooli SE"));
        await world.Tenant.AsSystemAsync<IServiceProvider, Result<Done>>(async services =>
        {
            var work = (Work)services.GetService(typeof(Work))!;
            var receipts = (DealReceipts)services.GetService(typeof(DealReceipts))!;
            return await work.TransactAsync<Done>("test.extend", async () =>
            {
                var found = (await work.DealAsync(deal.Id, null, default)).Value;
                await receipts.ExtendedAsync(found, found.ExpiresOn!.Value.AddDays(-30), "The customer needs longer.", default);
                await receipts.TransferredAsync(found, rosa.Actor.Partner!.Value, ines.Actor.Partner!.Value, "Settled by both.", default);
                return default(Done);
            }, default);
        });

        (await ReceiptsAsync(rosa, deal.Id)).Select(r => r.GetProperty("kind").GetString()).Order().ShouldBe(["deal_decided", "deal_extended", "deal_registered", "deal_transferred"]);
        var transferred = (await ReceiptsAsync(ines, deal.Id)).ShouldHaveSingleItem();
        transferred.GetProperty("facts").ToString().ShouldNotContain(rosa.Actor.Partner.ToString()!);
    }

    private static async Task<List<JsonElement>> ReceiptsAsync(TestPerson person, DealId deal)
    {
        using var api = await person.ApiAsync();
        List<JsonElement> receipts = [];
        foreach (var item in JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={deal}")).RootElement.GetProperty("items").EnumerateArray())
            receipts.Add(JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts/{item.GetProperty("id").GetString()}")).RootElement);
        return receipts;
    }
}
