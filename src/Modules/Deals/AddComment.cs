using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A comment to write.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Text">The words.</param>
/// <param name="Audience">For whom; null for internal on the vendor's side and shared on a partner's.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record CommentInput(DealId Deal, string? Text, CommentAudience? Audience = null, long? Version = null);

/// <summary>Writes a comment, and tells those who may read it. Internal is the vendor's default; a partner's words are always shared.</summary>
internal sealed class AddComment(Work work, TeamMail mail) : UseCase<CommentInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Comment;

    protected override async Task<Result<DealId>> HandleAsync(CommentInput input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Messages, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner && input.Audience == CommentAudience.Internal) return DealsProblems.InternalByPartner();
        if (new Check().Text(input.Text, "text", "The comment", 4000).Problem is { } problem) return problem;
        await WriteAsync(found.Value, input.Text!, input.Audience ?? (Work.Actor.IsPartner ? CommentAudience.Shared : CommentAudience.Internal), ct);
        return input.Deal;
    }

    /// <summary>Within another use case, which has checked that these words may be said.</summary>
    public async Task WriteAsync(Deal deal, string text, CommentAudience audience, CancellationToken ct)
    {
        var comment = new DealComment
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<CommentId>(),
            DealId = deal.Id,
            Audience = audience,
            Body = text.Trim(),
            At = Work.Now,
            AuthorId = Work.Actor.Person,
            AuthorName = Work.Actor.Name,
            AuthorPartner = Work.Actor.Partner,
        };
        Db.Add(comment);
        await mail.SaidAsync(deal, comment, ct);
    }
}
