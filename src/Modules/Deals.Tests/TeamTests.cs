using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class TeamTests
{
    [SkippableTheory, Databases]
    public async Task A_second_partner_joins_with_its_share_and_the_credit_sums_to_one(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest, third) = (await world.PartnerAsync(), await world.PartnerAsync(website: "guest-a.example"), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Adriatica Leasing"));
        (await InviteAsync(world.Manager, deal.Id, guest, DealRole.Influence, 3_000)).Problem.ShouldBeNull();
        (await InviteAsync(world.Manager, deal.Id, guest, DealRole.Influence, 3_000)).Problem!.Code.ShouldBe("deals.already_on_team");
        (await InviteAsync(world.Manager, deal.Id, holder, DealRole.Deliver, 1)).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await InviteAsync(world.Manager, deal.Id, third, DealRole.Source, 1)).Problem!.Errors.Keys.ShouldBe(["role"]);
        (await AnswerAsync(third, deal.Id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(guest, deal.Id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "the holder has not consented");
        (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
        (await InviteAsync(world.Manager, deal.Id, third, DealRole.Deliver, 7_001)).Problem!.Errors.Keys.ShouldBe(["share"]);
        (await AnswerAsync(guest, deal.Id, true)).Problem.ShouldBeNull();
        (await AnswerAsync(guest, deal.Id, false)).Problem!.Code.ShouldBe("deals.already_answered");
        var shares = await world.Manager.DoAsync<Work, IReadOnlyList<(PartnerId Partner, DealRole Role, int BasisPoints)>>(async w =>
            DealCredit.Shares(deal.Partner, await w.Db.Set<DealMemberRow>().Where(m => m.DealId == deal.Id).ToListAsync()));
        shares.ShouldBe([(deal.Partner, DealRole.Source, 7_000), (guest.Actor.Partner!.Value, DealRole.Influence, 3_000)]);
    }

    [SkippableTheory, Databases]
    public async Task Influence_resell_delivery_integration_and_marketplace_work_on_one_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Halden Papier"));
        DealRole[] roles = [DealRole.Influence, DealRole.Resell, DealRole.Deliver, DealRole.Integrate, DealRole.Marketplace, DealRole.Retain];
        foreach (var role in roles)
        {
            var guest = await world.PartnerAsync();
            (await InviteAsync(world.Manager, deal.Id, guest, role, 1_000)).Problem.ShouldBeNull();
            (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
            (await AnswerAsync(guest, deal.Id, true)).Problem.ShouldBeNull();
        }

        var shares = await world.Manager.DoAsync<Work, IReadOnlyList<(PartnerId Partner, DealRole Role, int BasisPoints)>>(async w =>
            DealCredit.Shares(deal.Partner, await w.Db.Set<DealMemberRow>().Where(m => m.DealId == deal.Id).ToListAsync()));
        shares.Select(s => s.Role).Order().ShouldBe(roles.Append(DealRole.Source).Order());
        shares.Sum(s => s.BasisPoints).ShouldBe(10_000);
        using var staff = await world.Manager.PagesAsync();
        var page = (await staff.GetAsync($"/app/deals/{deal.Id}")).Text;
        foreach (var shown in new[] { "Integrate", "Marketplace" }) page.ShouldContain(shown);
    }

    [SkippableTheory, BothDatabases]
    public async Task Invitations_at_the_same_instant_never_give_more_than_the_whole(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Murray Warehousing"));
        var guests = new List<TestPerson>();
        for (var i = 0; i < 5; i++) guests.Add(await world.PartnerAsync());
        foreach (var guest in guests) (await InviteAsync(world.Manager, deal.Id, guest, DealRole.Influence, 4_000)).Problem.ShouldBeNull("a proposal uses nothing up");
        var answers = await Task.WhenAll(guests.Select(g => Task.Run(() => DealWorld.ConsentAsync(holder, deal.Id, g))));
        answers.Count(a => a.Ok).ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task A_team_member_sees_the_shared_part_and_others_see_nothing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest, stranger) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("Guest Ltd", website: "guest-b.example"), await world.PartnerAsync());
        var third = await world.PartnerAsync("Third Ltd");
        var deal = await world.RegisterAsync(holder, world.Fields("Kimberley Diagnostics"));
        (await holder.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, null, "https://guest-b.example", DealRole.Influence, 1_000), default))).Problem.ShouldBeNull();
        await InviteAsync(world.Manager, deal.Id, third, DealRole.Deliver, 2_000);
        (await DealWorld.ConsentAsync(holder, deal.Id, third)).Problem.ShouldBeNull();
        await SayAsync(world.Manager, deal.Id, "internal thought", CommentAudience.Internal);
        await SayAsync(world.Manager, deal.Id, "shared word", CommentAudience.Shared);

        // Invited, not accepted: what it is about, no conversation.
        var invited = await DealWorld.SeeAsync(guest, deal.Id);
        (invited.Invitation, invited.Full, invited.CustomerName).ShouldBe((MemberState.Invited, false, "Kimberley Diagnostics"));
        invited.Comments.ShouldBeEmpty();
        invited.History.ShouldBeEmpty();
        (await SayAsync(guest, deal.Id, "hello", null)).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        await AnswerAsync(guest, deal.Id, true);
        (await SayAsync(guest, deal.Id, "hello", null)).Problem.ShouldBeNull();
        (await SayAsync(guest, deal.Id, "hidden", CommentAudience.Internal)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var seen = await DealWorld.SeeAsync(guest, deal.Id);
        seen.Comments.Select(c => c.Body).ShouldBe(["shared word", "hello"]);
        seen.Allowed.ShouldBeEmpty();
        seen.Team.Select(t => (t.PartnerName, t.ShareBasisPoints)).ShouldBe([("Holder Ltd", null), ("Guest Ltd", 1_000), ("Third Ltd", null)]);
        var text = JsonSerializer.Serialize(seen, Json.Options);
        foreach (var secret in new[] { "ana@gmail.com", "Ana Silva", "Two meetings", "internal thought", holder.Email }) text.ShouldNotContain(secret);
        (await guest.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "No."), default))).Problem!.Code.ShouldBe("deals.holder_only");
        (await guest.DoAsync<Work, Result<DecisionDetail>>(w => DecisionPage.FindAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        // The holder reads the shared words and the shares, not the internal note.
        var own = await DealWorld.SeeAsync(holder, deal.Id);
        own.Comments.Select(c => (c.Body, c.Author)).ShouldBe([("shared word", "Sam Staff"), ("hello", "Guest Ltd")]);
        own.Team.Select(t => t.ShareBasisPoints).ShouldBe([9_000, 1_000, 2_000]);

        // Everybody else: no such deal, by whatever way.
        (await DealWorld.TrySeeAsync(stranger, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await SayAsync(stranger, deal.Id, "hello", null)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(stranger, deal.Id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        await stranger.DoAsync<Work, bool>(async w =>
        {
            (await w.Db.Set<DealRow>().CountAsync()).ShouldBe(0);
            (await w.Db.Set<DealMemberRow>().CountAsync()).ShouldBe(0);
            (await w.Db.Set<Rules.Decision>().CountAsync()).ShouldBe(0);
            return true;
        });
        (await guest.DoAsync<Work, int>(w => w.Db.Set<DealRow>().CountAsync())).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Another_tenants_deal_does_not_exist(Database database)
    {
        var (world, other) = (await DealWorld.CreateAsync(database), await DealWorld.CreateAsync(database));
        var deal = await world.RegisterAsync(await world.PartnerAsync(), world.Fields("Sonora Instruments"));
        (await DealWorld.TrySeeAsync(other.Manager, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await other.Manager.DoAsync<Revoke, Result<DealId>>(r => r.RunAsync(new RefuseInput(deal.Id, ReasonCode.NotAFit), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        // The same customer at another vendor is another matter.
        (await other.RegisterAsync(await other.PartnerAsync(), other.Fields("Sonora Instruments"))).State.ShouldBe(DealState.Approved);
    }

    private static Task<Result<DealId>> InviteAsync(TestPerson by, DealId deal, TestPerson guest, DealRole role, int share) =>
        by.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, role, share), default));

    private static Task<Result<DealId>> AnswerAsync(TestPerson by, DealId deal, bool accept) => accept ? DealWorld.AcceptAsync(by, deal) : by.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal, false), default));

    private static Task<Result<DealId>> SayAsync(TestPerson by, DealId deal, string text, CommentAudience? audience) => by.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal, text, audience), default));
}
