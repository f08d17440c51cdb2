using System.Text.Json;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Jobs;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Receipts.Published;

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
        (await ReceiptsAsync(rosa, deal.Id)).Count.ShouldBe(2);
        var held = Values((await ReceiptsAsync(rosa, deal.Id, "deal_held")).ShouldHaveSingleItem(), "facts");
        held.ShouldContainKey("Promised by");
        held["State"].ShouldBe("In review");

        var refused = await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.Other), default));
        refused.Ok.ShouldBeFalse();
        (await ReceiptsAsync(rosa, deal.Id)).Count.ShouldBe(2);
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

    [SkippableTheory, Databases]
    public async Task What_the_partner_has_said_is_signed_with_the_registration_and_again_after_a_change(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var fields = world.Fields("Pied Piper AG", amount: 40_000_00) with { CustomerCity = "Jena", CustomerTaxNumber = "DE123456789" };
        var deal = await world.RegisterAsync(rosa, fields);
        var registered = (await ReceiptsAsync(rosa, deal.Id, "deal_registered")).ShouldHaveSingleItem();
        Values(registered, "facts")["City"].ShouldBe("Jena");
        var personal = Values(registered, "personal");
        (personal["Work done"], personal["Next step"], personal["Tax number"]).ShouldBe((fields.WorkDone, fields.NextStep, "DE123456789"));
        foreach (var words in new[] { fields.WorkDone!, "DE123456789" }) registered.GetProperty("facts").ToString().ShouldNotContain(words);

        var asked = await rosa.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal.Id, fields with { Amount = 90_000_00 }, "Two more sites."), default));
        (await ReceiptsAsync(rosa, deal.Id, "deal_amended")).ShouldBeEmpty("it waits for the vendor");
        for (var i = 0; i < 2; i++) await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(asked.Value.Request, true, "Agreed."), default));
        var amended = (await ReceiptsAsync(rosa, deal.Id, "deal_amended")).ShouldHaveSingleItem();
        Values(amended, "facts")["Amount"]!.ShouldEndWith("90,000.00");
        Values(amended, "personal")["In their words"].ShouldBe("Agreed.");

        await rosa.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal.Id, fields with { Amount = 90_000_00, NextStep = "Contract." }), default));
        (await ReceiptsAsync(rosa, deal.Id, "deal_amended")).Select(r => Values(r, "personal")["Next step"]).Order().ShouldBe(["Contract.", fields.NextStep]);

        using var api = await rosa.ApiAsync();
        var id = amended.GetProperty("id").GetString();
        var file = await api.GetStringAsync($"/api/v1/receipts/{id}/file");
        OfflineCheck.Of(file, []).Steps.ShouldAllBe(s => s.Outcome != StepOutcome.Failed);
        using var pages = await rosa.PagesAsync();
        (await pages.GetAsync($"/portal/receipts/{id}")).Text.ShouldContain("Deal amended");
    }

    [SkippableTheory, Databases]
    public async Task The_end_of_a_protection_has_one_receipt(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var rosa = await world.PartnerAsync(tier: Partners.Published.Tier.Registered);
        var deal = await world.RegisterAsync(rosa, world.Fields("Bachmanity GmbH"));
        app.Clock.Advance(TimeSpan.FromDays(61));
        for (var i = 0; i < 2; i++) await app.RunAsync<ExpireDeals>();
        var expired = (await ReceiptsAsync(rosa, deal.Id, "deal_expired")).ShouldHaveSingleItem();
        (Values(expired, "facts")["State"], Values(expired, "facts")["Protected until"]).ShouldBe(("Expired", $"{deal.ExpiresOn:yyyy-MM-dd}"));
    }

    [SkippableTheory, Databases]
    public async Task A_settled_conflict_has_a_receipt_for_each_side_that_names_nobody_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync("Aviato Ltd"), await world.PartnerAsync("Nucleus Ltd"));
        var held = await world.RegisterAsync(holder, world.Fields("Raviga Capital GmbH"));
        var lost = await world.RegisterAsync(refused, world.Fields("Raviga Capital"));
        var raised = await refused.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(lost.Id, "We were there first."), default));
        for (var i = 0; i < 2; i++) await world.Manager.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(new SettleInput(raised.Value, ConflictOutcome.ClaimantHolds, "Work was shown.", Because: OverrideReason.NewFacts), default));
        var (won, gone) = ((await ReceiptsAsync(refused, lost.Id, "conflict_settled")).ShouldHaveSingleItem(), (await ReceiptsAsync(holder, held.Id, "conflict_settled")).ShouldHaveSingleItem());
        Values(won, "facts")["Outcome"].ShouldBe("Your registration is protected");
        Values(gone, "facts")["Outcome"].ShouldBe("Your registration is not protected");
        Values(gone, "personal")["In their words"].ShouldBe("Work was shown.");
        foreach (var foreign in new[] { "Nucleus", lost.Id.ToString() }) gone.ToString().ShouldNotContain(foreign);
        foreach (var foreign in new[] { "Aviato", held.Id.ToString() }) won.ToString().ShouldNotContain(foreign);
    }

    [SkippableTheory, Databases]
    public async Task A_coalition_has_a_receipt_for_both_with_the_hash_of_what_was_agreed(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync("Endframe Ltd"), await world.PartnerAsync("Hooli Xyz Ltd"));
        var deal = await world.RegisterAsync(holder, world.Fields("Coleman Blair AG"));
        await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_500), default));
        await DealWorld.ConsentAsync(holder, deal.Id, guest);
        (await ReceiptsAsync(guest, deal.Id)).ShouldBeEmpty();
        (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        var hash = await guest.DoAsync<Work, string>(async w => (await w.LivingAsync(deal.Id, guest.Actor.Partner!.Value, default))!.Hash);
        foreach (var (side, holds) in new[] { (holder, "Yes"), (guest, "No") })
        {
            var facts = Values((await ReceiptsAsync(side, deal.Id, "coalition_agreed")).ShouldHaveSingleItem(), "facts");
            (facts["Share basis points"], facts["Agreement hash"], facts["Holds the deal"]).ShouldBe(("15 %", hash, holds));
        }
    }

    [SkippableTheory, Databases]
    public async Task A_refused_extension_an_answered_question_and_a_withdrawal_have_their_receipts(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync(tier: Partners.Published.Tier.Registered);
        var deal = await world.RegisterAsync(rosa, world.Fields("Vehement Capital AG"));
        var asked = await rosa.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "The customer needs longer.", 20), default));
        asked.Problem.ShouldBeNull();
        (await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(asked.Value, false, "Nothing has happened since."), default))).Problem.ShouldBeNull();
        var refused = (await ReceiptsAsync(rosa, deal.Id, "extension_refused")).ShouldHaveSingleItem();
        (Values(refused, "facts")["Asked days"], Values(refused, "personal")["In their words"]).ShouldBe(("20", "Nothing has happened since."));
        Values(refused, "facts")["Protected until"].ShouldBe($"{deal.ExpiresOn:yyyy-MM-dd}");

        (await rosa.DoAsync<Withdraw, Result<DealId>>(x => x.RunAsync(new WordsInput(deal.Id, "The customer has no budget."), default))).Problem.ShouldBeNull();
        var gone = (await ReceiptsAsync(rosa, deal.Id, "deal_withdrawn")).ShouldHaveSingleItem();
        (Values(gone, "facts")["State"], Values(gone, "facts")["Protected until before"]).ShouldBe(("Withdrawn", $"{deal.ExpiresOn:yyyy-MM-dd}"));

        var second = await world.InReviewAsync(rosa, "Hamlin Foods AG");
        (await world.Manager.DoAsync<ReturnForInformation, Result<DealId>>(r => r.RunAsync(new WordsInput(second.Id, "Who is the buyer?"), default))).Problem.ShouldBeNull();
        (await rosa.DoAsync<AnswerInformation, Result<DealId>>(a => a.RunAsync(new WordsInput(second.Id, "The head of operations."), default))).Problem.ShouldBeNull();
        (await ReceiptsAsync(rosa, second.Id, "deal_held")).Count.ShouldBe(2);
    }

    private static Dictionary<string, string?> Values(JsonElement receipt, string part) =>
        receipt.GetProperty(part).EnumerateArray().ToDictionary(f => f.GetProperty("label").GetString()!, f => f.GetProperty("value").GetString());

    private static async Task<List<JsonElement>> ReceiptsAsync(TestPerson person, DealId deal, string kind) => [.. (await ReceiptsAsync(person, deal)).Where(r => r.GetProperty("kind").GetString() == kind)];

    private static async Task<List<JsonElement>> ReceiptsAsync(TestPerson person, DealId deal)
    {
        using var api = await person.ApiAsync();
        List<JsonElement> receipts = [];
        foreach (var item in JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={deal}")).RootElement.GetProperty("items").EnumerateArray())
            receipts.Add(JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts/{item.GetProperty("id").GetString()}")).RootElement);
        return receipts;
    }
}
