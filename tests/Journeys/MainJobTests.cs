using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;

namespace Trellis.Journeys.Tests;

/// <summary>
/// The main job, from the import of a real CRM export to the earning line: everybody does their part in a browser, and every page on the way is
/// checked wide and narrow, light and dark.
/// </summary>
public sealed partial class MainJobTests
{
    // An account of the export, named as a partner would write it: it is shown to the reviewer as an account that resembles the customer.
    private const string Customer = "Dambase";
    private const string Reason = "Please be ready to tell more about your contact and what you have done: a person looks at it within";

    // The deal is registered with an estimate and won with another amount; 80 % of that at 10 % and 20 % at 7.5 %, computed by hand:
    // 13,000.55 × 0.8 = 10,400.44; × 0.1 = 1,040.044. 13,000.55 × 0.2 = 2,600.11; × 0.075 = 195.00825.
    private const string Estimate = "12,500.50";
    private const string Won = "13,000.55";
    private const string Influenced = "2,600.11";
    private const string EarnedBySource = "1,040.04";
    private const string EarnedByInfluence = "195.01";
    private const string EarnedByBoth = "1,235.05";

    private readonly HashSet<string> _looked = [];
    private bool _looks;

    [SkippableTheory, BothDatabases]
    public async Task A_partner_registers_a_deal_that_is_approved_shared_won_credited_and_earned(Database database)
    {
        BriefRun.AsksOnlySqlite(database);
        var export = RealExport.Folder();
        // The pages are the same on both engines: their looks are checked on one, the story on both.
        _looks = database == Database.Sqlite;
        await using var app = await TestApp.StartAsync(database, background: true);
        var tenant = await app.TenantAsync();

        await using var operations = await SignedInAsync(await tenant.StaffAsync(Roles.ChannelOperations));
        await ImportAsync(operations, Path.Combine(export, "products.csv"), 7);
        await ImportAsync(operations, Path.Combine(export, "accounts.csv"), 85);
        await ImportAsync(operations, Path.Combine(export, "sales_teams.csv"), 35);
        await ImportAsync(operations, Path.Combine(export, "sales_pipeline.csv"), 8_800, look: true);
        await LookAtAsync(operations, "/app/imports", "/app/accounts", "/app/opportunities", "/app/products", "/app/data-quality");

        await AddPartnerAsync(operations, "Brightpath Consulting", "brightpath-story.example", "CH");
        await InviteAsync(operations, "Rosa Delgado", "rosa@brightpath-story.example");
        await AddPartnerAsync(operations, "Clearview Advisors", "clearview-story.example", "DE");
        await InviteAsync(operations, "Ines Moreau", "ines@clearview-story.example");
        await LookAtAsync(operations, "/app/partners", "/app/rules");

        await using var finance = await SignedInAsync(await tenant.StaffAsync(Roles.Finance));
        await PublishPlanAsync(finance);
        await using var executive = await SignedInAsync(await tenant.StaffAsync(Roles.Executive));
        await FiguresAsync(executive, sourced: "0.00", influenced: "0.00", credited: "0.00", resold: "0.00", pipeline: "0.00", influencedPipeline: "0.00");

        await using var rep = await ByMailAsync(app, "rosa@brightpath-story.example");
        var deal = await RegisterAsync(rep);

        await using var manager = await SignedInAsync(await tenant.StaffAsync(Roles.PartnerManager));
        await ApproveAsync(manager);
        await rep.GoAsync($"/portal/deals/{deal}");
        (await rep.TextAsync()).ShouldContain("Protected until");
        await rep.LookAsync("approved");

        await ShareAsync(manager, deal);
        await ConsentAsync(rep, deal);
        await using var second = await ByMailAsync(app, "ines@clearview-story.example");
        await AcceptAsync(second, deal);
        await FiguresAsync(executive, sourced: "0.00", influenced: "0.00", credited: "0.00", resold: "0.00", pipeline: Estimate, influencedPipeline: Estimate);

        await WinAsync(manager, deal);
        await EarnedAsync(rep, EarnedBySource, "80 % of the deal × 10 %");
        await EarnedAsync(second, EarnedByInfluence, "20 % of the deal × 7.5 %");
        await LookAtAsync(rep, "/portal/performance", "/portal/deals", "/portal/rules", "/portal/company");

        await FiguresAsync(executive, sourced: Won, influenced: Won, credited: Influenced, resold: Won, pipeline: "0.00", influencedPipeline: "0.00");
        await CreditAsync(executive, deal);
        await LookAtAsync(executive, "/app", "/app/analytics", "/app/analytics/metrics", "/app/analytics/attribution");
        await LedgerAsync(finance);
        await LookAtAsync(finance, "/app/incentives/payouts", "/app/incentives/plans");

        foreach (var visit in (Visit[])[operations, finance, rep, manager, second, executive]) visit.ShouldBeFaultless();
    }

    private async Task<Visit> SignedInAsync(TestPerson person)
    {
        var visit = await Visit.BeginAsync(person.Tenant.App.Address, _looked, _looks);
        await visit.SignInAsync(person.Email, TestPerson.Password);
        return visit;
    }

    /// <summary>Signs in by the link in the invitation that was mailed to this address.</summary>
    private async Task<Visit> ByMailAsync(TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var bodies = await scope.ServiceProvider.GetRequiredService<Db>().AllTenants<MailRow>("read a mail as its receiver would")
            .Where(m => m.To == email).OrderBy(m => m.Id).Select(m => m.Body).ToListAsync();
        var link = bodies.SelectMany(b => Link().Matches(b)).Select(m => new Uri(m.Value)).First(u => u.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
        var visit = await Visit.BeginAsync(app.Address, _looked, _looks);
        await visit.GoAsync(link.PathAndQuery);
        await visit.LookAsync();
        if (new Uri(visit.Page.Url).AbsolutePath == "/sign-in/link") await visit.ClickAsync(visit.Page.Locator("main form button"));
        return visit;
    }

    private static async Task LookAtAsync(Visit visit, params string[] pages)
    {
        foreach (var page in pages) await (await visit.GoAsync(page)).LookAsync();
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Link();
}
