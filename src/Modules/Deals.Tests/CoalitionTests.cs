using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;

namespace Trellis.Deals.Tests;

/// <summary>Several partners on one deal: terms, consent, other terms, end, templates.</summary>
public sealed class CoalitionTests
{
    [SkippableTheory, Databases]
    public async Task What_is_accepted_is_the_text_that_was_read_and_it_ends_with_the_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest, idle) = (await world.PartnerAsync("Fir Resellers"), await world.PartnerAsync("Gorse Advisors"), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Hazel Foods"));
        (await InviteAsync(world.Manager, deal.Id, guest, 2_000, 3_000)).Problem.ShouldBeNull();

        // Until the holder consents the guest is told nothing, by no way.
        (await DealWorld.TrySeeAsync(guest, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await guest.DoAsync<Work, int>(async w => await w.Db.Set<DealMemberRow>().CountAsync() + await w.Db.Set<CoalitionAgreement>().CountAsync() + await w.Db.Set<DealRow>().CountAsync())).ShouldBe(0);
        (await DealWorld.ConsentAsync(guest, deal.Id, guest)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Manager.DoAsync<AnswerProposal, Result<DealId>>(a => a.RunAsync(new ProposalAnswer(deal.Id, guest.Actor.Partner, true), default))).Problem!.Code.ShouldBe("deals.consent_holder");
        (await MailsAsync(world, guest)).ShouldBeEmpty();
        (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
        (await MailsAsync(world, guest)).ShouldHaveSingleItem().ShouldStartWith("You are invited");

        var terms = (await AgreementsAsync(guest, deal.Id)).ShouldHaveSingleItem();
        terms.Text.ShouldContain("Gorse Advisors has 20 % of the credit");
        terms.Text.ShouldContain("does 30 % of the partners’ work");
        terms.Hash.ShouldBe(AgreementText.Hash(terms.Text));
        (await AnswerAsync(guest, deal.Id, true, null)).Problem!.Errors.Keys.ShouldBe(["hash"]);
        (await AnswerAsync(guest, deal.Id, true, "another hash")).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await AnswerAsync(guest, deal.Id, true, terms.Hash)).Problem.ShouldBeNull();
        (await InviteAsync(holder, deal.Id, idle, 1_000, null, known: true)).Problem.ShouldBeNull();

        await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 10_000_00), default));
        await world.Tenant.App.DrainAsync();
        var ended = (await AgreementsAsync(world.Manager, deal.Id)).ToDictionary(a => a.Partner);
        (ended[guest.Actor.Partner!.Value].State, ended[guest.Actor.Partner!.Value].EndReason).ShouldBe((AgreementState.Ended, "The deal was won."));
        ended[guest.Actor.Partner!.Value].AcceptedBy.ShouldBe("Pat Partner");
        var team = await world.Manager.DoAsync<Work, List<DealMemberRow>>(w => w.Db.Set<DealMemberRow>().Where(m => m.DealId == deal.Id).ToListAsync());
        team.Single(m => m.PartnerId == idle.Actor.Partner).State.ShouldBe(MemberState.Declined, "nobody has answered it");
        DealCredit.Shares(deal.Partner, team).Select(s => s.BasisPoints).ShouldBe([8_000, 2_000]);
    }

    [SkippableTheory, Databases]
    public async Task Other_terms_are_asked_for_and_answered(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Ivy Logistics"));
        await InviteAsync(world.Manager, deal.Id, guest, 1_000, 1_000);
        await DealWorld.ConsentAsync(holder, deal.Id, guest);
        var before = (await AgreementsAsync(guest, deal.Id))[0].Hash;
        (await CounterAsync(guest, deal.Id, null, null, null)).Problem!.Errors.Keys.ShouldBe(["note"]);
        (await CounterAsync(guest, deal.Id, 10_001, null, null)).Problem!.Errors.Keys.ShouldBe(["share"]);
        (await CounterAsync(guest, deal.Id, 2_500, 2_000, "We bring the architect.")).Problem.ShouldBeNull();
        (await AnswerAsync(guest, deal.Id, true, null)).Problem!.Code.ShouldBe("coalitions.not_allowed");

        // More credit comes out of the holder's part: the vendor cannot give it.
        (await DecideAsync(world.Manager, deal.Id, guest, CounterAct.Agree)).Problem!.Code.ShouldBe("deals.counter_inviter");
        (await DecideAsync(holder, deal.Id, guest, CounterAct.Insist)).Problem.ShouldBeNull();
        (await CounterAsync(guest, deal.Id, 2_000, null, null)).Problem.ShouldBeNull();
        (await DecideAsync(holder, deal.Id, guest, CounterAct.Agree)).Problem.ShouldBeNull();
        var agreed = (await AgreementsAsync(guest, deal.Id)).Single();
        (agreed.State, agreed.Terms.ShareBasisPoints, agreed.Terms.WorkBasisPoints).ShouldBe((AgreementState.Accepted, 2_000, 1_000));
        agreed.Hash.ShouldNotBe(before);
        agreed.Hash.ShouldBe(AgreementText.Hash(agreed.Text));
        (await DealWorld.SeeAsync(holder, deal.Id)).Team.Select(t => t.ShareBasisPoints).ShouldBe([8_000, 2_000]);

        (await LeaveAsync(guest, deal.Id, guest, null)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await LeaveAsync(guest, deal.Id, guest, "No people left.")).Problem.ShouldBeNull();
        (await DealWorld.TrySeeAsync(guest, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await DealWorld.SeeAsync(holder, deal.Id)).Team[0].ShareBasisPoints.ShouldBe(10_000);
        (await InviteAsync(world.Manager, deal.Id, guest, 500, null)).Problem.ShouldBeNull("who has left may be invited again");
    }

    [SkippableTheory, BothDatabases]
    public async Task Invitations_and_counters_at_the_same_instant_never_give_more_than_the_whole(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Juniper Water"));
        var guests = new List<TestPerson>();
        for (var i = 0; i < 4; i++) guests.Add(await world.PartnerAsync());
        foreach (var guest in guests)
        {
            (await InviteAsync(holder, deal.Id, guest, 1_000, 2_000, known: true)).Problem.ShouldBeNull();
            (await CounterAsync(guest, deal.Id, 6_000, 3_000, null)).Problem.ShouldBeNull();
        }

        var answers = await Task.WhenAll(guests.Select(g => Task.Run(() => DecideAsync(holder, deal.Id, g, CounterAct.Agree))));
        answers.Count(a => a.Ok).ShouldBe(1);
        answers.Where(a => !a.Ok).ShouldAllBe(a => a.Problem!.Errors.ContainsKey("share"));
        (await InviteAsync(holder, deal.Id, await world.PartnerAsync(), 0, 9_000, known: true)).Problem!.Errors.Keys.ShouldBe(["work"]);
        var team = await world.Manager.DoAsync<Work, List<DealMember>>(w => w.Db.Set<DealMember>().AsNoTracking().Where(m => m.DealId == deal.Id).ToListAsync());
        (Shares.Left(team) >= 0 && Shares.WorkLeft(team) >= 0).ShouldBeTrue();
    }

    [SkippableTheory, Databases]
    public async Task A_team_that_won_is_invited_again_in_one_step_or_not_at_all(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, adviser, builder) = (await world.PartnerAsync(), await world.PartnerAsync("Larch Advice"), await world.PartnerAsync("Maple Build"));
        var first = await world.RegisterAsync(holder, world.Fields("Oak Insurance"));
        (await holder.DoAsync<SaveFormation, Result<FormationId>>(s => s.RunAsync(new NewFormation(first.Id, "Trio"), default))).Problem!.Code.ShouldBe("deals.formation_not_won");
        foreach (var (guest, share) in new[] { (adviser, 1_500), (builder, 2_500) })
        {
            await InviteAsync(holder, first.Id, guest, share, share, known: true);
            (await DealWorld.AcceptAsync(guest, first.Id)).Problem.ShouldBeNull();
        }

        await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(first.Id, 10_000_00), default));
        var saved = await holder.DoAsync<SaveFormation, Result<FormationId>>(s => s.RunAsync(new NewFormation(first.Id, "Trio"), default));
        saved.Problem.ShouldBeNull();
        var second = await world.RegisterAsync(holder, world.Fields("Pine Retail"));
        (await adviser.DoAsync<ApplyFormation, Result<int>>(a => a.RunAsync(new FormationChoice(second.Id, saved.Value), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await holder.DoAsync<ApplyFormation, Result<int>>(a => a.RunAsync(new FormationChoice(second.Id, saved.Value), default))).Value.ShouldBe(2);
        (await DealWorld.SeeAsync(holder, second.Id)).Team.Select(t => (t.PartnerName, t.Role, t.State)).Skip(1).ShouldBe([("Larch Advice", DealRole.Influence, MemberState.Invited), ("Maple Build", DealRole.Influence, MemberState.Invited)]);

        // One of them stands on the team already: then nobody is invited.
        var third = await world.RegisterAsync(holder, world.Fields("Rowan Steel"));
        await InviteAsync(holder, third.Id, builder, 1_000, null, known: true);
        (await holder.DoAsync<ApplyFormation, Result<int>>(a => a.RunAsync(new FormationChoice(third.Id, saved.Value), default))).Problem!.Message.ShouldStartWith("Maple Build");
        (await DealWorld.SeeAsync(holder, third.Id)).Team.Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task If_Match_is_honoured_on_members_invitations_and_comments(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Spruce Travel"));
        using var api = await world.Manager.ApiAsync();
        var member = new { partner = guest.Actor.Partner.ToString(), role = "influence", shareBasisPoints = 100 };
        (await PostAsync(api, $"/api/v1/deals/{deal.Id}/members", member, "\"99\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PostAsync(api, $"/api/v1/deals/{deal.Id}/comments", new { text = "hello" }, "\"99\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PostAsync(api, $"/api/v1/deals/{deal.Id}/members", member, $"\"{deal.Version}\"")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(api, $"/api/v1/deals/{deal.Id}/comments", new { text = "hello" }, $"\"{deal.Version}\"")).ShouldBe(HttpStatusCode.OK);
        await DealWorld.ConsentAsync(holder, deal.Id, guest);
        using var theirs = await guest.ApiAsync();
        (await PostAsync(theirs, $"/api/v1/deals/{deal.Id}/invitation", new { accept = true }, "\"99\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PostAsync(theirs, $"/api/v1/deals/{deal.Id}/invitation", new { accept = true }, $"\"{deal.Version}\"")).ShouldBe(HttpStatusCode.UnprocessableEntity, "nobody accepts what it has not read");
        var hash = (await AgreementsAsync(guest, deal.Id)).Single().Hash;
        (await PostAsync(theirs, $"/api/v1/deals/{deal.Id}/invitation", new { accept = true, hash }, $"\"{deal.Version}\"")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient api, string path, object body, string match)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", match);
        return (await api.SendAsync(request)).StatusCode;
    }

    private static Task<Result<DealId>> InviteAsync(TestPerson by, DealId deal, TestPerson guest, int share, int? part, bool known = false) =>
        by.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, share) { WorkBasisPoints = part, Known = known }, default));

    private static Task<Result<DealId>> AnswerAsync(TestPerson by, DealId deal, bool accept, string? hash) => by.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal, accept, hash), default));

    private static Task<Result<DealId>> CounterAsync(TestPerson by, DealId deal, int? share, int? part, string? note) => by.DoAsync<CounterInvitation, Result<DealId>>(c => c.RunAsync(new CounterInput(deal, share, part, note), default));

    private static Task<Result<DealId>> DecideAsync(TestPerson by, DealId deal, TestPerson guest, CounterAct act) => by.DoAsync<AnswerCounter, Result<DealId>>(a => a.RunAsync(new CounterAnswer(deal, guest.Actor.Partner, act), default));

    private static Task<Result<DealId>> LeaveAsync(TestPerson by, DealId deal, TestPerson guest, string? reason) => by.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal, guest.Actor.Partner, reason), default));

    private static async Task<IReadOnlyList<AgreementLine>> AgreementsAsync(TestPerson by, DealId deal) => (await by.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default))).Value.Agreements;

    private static Task<List<string>> MailsAsync(DealWorld world, TestPerson to) =>
        world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Subject.StartsWith("You are invited")).Select(m => m.Subject).ToListAsync());
}
