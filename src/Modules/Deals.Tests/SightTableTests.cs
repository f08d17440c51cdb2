using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>Every tenant says from which level the parts of a deal are read, and what roles within a partner read; what was agreed stays.</summary>
public sealed class SightTableTests
{
    private static readonly Dictionary<string, int> Nobody = [];

    [Fact]
    public void As_delivered_the_words_are_what_they_were_and_every_other_table_is_put_into_words_of_its_parts()
    {
        var delivered = SightTable.Delivered;
        SightWords.Shows(delivered.Parts(DealVisibility.Counts)).ShouldBe("The basics, and how many tasks, messages, files and people at the customer there are");
        SightWords.Allows(delivered.Parts(DealVisibility.Summary)).ShouldBe("Writes messages, tasks and the plan.");
        SightWords.Promise(delivered.Parts(DealVisibility.Full)).ShouldContain("with the buying committee and files");
        var own = new SightTable(With((DealPart.Committee, DealVisibility.Summary), (DealPart.Messages, DealVisibility.Full)), Nobody);
        var summary = own.Parts(DealVisibility.Summary);
        SightWords.Shows(summary).ShouldBe("The basics, and of the rest: amount with dates and next step, the history, tasks, the plan, the buying committee");
        SightWords.Allows(summary).ShouldBe("Writes of these: tasks, the plan, the buying committee.");
        SightWords.Promise(summary).ShouldBe("You will see the basics, and of the rest: amount with dates and next step, the history, tasks, the plan, the buying committee. You write of these: tasks, the plan, the buying committee.");
        SightVersion.Read(SightVersion.Print(With((DealPart.Plan, DealVisibility.Counts))), "partner_finance=committee,files").Left(["partner_finance"]).ShouldBe(PartBits.All & ~PartBits.Committee & ~PartBits.Files);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        SightTable.Refused(With(), Nobody).ShouldBeNull();
        SightTable.Refused(With((DealPart.Plan, DealVisibility.Counts)), Nobody).ShouldBeNull();
        SightTable.Refused(With((DealPart.Plan, DealVisibility.None)), Nobody)!.Errors!.Keys.ShouldBe(["plan"]);
        SightTable.Refused(With((DealPart.Numbers, DealVisibility.Full)), Nobody)!.Errors!.Keys.ShouldBe(["numbers"]);
        SightTable.Refused(With((DealPart.Agreements, DealVisibility.Summary)), Nobody)!.Errors!.Keys.ShouldBe(["agreements"]);
        SightTable.Refused(With(), new Dictionary<string, int> { [Roles.PartnerAdmin] = PartBits.Committee })!.Errors!.Keys.ShouldBe(["roles"]);
        SightTable.Refused(With(), new Dictionary<string, int> { [Roles.Finance] = PartBits.Committee })!.Errors!.Keys.ShouldBe(["roles"]);
        SightTable.Refused(With(), new Dictionary<string, int> { [Roles.PartnerFinance] = PartBits.Tasks })!.Errors!.Keys.ShouldBe(["roles"]);
    }

    [Fact]
    public void Whoever_has_several_roles_reads_what_one_of_them_reads_and_a_copy_follows_its_origin()
    {
        var table = new SightTable(With(), new Dictionary<string, int> { [Roles.PartnerFinance] = PartBits.Committee | PartBits.Files, [Roles.PartnerMarketing] = PartBits.Files, ["partner_finance.3"] = 0 });
        table.Left([Roles.PartnerFinance, Roles.PartnerMarketing]).ShouldBe(PartBits.All & ~PartBits.Files);
        table.Left([Roles.PartnerFinance, Roles.PartnerSales]).ShouldBe(PartBits.All);
        table.Left(["partner_finance.2"]).ShouldBe(PartBits.All & ~PartBits.Committee & ~PartBits.Files);
        table.Left(["partner_finance.3"]).ShouldBe(PartBits.All);
    }

    [SkippableTheory, Databases]
    public async Task A_change_counts_for_what_is_agreed_from_then_on_and_what_was_promised_stays(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, before, after, seller) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(holder, world.Fields("Sight Works"));
        (await holder.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "Ada Buyer", null, null, BuyerRole.Champion, null, null, null, null), default))).Problem.ShouldBeNull();
        (await SayAsync(holder, deal.Id, "canary-word")).Problem.ShouldBeNull();
        await JoinAsync(holder, deal.Id, before, DealVisibility.Summary);
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Summary), default))).Problem.ShouldBeNull();

        (await SetAsync(world.Manager, new SightTableInput(new Dictionary<DealPart, DealVisibility> { [DealPart.Committee] = DealVisibility.Summary, [DealPart.Messages] = DealVisibility.Full }))).Problem.ShouldBeNull();
        await InviteAsync(holder, deal.Id, after, DealVisibility.Summary);
        const string promise = "You will see the basics, and of the rest: amount with dates and next step, the history, tasks, the plan, the buying committee.";
        using (var pages = await after.PagesAsync()) (await pages.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldContain(promise);
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == after.Email && m.Body.Contains(promise)))).ShouldBe(1);
        (await DealWorld.AcceptAsync(after, deal.Id)).Problem.ShouldBeNull();

        var (old, now) = (await SeeAsync(before, deal.Id), await SeeAsync(after, deal.Id));
        (old.Committee, old.Says, old.Readers is not null).ShouldBe((null, true, true));
        (now.Committee!.Single().Name, now.Says, now.Readers is not null).ShouldBe(("Ada Buyer", false, false));
        (await DealWorld.SeeAsync(before, deal.Id)).Comments.Select(c => c.Body).ShouldBe(["canary-word"]);
        (await DealWorld.SeeAsync(after, deal.Id)).Comments.ShouldBeEmpty();
        (await SeeAsync(seller, deal.Id)).Committee.ShouldBeNull("the direct team keeps what was set for it");
        // The query filters say the same, whoever asks.
        (await before.DoAsync<Work, int>(w => w.Db.Set<CommitteePerson>().CountAsync())).ShouldBe(0);
        (await after.DoAsync<Work, int>(w => w.Db.Set<CommitteePerson>().CountAsync())).ShouldBe(1);
        (await before.DoAsync<Work, int>(w => w.Db.Set<DealComment>().CountAsync())).ShouldBe(1);
        (await after.DoAsync<Work, int>(w => w.Db.Set<DealComment>().CountAsync())).ShouldBe(0);
        (await SayAsync(after, deal.Id, "not mine to say")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await SayAsync(world.Manager, deal.Id, "canary-later", CommentAudience.Shared)).Problem.ShouldBeNull();
        (await MailsAsync(world, before, "canary-later"), await MailsAsync(world, after, "canary-later")).ShouldBe((1, 0));
        var text = await after.DoAsync<Work, string>(async w => (await w.LivingAsync(deal.Id, after.Actor.Partner!.Value, default))!.Text);
        text.ShouldContain("the buying committee. Writes of these: tasks, the plan, the buying committee.");

        // A level that is set anew goes by the table of now, and as delivered again nothing of what was agreed moves.
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Summary), default))).Problem.ShouldBeNull();
        (await SeeAsync(seller, deal.Id)).Committee.ShouldNotBeNull();
        (await SetAsync(world.Manager, new SightTableInput(Delivered: true))).Problem.ShouldBeNull();
        (await SeeAsync(after, deal.Id)).Committee.ShouldNotBeNull();
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<SightVersion>().CountAsync())).ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task Roles_within_a_partner_leave_parts_out_on_its_own_deals_too(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync("Rolewell");
        var clerk = await world.Tenant.PartnerPersonAsync(seller.Actor.Partner!.Value, "Rolewell", Roles.PartnerFinance);
        var deal = await world.RegisterAsync(seller, world.Fields("Role Works", amount: 43_210_00));
        (await seller.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "Ada Buyer", null, null, BuyerRole.Champion, null, null, null, null), default))).Problem.ShouldBeNull();
        (await SayAsync(seller, deal.Id, "canary-word")).Problem.ShouldBeNull();
        var file = (await seller.DoAsync<UploadDealFile, Result<FileId>>(u => u.RunAsync(new SentDealFile(deal.Id, "note.txt", new MemoryStream("a note"u8.ToArray()), false), default))).Value;
        (await SeeAsync(clerk, deal.Id)).Committee.ShouldNotBeNull();

        var hidden = new Dictionary<string, IReadOnlyList<DealPart>> { [Roles.PartnerFinance] = SightTable.ByRole };
        (await SetAsync(world.Manager, new SightTableInput(Hidden: hidden))).Problem.ShouldBeNull();
        var space = await SeeAsync(clerk, deal.Id);
        (space.Committee, space.Files, space.NextStep, space.Readers).ShouldBe((null, null, null, null));
        var seen = await DealWorld.SeeAsync(clerk, deal.Id);
        (seen.Amount, seen.MainAmount, seen.ExpectedClose, seen.Comments.Count).ShouldBe((null, null, null, 0));
        (await clerk.DoAsync<Work, (int, int, int)>(async w => (await w.Db.Set<CommitteePerson>().CountAsync(), await w.Db.Set<DealComment>().CountAsync(), await w.Db.Set<DealFile>().CountAsync()))).ShouldBe((0, 0, 0));
        using (var pages = await clerk.PagesAsync())
        {
            (await pages.GetAsync("/portal/deals?q=Role")).Text.ShouldNotContain("43,210");
            (await pages.Http.GetStringAsync("/portal/deals.csv")).ShouldNotContain("43210");
            (await pages.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldNotContain("43,210");
            (await pages.Http.GetAsync($"/files/deals/{deal.Id}/{file}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using (var pages = await seller.PagesAsync()) (await pages.Http.GetStringAsync("/portal/deals.csv")).ShouldContain("43210");
        (await SeeAsync(seller, deal.Id)).Committee.ShouldNotBeNull();
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<CommitteePerson>().CountAsync())).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Channel_operations_sets_the_table_on_a_page_and_over_the_api_and_nobody_else_does(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, manager) = (await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.PartnerManager));
        using (var pages = await world.Manager.PagesAsync())
        {
            var page = await pages.GetAsync("/app/settings/deal-visibility");
            page.Text.ShouldContain("As delivered; nobody has changed it.");
            page.Text.ShouldContain("All of the summary, and the buying committee and files");
        }

        foreach (var nobody in new[] { partner, manager })
        {
            using var closed = await nobody.ApiAsync();
            (await closed.GetAsync("/api/v1/deal-visibility")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await closed.PutAsJsonAsync("/api/v1/deal-visibility", new { delivered = true })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var api = await world.Manager.ApiAsync();
        (await api.PutAsJsonAsync("/api/v1/deal-visibility", new { parts = new[] { new { part = "numbers", from = "full" } } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PutAsJsonAsync("/api/v1/deal-visibility", new { roles = new[] { new { role = "partner_admin", hidden = new[] { "committee" } } } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var set = await api.PutAsJsonAsync("/api/v1/deal-visibility", new { parts = new[] { new { part = "files", from = "summary" } }, roles = new[] { new { role = "partner_marketing", hidden = new[] { "committee" } } } });
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
        var body = (await set.Content.ReadFromJsonAsync<JsonElement>()).ToString();
        body.ShouldContain("the plan, files");
        using (var pages = await world.Manager.PagesAsync())
        {
            var page = await pages.GetAsync("/app/settings/deal-visibility");
            page.Text.ShouldContain("Files: read from “Summary”, before from “All that is shared”");
            page.Text.ShouldContain("Marketing at the partner: does not read “Buying committee” any more");
        }

        (await world.Manager.DoAsync<Work, bool>(w => w.Db.Set<AuditEntry>().AnyAsync(a => a.SubjectKind == "deals_sight_version"))).ShouldBeTrue();
    }

    private static Dictionary<DealPart, DealVisibility> With(params (DealPart Part, DealVisibility Level)[] other)
    {
        var from = Enum.GetValues<DealPart>().ToDictionary(p => p, SightTable.Delivered.From);
        foreach (var (part, level) in other) from[part] = level;
        return from;
    }

    private static Task<Result<SightVersionId>> SetAsync(TestPerson by, SightTableInput input) => by.DoAsync<SaveSightTable, Result<SightVersionId>>(s => s.RunAsync(input, default));

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal) => (await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default))).Value;

    private static async Task JoinAsync(TestPerson holder, DealId deal, TestPerson guest, DealVisibility level)
    {
        await InviteAsync(holder, deal, guest, level);
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();
    }

    private static async Task InviteAsync(TestPerson by, DealId deal, TestPerson guest, DealVisibility level) =>
        (await by.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, 100) { Visibility = level, Known = true }, default))).Problem.ShouldBeNull();

    private static Task<Result<DealId>> SayAsync(TestPerson by, DealId deal, string text, CommentAudience? audience = null) => by.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal, text, audience), default));

    private static Task<int> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == to.Email && m.Body.Contains(words)));
}
