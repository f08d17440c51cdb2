using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The vendor's answer to a partner that asks for a sign-in of its own.</summary>
/// <param name="Partner">Which partner.</param>
/// <param name="Version">What was looked at: the partner may have entered something else since.</param>
/// <param name="Approve">Whether it works from now on.</param>
/// <param name="Reason">Why not; the partner reads it.</param>
internal sealed record ProposalAnswer(PartnerId Partner, long Version, bool Approve, string? Reason = null);

/// <summary>Approves the provider that a partner has entered, which turns it on, or refuses it with a reason.</summary>
internal sealed class DecideProposal(Work work, SetCompany set, CurrentSession session) : UseCase<ProposalAnswer, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSignIn;

    protected override async Task<Result<Done>> HandleAsync(ProposalAnswer input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        var partner = input.Partner;
        if (await Db.Set<CompanyProposal>().SingleOrDefaultAsync(p => p.PartnerId == partner && p.RefusedAt == null, ct) is not { } asked) return Problem.Missing("request");
        if (asked.Version != input.Version) return Problem.Stale();
        if (!input.Approve)
        {
            if (new Check().Text(input.Reason, "reason", "The reason", 300).Problem is { } problem) return problem;
            asked.Refuse(input.Reason!.Trim(), Work.Actor.Name, Work.Now);
            Work.Publish(new PartnerSignInChanged(partner, PartnerSignInStep.Refused, Work.Actor.Name, asked.Reason, Work.Now));
            return default(Done);
        }

        var holders = await CompanyProposals.HoldersAsync(Work, CompanyDomains.Split(asked.Domains), partner, ct);
        if (holders.Count > 0) return IdentitySignInProblems.DomainOfOthers(holders);
        if (await Db.Set<Membership>().Where(m => m.PartnerId == partner).Select(m => m.PartnerName).FirstOrDefaultAsync(ct) is not { } name) return Problem.Missing("partner with people");
        var made = await set.ApplyAsync(new CompanyForm
        {
            Partner = partner, Name = name.Length > 60 ? name[..60].TrimEnd() : name, Issuer = asked.Issuer, ClientId = asked.ClientId, Domains = asked.Domains, GroupsClaim = "groups",
            CreatesPeople = asked.CreatesPeople, DefaultRole = asked.DefaultRole, On = true,
        }, asked, ct);
        if (!made.Ok) return made.Problem;
        Db.Remove(asked);
        Work.Publish(new PartnerSignInChanged(partner, PartnerSignInStep.Approved, Work.Actor.Name, null, Work.Now));
        return default(Done);
    }
}
