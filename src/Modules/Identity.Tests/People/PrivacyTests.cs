using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class PrivacyTests
{
    [SkippableTheory, Databases]
    public async Task Everybody_gets_their_own_data_and_only_who_may_gets_that_of_others(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var person = await tenant.StaffAsync(Roles.Finance);
        using var own = await person.ApiAsync();
        using var zip = new ZipArchive(await own.GetStreamAsync("/api/v1/me/personal-data"));
        zip.Entries.Select(e => e.FullName).ShouldContain("identity/person.json");
        using (var text = new StreamReader(zip.GetEntry("identity/person.json")!.Open())) (await text.ReadToEndAsync()).ShouldContain(person.Email);
        using (var text = new StreamReader(zip.GetEntry("identity/keys.json")!.Open())) (await text.ReadToEndAsync()).ShouldContain("Test");
        var folders = zip.Entries.Select(e => e.FullName.Split('/')[0]).Where(f => f != "about.txt").Distinct().Order().ToList();
        await using (var scope = tenant.App.Services.CreateAsyncScope())
            folders.ShouldBe(scope.ServiceProvider.GetServices<IPersonalData>().Select(m => m.Module).Order());
        (await own.GetAsync($"/api/v1/people/{tenant.Administrator.Actor.Person}/personal-data")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = await (await tenant.App.TenantAsync()).Administrator.ApiAsync();
        (await foreign.GetAsync($"/api/v1/people/{person.Actor.Person}/personal-data")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pages = await tenant.Administrator.PagesAsync();
        using var file = await pages.Http.GetAsync($"/app/people/{person.Actor.Person}/personal-data.zip");
        file.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.export_personal_data" && a.Subject == person.Actor.Person.ToString()).ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task An_erased_person_stands_in_no_table_any_more_and_the_chain_is_whole(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        const string name = "Zoë Quillfeather";
        var email = $"zoe-{tenant.Id.Value:N}@people.example";
        var id = (await tenant.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson(name, email, [Roles.Finance], Password: TestPerson.Password), default))).Value;
        using (var zoe = new PageClient(tenant.App.Address)) await zoe.SignInAsync(email, TestPerson.Password);
        await tenant.AsSystemAsync<Db, int>(db =>
        {
            var (now, run) = (DateTime.UtcNow, BulkId.From(Guid.CreateVersion7()));
            db.Add(new SavedView { TenantId = tenant.Id, Id = SavedViewId.From(Guid.CreateVersion7()), Person = id, PersonName = name, Path = "/app/deals", Name = "Northern", Shared = true, At = now });
            db.Add(new BulkRun { TenantId = tenant.Id, Id = run, Record = "partners", Action = "assign_manager", Title = $"Assign a manager: {name}", StartedBy = id, StartedByName = name, StartedAt = now });
            db.Add(new MailRow { TenantId = tenant.Id, Id = MailId.From(Guid.CreateVersion7()), To = "somebody@people.example", Subject = $"{name} invites you", Body = $"Hello,\n\n{name} <{email}> invites you.", State = MailState.Sent, NextAttemptAt = now, CreatedAt = now });
            return db.SaveChangesAsync();
        });
        await tenant.AsSystemAsync<Chain, int>(c => c.SealAsync(default));
        using var api = await tenant.Administrator.ApiAsync();
        using (var zip = new ZipArchive(await api.GetStreamAsync($"/api/v1/people/{id}/personal-data")))
        {
            using (var text = new StreamReader(zip.GetEntry("identity/saved_views.json")!.Open())) (await text.ReadToEndAsync()).ShouldContain("Northern");
            using (var text = new StreamReader(zip.GetEntry("identity/named/kernel_bulk.json")!.Open())) (await text.ReadToEndAsync()).ShouldContain(name);
        }

        (await api.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = "other@x.example", reason = "asked" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await RoleTests.CodeAsync(await api.PostAsJsonAsync($"/api/v1/people/{tenant.Administrator.Actor.Person}/erase", new { address = tenant.Administrator.Email, reason = "asked" }))).ShouldBe("identity.erase_yourself");
        using var finance = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = email, reason = "asked" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await api.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = email, reason = "Asked on 3 March" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        using (var again = new PageClient(tenant.App.Address)) (await again.SignInAsync(email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/sign-in");
        (await FindAsync(tenant, "Quillfeather")).ShouldBeEmpty();
        (await FindAsync(tenant, email)).ShouldBeEmpty();
        (await tenant.MailsAsync()).Single(m => m.To == "somebody@people.example").Body.ShouldContain($"{Erasure.Name} <erased> invites you.");
        var entries = await tenant.AuditAsync();
        entries.ShouldContain(a => a.ActorPerson == id && a.ActorName == Erasure.Name && a.Action == "identity.signed_in");
        entries.ShouldContain(a => a.Action == "identity.erase_person" && a.Changes.Contains("Asked on 3 March"));
        var report = await ChainTests.CheckAsync(tenant);
        report.Faults.ShouldBeEmpty();
        report.Erased.ShouldBeGreaterThan(0);
        (await tenant.AsSystemAsync<Db, int>(db => Work.AloneAsync(db, () => db.Set<AuditEntry>().Where(a => a.ActorName == Erasure.Name).ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorName, "Innocent")), default))).ShouldBeGreaterThan(0);
        (await ChainTests.CheckAsync(tenant)).Faults.ShouldContain(f => f.What.Contains("after a person's data had been erased"));
    }

    // Told and taken out by the person's id, or redacted with the chain.
    private static readonly string[] Elsewhere = ["AuditEntry.ActorName"];

    [Fact]
    public async Task What_is_named_as_the_name_of_a_person_is_handed_out_and_erased_alike()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var (db, modules) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetServices<IPersonalData>().ToList());
        var kept = modules.SelectMany(m => m.Named.In(db)).Select(c => $"{c.Table.Name}.{c.Column}").Concat(Elsewhere).ToHashSet();
        db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.ClrType.IsDefined(typeof(PublishedRowAttribute), false))
            .SelectMany(e => e.GetProperties().Where(p => p.ClrType == typeof(string) && NamedColumns.HoldsName(p.Name)).Select(p => $"{e.ClrType.Name}.{p.Name}"))
            .Where(c => !kept.Contains(c)).ShouldBeEmpty("add it to what the module’s IPersonalData names");
        modules.Count(m => m.Named.In(db).Count > 0).ShouldBeGreaterThan(4);
    }

    [SkippableTheory, Databases]
    public async Task What_others_were_told_of_an_erased_person_is_forgotten_and_what_waits_does_not_bring_it_back(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        const string name = "Yorick Quillfeather";
        var email = $"yorick-{tenant.Id.Value:N}@people.example";
        var id = (await tenant.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson(name, email, [Roles.Finance], Password: TestPerson.Password), default))).Value;
        // One was delivered, one waits, and of another event one is set aside.
        Task PutAsync(DeliveryState state, IEvent happened) => tenant.AsSystemAsync<Db, int>(db =>
        {
            db.Add(new OutboxRow
            {
                TenantId = tenant.Id, Id = Ids.New<DeliveryId>(DateTime.UtcNow), Event = OutboxRow.WireName(happened.GetType()), Listener = "Nobody", State = state, NextAttemptAt = DateTime.UtcNow.AddDays(1),
                Payload = System.Text.Json.JsonSerializer.Serialize(happened, happened.GetType(), Json.Options), CreatedAt = DateTime.UtcNow,
            });
            return db.SaveChangesAsync();
        });
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        await PutAsync(DeliveryState.Delivered, new MemberJoined(partner, id, name, email, DateTime.UtcNow));
        await PutAsync(DeliveryState.Waiting, new MemberJoined(partner, id, name, email, DateTime.UtcNow));
        await PutAsync(DeliveryState.Parked, new Told($"{name} has given it to {email}"));

        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = email, reason = "Asked on 3 March" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await FindAsync(tenant, "Quillfeather")).ShouldBeEmpty();
        (await FindAsync(tenant, email)).ShouldBeEmpty();
        (await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<OutboxRow>().Where(o => o.Listener == "Nobody").Select(o => o.Payload).ToListAsync())).ShouldBe([$$"""{"words":"{{Erasure.Name}} has given it to erased"}"""]);
    }

    [SkippableTheory, Databases]
    public async Task What_came_through_is_forgotten_after_a_month_and_what_waits_or_failed_stays(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await tenant.AsSystemAsync<Db, int>(db =>
        {
            foreach (var state in Enum.GetValues<DeliveryState>())
                foreach (var days in new[] { 29, 31 })
                    db.Add(new OutboxRow
                    {
                        TenantId = tenant.Id, Id = Ids.New<DeliveryId>(DateTime.UtcNow), Event = $"{state} {days}", Listener = "Nobody", State = state, Attempts = 1, Payload = "{}",
                        NextAttemptAt = DateTime.UtcNow.AddDays(-days), CreatedAt = DateTime.UtcNow.AddDays(-days), LeasedUntil = state == DeliveryState.Waiting ? DateTime.UtcNow.AddHours(1) : null,
                    });
            foreach (var state in Enum.GetValues<MailState>())
                foreach (var days in new[] { 89, 91 })
                    db.Add(new MailRow
                    {
                        TenantId = tenant.Id, Id = Ids.New<MailId>(DateTime.UtcNow), To = "x@people.example", Subject = $"{state} {days}", Body = "", State = state, NextAttemptAt = DateTime.UtcNow.AddDays(-days),
                        CreatedAt = DateTime.UtcNow.AddDays(-days), SentAt = state == MailState.Sent ? DateTime.UtcNow.AddDays(-days) : null, LeasedUntil = DateTime.UtcNow.AddHours(1),
                    });
            return db.SaveChangesAsync();
        });

        await tenant.AsSystemAsync<Operations.ForgetDelivered, bool>(async f => { await f.RunAsync(default); return true; });

        (await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<OutboxRow>().Where(o => o.Listener == "Nobody").OrderBy(o => o.Id).Select(o => o.Event).ToListAsync()))
            .ShouldBe(["Waiting 29", "Waiting 31", "Delivered 29", "Parked 29", "Parked 31", "Discarded 29"]);
        (await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<MailRow>().Where(m => m.To == "x@people.example").OrderBy(m => m.Id).Select(m => m.Subject).ToListAsync()))
            .ShouldBe([.. Enum.GetValues<MailState>().SelectMany(s => s == MailState.Sent ? ["Sent 89"] : new[] { $"{s} 89", $"{s} 91" })]);
    }

    [WireName("test.told.v1")]
    private sealed record Told(string Words) : IEvent;

    // Every text column of every table of the tenant, by the model.
    private static Task<List<string>> FindAsync(TestTenant tenant, string text) => tenant.AsSystemAsync<Db, List<string>>(async db =>
    {
        var found = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
        {
            foreach (var column in entity.GetProperties().Where(p => p.ClrType == typeof(string)))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM \"{entity.GetTableName()}\" WHERE lower(\"{column.GetColumnName()}\") LIKE '%{text.ToLowerInvariant()}%'";
                if (Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) > 0) found.Add($"{entity.GetTableName()}.{column.GetColumnName()}");
            }
        }

        return found;
    });
}
