using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>An import writes the keys under which its accounts are found for many batches together.</summary>
public sealed class ImportKeysTests
{
    // More than one batch, and more keys than one transaction writes.
    private const int Rows = RunImport.BatchRows + 50;
    private static readonly string[] Names = [.. CompanySpellings.List(Rows, 20_261_122).Select(c => c.Name!)];
    private static readonly string File = "account,domain\n" + string.Concat(Names.Select((name, i) => $"\"{name}\",killed{i}.example\n"));

    [SkippableTheory, BothDatabases]
    public async Task A_run_that_was_killed_before_it_wrote_the_keys_writes_them_when_it_goes_on(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var (importing, id) = await BeginAsync(app, api);
        await Should.ThrowAsync<IOException>(() => RunAsync(operations, id, asked => asked == 0 ? Task.FromResult(true) : throw new IOException("The machine is gone.")));
        (await CountAsync(operations)).ShouldBe(RunImport.BatchRows);
        (await KeysAsync(operations)).ShouldBeEmpty();
        // What is entered meanwhile has its keys already.
        await RenameAsync(operations, Names[7], "Renamed Foundry");

        (await importing.EndAsync(id)).State().ShouldBe("applied");

        (await CountAsync(operations)).ShouldBe(Rows);
        (await KeysAsync(operations)).ShouldBe(await WantedAsync(operations));
        await FoundAsync(operations, "Renamed Foundry GmbH");
        await FoundAsync(operations, Names[Rows - 1]);
    }

    [SkippableTheory, Databases]
    public async Task An_account_that_changes_before_its_keys_are_written_is_found_by_its_new_name(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var (_, id) = await BeginAsync(app, api);
        var result = await RunAsync(operations, id, async asked =>
        {
            if (asked == 1) await RenameAsync(operations, Names[7], "Renamed Foundry");
            return true;
        });
        result.Ok.ShouldBeTrue();
        (await WantedAsync(operations)).Except(await KeysAsync(operations)).ShouldBeEmpty();
        await FoundAsync(operations, "Renamed Foundry");
        await FoundAsync(operations, Names[8]);
    }

    [SkippableTheory, Databases]
    public async Task A_run_that_somebody_stops_leaves_no_account_without_keys(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var (_, id) = await BeginAsync(app, api);
        (await RunAsync(operations, id, asked => Task.FromResult(asked == 0))).Problem!.Code.ShouldBe("imports.stopped");
        (await CountAsync(operations)).ShouldBe(RunImport.BatchRows);
        (await KeysAsync(operations)).ShouldBe(await WantedAsync(operations));
    }

    [SkippableTheory, BothDatabases]
    public async Task Keys_that_are_written_beside_the_next_batches_are_not_owed_any_more_when_the_run_is_killed(Database database)
    {
        const int rows = (2 * RunImport.BatchRows) + 50;
        var file = "account,domain\n" + string.Concat(CompanySpellings.List(rows, 20_261_123).Select((company, i) => $"\"{company.Name}\",beside{i}.example\n"));
        await using var app = await TestApp.StartAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var (importing, id) = await BeginAsync(app, api, file);
        await Should.ThrowAsync<IOException>(() => RunAsync(operations, id, asked => asked < 2 ? Task.FromResult(true) : throw new IOException("The machine is gone.")));
        var beside = await operations.DoAsync<Work, bool>(work => Task.FromResult(work.Db.Engine.WritesSideBySide));
        (await operations.DoAsync<Work, int>(work => work.Db.Set<ImportBatch>().CountAsync(b => b.Settled == beside))).ShouldBe(await operations.DoAsync<Work, int>(work => work.Db.Set<ImportBatch>().CountAsync()));
        (await KeysAsync(operations)).ShouldBe(beside ? await WantedAsync(operations) : []);

        (await importing.EndAsync(id)).State().ShouldBe("applied");

        (await CountAsync(operations)).ShouldBe(rows);
        (await KeysAsync(operations)).ShouldBe(await WantedAsync(operations));
        (await operations.DoAsync<Work, int>(work => work.Db.Set<ImportBatch>().CountAsync(b => !b.Settled))).ShouldBe(0);
    }

    private static async Task<(Importing Importing, string Id)> BeginAsync(TestApp app, HttpClient api, string? file = null)
    {
        var importing = new Importing(app, api);
        var id = (await importing.UploadAsync(file ?? File, kind: "accounts")).Text("id");
        await importing.DryRunAsync(id);
        (await api.PostAsync($"/api/v1/imports/{id}/apply", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (importing, id);
    }

    private static Task<Result<string>> RunAsync(TestPerson person, string import, Func<int, Task<bool>> tell)
    {
        var asked = 0;
        var progress = new JobProgress((_, _, _) => tell(asked++));
        var order = JsonSerializer.Serialize(new ImportOrder(Ids.Parse<ImportId>(import)!.Value, true), Json.Options);
        return person.Tenant.AsSystemAsync<IServiceProvider, Result<string>>(services => ActivatorUtilities.CreateInstance<RunImport>(services).RunAsync(order, progress, default));
    }

    private static async Task RenameAsync(TestPerson person, string from, string to)
    {
        var id = await person.DoAsync<Work, AccountId>(work => work.Db.Set<Account>().Where(a => a.Name == from).Select(a => a.Id).SingleAsync());
        using var api = await person.ApiAsync();
        (await api.PatchAsJsonAsync($"/api/v1/accounts/{id}", new { name = to })).EnsureSuccessStatusCode();
    }

    private static Task<int> CountAsync(TestPerson person) => person.DoAsync<Work, int>(work => work.Db.Set<Account>().CountAsync());

    private static Task<List<string>> KeysAsync(TestPerson person) => person.DoAsync<Work, List<string>>(async work =>
        [.. (await work.Db.Set<AccountKey>().AsNoTracking().ToListAsync()).Select(k => $"{k.Key} {k.AccountId}").Order(StringComparer.Ordinal)]);

    private static Task<List<string>> WantedAsync(TestPerson person) => person.DoAsync<Work, List<string>>(async work =>
        [.. (await work.Db.Set<Account>().AsNoTracking().ToListAsync()).SelectMany(AccountKeys.Of).Select(k => $"{k.Key} {k.AccountId}").Order(StringComparer.Ordinal)]);

    private static async Task FoundAsync(TestPerson person, string name) =>
        (await person.DoAsync<Work, IReadOnlyList<CustomerMatch>>(work => Customers.MatchAsync(work, new TypedCustomer(name, null, null), default))).ShouldNotBeEmpty(name);
}
