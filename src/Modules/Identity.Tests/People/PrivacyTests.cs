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
        await tenant.AsSystemAsync<Chain, int>(c => c.SealAsync(default));
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = "other@x.example", reason = "asked" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await RoleTests.CodeAsync(await api.PostAsJsonAsync($"/api/v1/people/{tenant.Administrator.Actor.Person}/erase", new { address = tenant.Administrator.Email, reason = "asked" }))).ShouldBe("identity.erase_yourself");
        using var finance = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = email, reason = "asked" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await api.PostAsJsonAsync($"/api/v1/people/{id}/erase", new { address = email, reason = "Asked on 3 March" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        using (var again = new PageClient(tenant.App.Address)) (await again.SignInAsync(email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/sign-in");
        (await FindAsync(tenant, "Quillfeather")).ShouldBeEmpty();
        (await FindAsync(tenant, email)).ShouldBeEmpty();
        var entries = await tenant.AuditAsync();
        entries.ShouldContain(a => a.ActorPerson == id && a.ActorName == Erasure.Name && a.Action == "identity.signed_in");
        entries.ShouldContain(a => a.Action == "identity.erase_person" && a.Changes.Contains("Asked on 3 March"));
        var report = await ChainTests.CheckAsync(tenant);
        report.Faults.ShouldBeEmpty();
        report.Erased.ShouldBeGreaterThan(0);
        (await tenant.AsSystemAsync<Db, int>(db => Work.AloneAsync(db, () => db.Set<AuditEntry>().Where(a => a.ActorName == Erasure.Name).ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorName, "Innocent")), default))).ShouldBeGreaterThan(0);
        (await ChainTests.CheckAsync(tenant)).Faults.ShouldContain(f => f.What.Contains("after a person's data had been erased"));
    }

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
