using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Partners.Published;
using Trellis.Deals.Transfers;

namespace Trellis.Deals.Tests;

public sealed class TransferTests
{
    private const string Why = "The office that works with this customer is with the other company now.";

    [SkippableTheory, Databases]
    public async Task A_deal_goes_to_the_partner_that_accepts_with_its_protection_and_dates(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines, third) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd", tier: Tier.Silver), await world.PartnerAsync("Third Ltd"));
        var deal = await world.RegisterAsync(rosa, world.Fields("Adler Maschinen"));
        await JoinAsync(world, deal.Id, rosa, ines, 2_000);
        await JoinAsync(world, deal.Id, rosa, third, 1_000);
        (await rosa.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "Longer, please."), default))).Problem.ShouldBeNull();
        var before = await DealWorld.SeeAsync(rosa, deal.Id);
        var id = (await ProposeAsync(world, deal.Id, ines)).Value;

        // Both are told, and neither reads the other's name; nothing has changed yet.
        (await DealWorld.SeeAsync(rosa, deal.Id)).Full.ShouldBeTrue();
        var offered = (await ines.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, id, default))).Value;
        (offered.Receiving, offered.Subject!.CustomerName).ShouldBe((true, "Adler Maschinen"));
        offered.Allowed.ShouldBe([TransferTrigger.Accept, TransferTrigger.Decline]);
        foreach (var secret in new[] { "Giver", rosa.Actor.Partner.ToString()!, "Ana Silva", "Two meetings" }) JsonSerializer.Serialize(offered, Json.Options).ShouldNotContain(secret);
        var leaving = (await rosa.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, id, default))).Value;
        (leaving.Receiving, leaving.Allowed.Count).ShouldBe((false, 0));
        JsonSerializer.Serialize(leaving, Json.Options).ShouldNotContain("Taker");
        (await AnswerAsync(rosa, id, true)).Problem!.Code.ShouldBe("deals.transfer_not_yours");
        (await AnswerAsync(third, id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        (await AnswerAsync(ines, id, true)).Problem.ShouldBeNull();
        var own = await DealWorld.SeeAsync(ines, deal.Id);
        (own.Partner, own.Full, own.State, own.ExpiresOn).ShouldBe((ines.Actor.Partner!.Value, true, DealState.Approved, before.ExpiresOn));
        own.Protection.ShouldBe(ProtectionState.Protected, "the extension that the other one asked for lapsed");
        own.Team.Where(t => t.State == MemberState.Accepted).Select(t => (t.PartnerName, t.ShareBasisPoints)).ShouldBe([("Taker Ltd", 9_000), ("Third Ltd", 1_000)]);
        own.History.Select(h => h.Trigger).ShouldContain(DealTrigger.Transfer);
        own.History.Where(h => h.Trigger == DealTrigger.Submit).Select(h => h.Who).ShouldBe(["Another partner"]);
        (await ines.DoAsync<Work, Result<DecisionDetail>>(w => DecisionPage.FindAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing, "what was decided on the other one");
        (await DealWorld.TrySeeAsync(rosa, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Mine."), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(ines, id, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);

        // One receipt to each.
        foreach (var (person, holds) in new[] { (rosa, "No"), (ines, "Yes") }) (await ReceiptAsync(person, deal.Id)).ShouldBe(holds);

        // What is won from now on is the new holder's.
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 25_000_00), default))).Problem.ShouldBeNull();
        var shares = await world.Manager.DoAsync<Work, IReadOnlyList<(PartnerId Partner, DealRole Role, int BasisPoints)>>(async w =>
        {
            var row = await w.Db.Set<DealRow>().SingleAsync(d => d.Id == deal.Id);
            return DealCredit.Shares(row.PartnerId, await w.Db.Set<DealMemberRow>().Where(m => m.DealId == deal.Id).ToListAsync());
        });
        shares.ShouldBe([(ines.Actor.Partner!.Value, DealRole.Source, 9_000), (third.Actor.Partner!.Value, DealRole.Influence, 1_000)]);
    }

    [SkippableTheory, Databases]
    public async Task What_cannot_go_to_another_partner_is_refused_and_a_proposal_can_be_declined_or_taken_back(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"));
        var waiting = await world.InReviewAsync(rosa, "Initech AG");
        (await ProposeAsync(world, waiting.Id, ines)).Problem!.Code.ShouldBe("deals.not_transferable");
        var deal = await world.RegisterAsync(rosa, world.Fields("Kestrel Foods"));
        (await ProposeAsync(world, deal.Id, rosa)).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await ProposeAsync(world, deal.Id, ines, "")).Problem!.Errors.Keys.ShouldBe(["reason"]);
        foreach (var (input, words) in new[] { (new TransferInput(deal.Id, null, Why), "identifier or its web address"), (new TransferInput(deal.Id, Ids.New<PartnerId>(DateTime.UtcNow), Why), "no active partner"), (new TransferInput(deal.Id, null, Why) { Domain = "nobody.example" }, "no active partner") })
            (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(input, default))).Problem!.Errors["partner"][0].ShouldContain(words);
        (await rosa.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, ines.Actor.Partner, Why), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var first = (await ProposeAsync(world, deal.Id, ines)).Value;
        (await ProposeAsync(world, deal.Id, ines)).Problem!.Code.ShouldBe("deals.transfer_open");
        (await AnswerAsync(ines, first, false)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AnswerAsync(ines, first, false, "No people there.")).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(rosa, deal.Id)).Full.ShouldBeTrue();
        (await DealWorld.TrySeeAsync(ines, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ines.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, first, default))).Value.Subject.ShouldBeNull("what was not taken is not to be read any more");

        var second = (await ProposeAsync(world, deal.Id, ines)).Value;
        (await world.Manager.DoAsync<WithdrawTransfer, Result<TransferId>>(w => w.RunAsync(new TransferAnswer(second, false, "A mistake."), default))).Problem.ShouldBeNull();
        (await AnswerAsync(ines, second, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);

        // It ends with its deal.
        var lapsing = (await ProposeAsync(world, deal.Id, ines)).Value;
        (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(deal.Id, "They bought elsewhere."), default))).Problem.ShouldBeNull();
        (await AnswerAsync(ines, lapsing, true)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        await world.Tenant.App.DrainAsync();
        (await ines.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, lapsing, default))).Value.State.ShouldBe(TransferState.Lapsed);
        (await (await DealWorld.CreateAsync(database)).Manager.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, first, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_several_answers_and_proposals_at_the_same_instant_one_counts(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines, omar) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(rosa, world.Fields("Lumen Kliniken"));
        var proposals = await Task.WhenAll(new[] { ines, omar, ines, omar }.Select(p => Task.Run(() => ProposeAsync(world, deal.Id, p))));
        var id = proposals.Single(p => p.Ok).Value;
        var taker = (await ines.DoAsync<Work, Result<TransferLine>>(w => TransferList.FindAsync(w, id, default))).Ok ? ines : omar;
        var answers = await Task.WhenAll(new[] { true, false, true, false }.Select(yes => Task.Run(() => AnswerAsync(taker, id, yes, "Said."))));
        answers.Count(a => a.Ok).ShouldBe(1);
        var taken = answers[0].Ok || answers[2].Ok;
        (await DealWorld.TrySeeAsync(taker, deal.Id)).Ok.ShouldBe(taken);
        (await DealWorld.TrySeeAsync(rosa, deal.Id)).Ok.ShouldBe(!taken);
    }

    [SkippableTheory, Databases]
    public async Task A_transfer_is_proposed_and_answered_on_the_pages(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"));
        var deal = await world.RegisterAsync(rosa, world.Fields("Porto Marine"));
        using var staff = await world.Manager.PagesAsync();
        var form = await staff.GetAsync($"/app/deals/{deal.Id}/transfer");
        (await staff.SubmitAsync(form, "transfer", ("Input.Partner", ines.Actor.Partner.ToString()!), ("Input.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.SubmitAsync(form, "transfer", ("Input.Partner", ines.Actor.Partner.ToString()!), ("Input.Reason", Why))).Text.ShouldContain("Waits for the other partner");
        using var partner = await ines.PagesAsync();
        (await partner.GetAsync("/portal/deals")).Text.ShouldContain("1 deal is offered to you to take over");
        (await partner.GetAsync("/portal/transfers")).Text.ShouldContain("Porto Marine");
        using var api = await ines.ApiAsync();
        var id = JsonDocument.Parse(await api.GetStringAsync("/api/v1/transfers")).RootElement.GetProperty("items")[0].GetProperty("id").GetString();
        var page = await partner.GetAsync($"/portal/transfers/{id}");
        page.Text.ShouldNotContain("Giver");
        var taken = await partner.SubmitAsync(page, "answer", ("Input.Act", "accept"));
        (taken.Address.AbsolutePath, taken.Text.Contains("took the deal over from another partner", StringComparison.Ordinal)).ShouldBe(($"/portal/deals/{deal.Id}", true));
        (await api.PostAsJsonAsync($"/api/v1/transfers/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var giver = await rosa.PagesAsync();
        (await giver.GetAsync($"/portal/transfers/{id}")).Text.ShouldContain("The deal is another partner’s now");
        (await giver.GetAsync($"/portal/deals/{deal.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task The_vendor_lists_transfers_by_state_giver_taker_and_customer_and_names_the_taker_by_its_web_address(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (giver, taker, other) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd", website: "https://taker.example"), await world.PartnerAsync("Other Ltd"));
        var (one, two) = (await world.RegisterAsync(giver, world.Fields("Mistral Bau")), await world.RegisterAsync(giver, world.Fields("Tramontana SA")));
        using var api = await world.Manager.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/deals/{one.Id}/transfers", new { domain = "www.taker.example", reason = Why })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ProposeAsync(world, two.Id, other)).Problem.ShouldBeNull();
        (await AnswerAsync(other, (await PageAsync(world.Manager, new TransferQuery(Q: "tramontana"))).Single().Id, false, "No people there.")).Problem.ShouldBeNull();

        (await PageAsync(world.Manager, new TransferQuery())).Select(t => t.ToName).ShouldBe(["Taker Ltd", "Other Ltd"], "what waits stands first");
        (await PageAsync(world.Manager, new TransferQuery(Sort: "-proposed"))).Select(t => t.ToName).ShouldBe(["Other Ltd", "Taker Ltd"]);
        (await PageAsync(world.Manager, new TransferQuery(State: "declined"))).Select(t => t.Title).ShouldBe([two.Title]);
        (await PageAsync(world.Manager, new TransferQuery(To: taker.Actor.Partner.ToString()))).Select(t => t.Title).ShouldBe([one.Title]);
        (await PageAsync(world.Manager, new TransferQuery(From: taker.Actor.Partner.ToString()))).ShouldBeEmpty();
        (await PageAsync(taker, new TransferQuery(Side: "taking"))).Select(t => t.Title).ShouldBe([one.Title]);
        (await PageAsync(taker, new TransferQuery(Side: "giving"))).ShouldBeEmpty();
        (await PageAsync(giver, new TransferQuery(Side: "giving", State: "declined"))).Select(t => t.Title).ShouldBe([two.Title]);
        (await PageAsync(taker, new TransferQuery(From: other.Actor.Partner.ToString(), Q: "tramontana"))).Select(t => t.Title).ShouldBe([one.Title], "a partner cannot ask who the other one is");
        (await PageAsync((await DealWorld.CreateAsync(database)).Manager, new TransferQuery())).ShouldBeEmpty();

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync("/app/deals/transfers?state=proposed");
        foreach (var shown in new[] { "Mistral Bau", "Giver Ltd", "Taker Ltd", "Open the proposal" }) page.Text.ShouldContain(shown);
        (await pages.Http.GetStringAsync("/app/deals/transfers.csv?state=declined")).ShouldContain("No people there.");
        using var portal = await taker.PagesAsync();
        var own = await portal.Http.GetStringAsync("/portal/transfers.csv?side=taking");
        own.ShouldContain("To you");
        foreach (var foreign in new[] { "Giver Ltd", "No people there.", two.Title }) own.ShouldNotContain(foreign);
    }

    private static async Task<IReadOnlyList<TransferLine>> PageAsync(TestPerson person, TransferQuery query) => (await person.DoAsync<Work, Page<TransferLine>>(w => TransferList.PageAsync(w, query, default))).Items;

    private static Task<Result<TransferId>> ProposeAsync(DealWorld world, DealId deal, TestPerson to, string reason = Why) =>
        world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal, to.Actor.Partner, reason), default));

    private static Task<Result<TransferId>> AnswerAsync(TestPerson person, TransferId id, bool accept, string? words = null) =>
        person.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(id, accept, words), default));

    private static async Task JoinAsync(DealWorld world, DealId deal, TestPerson holder, TestPerson guest, int share)
    {
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, share), default))).Problem.ShouldBeNull();
        (await DealWorld.ConsentAsync(holder, deal, guest)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();
    }

    private static async Task<string?> ReceiptAsync(TestPerson person, DealId deal)
    {
        using var api = await person.ApiAsync();
        var items = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={deal}")).RootElement.GetProperty("items").EnumerateArray().Where(r => r.GetProperty("kind").GetString() == "deal_transferred").ToList();
        var receipt = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts/{items.ShouldHaveSingleItem().GetProperty("id").GetString()}")).RootElement;
        return receipt.GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("label").GetString() == "Holds the deal").GetProperty("value").GetString();
    }
}
