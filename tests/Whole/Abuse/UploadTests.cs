using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>Every form with a file and every route of the API that takes one, found by reflection, with files that lie, explode or are cut off.</summary>
public sealed class UploadTests
{
    /// <summary>Longer than anything honest takes, even on a machine that does much else.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const long MostMemory = 400_000_000;

    [Fact]
    public async Task A_file_that_lies_explodes_or_is_cut_off_ends_in_an_answer_and_nothing_of_it_runs()
    {
        var cast = await Cast.OfItsOwnAsync(Database.Sqlite);
        await using var app = cast.App;
        var files = BadFiles.All();
        var (faults, forms) = (new List<string>(), 0);
        foreach (var visitor in (Visitor[])[cast.Administrator, cast.Brightpath])
            foreach (var route in Route.All(app.Services).Where(r => r.IsPage && (r.Anonymous || (visitor.May(r) && !visitor.IsStrangerTo(r)))))
                foreach (var address in await cast.OwnAddressesAsync(route, visitor, BriefRun.IsOn ? 1 : 3))
                {
                    if (await Forms.ReadAsync(visitor.Pages, address) is not { } page || Forms.Of(page).FirstOrDefault(f => Forms.Files(f).Any()) is not { } form) continue;
                    forms++;
                    foreach (var file in files)
                    {
                        using var answer = await TimedAsync(() => Forms.SendAsync(visitor.Pages, address, form, Forms.Fill(form, _ => ""), (Forms.Files(form).First().Name!, file)), $"{address}: {file.What}", faults);
                        if ((int)answer.StatusCode is >= 500 and not 503) faults.Add($"{address}: {file.What}: {(int)answer.StatusCode}");
                    }

                    break;
                }

        forms.ShouldBeGreaterThanOrEqualTo(4, "the forms with a file were not found");
        foreach (var (address, visitor) in new[] { ("/api/v1/imports/", cast.Administrator), ("/api/v1/deal-uploads", cast.Brightpath), ("/api/v1/inbound-mail", cast.Administrator) })
            foreach (var file in files)
            {
                using var content = new ByteArrayContent(file.Content);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(address.Contains("mail", StringComparison.Ordinal) ? "message/rfc822" : "text/csv");
                using var answer = await TimedAsync(() => visitor.Api.PostAsync($"{address}?name={Uri.EscapeDataString(file.Name)}", content), $"{address}: {file.What}", faults);
                if ((int)answer.StatusCode is >= 500 and not 503) faults.Add($"{address}: {file.What}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

        cast.LookAgain();
        await app.DrainAsync();
        faults.AddRange(await DownloadsAsync(cast));
        File.Exists("/tmp/trellis-escaped.txt").ShouldBeFalse();
        File.Exists("/tmp/trellis-escaped.csv").ShouldBeFalse();
        faults.Distinct().ShouldBeEmpty();
        await TakesAMillionRowsAsync(cast.Administrator.Api);
    }

    private static async Task TakesAMillionRowsAsync(HttpClient api)
    {
        var text = new StringBuilder("name,domain\n", 24_000_000);
        for (var i = 0; i < 1_000_000; i++) text.Append("Row ").Append(i).Append(",r").Append(i).Append(".example\n");
        using var content = new StringContent(text.ToString(), Encoding.UTF8, "text/csv");
        using var answer = await api.PostAsync("/api/v1/imports/?kind=accounts&name=million.csv", content);
        var import = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode).ShouldBe(201, import.ToJsonString());
        ((int)import["rows"]!).ShouldBe(1_000_000);
    }

    // Whatever was taken comes back as a file, never as a page of ours.
    private static async Task<List<string>> DownloadsAsync(Cast cast)
    {
        var faults = new List<string>();
        foreach (var visitor in (Visitor[])[cast.Administrator, cast.Brightpath])
            foreach (var route in Route.All(cast.App.Services).Where(r => r.IsPage && visitor.May(r) && !visitor.IsStrangerTo(r)))
                foreach (var address in await cast.OwnAddressesAsync(route, visitor, BriefRun.IsOn ? 1 : 2))
                    foreach (var link in (await Forms.ReadAsync(visitor.Pages, address))?.QuerySelectorAll("a[href*='/file'][href^='/']").Select(a => a.GetAttribute("href")!).Distinct() ?? [])
                    {
                        using var answer = await visitor.Pages.GetAsync(link, HttpCompletionOption.ResponseHeadersRead);
                        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType == "text/html" && answer.Content.Headers.ContentDisposition is null && answer.RequestMessage!.RequestUri!.AbsolutePath != link) continue;
                        if (answer.Content.Headers.ContentDisposition is null && answer.Content.Headers.ContentType?.MediaType != "text/html") faults.Add($"{link} is shown instead of saved: {answer.Content.Headers.ContentType}");
                        if (!answer.Headers.TryGetValues("X-Content-Type-Options", out var options) || options.Single() != "nosniff") faults.Add($"{link} may be taken for what it is not");
                    }

        return faults;
    }

    private static async Task<HttpResponseMessage> TimedAsync(Func<Task<HttpResponseMessage>> send, string what, List<string> faults)
    {
        var (watch, before) = (Stopwatch.StartNew(), GC.GetTotalMemory(false));
        var answer = await send();
        if (watch.Elapsed > Longest) faults.Add($"{what} takes {watch.Elapsed.TotalSeconds:0} s");
        if (GC.GetTotalMemory(false) - before > MostMemory) faults.Add($"{what} takes {(GC.GetTotalMemory(false) - before) / 1_000_000} MB");
        return answer;
    }
}
