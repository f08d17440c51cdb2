using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Whole.Tests;

/// <summary>Whoever asks to be forgotten stands in no column of any table any more, after two years of work at a partner and at the vendor.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task An_erased_person_of_the_demo_company_stands_in_no_table()
    {
        var cast = await Cast.OfItsOwnAsync(Database.Sqlite);
        await using var app = cast.App;
        foreach (var visitor in (Visitor[])[cast.Brightpath, cast.Visitors.Single(v => v.Name.StartsWith("paula@", StringComparison.Ordinal))])
        {
            var (person, email) = (visitor.Actor!, visitor.Name.Split(' ')[0]);
            await LeaveTracesAsync(cast, visitor);
            (await FindAsync(cast, person.Name)).Count.ShouldBeGreaterThan(5);
            using var erased = await cast.Administrator.Api.PostAsJsonAsync($"/api/v1/people/{person.Person}/erase", new { address = email, reason = "Asked on 3 March" });
            erased.EnsureSuccessStatusCode();
            await app.DrainAsync();

            (await FindAsync(cast, person.Name)).ShouldBeEmpty();
            (await FindAsync(cast, email)).ShouldBeEmpty();
        }
    }

    // What the demo's people have not done: kept a view, and invited somebody, who is told by whom.
    private static async Task LeaveTracesAsync(Cast cast, Visitor visitor)
    {
        var actor = visitor.Actor!;
        using var kept = await visitor.Api.PostAsJsonAsync("/api/v1/views", new { path = actor.IsPartner ? "/portal/deals" : "/app/deals", name = "Mine", query = "?state=approved", shared = false });
        kept.EnsureSuccessStatusCode();
        using var invited = await visitor.Api.PostAsJsonAsync($"/api/v1/partners/{cast.Brightpath.Actor!.Partner}/invitations",
            new { name = "Nina New", email = $"nina-{actor.Person.Value:N}@new.example", function = "sales", role = "partner_sales" });
        if (actor.Permissions.Contains("identity.invite_partner_people")) invited.EnsureSuccessStatusCode();
    }

    // What the cast has marked for other walks is no name any more.
    private static Task<List<string>> FindAsync(Cast cast, string text) => cast.AsAsync(cast.Administrator.Actor!, async db =>
    {
        var found = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
            foreach (var column in entity.GetProperties().Where(p => p.ClrType == typeof(string)))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT COUNT(*), MIN(\"{column.GetColumnName()}\") FROM \"{entity.GetTableName()}\" WHERE lower(\"{column.GetColumnName()}\") LIKE '%{text.ToLowerInvariant()}%' AND \"{column.GetColumnName()}\" NOT LIKE '%{Cast.Mark}%'";
                await using var reader = await command.ExecuteReaderAsync();
                if (await reader.ReadAsync() && Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture) is > 0 and var count)
                    found.Add($"{entity.GetTableName()}.{column.GetColumnName()}: {count}, such as {reader.GetString(1)}");
            }

        return found.Distinct().ToList();
    });
}
