using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

/// <summary>What a person decides on a suggestion.</summary>
/// <param name="Deal">The deal for which it is suggested, or null.</param>
/// <param name="Account">Else the account.</param>
/// <param name="Key">Which suggestion.</param>
/// <param name="Taken">Taken, or dismissed.</param>
/// <param name="Reason">Why it is dismissed.</param>
internal sealed record PlayDecision(DealId? Deal, AccountId? Account, string? Key, bool Taken, string? Reason = null);

/// <summary>Takes a suggestion or dismisses it with a reason. It returns the page on which a taken one is carried out.</summary>
internal sealed class ReviewPlay(Work work) : UseCase<PlayDecision, string>(work)
{
    protected override Permission Permission => PlayPermissions.Review;

    protected override async Task<Result<string>> HandleAsync(PlayDecision input, CancellationToken ct)
    {
        var found = input switch
        {
            { Deal: { } id } => await PlayList.OfDealAsync(Work, id, ct),
            { Account: { } id } => await PlayList.OfAccountAsync(Work, id, ct),
            _ => DealsProblems.Missing(),
        };
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Reason, "reason", "The reason", 500, required: !input.Taken).Problem is { } problem) return problem;
        var place = input.Deal?.ToString() ?? input.Account!.Value.ToString();
        await Work.LockAsync($"play:{place}", ct);
        if (await Db.Set<PlayReview>().AnyAsync(r => r.Place == place && r.Key == input.Key, ct)) return PlayProblems.Reviewed();
        if (found.Value.FirstOrDefault(p => p.Key == input.Key) is not { } play) return PlayProblems.NoPlay();
        if (!PlayRules.MayReview(Work.Actor, play.Kind, input.Deal is not null)) return PlayProblems.NotYours();
        Db.Add(new PlayReview
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PlayReviewId>(),
            Place = place,
            DealId = input.Deal,
            AccountId = input.Deal is null ? input.Account : null,
            Key = play.Key,
            Kind = play.Kind,
            Title = play.InEnglish,
            PartnerId = play.Partner,
            Taken = input.Taken,
            Reason = Text.OrNull(input.Reason),
            ReviewedAt = Work.Now,
            ReviewedByName = Work.Actor.Name,
        });
        return play.Href;
    }
}

/// <summary>Who reviews suggestions.</summary>
internal static class PlayPermissions
{
    public const string ReviewCode = "deals.review_plays";

    public static readonly Permission Review = new(ReviewCode, "Read and review suggested plays", Identity.Published.Roles.Administrator, Identity.Published.Roles.ChannelOperations, Identity.Published.Roles.PartnerManager, Identity.Published.Roles.DirectSeller);
}
