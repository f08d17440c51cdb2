using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class ImportTests
{
    private const string Header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    [SkippableTheory, Databases]
    public async Task A_row_with_several_faults_names_them_all_at_once(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var import = await importing.ImportAsync(Header + "R4,,,,Signed,2020,,-5\nR5,,,,Won,1/2/2020,2/2/2020,-7\n");
        import.Counts().ShouldBe((0, 0, 0, 2, 0));
        var findings = await importing.FindingsAsync(import, "refused");
        findings.Select(f => (f.Text("field"), f.Text("written"))).Order().ShouldBe([("amount", "-5"), ("amount", "-7"), ("opened", "2020"), ("stage", "Signed")]);
        var file = await api.GetStringAsync($"/api/v1/imports/{import.Text("id")}/refused.csv");
        foreach (var said in new[] { "below zero", "“2020” is no date", "“Signed”" }) file.Split('\n')[1].ShouldContain(said);
    }

    [SkippableTheory, Databases]
    public async Task A_kind_of_import_that_nobody_knows_is_refused(Database database)
    {
        var (_, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        using var body = new StringContent("a,b\n1,2\n");
        body.Headers.ContentType = new("text/csv");
        var refused = await api.PostAsync("/api/v1/imports?name=x.csv&kind=leads", body);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("kind");
    }

    [SkippableTheory, Databases]
    public async Task Every_row_of_an_untidy_file_has_one_outcome_and_refused_rows_come_back_with_reasons(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,sector\nBlue Harvest,retail\nTwin Name,retail\n");
        await importing.ImportAsync("product,sales_price\nGTX Pro,10\n");

        var import = await importing.ImportAsync(Header
            + "R1,,GTXPro,Blue Harvst,Won,1/2/2020,2/2/2020,10.5\n"
            + "R2,,GTX Pro,Blue  Harvest,Won,1/2/2020,2/2/2020,0\n"
            + "R3,,Unknown thing,Nobody Ltd,Engaging,1/2/2020,,\n"
            + "R4,,GTX Pro,Blue Harvest,Signed,1/2/2020,,\n"
            + "R5,,GTX Pro,Blue Harvest,Won,2020,2/2/2020,5\n"
            + "R6,,GTX Pro,Blue Harvest,Won,1/2/2020,2/2/2020,-5\n"
            + ",,GTX Pro,Blue Harvest,Won,1/2/2020,2/2/2020,5\n"
            + "R1,,GTX Pro,Blue Harvest,Lost,1/2/2020,2/2/2020,5\n"
            + "\n"
            + ",,,,,,,\n"
            + "R7,,GTX Pro,Blue Harvest,Won,5/2/2020,2/2/2020,5\n"
            + "R8,,GTX Pro,Blue Harvest,Won,1/2/2020,2/2/2020,5,=cmd,more\n");

        import.Counts().ShouldBe((4, 0, 0, 7, 2));
        (await importing.FindingsAsync(import, "mended")).Select(f => f.Text("written")).Order(StringComparer.Ordinal).ShouldBe(["Blue  Harvest", "Blue Harvst", "GTXPro"]);
        (await importing.FindingsAsync(import, "unknown")).Select(f => f.Text("written")).Order(StringComparer.Ordinal).ShouldBe(["Nobody Ltd", "Unknown thing"]);
        (await importing.FindingsAsync(import, "doubtful")).Select(f => f.Text("why")).Order(StringComparer.Ordinal).ShouldBe(["closed before it was opened", "won without a value"]);
        var refused = await api.GetStringAsync($"/api/v1/imports/{import.Text("id")}/refused.csv");
        var lines = refused.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(8);
        lines[0].ShouldEndWith("close_value,Row,Reason");
        lines[1].ShouldBe("R4,,GTX Pro,Blue Harvest,Signed,1/2/2020,,,5,\"“Signed” is no known stage: prospecting, engaging, won or lost.\"");
        lines.ShouldContain(l => l.Contains("The same record stands in an earlier row", StringComparison.Ordinal));
        (await operations.DoAsync<Db, List<string>>(db => db.Set<Alias>().Select(a => a.Name).ToListAsync())).ShouldBe(["Blue Harvst"]);
    }

    [SkippableTheory, Databases]
    public async Task A_second_file_updates_what_changed_says_from_what_to_what_and_never_empties_what_is_known(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync(Header + "U1,,,,Engaging,1/2/2020,,\nU2,,,,Engaging,1/2/2020,,100\n");

        var import = await importing.ImportAsync(Header + "U1,,,,Won,1/2/2020,3/4/2020,250\nU2,,,,Engaging,,,\nU3,,,,Lost,1/2/2020,3/4/2020,0\n");

        import.Counts().ShouldBe((1, 1, 1, 0, 0));
        var row = (await importing.GetAsync($"/imports/{import.Text("id")}/rows?outcome=updated")).EnumerateArray().ShouldHaveSingleItem();
        row.Text("text").ShouldBe("Stage: Engaging → Won; Amount: none → USD 250; Closed: none → 2020-03-04");
        var stored = await operations.DoAsync<Db, List<OpportunityRow>>(db => db.Set<OpportunityRow>().OrderBy(o => o.ExternalId).ToListAsync());
        (stored[0].Stage, stored[0].Amount, stored[0].StageChangedOn).ShouldBe((OpportunityStage.Won, 250_00, new DateOnly(2020, 3, 4)));
        (stored[1].Amount, stored[1].OpenedOn).ShouldBe((100_00, new DateOnly(2020, 1, 2)));
    }

    [SkippableTheory, Databases]
    public async Task A_dry_run_writes_nothing_and_promises_exactly_what_is_then_written(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var text = Header + string.Concat(Enumerable.Range(0, 9000).Select(i => $"D{i % 8990},,,,Won,1/2/2020,2/2/2020,{i}\n"));

        var id = (await importing.UploadAsync(text)).Text("id");
        var dry = await importing.DryRunAsync(id);
        dry.State().ShouldBe("checked");
        (await CountAsync(operations)).ShouldBe(0);
        var applied = await importing.ApplyAsync(id);

        applied.State().ShouldBe("applied");
        applied.Counts().ShouldBe(dry.Counts());
        applied.Counts().ShouldBe((8990, 0, 0, 10, 0));
        (await CountAsync(operations)).ShouldBe(8990);
    }

    [SkippableTheory, Databases]
    public async Task A_stopped_import_goes_on_where_it_stood(Database database)
    {
        // A host of its own: on the shared one another class would run the job that is to be halted here.
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        const int rows = (2 * Imports.RunImport.BatchRows) + 1000;
        var id = (await importing.UploadAsync(Header + string.Concat(Enumerable.Range(0, rows).Select(i => $"S{i % (rows - 1)},,,,Won,1/2/2020,2/2/2020,{i}\n")))).Text("id");
        await importing.DryRunAsync(id);
        (await api.PostAsync($"/api/v1/imports/{id}/apply", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await api.PostAsync($"/api/v1/imports/{id}/apply", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var imports = Ids.Parse<Imports.ImportId>(id)!.Value;
        // The job is halted behind its first batch, as if somebody had pressed Stop at that moment.
        await RunHaltedAsync(operations, imports);
        var halted = await importing.GetAsync($"/imports/{id}");
        halted.State().ShouldBe("stopped");
        halted.GetProperty("counts").GetProperty("done").GetInt32().ShouldBe(Imports.RunImport.BatchRows);
        (await CountAsync(operations)).ShouldBe(Imports.RunImport.BatchRows);

        await app.DrainAsync();
        var done = await importing.ApplyAsync(id);

        done.State().ShouldBe("applied");
        done.Counts().ShouldBe((rows - 1, 0, 0, 1, 0));
        (await CountAsync(operations)).ShouldBe(rows - 1);
    }

    [SkippableTheory, Databases]
    public async Task Stopping_a_waiting_dry_run_brings_the_file_back_to_its_columns(Database database)
    {
        // A host of its own: on the shared one another class may run the job before it is stopped.
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var id = (await importing.UploadAsync(Header + "C1,,,,Won,1/2/2020,2/2/2020,1\n")).Text("id");
        await api.PostAsync($"/api/v1/imports/{id}/dry-run", null);
        (await api.PostAsync($"/api/v1/imports/{id}/stop", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await importing.EndAsync(id)).State().ShouldBe("uploaded");
        (await api.PostAsync($"/api/v1/imports/{id}/apply", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "nothing is written before a dry run");
    }

    [SkippableTheory, Databases]
    public async Task A_mapping_is_checked_and_remembered_for_the_next_file_with_the_same_columns(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        (await api.PostAsync("/api/v1/imports?name=x.csv", new StringContent("alpha,beta\n1,2\n", Encoding.UTF8, "text/csv"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var first = await importing.UploadAsync("alpha,beta,gamma\nQ1,Won,7\n", kind: "opportunities");
        var incomplete = await api.PutAsJsonAsync($"/api/v1/imports/{first.Text("id")}/mapping", new { columns = new { external_id = "alpha", amount = "delta" } });
        incomplete.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await incomplete.Content.ReadAsStringAsync();
        problem.ShouldContain("Stage needs a column.");
        problem.ShouldContain("There is no column");
        await importing.MapAsync(first.Text("id"), new { columns = new { external_id = "alpha", stage = "beta", amount = "gamma" } });

        var next = await importing.UploadAsync("Alpha;Beta;Gamma\nQ1;Won;7\n");

        next.Text("kind").ShouldBe("opportunities");
        next.GetProperty("mapping").Text("stage").ShouldBe("Beta");
    }

    [SkippableTheory, Databases]
    public async Task Only_channel_operations_import_and_another_tenant_sees_nothing(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var import = await new Importing(app, api).ImportAsync("account\nOnly Here\n");
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        foreach (var path in new[] { "", "/findings", "/rows", "/refused.csv" })
            (await other.GetAsync($"/api/v1/imports/{import.Text("id")}{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsync($"/api/v1/imports/{import.Text("id")}/dry-run", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var manager = await (await operations.Tenant.StaffAsync(Roles.PartnerManager)).ApiAsync();
        (await manager.GetAsync("/api/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.PostAsync("/api/v1/imports", new StringContent("account\nA\n", Encoding.UTF8, "text/csv"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<(TestApp, TestPerson)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        return (app, await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations));
    }

    private static Task<int> CountAsync(TestPerson person) => person.DoAsync<Db, int>(db => db.Set<OpportunityRow>().CountAsync());

    private static async Task RunHaltedAsync(TestPerson person, Imports.ImportId import)
    {
        var asked = 0;
        var progress = new JobProgress((_, _, _) => Task.FromResult(asked++ < 1));
        var result = await person.Tenant.AsSystemAsync<IServiceProvider, Result<string>>(services =>
            ActivatorUtilities.CreateInstance<Imports.RunImport>(services).RunAsync(System.Text.Json.JsonSerializer.Serialize(new Imports.ImportOrder(import, true), Json.Options), progress, default));
        result.Problem!.Code.ShouldBe("imports.stopped");
    }
}
