using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Relations.Strength;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

internal sealed record RelationBody(RelationHolder? Holder, PartnerId? Partner = null, DateOnly? Since = null, string? Note = null, string? Seen = null);

internal sealed record ClaimBody(string? Basis, DateOnly? Since);

internal sealed record ClaimAnswerBody(bool Confirm, bool? Shared = null, string? Reason = null);

/// <summary>Customer relations over the API: a partner's token reads whether its own company holds one, never who else does.</summary>
internal static class RelationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/accounts/{id}/relation").WithTags("Customer relations").ProducesProblem(401).ProducesProblem(403);
        account.MapGet("", OfAccountAsync).WithName("GetAccountRelation").WithSummary("Who holds the relation with an account, with its history").Produces<AccountRelation>().ProducesProblem(404).Requires(RelationPermissions.ViewAll);
        account.MapPost("", SetAsync).WithName("SetAccountRelation").WithSummary("Say who holds the relation with an account from now on").Produces<AccountRelation>().Refuses().Requires(RelationPermissions.Set);
        api.MapGet("/accounts/{id}/relationship-strength", StrengthOfAccountAsync).WithTags("Customer relations").WithName("GetAccountStrength").WithSummary("The partners at an account by the strength of their relation").Produces<IReadOnlyList<StrengthLine>>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).Requires(RelationPermissions.ViewAll);
        api.MapGet("/partners/{id}/relationship-strength", StrengthOfPartnerAsync).WithTags("Customer relations").WithName("GetPartnerStrength").WithSummary("A partner’s customers by the strength of its relation").Produces<IReadOnlyList<StrengthLine>>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).Requires(RelationPermissions.View);
        var deal = api.MapGroup("/deals/{id}/relation").WithTags("Customer relations").ProducesProblem(401).ProducesProblem(403);
        deal.MapGet("", OfDealAsync).WithName("GetDealRelation").WithSummary("The customer relation of a deal, as far as you may see it").Produces<DealRelation>().ProducesProblem(404).Requires(RelationPermissions.View);
        deal.MapPost("/claims", ClaimAsync).WithName("ClaimRelation").WithSummary("Claim that your company holds the relation with the customer of its deal").Produces<ClaimLine>(201).Refuses().Requires(DealsPermissions.Register);
        var claims = api.MapGroup("/relation-claims").WithTags("Customer relations").ProducesProblem(401).ProducesProblem(403);
        claims.MapGet("", ClaimsAsync).WithName("ListRelationClaims").WithSummary("Claims of customer relations, newest first").Produces<Page<ClaimLine>>().Requires(RelationPermissions.View);
        claims.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerRelationClaim").WithSummary("Confirm or refuse a claim").Produces<ClaimLine>().Refuses().Requires(RelationPermissions.Set);
        claims.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawRelationClaim").WithSummary("Take a claim back").Produces<ClaimLine>().Refuses().Requires(DealsPermissions.Register);
    }

    private static async Task<IResult> OfAccountAsync(AccountId id, Work work, CancellationToken ct) => (await RelationPage.OfAccountAsync(work, id, ct)).ToOk();

    private static async Task<IResult> StrengthOfAccountAsync(AccountId id, Work work, CancellationToken ct) => (await StrengthList.OfAccountAsync(work, id, ct)).ToOk();

    private static async Task<IResult> StrengthOfPartnerAsync(PartnerId id, Work work, CancellationToken ct) => (await StrengthList.OfPartnerAsync(work, id, ct)).ToOk();

    private static async Task<IResult> SetAsync(AccountId id, RelationBody body, Work work, SetRelation set, CancellationToken ct)
    {
        var done = await set.RunAsync(new RelationInput(id, body.Holder, body.Partner, body.Since, body.Note, body.Seen), ct);
        return (done.Ok ? await RelationPage.OfAccountAsync(work, id, ct) : done.Problem).ToOk();
    }

    private static async Task<IResult> OfDealAsync(DealId id, Work work, CancellationToken ct) => (await RelationPage.OfDealAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ClaimsAsync([AsParameters] ClaimQuery query, Work work, CancellationToken ct) => Results.Json(await RelationPage.ClaimsAsync(work, query, ct), Json.Options);

    private static async Task<IResult> ClaimAsync(DealId id, ClaimBody body, Work work, ClaimRelation claim, CancellationToken ct) =>
        (await ShowAsync(await claim.RunAsync(new ClaimInput(id, body.Basis, body.Since), ct), work, ct)).ToCreated(c => $"/api/v1/deals/{c.Deal}/relation");

    private static async Task<IResult> AnswerAsync(RelationClaimId id, ClaimAnswerBody body, HttpContext http, Work work, AnswerRelationClaim answer, CancellationToken ct) =>
        (await ShowAsync(await answer.RunAsync(new ClaimAnswer(id, body.Confirm, body.Shared, body.Reason, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> WithdrawAsync(RelationClaimId id, HttpContext http, Work work, WithdrawRelationClaim withdraw, CancellationToken ct) =>
        (await ShowAsync(await withdraw.RunAsync(new ClaimWithdrawal(id, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<Result<ClaimLine>> ShowAsync(Result<RelationClaimId> done, Work work, CancellationToken ct) => done.Ok ? await RelationPage.ClaimAsync(work, done.Value, ct) : done.Problem;
}
