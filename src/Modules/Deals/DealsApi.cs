using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>A registration over the API; <c>Draft</c> keeps it without submitting, <c>For</c> is the reseller for which a distributor registers.</summary>
internal sealed record NewDeal(
    string CustomerName, string? CustomerDomain, string? Country, ProductId? Product, long? Amount, DateOnly? ExpectedClose,
    string? ContactName, string? ContactEmail, string? WorkDone, string? NextStep, bool Draft = false,
    string? CustomerCity = null, string? CustomerTaxNumber = null, string? Currency = null, Dictionary<string, string?>? Fields = null, Motion? Motion = null, PartnerId? For = null)
{
    /// <summary>What the partner says; custom fields stand in <see cref="Fields"/> by key.</summary>
    public DealFields Said() => new()
    {
        CustomerName = CustomerName, CustomerDomain = CustomerDomain, Country = Country, Product = Product, Amount = Amount, Currency = Currency, ExpectedClose = ExpectedClose,
        ContactName = ContactName, ContactEmail = ContactEmail, WorkDone = WorkDone, NextStep = NextStep, CustomerCity = CustomerCity, CustomerTaxNumber = CustomerTaxNumber,
        Motion = Motion, Own = Fields,
    };
}

internal sealed record ApproveBody(int? Days = null, AccountId? Account = null, string? Note = null, bool NewCustomer = false);

internal sealed record RefuseBody(ReasonCode? Reason, string? Text = null);

internal sealed record TextBody(string? Text);

internal sealed record ConvertBody(OpportunityId? Opportunity);

internal sealed record WinBody(long? Amount, DateOnly? On = null);

internal sealed record InviteBody(PartnerId? Partner, string? Domain, DealRole? Role, int? ShareBasisPoints, int? WorkBasisPoints = null, DealVisibility? Visibility = null);

internal sealed record AnswerBody(bool Accept, string? Hash = null);

internal sealed record CommentBody(string? Text, CommentAudience? Audience = null);

internal sealed record DealQuery(string? View, string? State, string? Partner, string? Product, string? Account, string? Q, string? Sort, string? Cursor, int? Size, string? Motion = null)
{
    public DealFilter Filter => new()
    {
        View = Words.Parse<DealView>(View) ?? DealView.All, State = Words.Parse<DealState>(State), Partner = Ids.Parse<PartnerId>(Partner),
        Product = Ids.Parse<ProductId>(Product), Account = Ids.Parse<AccountId>(Account), Motion = Words.Parse<Motion>(Motion), Search = Q, Sort = Sort,
    };
}

internal static class DealsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        deals.MapGet("", ListAsync).WithName("ListDeals").WithSummary("Deals, newest first").Produces<Page<DealLine>>().Requires(DealsPermissions.View);
        deals.MapPost("", CreateAsync).WithName("RegisterDeal").WithSummary("Register a deal, or keep a draft").Produces<DealDetail>(201).ProducesProblem(409).ProducesProblem(422).Requires(DealsPermissions.Register);
        deals.MapGet("/holders", HoldersAsync).WithName("ListDealHolders").WithSummary("For whom a registration may be made, and the motions that it may name").Produces<IReadOnlyList<Holder>>().Requires(DealsPermissions.Register);
        deals.MapGet("/{id}", GetAsync).WithName("GetDeal").WithSummary("One deal").Produces<DealDetail>().ProducesProblem(404).Requires(DealsPermissions.View);
        deals.MapPatch("/{id}", PatchAsync).WithName("ChangeDraft").WithSummary("Change a draft; fields that are left out become empty").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapGet("/{id}/decision", DecisionAsync).WithName("GetDecision").WithSummary("What the rules decided and why").Produces<DecisionDetail>().ProducesProblem(404).Requires(DealsPermissions.View);
        deals.MapPost("/{id}/submit", SubmitAsync).WithName("SubmitDeal").WithSummary("Register a draft").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/approve", ApproveAsync).WithName("ApproveDeal").WithSummary("Approve a registration in review").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Decide);
        deals.MapPost("/{id}/refuse", RefuseAsync).WithName("RefuseDeal").WithSummary("Refuse a registration").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Decide);
        deals.MapPost("/{id}/return", ReturnAsync).WithName("ReturnDeal").WithSummary("Return a registration for information").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Decide);
        deals.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerDeal").WithSummary("Answer what was asked").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawDeal").WithSummary("Withdraw a registration").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/revoke", RevokeAsync).WithName("RevokeDeal").WithSummary("Revoke a protection").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Revoke);
        deals.MapPost("/{id}/convert", ConvertAsync).WithName("ConvertDeal").WithSummary("Link the opportunity").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Close);
        deals.MapPost("/{id}/win", WinAsync).WithName("WinDeal").WithSummary("Mark a deal as won").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Close);
        deals.MapPost("/{id}/lose", LoseAsync).WithName("LoseDeal").WithSummary("Mark a deal as lost").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Close);
        deals.MapPost("/{id}/correct", CorrectAsync).WithName("CorrectDeal").WithSummary("Take back a win that was none").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Correct);
        deals.MapPost("/{id}/members", InviteAsync).WithName("InviteToDeal").WithSummary("Invite a partner to the deal team").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Team);
        deals.MapGet("/{id}/team/matches", MatchesAsync).WithName("ListTeamMatches").WithSummary("Partners whose territories, industries and competencies fit the deal, with the reasons").Produces<IReadOnlyList<Coalitions.TeamMatch>>().ProducesProblem(404).Requires(DealsPermissions.Team);
        deals.MapPost("/{id}/invitation", AnswerInvitationAsync).WithName("AnswerInvitation").WithSummary("Accept or decline an invitation").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/comments", CommentAsync).WithName("CommentDeal").WithSummary("Write a comment").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Comment);
        Conflicts.ConflictsApi.Map(api);
        Distributors.DistributorsApi.Map(api);
        Transfers.TransfersApi.Map(api);
        Handovers.HandoversApi.Map(api);
        api.MapGet("/rules", RulesAsync).WithTags("Deals").WithName("GetRules").WithSummary("The rules of engagement in force").Produces<RulesDetail>().ProducesProblem(404).Requires(DealsPermissions.ViewRules);
        api.MapPost("/rules", PublishAsync).WithTags("Deals").WithName("PublishRules").WithSummary("Publish a version of the rules past draft and simulation, with a reason").Produces<RulesDetail>(201).ProducesProblem(422).Requires(DealsPermissions.PublishUnsimulated);
    }

    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> MatchesAsync(DealId id, Work work, CancellationToken ct) => (await Coalitions.TeamMatches.OfDealAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ListAsync([AsParameters] DealQuery query, HttpContext http, CustomFields fields, Work work, CancellationToken ct) =>
        Results.Json(await fields.TellAsync("deals", await DealList.FindAsync(work, query.Filter with { Fields = await fields.ConditionsAsync("deals", FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync("deals", query.Sort, ct) }, new Paging(query.Cursor, query.Size ?? 50), ct), l => l.Id.ToString(), Named, ct), Json.Options);

    private static DealLine Named(DealLine line, IReadOnlyDictionary<string, string?> own)
    {
        line.Fields = own;
        return line;
    }

    private static async Task<IResult> GetAsync(DealId id, Work work, CustomFields fields, CancellationToken ct)
    {
        var found = await DealPage.FindAsync(work, id, ct);
        return found.Ok ? (found.Value with { Fields = await fields.TellAsync("deals", id.ToString(), ct) }).Told() : found.ToOk();
    }

    private static async Task<IResult> HoldersAsync(Work work, CancellationToken ct) => Results.Json(await Distribution.HoldersAsync(work, ct), Json.Options);

    private static async Task<IResult> DecisionAsync(DealId id, Work work, CancellationToken ct) => (await DecisionPage.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CreateAsync(NewDeal body, Work work, Register register, SaveDraft save, CancellationToken ct)
    {
        var made = body.Draft ? await save.RunAsync(new DraftInput(null, body.Said(), For: body.For), ct) : await register.RunAsync(new RegisterInput(body.Said(), For: body.For), ct);
        if (!made.Ok) return made.Problem.ToResult();
        return (body.For is null && register.Registered is { } begun ? await DealPage.BegunAsync(work, begun, ct) : await DealPage.FindAsync(work, made.Value, ct)).ToCreated(d => $"/api/v1/deals/{d.Id}");
    }

    private static async Task<IResult> PatchAsync(DealId id, NewDeal body, HttpContext http, Work work, SaveDraft save, CancellationToken ct) =>
        (await ShowAsync(await save.RunAsync(new DraftInput(id, body.Said(), Seen(http), body.For), ct), work, ct)).ToOk();

    private static async Task<IResult> SubmitAsync(DealId id, HttpContext http, Work work, Register register, CancellationToken ct) =>
        (await ShowAsync(await register.RunAsync(new RegisterInput(null, id, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ApproveAsync(DealId id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ApproveBody? body, HttpContext http, Work work, Approve approve, CancellationToken ct) =>
        (await ShowAsync(await approve.RunAsync(new ApproveInput(id, body?.Days, body?.Account, body?.Note, Seen(http), body?.NewCustomer ?? false), ct), work, ct)).ToOk();

    private static async Task<IResult> RefuseAsync(DealId id, RefuseBody body, HttpContext http, Work work, Refuse refuse, CancellationToken ct) =>
        (await ShowAsync(await refuse.RunAsync(new RefuseInput(id, body.Reason, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> RevokeAsync(DealId id, RefuseBody body, HttpContext http, Work work, Revoke revoke, CancellationToken ct) =>
        (await ShowAsync(await revoke.RunAsync(new RefuseInput(id, body.Reason, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ReturnAsync(DealId id, TextBody body, HttpContext http, Work work, ReturnForInformation act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> AnswerAsync(DealId id, TextBody body, HttpContext http, Work work, AnswerInformation act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> WithdrawAsync(DealId id, TextBody body, HttpContext http, Work work, Withdraw act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> LoseAsync(DealId id, TextBody body, HttpContext http, Work work, Lose act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ConvertAsync(DealId id, ConvertBody body, HttpContext http, Work work, Convert act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new ConvertInput(id, body.Opportunity, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> WinAsync(DealId id, WinBody body, HttpContext http, Work work, Win act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WinInput(id, body.Amount, body.On, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> CorrectAsync(DealId id, TextBody body, HttpContext http, Work work, CorrectWin act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> InviteAsync(DealId id, InviteBody body, HttpContext http, Work work, InviteMember act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new InviteInput(id, body.Partner, body.Domain, body.Role, body.ShareBasisPoints) { WorkBasisPoints = body.WorkBasisPoints, Visibility = body.Visibility, Version = Seen(http) }, ct), work, ct)).ToOk();

    private static async Task<IResult> AnswerInvitationAsync(DealId id, AnswerBody body, HttpContext http, Work work, AnswerInvitation act, CancellationToken ct) =>
        await act.RunAsync(new InvitationAnswer(id, body.Accept, body.Hash, Seen(http)), ct) is { Ok: false } refused ? refused.Problem!.ToResult()
            : body.Accept ? (await DealPage.FindAsync(work, id, ct)).ToOk() : Results.NoContent();

    private static async Task<IResult> CommentAsync(DealId id, CommentBody body, HttpContext http, Work work, AddComment act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new CommentInput(id, body.Text, body.Audience, Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> RulesAsync(int? version, Work work, CancellationToken ct) => (await RulesPage.FindAsync(work, version, ct)).ToOk();

    private static async Task<IResult> PublishAsync(UnsimulatedRules body, Work work, PublishUnsimulated publish, CancellationToken ct)
    {
        var published = await publish.RunAsync(body, ct);
        if (!published.Ok) return published.Problem.ToResult();
        var number = (await work.Db.Set<RuleSet>().FindAsync([work.Tenant, published.Value], ct))!.Number;
        return (await RulesPage.FindAsync(work, number, ct)).ToCreated(_ => $"/api/v1/rules?version={number}");
    }

    private static async Task<Result<DealDetail>> ShowAsync(Result<DealId> done, Work work, CancellationToken ct) =>
        done.Ok ? await DealPage.FindAsync(work, done.Value, ct) : done.Problem;

    // If-Match: "3". What is no version of ours matches none.
    internal static long? Seen(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        if (header.Length == 0 || header == "*") return null;
        return long.TryParse(header.Trim('"'), out var version) ? version : -1;
    }
}
