using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Deals.Web;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Life;

/// <summary>What was kept of a form that is being typed.</summary>
internal sealed record KeptDraft(DealId Draft, long Version);

/// <summary>The routes behind the pages: drafts kept while somebody types, downloads.</summary>
internal static class LifeWeb
{
    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapPatch("/portal/deals/drafts/{id?}", KeepAsync).Requires(DealsPermissions.Register).WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        web.MapGet("/portal/deals/uploads/{id}/refused.csv", UploadPages.WriteRefusedAsync).Requires(DealsPermissions.Register).ExcludeFromDescription();
        Intake.IntakeList.Web(web);
        web.MapGet("/portal/deals/upload-template.csv", TemplateAsync).Requires(DealsPermissions.Register).ExcludeFromDescription();
    }

    /// <summary>
    /// Keeps what stands in the form. An amount or a date that is only half typed is left out rather than refused: the form itself has it, and is
    /// checked when it is sent.
    /// </summary>
    private static async Task<IResult> KeepAsync(string? id, [FromForm] IFormCollection form, HttpContext http, Work work, CustomFields own, SaveDraft save, Plans.LinkTarget link, CancellationToken ct)
    {
        string? Value(string name) => form[$"Input.{name}"].ToString() is { Length: > 0 } text ? text : null;
        var typed = new DealForm
        {
            CustomerName = Value("CustomerName"), CustomerDomain = Value("CustomerDomain"), Country = Value("Country"), Product = Value("Product"), Amount = Value("Amount"),
            ExpectedClose = Value("ExpectedClose"), CustomerCity = Value("CustomerCity"), CustomerTaxNumber = Value("CustomerTaxNumber"), ContactName = Value("ContactName"), ContactEmail = Value("ContactEmail"), WorkDone = Value("WorkDone"), NextStep = Value("NextStep"), Currency = Value("Currency"), Motion = Value("Motion"),
        };
        var fields = typed.Read(work.Actor.Currency, new Check());
        if (!System.Net.Mail.MailAddress.TryCreate(fields.ContactEmail, out _)) fields = fields with { ContactEmail = null };
        fields = fields with { Own = await OwnAsync(http, own, ct) };
        DealId? draft = id is null ? null : Ids.Parse<DealId>(id) ?? default(DealId);
        var kept = await save.RunAsync(new DraftInput(draft, fields, long.TryParse(Value("Version"), out var version) ? version : null, Ids.Parse<PartnerId>(Value("For")), Ids.Parse<DealId>(Value("Renews"))), ct);
        if (kept.Ok && draft is null) await link.OfAsync(Value("Target"), kept.Value, ct);
        return (await kept.ThenAsync(work, ct)).ToOk();
    }

    // Of the custom fields those that the form has, and none that is half typed.
    private static async Task<IReadOnlyDictionary<string, string?>> OwnAsync(HttpContext http, CustomFields own, CancellationToken ct)
    {
        var shown = (await own.WritableAsync("deals", ct)).Where(f => http.Request.Form.Keys.Any(k => k.Split('.') is [_, var key, ..] && key == f.Key && k.StartsWith(FieldWish.Prefix, StringComparison.Ordinal))).ToList();
        var typed = FieldInputs.Posted(http, shown);
        return shown.Where(f => FieldRules.Read(f, typed[f.Key]).Ok).ToDictionary(f => f.Key, f => typed[f.Key]);
    }

    private static async Task<Result<KeptDraft>> ThenAsync(this Result<DealId> kept, Work work, CancellationToken ct)
    {
        if (!kept.Ok) return kept.Problem;
        var deal = await DealPage.FindAsync(work, kept.Value, ct);
        return deal.Then<KeptDraft>(d => new KeptDraft(d.Id, d.Version));
    }

    private static async Task TemplateAsync(HttpContext http, CustomFields own, CancellationToken ct)
    {
        var asked = await own.WritableAsync("deals", ct);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"registrations.csv\"";
        await Csv.WriteAsync(http.Response.Body, [.. UploadSheet.Names.Keys.Select(n => char.ToUpperInvariant(n[0]) + n[1..]), .. asked.Select(f => f.Label)], AsyncEnumerable.Empty<IReadOnlyList<string?>>(), ct);
    }
}
