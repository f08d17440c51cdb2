using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class PagingTests
{
    private static readonly string[] Names = ["Ärger", "ärger", "apple", "Zebra", "zebra", "田中", "a", "a ", "", "'", "😀", "Яблоко", "Apple", "10", "9"];

    [SkippableTheory, BothDatabases]
    public async Task Every_row_is_on_exactly_one_page_whatever_the_key_the_direction_and_the_size(Database database)
    {
        var tenant = await FilledAsync(database, 31);
        foreach (var down in new[] { false, true })
        {
            foreach (var size in new[] { 3, 31, 100 })
            {
                await WalksAsync(tenant, t => t.Amount, down, size);
                await WalksAsync(tenant, t => t.At, down, size);
                await WalksAsync(tenant, t => t.Name, down, size);
                await WalksAsync(tenant, t => t.Code ?? "", down, size);
            }
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Rows_that_go_or_come_between_two_pages_move_no_other_row(Database database)
    {
        var tenant = await FilledAsync(database, 30);
        var all = (await PageAsync(tenant, t => t.Amount, false, null, 100)).Items;
        var first = await PageAsync(tenant, t => t.Amount, false, null, 10);
        await DeleteAsync(tenant, all[9].Id, all[10].Id, all[3].Id);

        var second = await PageAsync(tenant, t => t.Amount, false, first.Next, 10);
        second.Items.Select(t => t.Id).ShouldBe(all.Skip(11).Take(10).Select(t => t.Id));

        var back = await PageAsync(tenant, t => t.Amount, false, second.Previous, 10);
        back.Items.Select(t => t.Id).ShouldBe(all.Take(9).Where((_, i) => i != 3).Select(t => t.Id));
        back.Previous.ShouldBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task The_first_page_of_rows_that_were_read_already_goes_on_where_a_read_one_does(Database database)
    {
        var tenant = await FilledAsync(database, 30);
        foreach (var down in new[] { false, true })
        {
            Expression<Func<Thing, long>> key = t => t.Amount;
            var all = (await PageAsync(tenant, key, down, null, 100)).Items;
            var read = await PageAsync(tenant, key, down, null, 10);
            var first = all.FirstPage(key, t => t.Id, down, 10);
            (first.Items.Select(t => t.Id).SequenceEqual(read.Items.Select(t => t.Id)), first.Next, first.Previous).ShouldBe((true, read.Next, null));
            (await PageAsync(tenant, key, down, first.Next, 10)).Items.Select(t => t.Id).ShouldBe(all.Skip(10).Take(10).Select(t => t.Id));
            all.FirstPage(key, t => t.Id, down, 30).Next.ShouldBeNull("all are shown");
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Who_pages_into_nothing_gets_the_first_page_again(Database database)
    {
        var tenant = await FilledAsync(database, 12);
        var first = await PageAsync(tenant, t => t.Amount, false, null, 10);
        var second = await PageAsync(tenant, t => t.Amount, false, first.Next, 10);
        await DeleteAsync(tenant, [.. second.Items.Select(t => t.Id)]);
        var gone = await PageAsync(tenant, t => t.Amount, false, first.Next, 10);
        gone.Items.Select(t => t.Id).ShouldBe(first.Items.Select(t => t.Id));
        (gone.Next, gone.Previous).ShouldBe((null, null));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_cursor_that_is_damaged_or_belongs_to_another_order_gives_the_first_page(Database database)
    {
        var tenant = await FilledAsync(database, 25);
        var first = await PageAsync(tenant, t => t.Amount, false, null, 10);
        string[] foreign =
        [
            (await PageAsync(tenant, t => t.At, false, null, 10)).Next!,
            (await PageAsync(tenant, t => t.Name, false, null, 10)).Next!,
            (await PageAsync(tenant, t => t.Amount, true, null, 10)).Next!,
            (await PageAsync(tenant, t => t.Version, false, null, 10)).Next!,
            first.Next![1..], first.Next[..^2], first.Next + "A", "%%%", "null", "AAAA", new string('A', 9000),
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes("[1,2,3]")), Base64Url.EncodeToString(Encoding.UTF8.GetBytes("[null,null,null]")), Base64Url.EncodeToString(Encoding.UTF8.GetBytes("{}")),
        ];
        foreach (var cursor in foreign)
        {
            var page = await PageAsync(tenant, t => t.Amount, false, cursor, 10);
            page.Items.Select(t => t.Id).ShouldBe(first.Items.Select(t => t.Id), cursor.Length > 200 ? "long" : cursor);
        }

        (await PageAsync(tenant, t => t.Name, false, (await PageAsync(tenant, t => t.At, false, null, 10)).Next, 10)).Items[0].Id
            .ShouldBe((await PageAsync(tenant, t => t.Name, false, null, 10)).Items[0].Id);
    }

    [SkippableTheory, BothDatabases]
    public async Task Long_names_in_any_script_have_a_next_page(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        await FillAsync(tenant, Enumerable.Range(0, 4).Select(i => new string('Я', 400) + i));
        await WalksAsync(tenant, t => t.Name, false, 1);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_count_goes_to_a_thousand_and_then_says_that_there_are_more(Database database)
    {
        var tenant = await FilledAsync(database, 999);
        foreach (var (rows, count, text) in new[] { (999, 999, "999"), (1_000, 1_000, "1,000"), (1_001, 1_001, "1,000+"), (1_002, 1_001, "1,000+") })
        {
            var counted = await tenant.AsSystemAsync<Db, int>(db => db.Set<Thing>().CountCappedAsync(default));
            (counted, Capped.Text(counted)).ShouldBe((count, text));
            await FillAsync(tenant, [$"One more than {rows}"]);
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task A_page_has_at_least_one_row_and_at_most_two_hundred(Database database)
    {
        var tenant = await FilledAsync(database, 210);
        (await PageAsync(tenant, t => t.Amount, false, null, 0)).Items.Count.ShouldBe(1);
        (await PageAsync(tenant, t => t.Amount, false, null, -5)).Items.Count.ShouldBe(1);
        (await PageAsync(tenant, t => t.Amount, false, null, 100_000)).Items.Count.ShouldBe(200);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_that_may_be_missing_is_a_bug_because_its_rows_would_be_lost(Database database)
    {
        var tenant = await FilledAsync(database, 3);
        await Should.ThrowAsync<ArgumentException>(() => PageAsync(tenant, t => t.State == ThingState.Raw ? null : (DateTime?)t.At, false, null, 10));
    }

    private static async Task WalksAsync<TKey>(TestTenant tenant, Expression<Func<Thing, TKey>> key, bool down, int size)
    {
        var all = await tenant.AsSystemAsync<Db, List<Thing>>(db => (down ? db.Set<Thing>().OrderByDescending(key).ThenByDescending(t => t.Id) : db.Set<Thing>().OrderBy(key).ThenBy(t => t.Id)).AsNoTracking().ToListAsync());
        var expected = all.Select(t => t.Id).ToList();
        var pages = new List<Page<Thing>> { await PageAsync(tenant, key, down, null, size) };
        while (pages[^1].Next is { } next) pages.Add(await PageAsync(tenant, key, down, next, size));
        pages.SelectMany(p => p.Items).Select(t => t.Id).ShouldBe(expected, $"{key} {down} {size}");
        pages[0].Previous.ShouldBeNull();

        var back = new List<Page<Thing>> { pages[^1] };
        while (back[0].Previous is { } previous) back.Insert(0, await PageAsync(tenant, key, down, previous, size));
        back.SelectMany(p => p.Items).Select(t => t.Id).ShouldBe(expected, $"back: {key} {down} {size}");
        back[0].Items.Select(t => t.Id).ShouldBe(pages[0].Items.Select(t => t.Id));
    }

    private static Task<Page<Thing>> PageAsync<TKey>(TestTenant tenant, Expression<Func<Thing, TKey>> key, bool down, string? cursor, int size) =>
        tenant.AsSystemAsync<Db, Page<Thing>>(db => db.Set<Thing>().AsNoTracking().PageAsync(key, t => t.Id, down, new Paging(cursor, size), default));

    private static async Task<TestTenant> FilledAsync(Database database, int rows)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        await FillAsync(tenant, Enumerable.Range(0, rows).Select(i => Names[i % Names.Length] + (i < Names.Length ? "" : $" {i}")));
        return tenant;
    }

    // Amounts and times have many ties; the code is null now and then.
    private static Task<Done> FillAsync(TestTenant tenant, IEnumerable<string> names) => tenant.AsSystemAsync<Db, Done>(async db =>
    {
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = names.Select((name, i) => new Thing
        {
            TenantId = tenant.Id,
            Id = ThingId.From(Guid.CreateVersion7()),
            Name = name,
            Amount = (i * 7 % 5) - 2,
            At = at.AddTicks(i * 13 % 6 * 10),
            Code = i % 4 == 0 ? null : $"{i % 3}",
            Version = 1,
        });
        await db.Engine.InsertAsync(db, rows, default);
        return default;
    });

    private static Task<int> DeleteAsync(TestTenant tenant, params ThingId[] ids) =>
        tenant.AsSystemAsync<Db, int>(db => db.Set<Thing>().Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync());
}
