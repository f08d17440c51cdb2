using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Handovers;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Transfers;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Deals.Tests;

/// <summary>Whatever a deal's page shows moves the mark of whoever sees it, and its history tells all of it, each as far as its reader may see.</summary>
public sealed class LiveMarkTests
{
    [SkippableTheory, Databases]
    public async Task Every_kind_of_change_rings_and_moves_the_mark_of_whoever_sees_it_and_of_nobody_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, blind, next) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Clearview"), await world.PartnerAsync("Blindwater"), await world.PartnerAsync("Takeover"));
        var account = await world.AccountAsync("Ivy Metals");
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        foreach (var (key, sight) in new[] { ("ours", "staff"), ("theirs", "partner_writes") })
            (await administrator.PostAsJsonAsync("/api/v1/fields", new { record = "deals", label = key, key, kind = "text", sight })).EnsureSuccessStatusCode();
        var deal = await world.RegisterAsync(holder, world.Fields("Ivy Metals"));
        var (all, team, whole) = (new[] { world.Manager, holder, member, blind }, new[] { world.Manager, holder, member }, new[] { world.Manager, holder });

        List<string> wrong = [];
        await MovesAsync("an invitation", [.. whole, member], () => InviteAsync(holder, deal.Id, member, DealVisibility.Summary));
        await MovesAsync("a member joins", [world.Manager, holder, member], () => DealWorld.AcceptAsync(member, deal.Id));
        await InviteAsync(holder, deal.Id, blind, DealVisibility.None);
        await MovesAsync("another member joins", all, () => DealWorld.AcceptAsync(blind, deal.Id));
        await MovesAsync("a message", team, () => world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "shared", CommentAudience.Shared), default)));
        await MovesAsync("a note", [world.Manager], () => world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "internal", CommentAudience.Internal), default)));
        await MovesAsync("a task", team, () => holder.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "call them"), default)));
        await MovesAsync("a task of its own", all, () => holder.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "yours", blind.Actor.Partner.ToString()), default)));
        await MovesAsync("the plan", team, () => holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "resell"), default)));
        await MovesAsync("a person at the customer", team, () => holder.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "Ada", null, null, BuyerRole.Champion, null, null, null, null), default)));
        await MovesAsync("a file", team, () => holder.DoAsync<UploadDealFile, Result<FileId>>(u => u.RunAsync(new SentDealFile(deal.Id, "a.txt", new MemoryStream("text"u8.ToArray()), false), default)));
        await MovesAsync("what the direct team sees", whole, () => holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Summary), default)));
        await MovesAsync("a request", whole, () => holder.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "Their budget comes later."), default)), may: [member, blind]);
        await MovesAsync("a receipt", whole, () => world.Manager.DoAsync<IServiceProvider, Result<Done>>(s => IssueAsync(s, deal)));
        await MovesAsync("a claim of the relation", whole, () => holder.DoAsync<ClaimRelation, Result<RelationClaimId>>(c => c.RunAsync(new ClaimInput(deal.Id, "Ten years of service.", new DateOnly(2025, 4, 1)), default)));
        await MovesAsync("the customer relation", whole, () => world.Manager.DoAsync<SetRelation, Result<AccountId>>(s => s.RunAsync(new RelationInput(account, RelationHolder.Partner, holder.Actor.Partner), default)));
        await MovesAsync("a field of the vendor's", [world.Manager], async () => (await world.Manager.DoAsync<IServiceProvider, Result<FieldSubject>>(s => WriteAsync(s, deal.Id, "ours", "one"))));
        await MovesAsync("a field of both", whole, async () => (await holder.DoAsync<IServiceProvider, Result<FieldSubject>>(s => WriteAsync(s, deal.Id, "theirs", "two"))));
        await MovesAsync("a transfer", whole, () => world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, next.Actor.Partner, "The office moved."), default)));
        var transfer = await next.DoAsync<Work, TransferId>(w => w.Db.Set<Transfer>().Select(t => t.Id).SingleAsync());
        await MovesAsync("its answer", whole, () => next.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(transfer, false, "No people."), default)));
        await ConnectAsync(world);
        await MovesAsync<DealId>("a handover", [world.Manager], async () => { await world.Tenant.App.RunAsync<QueueHandoversJob>(); return deal.Id; });
        await MovesAsync("a claim of credit", [world.Manager, holder, member], () => member.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(deal.Id, "We ran the pilot.", true, 4_000), default)), may: [blind]);

        await OpportunityAsync("Prospecting");
        var opportunity = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == "OP-9").Select(o => o.Id).SingleAsync());
        await MovesAsync("the opportunity is linked", all, () => world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default)));
        await MovesAsync<DealId>("the stage of the opportunity", team, async () => { await OpportunityAsync("Engaging"); return deal.Id; });

        wrong.ShouldBeEmpty("moved where nothing is seen, or stood where something is");

        async Task MovesAsync<T>(string what, IEnumerable<TestPerson> seers, Func<Task<Result<T>>> act, params TestPerson[] may)
        {
            var before = new Dictionary<TestPerson, string?>();
            foreach (var person in all) before[person] = await MarkAsync(person);
            var topics = await world.Manager.DoAsync<Work, IReadOnlyList<string>>(w => DealMark.TopicsAsync(w, deal.Id, default));
            using var watch = ((Signals)world.Tenant.App.Services.GetService(typeof(Signals))!).Watch([.. topics]);
            (await act()).Problem.ShouldBeNull(what);
            (await watch.NextAsync(TimeSpan.FromSeconds(5), default)).ShouldNotBeEmpty($"{what} rings");
            foreach (var person in all.Except(may))
                if (await MarkAsync(person) != before[person] != seers.Contains(person)) wrong.Add($"{what}, for {person.Actor.PartnerName ?? "the vendor"}");
        }

        Task<string?> MarkAsync(TestPerson person) => person.DoAsync<Work, string?>(w => DealMark.OfAsync(w, deal.Id, default));

        Task OpportunityAsync(string stage) => world.ImportAsync("opportunities", $"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nOP-9,Sam Carter,Relay,Ivy Metals,{stage},2026-01-01,,\n");
    }

    [SkippableTheory, Databases]
    public async Task The_history_tells_all_that_happened_and_each_reader_its_part(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, blind, next) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Clearview"), await world.PartnerAsync("Blindwater"), await world.PartnerAsync("Takeover"));
        var deal = await world.RegisterAsync(holder, world.Fields("Juniper Foods"));
        foreach (var (guest, level) in new[] { (member, DealVisibility.Summary), (blind, DealVisibility.None) })
        {
            await InviteAsync(holder, deal.Id, guest, level);
            (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        }

        var task = (await holder.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "Send the offer"), default))).Value;
        await holder.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, task, TaskAct.Finish), default));
        var milestone = (await holder.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal.Id, "Demo given", PursuitStage.Prove, DealSide.Vendor), default))).Value;
        await holder.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal.Id, milestone, MilestoneAct.Finish), default));
        await holder.DoAsync<UploadDealFile, Result<FileId>>(u => u.RunAsync(new SentDealFile(deal.Id, "offer.txt", new MemoryStream("text"u8.ToArray()), false), default));
        foreach (var level in new[] { DealVisibility.Counts, DealVisibility.Summary }) await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, level), default));
        (await holder.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "Their budget comes later."), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, next.Actor.Partner, "The office moved."), default))).Problem.ShouldBeNull();
        await ConnectAsync(world);
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        (await blind.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, blind.Actor.Partner, "canary-why"), default))).Problem.ShouldBeNull();

        var staff = await EventsAsync(world.Manager);
        Kinds(staff).ShouldBe(Enum.GetValues<DealEventKind>());
        staff.Count(e => e.Kind == DealEventKind.Sight).ShouldBe(2, "each change, not the last one alone");
        staff.ShouldBeInOrder(SortDirection.Ascending, Comparer<DealEvent>.Create((a, b) => a.At.CompareTo(b.At)));
        foreach (var (who, what) in new[] { ("Pat Partner", "invited Clearview to the team"), ("Clearview", "joined the team"), ("Blindwater", "left the team"), ("Task done", "Send the offer"), ("Milestone reached", "Demo given"), ("Pat Partner", "asked for longer protection") })
            staff.ShouldContain(e => e.Who == who && e.What == what, $"{who} {what}");
        Kinds(await EventsAsync(holder)).ShouldBe(Enum.GetValues<DealEventKind>().Except([DealEventKind.Handover]));
        var theirs = await EventsAsync(member);
        Kinds(theirs).ShouldBe([DealEventKind.Team, DealEventKind.Task, DealEventKind.Milestone]);
        theirs.ShouldNotContain(e => e.Text == "canary-why" || e.Who == "Pat Partner" && e.What.StartsWith("invited Blindwater"));
        using (var pages = await holder.PagesAsync())
        {
            var line = (await pages.GetAsync($"/portal/deals/{deal.Id}")).Document.QuerySelector("#timeline")!.TextContent;
            foreach (var words in new[] { "invited Clearview to the team", "added the file “offer.txt”", "asked for longer protection", "proposed to hand the deal to another partner", "set what the vendor’s direct team sees", "Milestone reached" }) line.ShouldContain(words);
            line.ShouldNotContain("Takeover");
        }

        (await blind.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        async Task<IReadOnlyList<DealEvent>> EventsAsync(TestPerson person) => (await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Events;

        static IEnumerable<DealEventKind> Kinds(IReadOnlyList<DealEvent> events) => events.Select(e => e.Kind).Distinct().Order();
    }

    private static Task<Result<DealId>> InviteAsync(TestPerson by, DealId deal, TestPerson guest, DealVisibility level) =>
        by.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, 100) { Visibility = level, Known = true }, default));

    private static Task<Result<FieldSubject>> WriteAsync(IServiceProvider services, DealId deal, string key, string value)
    {
        var (work, fields) = ((Work)services.GetService(typeof(Work))!, (CustomFields)services.GetService(typeof(CustomFields))!);
        return new WriteFields(work, fields, fields.Type("deals")!).RunAsync(new FieldChanges(deal.ToString(), new Dictionary<string, string?> { [key] = value }), default);
    }

    // A receipt that no other change of the deal comes with.
    private static Task<Result<Done>> IssueAsync(IServiceProvider services, DealDetail deal)
    {
        var (work, issuer) = ((Work)services.GetService(typeof(Work))!, (Issuer)services.GetService(typeof(Issuer))!);
        return work.TransactAsync<Done>("deals.test", async () =>
        {
            await issuer.IssueAsync(new NewReceipt(ReceiptKind.DealHeld, deal.Id.ToString(), deal.Partner, deal.Title, []), default);
            return default(Done);
        }, default);
    }

    private static async Task ConnectAsync(DealWorld world) =>
        (await world.Manager.DoAsync<ConnectSystem, Result<ConnectedKind>>(c => c.RunAsync(new ConnectInput(ConnectedKind.Crm, "CRM", true), default))).Problem.ShouldBeNull();
}
