using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class WorkTests
{
    [Fact]
    public void Whoever_acts_for_a_while_gives_the_hand_back_also_after_a_fault()
    {
        var current = new CurrentActor();
        var (one, other) = (Actor.System(new TenantId(Guid.CreateVersion7())), Actor.System(new TenantId(Guid.CreateVersion7())));
        current.Actor = one;
        Should.Throw<InvalidOperationException>(Fail);
        current.Actor.ShouldBe(one);

        void Fail()
        {
            using var acting = current.As(other);
            current.Actor.ShouldBe(other);
            throw new InvalidOperationException();
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task On_a_problem_nothing_is_saved(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();

        (await tenant.Administrator.MakeAsync(" ")).Problem!.Status.ShouldBe(422);

        (await tenant.AllAsync<Thing>()).ShouldBeEmpty();
        (await tenant.AllAsync<OutboxRow>()).ShouldBeEmpty();
        (await tenant.AllAsync<AuditEntry>()).ShouldNotContain(a => a.Action.StartsWith("trial."));
    }

    [SkippableTheory, BothDatabases]
    public async Task Without_the_permission_the_handler_does_not_run(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var refused = await tenant.Administrator.DoAsync<Govern, Result<Done>>(g => g.RunAsync("", default));
        refused.Problem!.Status.ShouldBe(403);
        refused.Problem.Facts["permission"].ShouldBe("trial.rule");
        var holder = tenant.Administrator.Actor with { Permissions = new HashSet<string> { "trial.rule" } };
        (await tenant.AsAsync<Govern, Result<Done>>(holder, g => g.RunAsync("", default))).Ok.ShouldBeTrue();
    }

    [SkippableTheory, BothDatabases]
    public async Task Every_change_stands_in_the_audit_with_who_from_and_to(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp", 5, "hush-one")).Value;
        var manager = await tenant.StaffAsync(Roles.PartnerManager);

        (await manager.ChangeAsync(new ThingChange(made.Id, "Lantern", Code: "hush-two"))).Ok.ShouldBeTrue();
        (await manager.ChangeAsync(new ThingChange(made.Id))).Ok.ShouldBeTrue();

        var entries = (await tenant.AllAsync<AuditEntry>()).Where(a => a.Subject == made.Id.ToString()).OrderBy(a => a.Id.Value).ToList();
        entries.Select(a => a.Action).ShouldBe(["trial.make", "trial.change"]);
        entries.Select(a => a.ActorPerson).ShouldBe([tenant.Administrator.Actor.Person, manager.Actor.Person]);
        entries[1].SubjectKind.ShouldBe("trial_thing");
        Changes(entries[1])["Name"].ShouldBe(["Lamp", "Lantern"]);
        Changes(entries[1])["Code"].ShouldBe(["•", "•"]);
        Changes(entries[1]).Keys.ShouldBe(["Name", "Code"], ignoreOrder: true);
        Changes(entries[0])["State"].ShouldBe([null, "raw"]);
        entries.ShouldAllBe(e => !e.Changes.Contains("hush"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_move_is_written_down_with_its_reason_and_a_forbidden_one_is_not(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp")).Value;

        (await tenant.Administrator.ChangeAsync(new ThingChange(made.Id, Move: ThingTrigger.Break))).Ok.ShouldBeTrue();
        (await tenant.Administrator.ChangeAsync(new ThingChange(made.Id, "Other", Move: ThingTrigger.Polish))).Problem!.Code.ShouldBe("trial.not_allowed");

        var moves = await tenant.AllAsync<Transition>();
        moves.Select(m => (m.Subject, m.From, m.Trigger, m.To, m.Reason, m.ActorName)).ShouldBe([(made.Id.ToString(), "raw", "break", "broken", "because", "Ada Admin")]);
        (await tenant.AllAsync<Thing>()).Single().Name.ShouldBe("Lamp");
    }

    [SkippableTheory, BothDatabases]
    public async Task Work_inside_work_is_one_transaction(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();

        (await TwoAsync(tenant, "One", "Two")).Ok.ShouldBeTrue();
        (await TwoAsync(tenant, "Three", "")).Problem!.Status.ShouldBe(422);
        (await TwoAsync(tenant, "Four", "Four")).Problem!.Status.ShouldBe(409);

        (await tenant.AllAsync<Thing>()).Select(t => t.Name).ShouldBe(["One", "Two"], ignoreOrder: true);
        (await tenant.AllAsync<Effect>()).Count.ShouldBe(1);
        (await tenant.AllAsync<OutboxRow>()).Count.ShouldBe(4);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_use_case_cannot_save_a_part_that_was_refused(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => tenant.Administrator.DoAsync<MakeAnyway, Result<Done>>(m => m.RunAsync(("Own", ""), default)));

        (await tenant.AllAsync<Thing>()).ShouldBeEmpty();
        (await tenant.AllAsync<OutboxRow>()).ShouldBeEmpty();
    }

    [SkippableTheory, BothDatabases]
    public async Task What_the_outer_use_case_changed_is_audited_under_its_own_name(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();

        (await tenant.Administrator.DoAsync<MakeAnyway, Result<Done>>(m => m.RunAsync(("Own", "Other"), default))).Ok.ShouldBeTrue();

        var things = (await tenant.AllAsync<Thing>()).ToDictionary(t => t.Id.ToString(), t => t.Name);
        (await tenant.AllAsync<AuditEntry>()).Where(a => things.ContainsKey(a.Subject)).ToDictionary(a => things[a.Subject], a => a.Action)
            .ShouldBe(new Dictionary<string, string> { ["Own"] = "trial.make_anyway", ["Other"] = "trial.make" }, ignoreOrder: true);
    }

    [SkippableTheory, BothDatabases]
    public async Task Who_read_before_somebody_else_changed_is_stale(Database database)
    {
        Skip.If(database == Database.Sqlite, "SQLite has one writer: nobody can come in between.");
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp")).Value;

        var late = await tenant.Administrator.DoAsync<Change, Result<long>>(change =>
        {
            change.Between = async () => (await tenant.Administrator.ChangeAsync(new ThingChange(made.Id, "First"))).Ok.ShouldBeTrue();
            return change.RunAsync(new ThingChange(made.Id, "Second"), default);
        });

        late.Problem!.Status.ShouldBe(412);
        var thing = (await tenant.AllAsync<Thing>()).Single();
        (thing.Name, thing.Version).ShouldBe(("First", 2));
    }

    [SkippableTheory, BothDatabases]
    public async Task What_must_be_unique_is_a_conflict_the_second_time(Database database)
    {
        var app = await TrialHost.SharedAsync(database);
        var tenant = await app.TenantAsync();
        (await tenant.Administrator.MakeAsync("Lamp")).Ok.ShouldBeTrue();

        var again = await tenant.Administrator.MakeAsync("Lamp");

        (again.Problem!.Status, again.Problem.Code).ShouldBe((409, "duplicate"));
        (await (await app.TenantAsync()).Administrator.MakeAsync("Lamp")).Ok.ShouldBeTrue("another tenant has its own names");
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_many_who_want_the_same_name_at_once_one_gets_it(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => tenant.Administrator.MakeAsync("Lamp"))));
        results.Count(r => r.Ok).ShouldBe(1);
        results.Where(r => !r.Ok).ShouldAllBe(r => r.Problem!.Status == 409);
    }

    [SkippableTheory, BothDatabases]
    public async Task Many_writers_beside_the_dispatcher_and_readers_all_come_through(Database database)
    {
        var app = await TrialHost.OfAsync<WorkTests>(database);
        var tenant = await app.TenantAsync();
        using var done = new CancellationTokenSource();
        var dispatching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await app.DispatchAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var j = 0; j < 4; j++)
            {
                var made = await tenant.Administrator.MakeAsync($"{i}-{j}");
                (await tenant.Administrator.ChangeAsync(new ThingChange(made.Value.Id, Amount: i + 1))).Ok.ShouldBeTrue();
                await tenant.AllAsync<Thing>();
            }
        })));
        await done.CancelAsync();
        await dispatching;
        await app.DispatchAsync();

        (await tenant.AllAsync<Thing>()).Select(t => t.Version).ShouldBe(Enumerable.Repeat(2L, 32));
        (await tenant.AllAsync<Effect>()).Count.ShouldBe(64);
        (await tenant.AllAsync<OutboxRow>()).ShouldAllBe(o => o.State == DeliveryState.Delivered);
    }

    [SkippableTheory, BothDatabases]
    public async Task The_fast_path_writes_what_the_tracked_path_reads(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        var at = new DateTime(2026, 5, 1, 23, 59, 59, 999, DateTimeKind.Utc).AddTicks(9990);
        var rows = Enumerable.Range(0, 300).Select(i => new Thing { TenantId = tenant.Id, Id = Ids.New<ThingId>(at), Name = $"{i} Ω '\";", Amount = -i, At = at.AddSeconds(i), State = ThingState.Polished, Code = i % 2 == 0 ? null : "x", Version = 1 }).ToList();

        await tenant.AsSystemAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("trial.fill", async () =>
        {
            await w.Db.Engine.InsertAsync(w.Db, rows, default);
            return default(Done);
        }, default));

        var read = await tenant.AsSystemAsync<Db, List<Thing>>(db => db.Set<Thing>().AsNoTracking().OrderBy(t => t.Id).ToListAsync());
        read.Select(t => (t.Id, t.Name, t.Amount, t.At, t.State, t.Code)).ShouldBe(rows.Select(t => (t.Id, t.Name, t.Amount, t.At, t.State, t.Code)));
        read.ShouldAllBe(t => t.At.Kind == DateTimeKind.Utc);
        (await tenant.Administrator.ChangeAsync(new ThingChange(read[0].Id, "Changed"))).Ok.ShouldBeTrue();
    }

    private static Task<Result<Done>> TwoAsync(TestTenant tenant, string first, string second) =>
        tenant.Administrator.DoAsync<MakeTwo, Result<Done>>(m => m.RunAsync((first, second), default));

    private static Dictionary<string, string?[]> Changes(AuditEntry entry) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(entry.Changes)!.ToDictionary(c => c.Key, c => c.Value.Select(v => v.ValueKind == JsonValueKind.Null ? null : v.ToString()).ToArray());
}
