using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

[Collection(Cast.WatchedOnSqlite)]
public sealed partial class UntranslatedTests
{
    // Areas of the staff that are not yet said through the catalogues. The list may only shrink; it stands in docs/guide/translate.md as well.
    private static readonly string[] NotYet = ["/app/audit", "/app/health", "/app/rules"];

    // The rules that a vendor writes itself; what people look for; and what programmers read, which is English like the API.
    private static readonly string[] LeftOut = ["/portal/rules", "/portal/search", "/app/search", "/api-reference", "/problems"];

    [Fact]
    public async Task No_text_of_a_page_is_out_of_reach_for_a_translator()
    {
        var cast = await Cast.OnAsync(Database.Sqlite);
        Languages.Load([], pseudo: true);
        var finder = new Untranslated(await DataAsync(cast));
        var found = new ConcurrentDictionary<string, string>();
        var addresses = new List<(Visitor Visitor, string Address)>();
        foreach (var visitor in (Visitor[])[cast.Brightpath, cast.Clearview, cast.Administrator])
            foreach (var route in Route.All(cast.App.Services).Where(r => r.IsPage && visitor.May(r) && !visitor.IsStrangerTo(r) && IsSaid(r.Pattern)))
                foreach (var address in await cast.OwnAddressesAsync(route, visitor, visitor == cast.Brightpath ? 2 : 1))
                    addresses.Add((visitor, address + AccessTests.Queries.GetValueOrDefault(route.Pattern)));
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (asked, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asked.Address);
            request.Headers.Add("Accept-Language", Languages.Pseudo);
            using var answer = await asked.Visitor.Pages.SendAsync(request, stop);
            if (!answer.IsSuccessStatusCode) return;
            foreach (var text in finder.In(await answer.Content.ReadAsStringAsync(stop))) found.TryAdd(text, asked.Address);
        });
        addresses.Count.ShouldBeGreaterThan(150, "the walk saw too little");
        var all = found.Select(f => $"{f.Value}  {f.Key}").Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} texts stand on pages without having been looked up:\n{string.Join('\n', all.Take(4_000))}");
    }

    [Theory]
    [InlineData("<p>⟦Where it stands⟧</p>")]
    [InlineData("<p>⟦The ⟧<a>⟦published rules⟧</a>⟦ decide at once.⟧</p>")]
    [InlineData("<p>⟦The <a>⟦published rules⟧</a> decide at once.⟧</p>")]
    [InlineData("<p>⟦From <b>1</b> to <b>2</b>, computed <b>3</b>.⟧</p>")]
    [InlineData("<p>Acme Corporation: ⟦won⟧, USD 1,200.00</p>")]
    [InlineData("<p>⟦Customer⟧: Acme Co., Ltd. (⟦won⟧), Acme Corporation</p>")]
    [InlineData("<div data-label='⟦Amount⟧'>21 Nov 2026</div>")]
    public void What_is_looked_up_or_data_is_no_finding(string html) => new Untranslated(new HashSet<string> { "Acme Corporation", "Acme Co., Ltd." }).In(html).ShouldBeEmpty();

    [Theory]
    [InlineData("<p>Where it stands</p>")]
    [InlineData("<p>⟦Won⟧ by the partner</p>")]
    [InlineData("<p>⟦From <b>1</b> on.⟧ computed <b>3</b></p>")]
    [InlineData("<div data-label='Amount'>3</div>")]
    [InlineData("<button aria-label='Close'></button>")]
    public void What_was_forgotten_is_found(string html) => new Untranslated(new HashSet<string>()).In(html).ShouldHaveSingleItem();

    private static bool IsSaid(string pattern) => !LeftOut.Contains(pattern) && !NotYet.Any(d => pattern == d || pattern.StartsWith(d + "/", StringComparison.Ordinal));

    /// <summary>Everything that somebody could have typed: each text that stands in a column.</summary>
    private static Task<HashSet<string>> DataAsync(Cast cast) => cast.AsAsync(cast.Administrator.Actor!, async db =>
    {
        var data = new HashSet<string>(Languages.All.Select(l => l.Name), StringComparer.Ordinal);
        var calendar = Languages.Find(Languages.Pseudo)!.Culture.DateTimeFormat;
        data.UnionWith([.. calendar.DayNames, .. calendar.MonthNames]);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var texts = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetFieldType(i) == typeof(string)).ToList();
            while (await reader.ReadAsync())
                foreach (var i in texts)
                    if (!await reader.IsDBNullAsync(i) && reader.GetString(i) is { Length: > 1 } text) Add(data, text);
        }

        return data;
    });

    // A text as it stands, each of its lines, and what a document inside a column holds.
    private static void Add(HashSet<string> data, string text)
    {
        if (text.Length < 500) data.Add(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (text.Length < 4_000 && text.Contains('\n')) foreach (var line in text.Split('\n')) data.Add(line.Trim());
        if (text[0] is not ('{' or '[') || text.Length > 20_000) return;
        foreach (Match word in Quoted().Matches(text)) data.Add(Regex.Unescape(word.Groups[1].Value.Replace("\\/", "/", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"""((?:[^""\\]|\\[^""])+)""")]
    private static partial Regex Quoted();
}
