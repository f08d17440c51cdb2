using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>Whoever has left a partner, or is suspended there, hears nothing more of its records, whatever is done with them.</summary>
public sealed class LeaverTests
{
    [SkippableTheory, Databases]
    public async Task Nothing_that_is_done_on_a_partners_records_reaches_who_has_left_it_or_is_suspended_there(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (colleague, guest) = (await world.PartnerAsync("Leaving Ltd"), await world.PartnerAsync("Guest Ltd"));
        var home = colleague.Actor.Partner!.Value;
        var (removed, suspended) = (await world.Tenant.PartnerPersonAsync(home, "Leaving Ltd"), await world.Tenant.PartnerPersonAsync(home, "Leaving Ltd"));
        // At another partner they may act as before, and that opens nothing here.
        var elsewhere = await world.PartnerAsync("Elsewhere Ltd");
        foreach (var person in new[] { removed, suspended })
            (await world.Tenant.Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Pat Partner", person.Email, elsewhere.Actor.Partner!.Value, "Elsewhere Ltd", Roles.PartnerSales, secret => secret), default))).Problem.ShouldBeNull();
        var records = new[] { await Records.OfAsync(world, removed, colleague, guest, "Ash"), await Records.OfAsync(world, suspended, colleague, guest, "Beech") };

        using (var api = await world.Tenant.Administrator.ApiAsync())
        {
            (await api.DeleteAsync($"/api/v1/partners/{home}/people/{removed.Actor.Person}")).EnsureSuccessStatusCode();
            (await api.PostAsJsonAsync($"/api/v1/partners/{home}/people/{suspended.Actor.Person}/state", new { state = "suspended" })).EnsureSuccessStatusCode();
        }

        await world.Tenant.App.DrainAsync();
        var before = new[] { await HeardAsync(world, removed), await HeardAsync(world, suspended) };
        foreach (var record in records) await record.WalkAsync();
        await world.Tenant.App.DrainAsync();

        new[] { await HeardAsync(world, removed), await HeardAsync(world, suspended) }.ShouldBe(before);
        // What is meant for the company still reaches who is there.
        var told = await SubjectsAsync(world, colleague);
        foreach (var subject in new[] { "A task for you: Call Ash", "You are invited to a deal: Beech Guest" }) told.ShouldContain(subject);

        using (var api = await world.Tenant.Administrator.ApiAsync())
            (await api.PostAsJsonAsync($"/api/v1/partners/{home}/people/{suspended.Actor.Person}/state", new { state = "active" })).EnsureSuccessStatusCode();
        await records[1].SayAsync();
        (await SubjectsAsync(world, suspended)).Except(before[1].Mails).ShouldBe(["Ends soon: Beech Open: Relay", "A draft is ready: Beech Open", "Not joined: Beech Open", "We are late: Beech Open: Relay"], ignoreOrder: true);
    }

    /// <summary>What the leaver has left behind, and all that can be done with it.</summary>
    private sealed record Records(DealWorld World, TestPerson Leaver, TestPerson Colleague, TestPerson Guest, string Name)
    {
        private readonly Dictionary<string, DealId> _deals = [];
        private RequestId _request;
        private ConflictId _conflict;

        public static async Task<Records> OfAsync(DealWorld world, TestPerson leaver, TestPerson colleague, TestPerson guest, string name)
        {
            var all = new Records(world, leaver, colleague, guest, name);
            await all.LeaveBehindAsync();
            return all;
        }

        private async Task LeaveBehindAsync()
        {
            foreach (var one in new[] { "Approve", "Refuse", "Ask" }) _deals[one] = (await World.InReviewAsync(Leaver, $"{Name} {one}")).Id;
            foreach (var one in new[] { "Open", "Consent", "Counter", "Transfer" }) _deals[one] = (await World.RegisterAsync(Leaver, World.Fields($"{Name} {one}"))).Id;
            _deals["Guest"] = (await World.RegisterAsync(Guest, World.Fields($"{Name} Guest"))).Id;
            _deals["Draft"] = Ok(await Leaver.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, World.Fields($"{Name} Draft")), default)));
            await World.RegisterAsync(Guest, World.Fields($"{Name} Optics"));
            _conflict = Ok(await Leaver.DoAsync<RaiseConflict, Result<ConflictId>>(async r => await r.RunAsync(new RaiseInput((await World.RegisterAsync(Leaver, World.Fields($"{Name} Optics"))).Id, "We have worked there for long."), default)));
            _request = Ok(await Leaver.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(_deals["Open"], "Longer, please."), default)));
            Ok(await World.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(_deals["Counter"], Guest.Actor.Partner, null, DealRole.Influence, 1_000), default)));
            Ok(await DealWorld.ConsentAsync(Leaver, _deals["Counter"], Guest));
        }

        public async Task WalkAsync()
        {
            var manager = World.Manager;
            Ok(await manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(_deals["Approve"]), default)));
            Ok(await manager.DoAsync<Refuse, Result<DealId>>(r => r.RunAsync(new RefuseInput(_deals["Refuse"], ReasonCode.NotAFit), default)));
            Ok(await manager.DoAsync<ReturnForInformation, Result<DealId>>(r => r.RunAsync(new WordsInput(_deals["Ask"], "Who decides there?"), default)));
            Ok(await manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(_request, true, "Yes.", null), default)));
            Ok(await manager.DoAsync<SettleConflict, Result<ConflictId>>(s => s.RunAsync(new SettleInput(_conflict, ConflictOutcome.OtherHolds, "Who came first holds it.", null), default)));
            Ok(await manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(_deals["Consent"], Guest.Actor.Partner, null, DealRole.Influence, 1_000), default)));
            Ok(await Guest.DoAsync<CounterInvitation, Result<DealId>>(c => c.RunAsync(new CounterInput(_deals["Counter"], 2_000, null, "We bring the architect."), default)));
            Ok(await manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(_deals["Transfer"], Guest.Actor.Partner, "They are nearer."), default)));
            Ok(await Guest.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(_deals["Guest"], Colleague.Actor.Partner, null, DealRole.Influence, 1_000) { Known = true }, default)));
            Ok(await manager.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(_deals["Approve"], $"Call {Name}", Colleague.Actor.Partner.ToString()), default)));
            Ok(await manager.DoAsync<AddComment, Result<DealId>>(a => a.RunAsync(new CommentInput(_deals["Approve"], "What is new?", CommentAudience.Shared), default)));
            // The receipt and the rules' decision on what the leaver had begun and a colleague sends.
            Ok(await Colleague.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, _deals["Draft"]), default)));
            await SayAsync();
        }

        /// <summary>What the clock and others say to who has registered.</summary>
        public async Task SayAsync() => Ok(await World.Tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => services.GetRequiredService<Work>().TransactAsync<Done>("trial.say", async () =>
        {
            var (work, deals, life) = (services.GetRequiredService<Work>(), services.GetRequiredService<DealMail>(), services.GetRequiredService<LifeMail>());
            var id = _deals["Open"];
            var deal = await work.Db.Set<Deal>().SingleAsync(d => d.Id == id);
            deal.AwaitReview(Roles.PartnerManager, work.Now);
            await deals.ExpiringAsync(deal, null, 7, default);
            await life.DraftedAsync(deal, default);
            await life.DeclinedJointlyAsync(deal, default);
            await life.EscalatedAsync(deal, Roles.ChannelOperations, default);
            return default(Done);
        }, default)));

        private static T Ok<T>(Result<T> result)
        {
            result.Problem.ShouldBeNull();
            return result.Value;
        }
    }

    private static async Task<Heard> HeardAsync(DealWorld world, TestPerson person)
    {
        var news = await world.Tenant.AsSystemAsync<Work, List<string>>(async work =>
        {
            var asks = new Asks(work.Db);
            var rows = asks.For("SELECT n.title FROM notifications_notification AS n WHERE n.tenant_id = $1 AND n.person_id = $2 ORDER BY n.id", row => row.Text(0), person.Actor.Person);
            await asks.RunAsync(default);
            return rows;
        });
        return new Heard(string.Join('\n', news), await SubjectsAsync(world, person));
    }

    private static Task<List<string>> SubjectsAsync(DealWorld world, TestPerson person) =>
        world.Tenant.AsSystemAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == person.Email).OrderBy(m => m.Id).Select(m => m.Subject).ToListAsync());

    private sealed record Heard(string News, List<string> Mails)
    {
        public bool Equals(Heard? other) => other is not null && News == other.News && Mails.SequenceEqual(other.Mails);

        public override int GetHashCode() => News.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"{News} | {string.Join("; ", Mails)}";
    }
}
