using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What happens next on a deal: an act of its own, of both sides.</summary>
public sealed class NextStepTests
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [SkippableTheory, Databases]
    public async Task Both_sides_say_what_happens_next_and_what_was_before_stays(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Aller Shipyard"));
        (await SeeAsync(holder, deal.Id)).NextStep.ShouldNotBeNull().ShouldSatisfyAllConditions(s => s.What.ShouldBe("Offer next week."), s => s.Side.ShouldBeNull());

        (await SetAsync(holder, new(deal.Id, "Send the offer", DealSide.Vendor, Today.AddDays(4), deal.Version))).Problem.ShouldBeNull();
        (await SetAsync(world.Manager, new(deal.Id, "Too late", DealSide.Partner, Today.AddDays(4), deal.Version))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        var now = await DealWorld.SeeAsync(world.Manager, deal.Id);
        (now.NextStep, now.Version).ShouldBe(("Send the offer", deal.Version + 1));
        (await SetAsync(world.Manager, new(deal.Id, "Ask who signs", DealSide.Partner, Today.AddDays(2)))).Problem.ShouldBeNull();
        var step = (await SeeAsync(holder, deal.Id)).NextStep.ShouldNotBeNull();
        (step.What, step.Side, step.DueOn, step.Late, step.SetBy).ShouldBe(("Ask who signs", DealSide.Partner, Today.AddDays(2), false, "Sam Staff"));
        step.Earlier.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.What.ShouldBe("Send the offer"), e => e.SetBy.ShouldBe("Pat Partner"));

        // The same words by another day are a change, too.
        var version = (await DealWorld.SeeAsync(holder, deal.Id)).Version;
        (await SetAsync(holder, new(deal.Id, "Ask who signs", DealSide.Partner, Today.AddDays(3), version))).Problem.ShouldBeNull();
        (await SetAsync(holder, new(deal.Id, "Ask who signs", DealSide.Partner, Today.AddDays(5), version))).Problem!.Kind.ShouldBe(ProblemKind.Stale);

        (await SetAsync(holder, new(deal.Id, " ", null, Today.AddDays(-9)))).Problem!.Errors.Keys.Order().ShouldBe(["dueOn", "side", "what"]);
        (await SetAsync(holder, new(deal.Id, "No day", DealSide.Partner, null))).Problem!.Errors.Keys.ShouldBe(["dueOn"]);
        (await SetAsync(stranger, new(deal.Id, "Not mine", DealSide.Partner, Today))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await stranger.DoAsync<Work, int>(w => w.Db.Set<NextStep>().CountAsync())).ShouldBe(0);
        var finance = await world.Tenant.StaffAsync(Roles.Finance);
        (await SetAsync(finance, new(deal.Id, "Not my work", DealSide.Vendor, Today))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
    }

    [SkippableTheory, Databases]
    public async Task Whose_turn_it_is_is_told_and_finds_what_is_late_among_its_to_dos(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Bode Minerals"));
        (await SetAsync(world.Manager, new(deal.Id, "Bring the figures", DealSide.Partner, Today.AddDays(-1)))).Problem.ShouldBeNull();
        (await ToDosAsync(holder)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Title.ShouldBe("Next step: Bring the figures"), t => t.Detail.ShouldStartWith("Overdue since"), t => t.Href.ShouldBe($"/portal/deals/{deal.Id}#next-step"));
        (await ToDosAsync(world.Manager)).ShouldBeEmpty("it is the partner's turn");
        (await ToDosAsync(other)).ShouldBeEmpty();
        using var pages = await holder.PagesAsync();
        var page = await pages.GetAsync($"/portal/deals/{deal.Id}");
        page.Document.QuerySelector("#next-step")!.TextContent.ShouldContain("Late:");
        page.Text.ShouldContain("The next step is late");
        (await pages.GetAsync("/portal/deals/board")).Document.QuerySelector($"#card-{deal.Id}")!.TextContent.ShouldContain("Next step late:");

        var sent = await pages.SubmitAsync(page, "next-step", ("Input.What", "Confirm the price"), ("Input.Side", "vendor"), ("Input.DueOn", $"{Today:yyyy-MM-dd}"));
        sent.Status.ShouldBe(HttpStatusCode.OK);
        sent.Document.QuerySelector("#next-step")!.TextContent.ShouldContain("Confirm the price");
        (await pages.SubmitAsync(page, "next-step", ("Input.What", "From an old page"), ("Input.Side", "vendor"), ("Input.DueOn", $"{Today:yyyy-MM-dd}"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await ToDosAsync(world.Manager)).ShouldHaveSingleItem().Title.ShouldBe("Next step: Confirm the price");
        (await ToDosAsync(holder)).ShouldBeEmpty();

        // What the customer does is followed up by whoever said so; what is over asks nobody any more.
        (await SetAsync(holder, new(deal.Id, "Sign", DealSide.Customer, Today))).Problem.ShouldBeNull();
        (await ToDosAsync(holder)).ShouldHaveSingleItem().Title.ShouldBe("Next step: Sign");
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 10_000_00), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await ToDosAsync(holder)).ShouldBeEmpty();
        (await SetAsync(holder, new(deal.Id, "Celebrate", DealSide.Partner, Today))).Problem!.Code.ShouldBe("deals.nothing_next");
        (await pages.GetAsync($"/portal/deals/{deal.Id}")).Document.QuerySelector("#next-step form").ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_refusal_ends_the_step_and_what_is_told_late_leaves_what_is_newer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var refused = await world.InReviewAsync(holder, "Diemel Looms");
        (await SetAsync(world.Manager, new(refused.Id, "Bring the contract", DealSide.Partner, Today.AddDays(-1)))).Problem.ShouldBeNull();
        (await ToDosAsync(holder)).ShouldHaveSingleItem();
        (await world.Manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(refused.Id, ReasonCode.Incomplete, "Nobody there knows of it."), default))).Problem.ShouldBeNull();
        (await ToDosAsync(holder)).ShouldBeEmpty("what is over asks nobody, before the news of it has come");
        await world.Tenant.App.DrainAsync();
        (await OpenAsync(world, refused.Id)).ShouldBe(0);

        var deal = await world.InReviewAsync(holder, "Eger Looms");
        (await SetAsync(world.Manager, new(deal.Id, "Bring the figures", DealSide.Partner, Today.AddDays(2)))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000), default))).Problem.ShouldBeNull();
        foreach (var (minutes, left) in new[] { (-5, 1), (5, 0) })
        {
            var ended = new DealEnded(deal.Id, holder.Actor.Partner!.Value, DealState.Withdrawn, DateTime.UtcNow.AddMinutes(minutes));
            await world.Tenant.AsSystemAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.late", async () =>
            {
                await new EndStepOfEnd(w).HearAsync(ended, default);
                await new EndAgreementsOfEnd(new EndAgreements(w)).HearAsync(ended, default);
                return 0;
            }, default));
            (await OpenAsync(world, deal.Id)).ShouldBe(left);
            (await world.Manager.DoAsync<Work, List<CoalitionAgreement>>(w => w.LivingAsync(deal.Id, default))).Count.ShouldBe(left);
        }
    }

    [SkippableTheory, Databases]
    public async Task Where_the_one_who_registered_is_gone_somebody_else_of_the_partner_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Fulda Looms"));
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Deal>().Where(d => d.Id == deal.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.RegisteredBy, world.Manager.Actor.Person)));
        (await SetAsync(world.Manager, new(deal.Id, "Bring the figures", DealSide.Partner, Today.AddDays(-1)))).Problem.ShouldBeNull();
        using var api = await holder.ApiAsync();
        (await api.GetStringAsync("/api/v1/notifications")).ShouldContain("Your turn: ");

        // Other words of the registration have taken its place: the board calls nothing late.
        (await CardAsync(holder, deal.Id)).Late.ShouldNotBeNull();
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Deal>().Where(d => d.Id == deal.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.NextStep, "Wait for the board")));
        (await CardAsync(holder, deal.Id)).Late.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Who_is_forgotten_stands_at_no_step_and_the_customers_person_at_no_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Gose Looms"));
        (await SetAsync(holder, new(deal.Id, "Send the offer", DealSide.Vendor, Today.AddDays(4)))).Problem.ShouldBeNull();
        var subject = new DataSubject(holder.Actor.Person, holder.Actor.Name, "ANA@gmail.com", false);
        var read = await world.Manager.DoAsync<Work, IReadOnlyList<PersonalRecords>>(w => new DealsPersonalData(w).ReadAsync(subject, default));
        foreach (var kind in new[] { "next_steps", "deal_contacts" }) read.Single(r => r.Kind == kind).Rows.Count.ShouldBe(1);
        (await world.Manager.DoAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.erase", async () => await new DealsPersonalData(w).EraseAsync(subject, default), default))).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, deal.Id)).NextStep!.SetBy.ShouldBe(Erasure.Name, "a namesake's name means nobody, but the id does");
        (await DealWorld.SeeAsync(holder, deal.Id)).ShouldSatisfyAllConditions(d => d.ContactName.ShouldBeNull(), d => d.ContactEmail.ShouldBeNull());
    }

    [SkippableTheory, Databases]
    public async Task Who_sees_no_summary_sees_no_next_step_and_the_api_asks_for_the_version(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Chemnitz Looms"));
        using var api = await holder.ApiAsync();
        (await PutAsync(api, deal.Id, new { what = "canary-step", side = "partner", dueOn = Today.AddDays(3) }, "\"99\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var (status, body) = await PutAsync(api, deal.Id, new { what = "canary-step", side = "partner", dueOn = Today.AddDays(3) }, $"\"{deal.Version}\"");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("nextStep").GetProperty("what").GetString().ShouldBe("canary-step");
        foreach (var (level, sees) in new[] { (DealVisibility.Counts, false), (DealVisibility.Summary, true) })
        {
            (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000) { Visibility = level }, default))).Problem.ShouldBeNull();
            await DealWorld.ConsentAsync(holder, deal.Id, guest);
            (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
            ((await SeeAsync(guest, deal.Id)).NextStep is not null).ShouldBe(sees);
            (await guest.DoAsync<Work, int>(w => w.Db.Set<NextStep>().CountAsync())).ShouldBe(sees ? 1 : 0);
            (await SetAsync(guest, new(deal.Id, $"by {level}", DealSide.Partner, Today))).Ok.ShouldBe(sees);
            await guest.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, guest.Actor.Partner, "Another level."), default));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(HttpClient api, DealId deal, object body, string version)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/deals/{deal}/next-step") { Content = JsonContent.Create(body) };
        asked.Headers.TryAddWithoutValidation("If-Match", version);
        var answer = await api.SendAsync(asked);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static Task<int> OpenAsync(DealWorld world, DealId deal) => world.Manager.DoAsync<Work, int>(w => w.Db.Set<NextStep>().CountAsync(s => s.DealId == deal && s.EndedAt == null));

    private static async Task<BoardCard> CardAsync(TestPerson person, DealId deal) =>
        (await person.DoAsync<Work, IReadOnlyList<BoardColumn>>(w => Board.FindAsync(w, new DealFilter(), default))).SelectMany(c => c.Cards).Single(c => c.Deal.Id == deal);

    private static Task<Result<NextStepId>> SetAsync(TestPerson by, NextStepInput input) => by.DoAsync<SetNextStep, Result<NextStepId>>(s => s.RunAsync(input, default));

    private static Task<IReadOnlyList<ToDo>> ToDosAsync(TestPerson person) => person.DoAsync<IEnumerable<IToDoSource>, IReadOnlyList<ToDo>>(s => s.OfType<NextStepToDos>().Single().OfAsync(default));

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal)
    {
        var found = await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default));
        found.Problem.ShouldBeNull();
        return found.Value;
    }
}
