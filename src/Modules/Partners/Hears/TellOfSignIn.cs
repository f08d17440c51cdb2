using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Hears;

/// <summary>A partner's own sign-in was asked for, decided or turned off: whoever must act or rely on it is told.</summary>
internal sealed class TellOfSignIn(Work work, Notify notify) : IHear<PartnerSignInChanged>
{
    private const int Most = 20;

    public async Task HearAsync(PartnerSignInChanged happened, CancellationToken ct)
    {
        if (await work.Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == happened.Partner, ct) is not { } partner) return;
        if (happened.Step is PartnerSignInStep.Proposed or PartnerSignInStep.TurnedOff)
        {
            var administrators = await People.WithRole(work.Db, Roles.Administrator).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
            await notify.TellAsync(administrators, happened.Step == PartnerSignInStep.Proposed
                ? new News(PartnerNews.SignIn, $"{partner.Name} asks for a sign-in of its own", $"{happened.By} has entered the provider of the company. Nobody signs in by it before you approve it.", $"/app/settings/partner-sign-in/{partner.Id}", "Approve or refuse it:")
                : new News(PartnerNews.SignIn, $"{partner.Name} has turned its own sign-in off", $"{happened.By} has turned it off. Its people sign in by password, passkey or a mailed link.", $"/app/settings/partner-sign-in/{partner.Id}"), ct);
            return;
        }

        var own = await People.OfPartner(work.Db, partner.Id, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        await notify.TellAsync(partner.Id, own, happened.Step == PartnerSignInStep.Approved
            ? new News(PartnerNews.SignIn, "Your company’s sign-in is on", "It was approved. Your people can sign in with the account of your company.", "/portal/people/sign-in")
            : new News(PartnerNews.SignIn, "Your company’s sign-in was refused", happened.Reason ?? "", "/portal/people/sign-in"), ct);
    }
}
