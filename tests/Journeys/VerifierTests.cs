using System.Text.Json;
using Microsoft.Playwright;
using Trellis.Identity;

namespace Trellis.Journeys.Tests;

/// <summary>The verifier as a file: opened from a disk in a browser that has no network, it says of each file what the program's own command says.</summary>
public sealed class VerifierTests
{
    [SkippableFact]
    public async Task The_verifier_as_a_file_tells_a_genuine_receipt_from_forged_ones_without_a_network()
    {
        var browser = await Browser.SharedAsync();
        var folder = Directory.CreateTempSubdirectory("trellis-verifier-").FullName;
        await using var app = await TestApp.StartWithDemoAsync(Database.Sqlite);
        var (genuine, fingerprint) = await DownloadAsync(app.Address, folder);

        await using var window = await browser.NewContextAsync(new() { Locale = "en-GB" });
        await window.SetOfflineAsync(true);
        var page = await window.NewPageAsync();
        List<string> faults = [];
        page.PageError += (_, error) => faults.Add(error);
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        await page.GotoAsync(new Uri(Path.Combine(folder, "verifier.html")).AbsoluteUri);

        (await CheckAsync(page, folder, genuine)).ShouldContain("Nothing is wrong with this receipt, but not every step can be checked yet.");
        await page.Locator("#prints").FillAsync(fingerprint);
        (await CheckAsync(page, folder, genuine)).ShouldContain("This receipt is genuine and complete.");
        foreach (var (forged, why) in Forgeries(genuine)) (await CheckAsync(page, folder, forged)).ShouldContain(why);
        await page.Locator("#prints").FillAsync(new string('0', 64));
        (await CheckAsync(page, folder, genuine)).ShouldContain("The file was signed with another key than those that you trust");
        faults.ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What a forger would try, and what the page must say of it.</summary>
    private static IEnumerable<(string File, string Why)> Forgeries(string file)
    {
        var receipt = JsonDocument.Parse(file).RootElement;
        string Text(params string[] names) => names.Aggregate(receipt, (at, name) => at.GetProperty(name)).GetString()!;
        string Changed(string from, string to) => file.Contains(from, StringComparison.Ordinal) ? file.Replace(from, to, StringComparison.Ordinal) : throw new InvalidOperationException($"“{from}” is not in the file.");
        var (signature, previous, root) = (Text("signature"), Text("chain", "previous"), Text("proof", "root", "root"));
        yield return (Changed("\"kind\":\"deal_registered\"", "\"kind\":\"deal_withdrawn\""), "The signature does not belong to this content");
        yield return (Changed(signature, Flipped(signature)), "The signature does not belong to this content");
        yield return (Changed(previous, Flipped(previous)), "The proof does not lead to the root of the day");
        yield return (Changed(root, Flipped(root)), "The root of the day is not signed with its key.");
        var person = receipt.GetProperty("personal").EnumerateObject().First();
        yield return (Changed(person.Value.GetProperty("salt").GetString()!, new string('a', 32)), "is not the value that was signed.");
        yield return (Changed("\"format\":\"trellis.receipt_file.v1\"", "\"format\": \"trellis.receipt_file.v1\""), "Even one changed, added or missing character does this.");
    }

    private static string Flipped(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    private static async Task<string> CheckAsync(IPage page, string folder, string file)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, file);
        await page.Locator("#files").SetInputFilesAsync(path);
        await page.Locator($"#results section:has(h2:text-is('{Path.GetFileName(path)}')) .verdict").WaitForAsync();
        return await page.Locator("#results").InnerTextAsync();
    }

    private static async Task<(string File, string Fingerprint)> DownloadAsync(string address, string folder)
    {
        using var visitor = new PageClient(address);
        var verifier = await visitor.Http.GetAsync("/receipts/verifier.html");
        verifier.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        await File.WriteAllTextAsync(Path.Combine(folder, "verifier.html"), await verifier.Content.ReadAsStringAsync());
        var keys = JsonDocument.Parse(await visitor.Http.GetStringAsync("/receipts/keys.json")).RootElement;

        await visitor.SignInAsync("ada@northwind.example", DemoPeople.Password);
        var rows = await visitor.Http.GetStringAsync("/app/receipts/export.csv?kind=deal_registered");
        var early = rows.TrimEnd().Split('\n')[^2].TrimEnd().Split(',')[^1];
        return (await visitor.Http.GetStringAsync($"/app/receipts/{early}/file"), keys[0].GetProperty("fingerprint").GetString()!);
    }
}
