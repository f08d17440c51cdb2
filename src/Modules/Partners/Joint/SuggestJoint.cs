using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Joint;

/// <summary>Joint value as one of the two partners tells it.</summary>
/// <param name="With">The other partner's web site.</param>
/// <param name="Percent">What the own company is credited with; the rest is the other one's.</param>
internal sealed record JointSuggestion(string? With, string? Title, string? Text, DateOnly? On, long? Amount, string? Currency, int? Percent);

/// <summary>
/// A partner writes down what it has made with another one: it has thereby agreed itself, and the other one is asked. Partners are named by their web site, as in a joint registration, and
/// of one that is not there or has nobody who could answer the same is said.
/// </summary>
internal sealed class SuggestJoint(Work work, Notify notify) : UseCase<JointSuggestion, JointValueId>(work)
{
    /// <summary>As many may wait for others at a time.</summary>
    public const int MostOpen = 20;

    /// <summary>For so long after a no, or after it took back as many as <see cref="MostWithdrawn"/>, a partner asks the same one nothing more: each question is a mail.</summary>
    public const int QuietDays = 30;

    public const int MostWithdrawn = 3;

    protected override Permission Permission => JointPermissions.Suggest;

    protected override async Task<Result<JointValueId>> HandleAsync(JointSuggestion input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } me) return Problem.Denied(Permission);
        var currency = Text.OrNull(input.Currency)?.ToUpperInvariant() ?? Work.Settings.Currency;
        var domain = Profiles.Domain(Profiles.Website(input.With));
        var told = new JointInput(me, null, input.Title, input.Text, input.On, input.Amount, currency, input.Percent);
        var check = ProposeJoint.Facts(new Check().That(domain is not null, "with", "Write the other partner’s web site, like partner.example."), Work, told, currency)
            .That(input.Percent is >= 0 and <= 100, "percent", "Your share is 0 to 100 per cent.");
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync($"joint:{me}", ct);
        if (await Db.Set<JointValue>().CountAsync(j => j.PartnerId == me && j.State == JointState.Proposed, ct) >= MostOpen)
            return new Problem(ProblemKind.Conflict, "partners.joint_open", $"{MostOpen} wait for an answer already. Ask the other partners to answer first.");
        var all = Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => p.MergedInto == null);
        var other = await all.Where(p => p.Domain == domain && p.State != PartnerState.Former).OrderBy(p => p.Since).ThenBy(p => p.Id).Select(p => (PartnerId?)p.Id).FirstOrDefaultAsync(ct);
        if (other == me) return Problem.Invalid("with", "Name another partner than your own company.");
        List<PersonId> asked = other is { } known ? await ProposeJoint.AnswerableAsync(Db, known, ct) : [];
        if (other is not { } second || asked.Count == 0) return Problem.Invalid("with", "There is no partner with this web site who could answer.");

        if (await TurnedDownAsync(me, second, ct)) return new Problem(ProblemKind.Conflict, "partners.joint_turned_down", $"This partner has said no, or you have taken back {MostWithdrawn} of these, within the last {QuietDays} days. Talk to it, or ask your partner manager to write it down.");
        var joint = ProposeJoint.Written(Work, told, currency, me, second);
        joint.Answer(me, true, Work.Actor.Name);
        Db.Add(joint);
        var own = await all.Where(p => p.Id == me).SingleAsync(ct);
        await notify.TellAsync(second, asked, new News(JointSetup.Asked, $"{own.Name} asks: do you agree to the split of “{joint.Title}”?", joint.Text ?? "", "/portal/joint-value", "Say yes or no:"), ct);
        if (own.ManagerId is { } manager) await notify.TellAsync([manager], new News(JointSetup.WrittenDown, $"{own.Name} has written down joint value: “{joint.Title}”", "It counts once the other partner has agreed.", "/app/partners/joint-value"), ct);
        return joint.Id;
    }

    private async Task<bool> TurnedDownAsync(PartnerId me, PartnerId second, CancellationToken ct)
    {
        var since = Work.Now.AddDays(-QuietDays);
        var no = Db.Set<JointValue>().AsNoTracking().Where(j => j.PartnerId == me && j.WithId == second && j.State == JointState.Declined && j.At >= since);
        return await no.AnyAsync(j => j.SecondSaid == false, ct) || await no.CountAsync(j => j.FirstSaid == false, ct) >= MostWithdrawn;
    }
}
