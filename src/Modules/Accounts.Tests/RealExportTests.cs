using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class RealExportTests
{
    [SkippableTheory, Databases]
    public async Task All_8800_opportunities_of_the_real_export_are_accounted_for(Database database)
    {
        var files = new[] { "accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv" }.ToDictionary(f => f, f => File.ReadAllBytes(RealExport.Path(f)));
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);

        var accounts = await importing.ImportAsync(files["accounts.csv"], "accounts.csv");
        accounts.Text("kind").ShouldBe("accounts");
        accounts.Counts().ShouldBe((85, 0, 0, 0, 13));
        var mended = await importing.FindingsAsync(accounts, "mended");
        mended.ShouldContain(f => f.Text("written") == "technolgy" && f.Text("taken") == "technology" && f.Rows() == 12);
        mended.ShouldContain(f => f.Text("written") == "Philipines" && f.Text("taken") == "Philippines" && f.Rows() == 1);
        (await importing.FindingsAsync(accounts, "unknown")).ShouldHaveSingleItem().Text("written").ShouldBe("Korea");
        accounts.Text("revenueIn").ShouldBe("millions");

        (await importing.ImportAsync(files["products.csv"], "products.csv")).Counts().ShouldBe((7, 0, 0, 0, 0));
        (await importing.ImportAsync(files["sales_teams.csv"], "sales_teams.csv")).Counts().ShouldBe((35, 0, 0, 0, 0));

        var pipeline = await importing.ImportAsync(files["sales_pipeline.csv"], "sales_pipeline.csv");
        pipeline.Text("kind").ShouldBe("opportunities");
        pipeline.Counts().ShouldBe((8800, 0, 0, 0, 1480));
        var product = (await importing.FindingsAsync(pipeline, "mended")).ShouldHaveSingleItem();
        (product.Text("written"), product.Text("taken"), product.Rows()).ShouldBe(("GTXPro", "GTX Pro", 1480));
        var missing = await importing.FindingsAsync(pipeline, "missing");
        missing.Single(f => f.Text("field") == "account").Rows().ShouldBe(1425);
        missing.Single(f => f.Text("field") == "opened").Rows().ShouldBe(500);

        var again = await importing.ImportAsync(files["sales_pipeline.csv"], "sales_pipeline.csv");
        again.Counts().ShouldBe((0, 0, 8800, 0, 1480));
        (await importing.ImportAsync(files["accounts.csv"], "accounts.csv")).Counts().ShouldBe((0, 0, 85, 0, 13));

        var sums = await operations.DoAsync<Db, List<(OpportunityStage, int, int, long)>>(async db => [.. (await db.Set<OpportunityRow>().GroupBy(o => o.Stage)
            .Select(g => new { g.Key, Count = g.Count(), Without = g.Count(o => o.AccountId == null), Sum = g.Sum(o => o.Amount ?? 0) }).ToListAsync())
            .OrderBy(g => g.Key).Select(g => (g.Key, g.Count, g.Without, g.Sum))]);
        sums.ShouldBe(
        [
            (OpportunityStage.Prospecting, 500, 337, 0),
            (OpportunityStage.Engaging, 1589, 1088, 0),
            (OpportunityStage.Won, 4238, 0, 10_005_534_00),
            (OpportunityStage.Lost, 2473, 0, 0),
        ]);
        (await operations.DoAsync<Db, int>(db => db.Set<OpportunityRow>().CountAsync(o => o.ProductId == null || o.OwnerName == null))).ShouldBe(0);
        (await operations.DoAsync<Db, int>(db => db.Set<Account>().CountAsync(a => a.ParentId != null))).ShouldBe(15);
        (await operations.DoAsync<Db, Account>(db => db.Set<Account>().SingleAsync(a => a.Name == "Acme Corporation"))).Revenue.ShouldBe(1_100_040_000_00);
    }
}
