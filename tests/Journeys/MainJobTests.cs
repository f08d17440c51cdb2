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
    private const string Customer = "Helvetia Precision Tools";

    [SkippableTheory, Databases]
    public async Task A_partner_registers_a_deal_that_is_approved_shared_won_credited_and_earned(Database database)
    {
        var export = RealExport.Folder();
        await using var app = await TestApp.StartAsync(database, background: true);
        var tenant = await app.TenantAsync();

        await using var operations = await SignedInAsync(await tenant.StaffAsync(Roles.ChannelOperations));
        await ImportAsync(operations, Path.Combine(export, "products.csv"), "7");
        await ImportAsync(operations, Path.Combine(export, "accounts.csv"), "85");
        await ImportAsync(operations, Path.Combine(export, "sales_pipeline.csv"), "8,800");
        await LookAtAsync(operations, "/app/imports", "/app/accounts", "/app/opportunities", "/app/products", "/app/data-quality");

        await AddPartnerAsync(operations, "Brightpath Consulting", "brightpath-story.example", "CH");
        await InviteAsync(operations, "Rosa Delgado", "rosa@brightpath-story.example");
        await AddPartnerAsync(operations, "Clearview Advisors", "clearview-story.example", "DE");
        await InviteAsync(operations, "Ines Moreau", "ines@clearview-story.example");
        await LookAtAsync(operations, "/app/partners", "/app/rules");

        await using var finance = await SignedInAsync(await tenant.StaffAsync(Roles.Finance));
        await PublishPlanAsync(finance);

        await using var rep = await ByMailAsync(app, "rosa@brightpath-story.example");
        var deal = await RegisterAsync(rep);
        (await rep.TextAsync()).ShouldContain("In review");

        await using var manager = await SignedInAsync(await tenant.StaffAsync(Roles.PartnerManager));
        await ApproveAsync(manager);
        await rep.GoAsync($"/portal/deals/{deal}");
        (await rep.TextAsync()).ShouldContain("Approved");
        await rep.LookAsync();

        await ShareAsync(manager, deal);
        await using var second = await ByMailAsync(app, "ines@clearview-story.example");
        await second.GoAsync($"/portal/deals/{deal}");
        await second.PressAsync("Accept");
        await second.LookAsync();

        await WinAsync(manager, deal);
        await EarnedAsync(rep, "/portal", "/portal/earnings", "/portal/performance", "/portal/deals", "/portal/rules", "/portal/company");
        await EarnedAsync(second, "/portal/earnings");

        await using var executive = await SignedInAsync(await tenant.StaffAsync(Roles.Executive));
        await LookAtAsync(executive, "/app", "/app/analytics", "/app/analytics/metrics", "/app/analytics/attribution");
        await executive.GoAsync("/app/analytics/rows?metric=sourced-revenue");
        (await executive.TextAsync()).ShouldContain(Customer, Case.Insensitive, "the deal stands behind the figure");
        await executive.LookAsync();
        await LookAtAsync(finance, "/app/incentives/earnings", "/app/incentives/ledger", "/app/incentives/payouts", "/app/incentives/plans");

        foreach (var visit in (Visit[])[operations, finance, rep, manager, second, executive]) visit.ShouldBeFaultless();
    }

    private static async Task ImportAsync(Visit visit, string file, string rows)
    {
        await visit.GoAsync("/app/imports/new");
        await visit.LookAsync();
        await visit.Page.SetInputFilesAsync("input[type=file]", file);
        await visit.PressAsync("Upload");
        await visit.LookAsync();
        await visit.PressAsync("Start the dry run");
        await visit.WaitForAsync("Write it?");
        (await visit.TextAsync()).ShouldContain(rows, Case.Sensitive, "every row of the file is accounted for");
        await visit.LookAsync();
        await visit.ClickAsync(visit.Form("apply").GetByRole(Microsoft.Playwright.AriaRole.Button));
        await visit.FinishedAsync();
        (await visit.TextAsync()).ShouldNotContain("Write it?");
        await visit.LookAsync();
    }

    private static async Task AddPartnerAsync(Visit visit, string name, string site, string country)
    {
        await visit.GoAsync("/app/partners/new");
        await visit.LookAsync();
        await visit.FillAsync(("Input.Name", name), ("Input.MainType", ""), ("Input.Website", site), ("Input.Country", country), ("Input.State", "active"));
        await visit.Page.Locator("input[name='Input.Motions'][value='resell']").CheckAsync();
        await visit.PressAsync("Add the partner");
        (await visit.TextAsync()).ShouldContain(name);
        await visit.LookAsync();
    }

    private static async Task InviteAsync(Visit visit, string name, string email)
    {
        await visit.Page.GetByText("Invite to the portal").ClickAsync();
        await visit.FillAsync(("Invite.Name", name), ("Invite.Email", email), ("Invite.Function", ""), ("Invite.Role", Roles.PartnerSales));
        await visit.PressAsync("Send the invitation");
        (await visit.TextAsync()).ShouldContain(email);
    }

    private static async Task PublishPlanAsync(Visit visit)
    {
        await visit.GoAsync("/app/incentives/plans/new");
        await visit.LookAsync();
        await visit.FillAsync(("Input.Name", "Standard plan"), ("Input.EffectiveFrom", DateTime.UtcNow.AddDays(-30).ToString("yyyy-MM-dd")));
        foreach (var rate in await visit.Page.Locator("[name^='Input.Rates']").AllAsync()) await rate.FillAsync("10");
        await visit.PressAsync("Save the draft");
        await visit.GoAsync("/app/incentives/plans");
        await visit.PressAsync("Publish");
        await visit.LookAsync();
    }

    private static async Task<string> RegisterAsync(Visit visit)
    {
        await visit.GoAsync("/portal");
        await visit.LookAsync();
        await visit.ClickAsync(visit.Page.Locator("a[href='/portal/deals/new']:visible"));
        await visit.LookAsync();
        await visit.FillAsync(
            ("Input.CustomerName", Customer), ("Input.CustomerDomain", "helvetia-precision.example"), ("Input.Country", "CH"), ("Input.Product", ""),
            ("Input.Amount", "12,500.50"), ("Input.ExpectedClose", DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd")));
        await visit.PressAsync("Register the deal");
        await visit.LookAsync();
        return new Uri(visit.Page.Url).Segments[^1];
    }

    private static async Task ApproveAsync(Visit visit)
    {
        await visit.GoAsync("/app/deals/queue");
        (await visit.TextAsync()).ShouldContain(Customer);
        await visit.LookAsync();
        await visit.FollowAsync(Customer, visit.Page.Locator("main"));
        await visit.LookAsync();
        await visit.GoAsync("/app/deals/queue");
        await visit.PressAsync("Approve");
        (await visit.TextAsync()).ShouldNotContain(Customer);
    }

    private static async Task ShareAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/app/deals/{deal}");
        await visit.Page.GetByText("Invite a partner").ClickAsync();
        await visit.Page.Locator("select[name='Invite.Partner']").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = "Clearview Advisors" });
        await visit.FillAsync(("Invite.Role", "influence"), ("Invite.Share", "20"));
        await visit.PressAsync("Invite");
        (await visit.TextAsync()).ShouldContain("Clearview Advisors");
        await visit.LookAsync();
    }

    private static async Task WinAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/app/deals/{deal}/act?on=win");
        await visit.LookAsync();
        await visit.ClickAsync(visit.Form("act").GetByRole(Microsoft.Playwright.AriaRole.Button).First);
        (await visit.TextAsync()).ShouldContain("Won");
        await visit.LookAsync();
    }

    /// <summary>The listeners work by themselves; the page is opened again until their work is there.</summary>
    private static async Task EarnedAsync(Visit visit, params string[] pages)
    {
        await visit.GoAsync("/portal/earnings");
        await visit.WaitForAsync(Customer, reload: true);
        await LookAtAsync(visit, pages);
    }

    private static async Task LookAtAsync(Visit visit, params string[] pages)
    {
        foreach (var page in pages) await (await visit.GoAsync(page)).LookAsync();
    }

    private static async Task<Visit> SignedInAsync(TestPerson person)
    {
        var visit = await Visit.BeginAsync(person.Tenant.App.Address);
        await visit.SignInAsync(person.Email, TestPerson.Password);
        return visit;
    }

    /// <summary>Signs in by the link in the mail that was sent last to this address.</summary>
    private static async Task<Visit> ByMailAsync(TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var mail = await scope.ServiceProvider.GetRequiredService<Db>().AllTenants<MailRow>("read a mail as its receiver would")
            .Where(m => m.To == email).OrderByDescending(m => m.Id).FirstAsync();
        var visit = await Visit.BeginAsync(app.Address);
        await visit.GoAsync(new Uri(Link().Match(mail.Body).Value).PathAndQuery);
        await visit.LookAsync();
        if (new Uri(visit.Page.Url).AbsolutePath == "/sign-in/link") await visit.ClickAsync(visit.Page.Locator("main form button"));
        return visit;
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Link();
}
