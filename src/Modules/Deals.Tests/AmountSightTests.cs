using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Life;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What surrounds a deal tells no amount to a role that is kept from amounts: requests, transfers, leads, conflicts, reasons and mails.</summary>
public sealed class AmountSightTests
{
    [Theory]
    [InlineData("Won with USD\u00a043,210.00.", false)]
    [InlineData("Won with EUR 50.", false)]
    [InlineData("The amount is 43210.", false)]
    [InlineData("Der Betrag ist 43.210.", false)]
    [InlineData("The amount is 750.", false)]
    [InlineData("The amount is 1999 and more.", true)]
    [InlineData("Protected until 12 Mar 2027; 2 of 3 extensions are used.", true)]
    [InlineData("No other partner has it; 180 days from now.", true)]
    [InlineData("", true)]
    public void Words_are_left_out_where_an_amount_may_stand_in_them(string words, bool shown) => AmountSight.WithoutAmount(words, 750m, 0, null).ShouldBe(shown ? words : null);

    [SkippableTheory, Databases]
    public async Task What_surrounds_a_deal_tells_no_amount_to_a_role_that_is_kept_from_amounts(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (boss, guest) = (await world.PartnerAsync("Sumwell", role: Roles.PartnerAdmin), await world.PartnerAsync("Givewell"));
        var clerk = await world.Tenant.PartnerPersonAsync(boss.Actor.Partner!.Value, "Sumwell");
        (await world.Manager.DoAsync<SaveSightTable, Result<SightVersionId>>(s => s.RunAsync(new SightTableInput(Hidden: new Dictionary<string, IReadOnlyList<DealPart>> { [Roles.PartnerSales] = [DealPart.Figures] }), default))).Problem.ShouldBeNull();

        var changed = await world.RegisterAsync(boss, world.Fields("Change Works", amount: 43_210_00));
        (await boss.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(changed.Id, world.Fields("Change Works", amount: 98_765_00), "It has grown."), default))).Value.Waits.ShouldBeTrue();
        var won = await world.RegisterAsync(boss, world.Fields("Win Works", amount: 43_210_00));
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 55_443_00), default))).Problem.ShouldBeNull();
        var given = await world.RegisterAsync(guest, world.Fields("Give Works", amount: 43_210_00));
        var transfer = (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(given.Id, boss.Actor.Partner, "They are nearer."), default))).Value;
        await world.RegisterAsync(guest, world.Fields("Clash Works"));
        var conflict = (await boss.DoAsync<RaiseConflict, Result<ConflictId>>(async r => await r.RunAsync(new RaiseInput((await world.RegisterAsync(boss, world.Fields("Clash Works", amount: 43_210_00))).Id, "We have worked there for long."), default))).Value;
        string lead;
        using (var api = await world.Manager.ApiAsync())
        {
            var passed = await api.PostAsJsonAsync("/api/v1/leads", new { customerName = "Lead Works", country = "DE", need = "A new system.", amount = 31_313_00, partner = boss.Actor.Partner.ToString() });
            passed.StatusCode.ShouldBe(HttpStatusCode.Created, await passed.Content.ReadAsStringAsync());
            lead = passed.Headers.Location!.ToString().Split('/')[^1];
        }

        await world.Tenant.App.DrainAsync();
        string[] telling =
        [
            $"/api/v1/deals/{changed.Id}/life", $"/portal/deals/{changed.Id}", $"/api/v1/deals/{won.Id}", $"/portal/deals/{won.Id}", $"/api/v1/transfers/{transfer}", $"/portal/transfers/{transfer}", $"/api/v1/conflicts/{conflict}", $"/portal/conflicts/{conflict}",
            $"/api/v1/leads/{lead}", "/api/v1/leads", $"/portal/leads/{lead}", "/portal/leads", "/portal/leads.csv", "/portal/company", "/portal/deals/board", "/portal/search?q=win",
        ];
        (await ReadAsync(boss, telling)).Where(b => !Tells(b.Value)).Select(b => b.Key).ShouldBeEmpty("the administrator reads them");
        var kept = await ReadAsync(clerk, [.. telling, $"/portal/deals/{changed.Id}/amend", $"/portal/deals/new?renews={won.Id}", $"/portal/deals/{won.Id}?new=true", $"/api/v1/deals/{won.Id}/decision", $"/api/v1/deals/{changed.Id}/workspace", "/api/v1/transfers", "/api/v1/notifications"]);
        kept.Where(b => Tells(b.Value)).Select(b => b.Key).ShouldBeEmpty();
        kept.Where(b => !b.Value.StartsWith("200", StringComparison.Ordinal)).Select(b => $"{b.Key}: {b.Value[..Math.Min(200, b.Value.Length)]}").ShouldBeEmpty();

        // The clerk's own question, answered by mail.
        var asked = await world.RegisterAsync(clerk, world.Fields("Ask Works", amount: 43_210_00));
        var request = (await clerk.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(asked.Id, world.Fields("Ask Works", amount: 98_765_00), "It has grown."), default))).Value.Request;
        (await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(request, false, "Not yet.", null), default))).Problem.ShouldBeNull();
        var mails = await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == clerk.Email).Select(m => m.Subject + " " + m.Body).ToListAsync());
        mails.ShouldContain(m => m.StartsWith("Refused: ", StringComparison.Ordinal));
        mails.Where(Tells).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_draft_keeps_its_amount_when_somebody_saves_it_who_does_not_see_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var boss = await world.PartnerAsync("Keepwell", role: Roles.PartnerAdmin);
        var clerk = await world.Tenant.PartnerPersonAsync(boss.Actor.Partner!.Value, "Keepwell");
        (await world.Manager.DoAsync<SaveSightTable, Result<SightVersionId>>(s => s.RunAsync(new SightTableInput(Hidden: new Dictionary<string, IReadOnlyList<DealPart>> { [Roles.PartnerSales] = [DealPart.Figures] }), default))).Problem.ShouldBeNull();
        var fields = world.Fields("Keep Works", amount: 43_210_00);
        var draft = (await boss.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, fields), default))).Value;
        (await clerk.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(draft, fields with { Amount = null, NextStep = "They call back." }), default))).Problem.ShouldBeNull();
        (await AmountAsync()).ShouldBe((43_210_00L, "They call back."));
        (await boss.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(draft, fields with { Amount = null }), default))).Problem.ShouldBeNull();
        (await AmountAsync()).ShouldBe((0L, "Offer next week."), "who sees the amount and empties it means it");

        Task<(long, string?)> AmountAsync() => boss.DoAsync<Work, (long, string?)>(async w =>
        {
            var deal = await w.Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == draft);
            return (deal.Amount, deal.NextStep);
        });
    }

    private static bool Tells(string body) => new[] { "43,210", "43210", "4321000", "98,765", "98765", "9876500", "55,443", "55443", "5544300", "31,313", "31313", "3131300", "56.7K", "142K" }.Any(w => body.Contains(w, StringComparison.Ordinal));

    private static async Task<Dictionary<string, string>> ReadAsync(TestPerson person, IEnumerable<string> paths)
    {
        using var api = await person.ApiAsync();
        using var pages = await person.PagesAsync();
        Dictionary<string, string> bodies = [];
        foreach (var path in paths)
        {
            using var answer = await (path.StartsWith("/api/", StringComparison.Ordinal) ? api : pages.Http).GetAsync(path);
            bodies[path] = $"{(int)answer.StatusCode} {WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())}";
        }

        return bodies;
    }
}
