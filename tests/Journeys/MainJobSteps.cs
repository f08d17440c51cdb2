using Microsoft.Playwright;
using Trellis.Identity.Published;

namespace Trellis.Journeys.Tests;

/// <summary>What each person does in the main job, and what they must see when it is done.</summary>
public sealed partial class MainJobTests
{
    private static async Task ImportAsync(Visit visit, string file, int rows, bool look = false)
    {
        await visit.GoAsync("/app/imports/new");
        await visit.LookAsync();
        await visit.Page.SetInputFilesAsync("input[type=file]", file);
        await visit.PressAsync("Upload");
        if (look) await visit.LookAsync("columns");
        await visit.PressAsync("Start the dry run");
        await visit.WaitForAsync("Write it?");
        var promised = await CountsAsync(visit, rows);
        if (look) await visit.LookAsync("dry run");
        await visit.ClickAsync(visit.Form("apply").GetByRole(AriaRole.Button));
        await visit.WaitForAsync("What happened");
        (await CountsAsync(visit, rows)).ShouldBe(promised, "what was written is what the dry run promised");
        if (look) await visit.LookAsync("written");
    }

    /// <summary>Created, updated, unchanged and refused, as the page shows them; together they are all rows of the file.</summary>
    private static async Task<(int, int, int, int)> CountsAsync(Visit visit, int rows)
    {
        var counts = (Created: await visit.CountAsync("Created"), Updated: await visit.CountAsync("Updated"), Unchanged: await visit.CountAsync("Unchanged"), Refused: await visit.CountAsync("Refused"));
        (counts.Created + counts.Updated + counts.Unchanged + counts.Refused).ShouldBe(rows, $"every row of the file is accounted for: {counts}");
        counts.Created.ShouldBeGreaterThan(0);
        return counts;
    }

    private static async Task AddPartnerAsync(Visit visit, string name, string site, string country)
    {
        await visit.GoAsync("/app/partners/new");
        await visit.LookAsync();
        await visit.FillAsync(("Input.Name", name), ("Input.MainType", ""), ("Input.Website", site), ("Input.Country", country), ("Input.State", "active"));
        await visit.Page.Locator("input[name='Input.Motions'][value='resell']").CheckAsync();
        await visit.PressAsync("Add the partner");
        (await visit.TextAsync()).ShouldContain(name);
        // What happened is read when its reader comes to it.
        await visit.Page.Locator("#timeline").ScrollIntoViewIfNeededAsync();
        await visit.Page.Locator("#timeline").GetByText("added the partner").WaitForAsync();
        await visit.LookAsync();
    }

    private static async Task InviteAsync(Visit visit, string name, string email)
    {
        await visit.Page.GetByText("Invite to the portal").First.ClickAsync();
        await visit.FillAsync(("Invite.Name", name), ("Invite.Email", email), ("Invite.Function", ""), ("Invite.Role", Roles.PartnerSales));
        await visit.PressAsync("Send the invitation");
        (await visit.TextAsync()).ShouldContain(email);
        await visit.LookAsync("with a person");
    }

    private static async Task PublishPlanAsync(Visit visit)
    {
        await visit.GoAsync("/app/incentives/plans/new");
        await visit.LookAsync();
        await visit.FillAsync(("Input.Name", "Standard plan"), ("Input.EffectiveFrom", DateTime.UtcNow.AddDays(-30).ToString("yyyy-MM-dd")), ("Input.HoldDays", "30"));
        foreach (var rate in await visit.Page.Locator("[name^='Input.Rates[source.']").AllAsync()) await rate.FillAsync("10");
        foreach (var rate in await visit.Page.Locator("[name^='Input.Rates[influence.']").AllAsync()) await rate.FillAsync("7.5");
        await visit.PressAsync("Save the draft");
        await visit.GoAsync("/app/incentives/plans");
        await visit.PressAsync("Publish");
        (await visit.TextAsync()).ShouldContain("In force");
        await visit.LookAsync();
    }

    private static async Task<string> RegisterAsync(Visit visit)
    {
        await visit.GoAsync("/portal");
        await visit.LookAsync("nothing yet");
        await visit.ClickAsync(visit.Page.Locator("a[href='/portal/deals/new']:visible"));
        await visit.LookAsync();
        await visit.FillAsync(
            ("Input.CustomerName", Customer), ("Input.Country", "CH"), ("Input.Amount", Estimate),
            ("Input.ExpectedClose", DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd")));
        await visit.Page.Locator("select[name='Input.Product']").SelectOptionAsync(new SelectOptionValue { Label = "GTX Plus Basic" });
        await visit.PressAsync("Register the deal");
        var words = await visit.TextAsync();
        words.ShouldContain("Received: a person looks at it");
        words.ShouldContain("In review");
        words.ShouldContain(Reason);
        await visit.LookAsync("in review");
        return new Uri(visit.Page.Url).Segments[^1];
    }

    private static async Task ApproveAsync(Visit visit)
    {
        await visit.GoAsync("/app/deals/queue");
        (await visit.TextAsync()).ShouldContain(Customer);
        await visit.LookAsync("with a registration");
        await visit.FollowAsync(Customer, visit.Page.Locator("main"));
        var words = await visit.TextAsync();
        words.ShouldContain("How the rules decided");
        words.ShouldContain(Reason);
        words.ShouldContain("Accounts that resemble the customer");
        await visit.LookAsync("in review");
        await visit.GoAsync("/app/deals/queue");
        await visit.FollowAsync("Choose the account");
        var accounts = visit.Page.Locator("select[name='Input.Account']");
        await accounts.SelectOptionAsync(await accounts.Locator("option[value^='acc']").First.GetAttributeAsync("value") ?? "");
        await visit.LookAsync("asked for the account");
        await visit.PressAsync("Approve");
        await visit.GoAsync("/app/deals/queue");
        (await visit.TextAsync()).ShouldContain("Nothing waits for a decision");
        await visit.LookAsync("empty");
    }

    private static async Task ShareAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/app/deals/{deal}");
        await visit.Page.GetByText("Invite a partner").ClickAsync();
        await visit.Page.Locator("select[name='Invite.Partner']").SelectOptionAsync(new SelectOptionValue { Label = "Clearview Advisors" });
        await visit.FillAsync(("Invite.Role", "influence"), ("Invite.Share", "20"));
        await visit.PressAsync("Invite");
        (await visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Clearview Advisors" }).First.InnerTextAsync()).ShouldContain("Waits for consent");
        await visit.LookAsync("with a proposed partner");
    }

    private static async Task ConsentAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/portal/deals/{deal}");
        await visit.LookAsync("asked for consent");
        await visit.PressAsync("Consent");
        (await visit.TextAsync()).ShouldContain("The partner is invited.");
        await visit.LookAsync("with an invitation");
    }

    private static async Task AcceptAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/portal/deals/{deal}");
        (await visit.TextAsync()).ShouldContain("You are invited");
        await visit.LookAsync("invited");
        await visit.PressAsync("Accept");
        var words = await visit.TextAsync();
        words.ShouldContain("You are on the team now");
        words.ShouldContain("20 %");
        await visit.LookAsync("on the team");
    }

    private static async Task WinAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/app/deals/{deal}/act?on=win");
        await visit.LookAsync("win");
        await visit.FillAsync(("Input.Amount", Won));
        await visit.PressAsync("Mark as won", visit.Form("act"));
        var words = await visit.TextAsync();
        words.ShouldContain("Won! Credit and earnings follow.");
        words.ShouldContain($"Won with USD {Won}");
        await visit.LookAsync("won");
    }

    /// <summary>What a partner earned stands on its home page with the reason why it is pending, in its list, and on a page that computes it.</summary>
    private static async Task EarnedAsync(Visit visit, string amount, string how)
    {
        var held = $"The hold period of the plan ends on {DateTime.UtcNow.AddDays(30):d MMM yyyy}; then it is payable.";
        await visit.GoAsync("/portal");
        await visit.WaitForAsync(amount, reload: true);
        var home = await visit.TextAsync();
        home.ShouldContain("Paid USD 0.00");
        home.ShouldContain("Payable, in the next payout USD 0.00");
        home.ShouldContain($"Pending USD {amount}");
        home.ShouldContain(held);
        await visit.LookAsync("earned");

        await visit.GoAsync("/portal/earnings");
        (await visit.TextAsync()).ShouldContain(how);
        await visit.LookAsync();
        await visit.FollowAsync(Customer, visit.Page.Locator("tbody"));
        var line = await visit.TextAsync();
        line.ShouldContain($"USD {Won}");
        line.ShouldContain($"USD {amount}");
        line.ShouldContain(held);
        await visit.LookAsync();
    }

    /// <summary>The figures of the dashboard; each opens its rows, which show the same figure and, unless it is zero, the deal.</summary>
    private static async Task FiguresAsync(Visit visit, string sourced, string influenced, string credited, string resold, string pipeline, string influencedPipeline)
    {
        (string Name, string Amount)[] expected =
        [
            ("Partner-sourced revenue", sourced), ("Partner-influenced revenue, gross", influenced), ("Partner-influenced revenue, credited", credited),
            ("Resold revenue", resold), ("Partner-sourced pipeline", pipeline), ("Partner-influenced pipeline, gross", influencedPipeline),
        ];
        await visit.GoAsync("/app/analytics");
        var patience = System.Diagnostics.Stopwatch.StartNew();
        // The listeners work by themselves; the page is opened again until their work is there.
        while (!await ShownAsync(visit, expected) && patience.Elapsed < TimeSpan.FromSeconds(60)) await visit.GoAsync("/app/analytics");
        foreach (var (name, amount) in expected)
        {
            await visit.GoAsync("/app/analytics");
            (await ExactAsync(visit, name)).ShouldBe($"USD {amount}", name);
            await visit.ClickAsync(visit.Figure(name));
            var rows = await visit.TextAsync();
            rows.ShouldContain(name);
            rows.ShouldContain(amount == "0.00" ? "Nothing counts here yet" : Customer, Case.Sensitive, name);
            rows.ShouldContain($"USD {amount}", Case.Sensitive, name);
            await visit.LookAsync(amount == "0.00" ? "empty" : "");
        }
    }

    private static async Task<bool> ShownAsync(Visit visit, (string Name, string Amount)[] expected)
    {
        foreach (var (name, amount) in expected)
            if (await ExactAsync(visit, name) != $"USD {amount}") return false;
        return true;
    }

    // A headline figure is rounded; the exact amount is its title.
    private static async Task<string> ExactAsync(Visit visit, string name) => (await visit.Figure(name).Locator(".t-money").GetAttributeAsync("title") ?? "").Replace('\u00a0', ' ');

    /// <summary>Both partners' credit by the agreed split, which is the last model on the page.</summary>
    private static async Task CreditAsync(Visit visit, string deal)
    {
        await visit.GoAsync($"/app/analytics/journeys/{deal}");
        var rows = visit.Page.GetByRole(AriaRole.Row);
        (await rows.Filter(new() { HasText = "Brightpath Consulting" }).First.InnerTextAsync()).ShouldContain("10,400.44");
        (await rows.Filter(new() { HasText = "Clearview Advisors" }).First.InnerTextAsync()).ShouldContain(Influenced);
        await visit.LookAsync();
    }

    /// <summary>The earning lines stand in the ledger twice: what they cost and what is owed, which sums to zero.</summary>
    private static async Task LedgerAsync(Visit visit)
    {
        await visit.GoAsync("/app/incentives/earnings");
        var lines = visit.Page.Locator("tbody").GetByRole(AriaRole.Row);
        (await lines.Filter(new() { HasText = "Brightpath Consulting" }).InnerTextAsync()).ShouldContain(EarnedBySource);
        (await lines.Filter(new() { HasText = "Clearview Advisors" }).InnerTextAsync()).ShouldContain(EarnedByInfluence);
        await visit.LookAsync();
        await visit.FollowAsync(Customer, lines);
        await visit.LookAsync();

        await visit.GoAsync("/app/incentives/ledger");
        var balance = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Trial balance, USD" });
        (await balance.GetByRole(AriaRole.Row).Filter(new() { HasText = "What partners cost us" }).InnerTextAsync()).ShouldContain(EarnedByBoth);
        (await balance.GetByRole(AriaRole.Row).Filter(new() { HasText = "Owed to partners, not payable yet" }).InnerTextAsync()).ShouldContain(EarnedByBoth);
        (await visit.TextAsync()).ShouldContain("Sums to zero");
        await visit.Page.GetByText("4 entries, sum 0").ClickAsync();
        var entries = await visit.TextAsync();
        foreach (var entry in (string[])["Brightpath Consulting", "Clearview Advisors", $"USD {EarnedBySource}", $"USD -{EarnedBySource}", $"USD {EarnedByInfluence}", $"USD -{EarnedByInfluence}"]) entries.ShouldContain(entry);
        await visit.LookAsync();
    }
}
