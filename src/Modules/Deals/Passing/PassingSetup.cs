using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Passing;

/// <summary>What leads add to the module.</summary>
internal static class PassingSetup
{
    public static void AddPassing(this IServiceCollection services)
    {
        services.AddNotificationKinds(LeadNews.All);
        services.AddScoped<LeadMail>();
        services.AddScoped<LeadReceipts>();
        services.AddScoped<Passer>();
        services.AddScoped<PassLead>();
        services.AddScoped<OfferNext>();
        services.AddScoped<PassToVendor>();
        services.AddScoped<AnswerLead>();
        services.AddScoped<ReturnLead>();
        services.AddScoped<DecideLead>();
        services.AddScoped<WithdrawLead>();
        services.AddScoped<RegisterLead>();
        services.AddScoped<FollowRegistration>();
        services.AddScoped<ConvertLead>();
        services.AddScoped<LapseLead>();
        services.AddScoped<ForgetContacts>();
        services.AddScoped<KeepPassingRules>();
        services.AddScoped<PublishPassingRules>();
        services.AddScoped<DiscardPassingRules>();
        services.AddScoped<ISearchSource, LeadSearch>();
        services.AddScoped<IAccountPanel, AccountLeadsPanel>();
    }

    public static Manifest WithPassing(this Manifest manifest) => manifest
        .Permits(PassingPermissions.All)
        .Lives(LeadLifecycle.Machine)
        .Lives(PassingRules.Machine)
        .Every<LapseLeads>("deals.lapse_leads", TimeSpan.FromMinutes(15))
        .Hears<DealRegistered, LeadOnRegistered>(d => d.OfLead)
        .Hears<DealDecided, LeadOnDecided>(d => !d.AtOnce)
        .Hears<DealEnded, LeadOnEnded>()
        .Hears<DealChanged, LeadOnChanged>()
        .Shows(new NavItem("app", "Deals", "Leads", "/app/leads", "send", PassingPermissions.View, 209))
        .Shows(new NavItem("app", "Deals", "Rules of passing leads", "/app/leads/rules", "gavel", DealsPermissions.ViewRules, 222))
        .Shows(new NavItem("portal", "", "Leads", "/portal/leads", "send", PassingPermissions.View, 22))
        .Offers(
            new Offer("app", "Pass a lead", "/app/leads/new", "send", PassingPermissions.Pass, "lead referral hand over customer interest"),
            new Offer("portal", "Pass a lead to the vendor", "/portal/leads/new", "send", PassingPermissions.Refer, "referral refer lead customer interest"));
}

/// <summary>The leads of a customer, on the page of its account.</summary>
internal sealed class AccountLeadsPanel : IAccountPanel
{
    public string Title => "Leads";
    public int Order => 12;
    public Permission? Permission => PassingPermissions.View;
    public Type Component => typeof(Web.AccountLeads);
}

internal sealed record LeadAnswerBody(DeclineReason? Reason = null, string? Text = null);

internal sealed record LeadDecisionBody(bool Accept, ReasonCode? Refusal = null, string? Text = null);

internal sealed record LeadPartnerBody(PartnerId? Partner);

internal sealed record LeadConversionBody(OpportunityId? Opportunity = null);

/// <summary>A lead over the API: for the vendor with the partner that shall have it, from a partner without.</summary>
internal sealed record NewLeadBody(string? CustomerName, string? Country, string? Need, PartnerId? Partner = null, string? CustomerDomain = null, string? CustomerCity = null, string? ContactName = null, string? ContactEmail = null,
    ProductId? Product = null, long? Amount = null, string? Currency = null)
{
    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Fields { get; init; }

    public Interest Interest => new()
    {
        CustomerName = CustomerName ?? "", CustomerDomain = CustomerDomain, CustomerCity = CustomerCity, Country = Country, ContactName = ContactName, ContactEmail = ContactEmail, Product = Product, Need = Need ?? "",
        Amount = Amount, Currency = Text.OrNull(Currency), Fields = Fields,
    };
}

/// <summary>Leads and the rules of passing them over the API: a partner's token sees what its portal shows.</summary>
internal static class PassingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/leads").WithTags("Leads").ProducesProblem(401).ProducesProblem(403);
        leads.MapGet("", ListAsync).WithName("ListLeads").WithSummary("Leads that were passed on, newest first; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<LeadLine>>().ProducesProblem(422).Requires(PassingPermissions.View);
        leads.MapPost("", PassAsync).WithName("PassLead").WithSummary("Pass a lead to a partner").Produces<LeadDetail>(201).Refuses().Requires(PassingPermissions.Pass);
        leads.MapPost("/to-vendor", ReferAsync).WithName("PassLeadToVendor").WithSummary("Pass a lead to the vendor").Produces<LeadDetail>(201).Refuses().Requires(PassingPermissions.Refer);
        leads.MapPost("/candidates", CandidatesAsync).WithName("FindLeadPartners").WithSummary("Which partners the rules allow for a lead, best first; nothing is stored").Produces<IReadOnlyList<Candidate>>().ProducesProblem(422).Requires(PassingPermissions.Pass);
        leads.MapGet("/{id}", GetAsync).WithName("GetLead").WithSummary("One lead").Produces<LeadDetail>().ProducesProblem(404).Requires(PassingPermissions.View);
        leads.MapPost("/{id}/accept", AcceptAsync).WithName("AcceptLead").WithSummary("Accept a lead, for the partner").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Answer);
        leads.MapPost("/{id}/decline", DeclineAsync).WithName("DeclineLead").WithSummary("Decline a lead, for the partner").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Answer);
        leads.MapPost("/{id}/return", ReturnAsync).WithName("ReturnLead").WithSummary("Give an accepted lead back").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Answer);
        leads.MapPost("/{id}/register", RegisterAsync).WithName("RegisterLead").WithSummary("Begin the registration of an accepted lead: a draft").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        leads.MapPost("/{id}/decide", DecideAsync).WithName("DecideLead").WithSummary("Decide on a lead that the rules leave to a person").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Decide);
        leads.MapPost("/{id}/convert", ConvertAsync).WithName("ConvertLead").WithSummary("Make an opportunity of a partner’s lead").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Decide);
        leads.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawLead").WithSummary("Take an offer or an accepted lead back").Produces<LeadDetail>().Refuses().Requires(PassingPermissions.Pass);
        leads.MapPost("/{id}/next", NextAsync).WithName("OfferLeadNext").WithSummary("Offer a lead that came back to the next partner").Produces<LeadDetail>(201).Refuses().Requires(PassingPermissions.Pass);
        var rules = api.MapGroup("/passing-rules").WithTags("Leads").ProducesProblem(401).ProducesProblem(403);
        rules.MapGet("", RulesAsync).WithName("GetPassingRules").WithSummary("The rules of passing leads: the version in force, or the asked one").Produces<PassingDetail>().ProducesProblem(404).Requires(DealsPermissions.ViewRules);
        rules.MapPut("/draft", KeepAsync).WithName("KeepPassingRules").WithSummary("Keep the draft of the rules, as text").Produces<PassingDetail>().Refuses().Requires(DealsPermissions.EditRules);
        rules.MapPost("/draft/publish", PublishAsync).WithName("PublishPassingRules").WithSummary("Publish the draft").Produces<PassingDetail>().Refuses().Requires(DealsPermissions.PublishRules);
        rules.MapDelete("/draft", DiscardAsync).WithName("DiscardPassingRules").WithSummary("Throw the draft away").Produces(204).Refuses().Requires(DealsPermissions.EditRules);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> ListAsync([AsParameters] LeadQuery query, HttpContext http, Work work, CustomFields fields, CancellationToken ct) =>
        Results.Json(await fields.TellAsync(LeadRecords.Name, await LeadList.PageAsync(work, await query.AskingAsync(fields, http, ct), ct), l => l.Id.ToString(), (l, own) => l with { Fields = own }, ct), Json.Options);

    private static async Task<IResult> GetAsync(LeadId id, Work work, CustomFields fields, CancellationToken ct)
    {
        var found = await LeadList.FindAsync(work, id, ct);
        return (found.Ok ? found.Value with { Line = found.Value.Line with { Fields = await fields.TellAsync(LeadRecords.Name, id.ToString(), ct) } } : found).ToOk();
    }

    private static async Task<IResult> PassAsync(NewLeadBody body, Work work, PassLead pass, CancellationToken ct) => (await ShowAsync(await pass.RunAsync(new PassInput(body.Interest, body.Partner), ct), work, ct)).ToCreated(l => $"/api/v1/leads/{l.Line.Id}");

    private static async Task<IResult> ReferAsync(NewLeadBody body, Work work, PassToVendor pass, CancellationToken ct) => (await ShowAsync(await pass.RunAsync(body.Interest, ct), work, ct)).ToCreated(l => $"/api/v1/leads/{l.Line.Id}");

    private static async Task<IResult> CandidatesAsync(NewLeadBody body, Work work, CancellationToken ct)
    {
        if (work.Actor.IsPartner) return PassingProblems.VendorOnly().ToResult();
        if (body.Interest.Check(new Check()).Problem is { } problem) return problem.ToResult();
        return Results.Json(await Candidates.FindAsync(work, await PassingCases.CustomerAsync(work, body.Interest, null, ct), ct), Json.Options);
    }

    private static async Task<IResult> AcceptAsync(LeadId id, HttpContext http, Work work, AnswerLead act, CancellationToken ct) => (await ShowAsync(await act.RunAsync(new LeadAnswer(id, true, Version: DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> DeclineAsync(LeadId id, LeadAnswerBody body, HttpContext http, Work work, AnswerLead act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new LeadAnswer(id, false, body.Reason, body.Text, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ReturnAsync(LeadId id, LeadAnswerBody body, HttpContext http, Work work, ReturnLead act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new LeadAnswer(id, false, body.Reason, body.Text, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> RegisterAsync(LeadId id, Work work, RegisterLead act, CancellationToken ct)
    {
        var made = await act.RunAsync(id, ct);
        return (made.Ok ? await DealPage.FindAsync(work, made.Value, ct) : made.Problem).ToOk();
    }

    private static async Task<IResult> DecideAsync(LeadId id, LeadDecisionBody body, HttpContext http, Work work, DecideLead act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new LeadDecision(id, body.Accept, body.Refusal, body.Text, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ConvertAsync(LeadId id, LeadConversionBody body, HttpContext http, Work work, ConvertLead act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new LeadConversion(id, body.Opportunity, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> WithdrawAsync(LeadId id, TextBody body, HttpContext http, Work work, WithdrawLead act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new LeadDecision(id, false, Text: body.Text, Version: DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> NextAsync(LeadId id, LeadPartnerBody body, Work work, OfferNext act, CancellationToken ct) => (await ShowAsync(await act.RunAsync(new NextInput(id, body.Partner), ct), work, ct)).ToCreated(l => $"/api/v1/leads/{l.Line.Id}");

    private static async Task<IResult> RulesAsync(int? version, Work work, CancellationToken ct) => (await PassingBook.FindAsync(work, version, ct)).ToOk();

    private static async Task<IResult> KeepAsync(PassingDraftInput body, Work work, KeepPassingRules keep, CancellationToken ct) => await RulesAfterAsync(await keep.RunAsync(body, ct), work, ct);

    private static async Task<IResult> PublishAsync(PassingPublication body, Work work, PublishPassingRules publish, CancellationToken ct) => await RulesAfterAsync(await publish.RunAsync(body, ct), work, ct);

    private static async Task<IResult> DiscardAsync(DiscardPassingRules discard, CancellationToken ct) => await discard.RunAsync(new PassingPublication(), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> RulesAfterAsync(Result<PassingRulesId> done, Work work, CancellationToken ct) => (done.Ok ? await PassingBook.FindAsync(work, null, ct) : done.Problem).ToOk();

    private static async Task<Result<LeadDetail>> ShowAsync(Result<LeadId> done, Work work, CancellationToken ct) => done.Ok ? await LeadList.FindAsync(work, done.Value, ct) : done.Problem;
}

/// <summary>The list as a file, and the rules as text.</summary>
internal static class PassingWeb
{
    private static readonly string[] Header = ["Lead", "Direction", "Customer", "Country", "Product", "Amount", "Currency", "Status", "Passed", "Passed by", "Answer by", "Minutes to answer", "Protected until"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/leads.csv", ExportAsync).Requires(PassingPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/leads.csv", ExportAsync).Requires(PassingPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/leads/rules.txt", RulesAsync).Requires(DealsPermissions.ViewRules).ExcludeFromDescription();
    }

    private static async Task<IResult> RulesAsync(int? version, Work work, CancellationToken ct) =>
        await PassingBook.FindAsync(work, version, ct) is { Ok: true, Value: var found } ? Results.Text(Rules.RuleFile.Write(found.Table), "text/plain; charset=utf-8") : Problem.Missing("version of the rules").ToResult();

    private static async Task ExportAsync([AsParameters] LeadQuery query, HttpContext http, Work work, CustomFields fields)
    {
        var ct = http.RequestAborted;
        var (asked, own) = (await query.AskingAsync(fields, http, ct), await fields.OfAsync(LeadRecords.Name, ct));
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"leads.csv\"";
        await Csv.WriteAsync(http.Response.Body, [.. Header, .. work.Actor.IsPartner ? [] : new[] { "Partner", "Turn" }, .. own.Select(f => f.Label)], LinesAsync(work, fields, own, asked, ct), ct);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, CustomFields fields, IReadOnlyList<CustomField> own, LeadQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var part in Paging.AllAsync(p => LeadList.PageAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)).Chunk(Paging.Most).WithCancellation(ct))
        {
            var table = own.Count == 0 ? FieldTable.Empty : await fields.TableAsync(LeadRecords.Name, part.Select(l => l.Id.ToString()), ct);
            foreach (var l in part)
            {
                string?[] cells =
                [
                    l.Id.ToString(), Words.Of(l.Direction), l.CustomerName, l.Country, l.ProductName, l.Amount is { } minor ? new Money(minor, l.Currency).Major.ToString(CultureInfo.InvariantCulture) : null, l.Currency,
                    LeadLifecycle.Label(l.State), At(l.PassedAt), l.PassedBy, At(l.AnswerBy), l.AnswerMinutes?.ToString(CultureInfo.InvariantCulture), l.ProtectedUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ];
                yield return [.. cells, .. work.Actor.IsPartner ? [] : new[] { l.PartnerName, l.Turn?.ToString(CultureInfo.InvariantCulture) }, .. own.Select(f => table.Cell(l.Id.ToString(), f))];
            }
        }
    }

    private static string? At(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
