using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;

namespace Trellis.Accounts.Tests;

/// <summary>Search through the engine's index gives what a scan gives.</summary>
public sealed class SearchTests
{
    private static readonly string[] Words = ["Müller", "blue", "Ltd.", "o'hara", "50%", "a_b", "Systems", "sys", "naïve", "\"quoted\"", "x", "日本電気株式会社", "ab-cd", "AND", "NEAR"];

    [SkippableTheory, Databases]
    public async Task The_index_finds_what_a_scan_finds_also_after_changes_and_deletions(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (tenant, other) = (await app.TenantAsync(), await app.TenantAsync());
        var chance = new Random(7);
        var made = new List<AccountId>();
        for (var i = 0; i < 40; i++)
        {
            var name = string.Join(' ', Enumerable.Range(0, 3).Select(_ => Words[chance.Next(Words.Length)])) + " " + i;
            made.Add((await tenant.Administrator.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount(name, null, null) { EvenIfSimilar = true }, default))).Value);
        }

        await other.Administrator.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("blue systems of another", null, null), default));
        await tenant.AsSystemAsync<Db, int>(async db =>
        {
            foreach (var account in await db.Set<Account>().Where(a => made.Take(10).Contains(a.Id)).ToListAsync()) account.Apply(new AccountFacts { Name = $"renamed {account.Name}" }, new Changes());
            db.RemoveRange(await db.Set<Account>().Where(a => made.Skip(30).Contains(a.Id)).ToListAsync());
            return await db.SaveChangesAsync();
        });

        var all = await tenant.AsSystemAsync<Db, List<Account>>(db => db.Set<Account>().AsNoTracking().ToListAsync());
        all.Count.ShouldBe(30);
        foreach (var typed in Words.Concat(["ren", "blue sys", "SYSTEMS müll", "named bl", "株式会社", "%", "' OR 1=1", "nothing at all"]))
        {
            var expected = all.Where(a => Searching.WordsOf(typed).All(w => a.SearchText.Contains(w, StringComparison.Ordinal))).Select(a => a.Id).ToHashSet();
            var found = await tenant.Administrator.DoAsync<Work, List<AccountId>>(w => w.Db.Set<Account>().AsNoTracking().Matching(w.Db, typed).OrderBy(a => a.Name).Select(a => a.Id).ToListAsync());
            found.ToHashSet().SetEquals(expected).ShouldBeTrue(typed);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_schema_holds_an_index_for_every_searched_table(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var sql = database == Database.Sqlite ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name LIKE '%_search'" : "SELECT indexname AS \"Value\" FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'";
        (await db.Database.SqlQueryRaw<string>(sql).ToListAsync()).Order().ShouldBe(Searching.Tables(db.Model).Select(t => t.Table + "_search").Order());
    }

    [Fact]
    public void Hits_whose_name_begins_with_the_words_come_first() =>
        new[] { "Northern Blue", "Blueberry", "Blue", "Navy blues", "Rebluem" }.Best("blue", 4, n => n).ShouldBe(["Blue", "Blueberry", "Navy blues", "Northern Blue"]);
}
