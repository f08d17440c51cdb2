using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Handovers.Push;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Handovers;

/// <summary>What handovers add to the module.</summary>
internal static class HandoversSetup
{
    public static void AddHandovers(this IServiceCollection services)
    {
        services.AddNotificationKinds(HandoverNews.Failed);
        services.AddScoped<ConnectSystem>();
        services.AddScoped<QueueHandovers>();
        services.AddScoped<TakeHandovers>();
        services.AddScoped<FinishHandover>();
        services.AddScoped<FailHandover>();
        services.AddScoped<RetryHandover>();
        services.AddScoped<SkipHandover>();
        services.AddSingleton<PushSecrets>();
        services.AddSingleton<PushSender>();
        services.AddScoped<TakeForPush>();
        services.AddScoped<NoteAttempt>();
        services.AddScoped<SetPushAddress>();
        services.AddScoped<RotatePushSecret>();
        services.AddScoped<SendTest>();
        services.AddScoped<ReplayHandovers>();
    }

    public static Manifest WithHandovers(this Manifest manifest) => manifest
        .Permits(HandoverPermissions.View, HandoverPermissions.Work, HandoverPermissions.Connect)
        .Lives(Handover.Machine)
        .Hears<DealChanged, UpdateOfChange>()
        .Hears<DealEnded, UpdateOfEnd>()
        .Hears<DealWon, UpdateOfWin>()
        .Hears<DealTransferred, UpdateOfTransfer>()
        .Hears<DealMemberJoined, UpdateOfMember>()
        .Hears<DealDecided, UpdateOfDecision>(d => !d.AtOnce)
        .Hears<DealExtended, UpdateOfExtension>()
        .Hears<AccountsRenamed, UpdateOfAccount>()
        .Every<QueueHandoversJob>("deals.handovers", TimeSpan.FromMinutes(1))
        .Every<PushHandovers>("deals.push_handovers", TimeSpan.FromSeconds(20))
        .Every<ForgetAttempts>("deals.forget_attempts", TimeSpan.FromDays(1))
        .Every<CloseByCrm>("deals.close_by_crm", TimeSpan.FromMinutes(10))
        .Shows(new NavItem("app", "Deals", "Handovers", "/app/deals/handovers", "transfer-out", HandoverPermissions.View, 218));
}

/// <summary>The list as a file, with what a person needs to enter a deal by hand.</summary>
internal static class HandoversWeb
{
    private static readonly string[] Header =
        ["Handover", "System", "Status", "Number", "Deal", "Customer", "Customer’s web site", "Country", "City", "Tax number", "Account in the CRM", "Contact", "Contact’s e-mail", "Partner", "Distributor", "Product", "Amount", "Won amount", "Currency", "Expected close", "Opportunity", "Protected until", "Note", "Deal update"];

    public static void Map(IEndpointRouteBuilder web) => web.MapGet("/app/deals/handovers.csv", Export).Requires(HandoverPermissions.Work).ExcludeFromDescription();

    private static Task Export([AsParameters] HandoverQuery query, HttpContext http, Work work)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"handovers.csv\"";
        return Csv.WriteAsync(http.Response.Body, Header, LinesAsync(work, query, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, HandoverQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var paging = new Paging(null, 100);
        string? cursor = null;
        do
        {
            var page = await HandoverList.PageAsync(work, query with { Cursor = cursor, Size = paging.Rows }, ct);
            var documents = (await HandoverDocuments.OfAsync(work, [.. page.Items.Select(l => l.Id)], ct)).ToDictionary(d => d.Handover);
            foreach (var line in page.Items) yield return Cells(line, documents[line.Id]);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string?[] Cells(HandoverLine line, HandoverDocument d) =>
    [
        line.Id.ToString(), Web.HandoverLook.Label(line.System), Web.HandoverLook.Label(line.State), line.Number, d.Title, d.Customer.Name, d.Customer.Domain, d.Customer.Country, d.Customer.City, d.Customer.TaxNumber,
        d.Customer.ExternalId, d.ContactName, d.ContactEmail, d.Partner.Name, d.Distributor, d.ProductName, Major(d.Amount, d.Currency), d.WonAmount is { } won ? Major(won, d.Currency) : null, d.Currency,
        Day(d.ExpectedClose), d.Opportunity, Day(d.ProtectedUntil), line.Note, line.Revision == 0 ? null : line.Revision.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Major(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
