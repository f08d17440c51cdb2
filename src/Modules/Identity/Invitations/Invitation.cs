using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

internal readonly record struct InvitationId(Guid Value) : ITypedId<InvitationId>
{
    public static string Prefix => "inv";
    public static InvitationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out InvitationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where an invitation stands; it follows from its dates.</summary>
internal enum InvitationState
{
    Open,
    Accepted,
    Expired,
    Revoked,
}

/// <summary>A mailed link that opens somebody's access once.</summary>
internal sealed class Invitation : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public InvitationId Id { get; init; }
    public PersonId PersonId { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }

    /// <summary>Role codes, separated by blanks.</summary>
    public required string Roles { get; init; }

    /// <summary>The partner, or null for the vendor's own people.</summary>
    public PartnerId? PartnerId { get; init; }

    public string? PartnerName { get; init; }

    [Secret]
    public required string KeyHash { get; set; }

    public DateTime SentAt { get; set; }
    public int TimesSent { get; set; }
    public DateTime ExpiresAt { get; set; }
    public required string InvitedByName { get; set; }
    public DateTime? AcceptedAt { get; set; }
    public DateTime? RevokedAt { get; set; }
    public long Version { get; set; }

    public InvitationState StateAt(DateTime now) =>
        RevokedAt is not null ? InvitationState.Revoked : AcceptedAt is not null ? InvitationState.Accepted : ExpiresAt <= now ? InvitationState.Expired : InvitationState.Open;
}

/// <summary>Whom an invitation is for.</summary>
internal sealed record InvitationTo(PersonId Person, string Name, string Email, string Roles, PartnerId? Partner = null, string? PartnerName = null);

/// <summary>Writes invitations and their mails into the open transaction.</summary>
internal sealed class Invitations(Work work, Post post, Links links, Attempts attempts)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <param name="to">Whom it is for.</param>
    /// <param name="linkOf">How the link is spelled; null for the installation's own address.</param>
    public async Task<Problem?> SendAsync(InvitationTo to, CancellationToken ct, Func<string, string>? linkOf = null)
    {
        if (await RefusalAsync(to.Email, ct) is { } busy) return busy;
        var invitation = new Invitation
        {
            TenantId = work.Tenant,
            Id = work.NewId<InvitationId>(),
            PersonId = to.Person,
            Name = to.Name,
            Email = to.Email,
            Roles = to.Roles,
            PartnerId = to.Partner,
            PartnerName = to.PartnerName,
            KeyHash = "",
            InvitedByName = work.Actor.Name,
        };
        work.Db.Add(invitation);
        WriteLink(invitation, linkOf);
        return null;
    }

    /// <summary>Mails a new link; the one before opens nothing any more.</summary>
    public async Task<Problem?> SendAgainAsync(Invitation invitation, CancellationToken ct)
    {
        if (await RefusalAsync(invitation.Email, ct) is { } busy) return busy;
        await InvitationAccess.DropLinkAsync(work, invitation, ct);
        WriteLink(invitation, null);
        return null;
    }

    // Nobody's mailbox is filled, and nobody sends mails without end in our name.
    private async Task<Problem?> RefusalAsync(string address, CancellationToken ct) =>
        await attempts.TakeAsync(Limits.Invitations(address, work.Tenant, work.Actor.Person), ct) is { RetryAfter: { } wait } ? InvitationProblems.TooMany(wait) : null;

    private void WriteLink(Invitation invitation, Func<string, string>? linkOf)
    {
        var (secret, hash) = Secrets.New("link_");
        (invitation.KeyHash, invitation.SentAt, invitation.ExpiresAt, invitation.InvitedByName) = (hash, work.Now, work.Now + Life, work.Actor.Name);
        invitation.TimesSent++;
        work.Db.Add(new Key
        {
            Hash = hash,
            Kind = KeyKind.Link,
            TenantId = work.Tenant,
            PersonId = invitation.PersonId,
            PartnerId = invitation.PartnerId,
            Name = "Invitation",
            CreatedAt = work.Now,
            ExpiresAt = invitation.ExpiresAt,
        });
        var link = linkOf is null ? links.To($"/sign-in/link?key={secret}") : linkOf(secret);
        var (subject, why) = invitation.PartnerName is { } partner
            ? ("Your access to the partner portal", $"{work.Actor.Name} invites you to the partner portal, to act for {partner}.")
            : ($"Your access to {work.Actor.TenantName}", $"{work.Actor.Name} has given you access to the partner program of {work.Actor.TenantName}.");
        post.Send(invitation.Email, subject.ReplaceLineEndings(" "),
            $"Hello {invitation.Name},\n\n{why}\n\nOpen this link to accept and sign in. It works once, for seven days:\n\n{link}\n\nAfterwards you can always ask for a new link on the sign-in page.", partner: invitation.PartnerId);
    }
}

/// <summary>An invitation in a list.</summary>
internal sealed record InvitationItem(
    InvitationId Id, PersonId Person, string Name, string Email, string Roles, PartnerId? Partner, string? PartnerName, InvitationState State,
    DateTime SentAt, int TimesSent, DateTime ExpiresAt, string InvitedBy, DateTime? AcceptedAt);

internal static class InvitationList
{
    public static async Task<Page<InvitationItem>> FindAsync(Work work, string? state, PartnerId? partner, Paging paging, CancellationToken ct)
    {
        var now = work.Now;
        var rows = work.Db.Set<Invitation>().AsNoTracking();
        if (partner is { } one) rows = rows.Where(i => i.PartnerId == one);
        rows = Words.Parse<InvitationState>(state) switch
        {
            InvitationState.Open => rows.Where(i => i.RevokedAt == null && i.AcceptedAt == null && i.ExpiresAt > now),
            InvitationState.Accepted => rows.Where(i => i.RevokedAt == null && i.AcceptedAt != null),
            InvitationState.Expired => rows.Where(i => i.RevokedAt == null && i.AcceptedAt == null && i.ExpiresAt <= now),
            InvitationState.Revoked => rows.Where(i => i.RevokedAt != null),
            _ => rows,
        };
        var page = await rows.PageAsync(i => i.SentAt, i => i.Id, true, paging, ct);
        return page.Select(i => new InvitationItem(
            i.Id, i.PersonId, i.Name, i.Email, i.Roles, i.PartnerId, i.PartnerName, i.StateAt(now), i.SentAt, i.TimesSent, i.ExpiresAt, i.InvitedByName, i.AcceptedAt));
    }
}

internal static class OpenInvitations
{
    /// <summary>Where these people are invited and have not come in yet; no partner for the vendor.</summary>
    public static async Task<HashSet<(PersonId Person, PartnerId? Partner)>> OfAsync(Work work, IReadOnlyCollection<PersonId> people, CancellationToken ct) =>
        [.. (await work.Db.Set<Invitation>().AsNoTracking().Where(i => people.Contains(i.PersonId) && i.AcceptedAt == null && i.RevokedAt == null).Select(i => new { i.PersonId, i.PartnerId }).ToListAsync(ct))
            .Select(i => (i.PersonId, i.PartnerId))];
}
