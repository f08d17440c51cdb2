using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>The API of rates, and what they add to the module.</summary>
internal static class RatesApi
{
    /// <summary>A rate as the API takes it; the rate is text, so that no digit is lost on the way.</summary>
    internal sealed record RateBody(string? From, string? To, DateOnly? Day, string? Rate);

    public static void AddRates(this IServiceCollection services)
    {
        services.AddScoped<EnterRates>();
        services.AddScoped<RemoveRate>();
    }

    public static Manifest AddRates(this Manifest manifest) => manifest
        .Permits(IdentityPermissions.ManageRates)
        .Runs<RevalueRecords>(RevalueRecords.Kind)
        .Shows(new NavItem("app", "Administration", "Currencies and rates", "/app/settings/currencies", "coins", IdentityPermissions.ManageRates, 903))
        .Offers(new Offer("app", "Enter an exchange rate", "/app/settings/currencies", "coins", IdentityPermissions.ManageRates, "currency euro dollar import"));

    public static void Map(IEndpointRouteBuilder api)
    {
        var rates = api.MapGroup("/rates").WithTags("Settings").ProducesProblem(403);
        rates.MapGet("/", ListAsync).WithName("ListRates").WithSummary("Exchange rates, newest first").Produces<RateItem[]>().Requires(IdentityPermissions.ManageRates);
        rates.MapPost("/", EnterAsync).WithName("EnterRate").WithSummary("Enter the rate of a day").Produces<RatesKept>(201).ProducesProblem(422).Requires(IdentityPermissions.ManageRates);
        rates.MapPost("/import", ImportAsync).WithName("ImportRates").WithSummary("Import a CSV file: from, to, date and rate, or the layout of the European Central Bank; the body is the file")
            .Accepts<IFormFile>("text/csv").Produces<RatesKept>().ProducesProblem(422).Requires(IdentityPermissions.ManageRates);
        rates.MapDelete("/{from}/{to}/{day}", RemoveAsync).WithName("RemoveRate").WithSummary("Take a rate out").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageRates);
    }

    public static void Web(IEndpointRouteBuilder web) =>
        web.MapGet("/app/settings/currencies/export.csv", ExportAsync).Requires(IdentityPermissions.ManageRates).ExcludeFromDescription();

    /// <summary>The text of an uploaded file, UTF-8; more than is taken is refused.</summary>
    public static async Task<Result<string>> TextAsync(Stream content, CancellationToken ct)
    {
        var (kept, buffer) = (new MemoryStream(), new byte[65536]);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > RateFile.MostBytes) return Problem.Invalid("file", "The file is larger than 8 MB.");
        }

        var text = Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
        return Text.IsClean(text) ? text : Problem.Invalid("file", "This is no CSV text.");
    }

    private static async Task<IResult> ListAsync(Work work, string? currency, DateOnly? until, CancellationToken ct) => Results.Json(await RateList.FindAsync(work, currency, until, ct), Json.Options);

    private static async Task<IResult> EnterAsync(EnterRates enter, RateBody body, CancellationToken ct)
    {
        var rate = RateFile.Check(body.From, body.To, body.Day, body.Rate);
        return rate.Ok ? (await enter.RunAsync(new RatesInput([rate.Value], "Entered by hand"), ct)).ToCreated(_ => "/api/v1/rates") : rate.Problem.ToResult();
    }

    private static async Task<IResult> ImportAsync(EnterRates enter, HttpRequest request, CancellationToken ct)
    {
        var text = await TextAsync(request.Body, ct);
        var rates = text.Then(RateFile.Read);
        return rates.Ok ? (await enter.RunAsync(new RatesInput(rates.Value, "Imported"), ct)).ToOk() : rates.Problem.ToResult();
    }

    private static async Task<IResult> RemoveAsync(RemoveRate remove, string from, string to, DateOnly day, CancellationToken ct) => (await remove.RunAsync(new RateKey(from, to, day), ct)).ToOk();

    private static async Task ExportAsync(HttpContext http, Work work, CancellationToken ct)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=rates.csv";
        await Csv.WriteAsync(http.Response.Body, ["from", "to", "date", "rate", "source"], RowsAsync(), ct);

        async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync()
        {
            await foreach (var r in RateList.All(work).WithCancellation(ct))
                yield return [r.From, r.To, r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.Rate.ToString("0.0##########", CultureInfo.InvariantCulture), r.Source];
        }
    }
}
