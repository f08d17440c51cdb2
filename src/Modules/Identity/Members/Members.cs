using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person at a partner, as the partner's admin sees it. Of somebody who has not accepted yet nothing is told but what the invitation says.</summary>
internal sealed record MemberItem(PersonId Person, string Name, string Email, string[] RoleCodes, string[] Roles, PersonState State, bool SuspendedByVendor, DateTime Since, InvitationId? OpenInvitation);

/// <summary>The people of one partner.</summary>
internal static class Members
{
    public static async Task<List<MemberItem>> ReadAsync(Work work, RoleBook book, PartnerId partner, CancellationToken ct)
    {
        if (work.Actor.Partner is { } own && own != partner) return [];
        var rows = await (from m in work.Db.Set<Membership>().AsNoTracking()
                          join p in work.Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                          where m.PartnerId == partner
                          orderby p.SearchText
                          select new { m.PersonId, p.Name, p.Email, m.Roles, m.State, Vendor = p.State, m.Since }).Take(500).ToListAsync(ct);
        var open = await work.Db.Set<Invitation>().AsNoTracking().Where(i => i.PartnerId == partner && i.AcceptedAt == null && i.RevokedAt == null)
            .OrderByDescending(i => i.Id).Select(i => new { i.PersonId, i.Id, i.Name }).ToListAsync(ct);
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        return [.. rows.Select(r =>
        {
            var (codes, invited) = (RoleRules.Codes(r.Roles), open.Find(o => o.PersonId == r.PersonId));
            var suspended = r.Vendor == PersonState.Suspended && (invited is null || !work.Actor.IsPartner);
            return new MemberItem(r.PersonId, invited is not null && work.Actor.IsPartner ? invited.Name : r.Name, r.Email, [.. codes], [.. codes.Select(c => names.GetValueOrDefault(c, c))],
                suspended ? PersonState.Suspended : r.State, suspended, r.Since, invited?.Id);
        }).OrderBy(m => Text.Fold(m.Name, m.Email), StringComparer.Ordinal)];
    }

    /// <summary>The membership that an actor may change: of any partner for the vendor's people, of the own one for a partner's admin.</summary>
    public static async Task<Membership?> FindAsync(Work work, PartnerId partner, PersonId person, CancellationToken ct)
    {
        if (work.Actor.Partner is { } own && own != partner) return null;
        await work.LockAsync($"identity:members:{partner}", ct);
        return await work.Db.Set<Membership>().SingleOrDefaultAsync(m => m.PartnerId == partner && m.PersonId == person, ct);
    }

    public static bool IsAdmin(string roles) => RoleRules.Codes(roles).Any(c => c == Roles.PartnerAdmin || c.StartsWith(Roles.PartnerAdmin + ".", StringComparison.Ordinal));

    /// <summary>A partner keeps at least one admin; the vendor's people may close a partner down to none.</summary>
    public static async Task<bool> IsLastAdminAsync(Work work, Membership membership, CancellationToken ct)
    {
        if (!work.Actor.IsPartner || !IsAdmin(membership.Roles) || membership.State != PersonState.Active) return false;
        var others = await (from m in work.Db.Set<Membership>().AsNoTracking()
                            join p in work.Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                            where m.PartnerId == membership.PartnerId && m.PersonId != membership.PersonId && m.State == PersonState.Active && p.State == PersonState.Active
                            select m.Roles).ToListAsync(ct);
        return !others.Any(IsAdmin);
    }

    /// <summary>Tokens and links for this partner end; those for other partners stay.</summary>
    public static Task EndKeysAsync(Work work, PartnerId partner, PersonId person, CancellationToken ct)
    {
        var tenant = work.Tenant;
        return work.Db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == person && k.PartnerId == partner).ExecuteDeleteAsync(ct);
    }
}

/// <summary>A person at a partner and what shall become of it.</summary>
internal sealed record MemberChange(PartnerId Partner, PersonId Person, string[]? Roles = null, PersonState State = PersonState.Active);

/// <summary>Gives a partner's person other roles there.</summary>
internal sealed class ChangeMemberRoles(Work work, RoleBook book) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        var wanted = (input.Roles ?? []).ToHashSet();
        if (wanted.Count == 0) return Problem.Invalid("roles", "Choose at least one role, or suspend the person.");
        if (await book.CheckAsync(wanted, RoleSide.Partner, "roles", ct, RoleRules.Codes(membership.Roles)) is { } problem) return problem;
        if (!Members.IsAdmin(RoleRules.Join(wanted)) && await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
        membership.Roles = RoleRules.Join(wanted);
        return default(Done);
    }
}

/// <summary>Suspends a person at one partner, or lets it in again. At other partners it may act as before.</summary>
internal sealed class ChangeMemberState(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (input.State == PersonState.Invited) return MemberProblems.NoState();
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        // Nobody is let in who has not said yes.
        if (membership.State == PersonState.Invited) return MemberProblems.NotAccepted();
        if (input.State == PersonState.Suspended)
        {
            if (input.Person == Work.Actor.Person) return MemberProblems.Yourself();
            if (await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
            await Members.EndKeysAsync(Work, input.Partner, input.Person, ct);
        }

        membership.State = input.State;
        return default(Done);
    }
}

/// <summary>Ends that a person belongs to a partner.</summary>
internal sealed class RemoveMember(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        if (input.Person == Work.Actor.Person) return MemberProblems.Yourself();
        if (await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
        await Members.EndKeysAsync(Work, input.Partner, input.Person, ct);
        foreach (var open in await Db.Set<Invitation>().Where(i => i.PartnerId == input.Partner && i.PersonId == input.Person && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(ct))
            open.RevokedAt = Work.Now;
        Db.Remove(membership);
        Work.Publish(new MemberLeft(input.Partner, input.Person, Work.Now));
        return default(Done);
    }
}

/// <summary>A partner's admin makes a colleague the admin and steps down to sales.</summary>
internal sealed class HandOver(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (Work.Actor.Partner != input.Partner) return Problem.Missing("partner");
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } heir) return Problem.Missing("person");
        var own = await Db.Set<Membership>().SingleAsync(m => m.PartnerId == input.Partner && m.PersonId == Work.Actor.Person, ct);
        if (!Members.IsAdmin(own.Roles) || own.PersonId == heir.PersonId) return MemberProblems.NotYours();
        if (heir.State == PersonState.Invited) return MemberProblems.NotAccepted();
        if (heir.State != PersonState.Active || !await Db.Set<Person>().AnyAsync(p => p.Id == heir.PersonId && p.State == PersonState.Active, ct)) return MemberProblems.Suspended();
        heir.Roles = RoleRules.Join(RoleRules.Codes(heir.Roles).Concat(RoleRules.Codes(own.Roles).Where(Members.IsAdmin)));
        var kept = RoleRules.Codes(own.Roles).Where(c => !Members.IsAdmin(c)).ToList();
        own.Roles = RoleRules.Join(kept.Count > 0 ? kept : [Roles.PartnerSales]);
        return default(Done);
    }
}

internal static class MemberProblems
{
    public static Problem Yourself() => new(ProblemKind.Conflict, "identity.own_account", "You cannot suspend or remove yourself. You can leave the company, under “Your companies”.");

    public static Problem NoState() => Problem.Invalid("state", "A person is let in or suspended. Who is invited has to say yes.");

    public static Problem NotAccepted() => new(ProblemKind.Conflict, "identity.not_accepted", "This person has not accepted the invitation yet. Take the invitation back instead, or wait.");

    public static Problem NotYours() => new(ProblemKind.Conflict, "identity.hand_over", "Only an admin hands over, and only to a colleague.");

    public static Problem Suspended() => new(ProblemKind.Conflict, "identity.heir_suspended", "This person is suspended. Let them in first.");
}
