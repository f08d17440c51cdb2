using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>What people are told about a partner, and who is told: whoever answers for it at the vendor, and its own administrators. Nobody is told what they did themselves.</summary>
internal static class PartnerNews
{
    private const string Group = "Partnership";
    private const int Most = 5;

    public static readonly NotificationKind Wrote = new("partners.partner_wrote", Group, "A partner wrote to me", ByMail.AtOnce, null);
    public static readonly NotificationKind Entrusted = new("partners.entrusted", Group, "I am a partner’s manager now", ByMail.Digest, null);
    public static readonly NotificationKind Standing = new("partners.standing", Group, "The status or the tier of a partnership has changed", ByMail.Digest, ByMail.AtOnce);

    public static readonly NotificationKind SignIn = new("partners.sign_in", Group, "A partner’s own sign-in", ByMail.AtOnce, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Wrote, Entrusted, Standing, SignIn];

    /// <summary>To whoever answers for the partner: its person has written.</summary>
    public static async Task WroteAsync(Work work, Notify notify, Partner partner, string text, CancellationToken ct) =>
        await notify.TellAsync(await AnswerableAsync(work.Db, partner.ManagerId, ct),
            new News(Wrote, $"{work.Actor.Name} of {partner.Name} wrote to you", await WithPromiseAsync(work, partner.Id, text, ct), $"/app/partners/{partner.Id}#timeline", "Answer here:"), ct);

    // What the partner's segments promise stands where it is to be kept.
    private static async Task<string> WithPromiseAsync(Work work, PartnerId partner, string text, CancellationToken ct) =>
        (await AnswerTimes.OfAsync(work, partner, ct)).AnswerHours is { } hours ? $"{text}\n\nAn answer is promised by {work.Settings.Calendar.Plus(work.Now, TimeSpan.FromHours(hours)):yyyy-MM-dd HH:mm} UTC." : text;

    /// <summary>To the new manager.</summary>
    public static async Task EntrustedAsync(Work work, Notify notify, Partner partner, CancellationToken ct)
    {
        if (Manager(work, partner) is not { } manager) return;
        await notify.TellAsync(manager, new News(Entrusted, $"You are the partner manager of {partner.Name}", $"{work.Actor.Name} made you the partner manager.", Page(partner)), ct);
    }

    /// <summary>To the manager and, where it concerns the partner, to its administrators: where it stands now.</summary>
    public static async Task MovedAsync(Work work, Notify notify, Partner partner, PartnerTrigger on, string? reason, CancellationToken ct)
    {
        if (ToManager(on, partner.Name) is { } title && Manager(work, partner) is { } manager)
            await notify.TellAsync(manager, new News(Standing, title, Lines($"{work.Actor.Name} changed the status to “{Words.Label(partner.State)}”.", reason), Page(partner)), ct);
        if (ToPartner(on) is { } own)
            await notify.TellAsync(partner.Id, await AdministratorsAsync(work.Db, partner.Id, ct), new News(Standing, own.Title, Lines(reason, own.Text), "/portal/company"), ct);
    }

    /// <summary>To the manager and to the partner's administrators: the tier that it has now.</summary>
    public static async Task RankedAsync(Work work, Notify notify, Partner partner, Tier before, string reason, CancellationToken ct)
    {
        var tier = Words.Label(partner.Tier);
        if (Manager(work, partner) is { } manager)
            await notify.TellAsync(manager, new News(Standing, $"{partner.Name} has the tier {tier} now", Lines($"{work.Actor.Name} changed the tier from {Words.Label(before)} to {tier}.", reason), Page(partner)), ct);
        await notify.TellAsync(partner.Id, await AdministratorsAsync(work.Db, partner.Id, ct), new News(Standing, $"Your tier is {tier} now", reason, "/portal/company"), ct);
    }

    /// <summary>To the partner's administrators, while they are still known: the last thing that they are told.</summary>
    public static async Task ShutOutAsync(Work work, Notify notify, Partner partner, CancellationToken ct) =>
        await notify.TellAsync(partner.Id, await AdministratorsAsync(work.Db, partner.Id, ct), new News(Standing, "Your access to the portal has ended", Lines(partner.StateReason, "Ask your partner manager if you need something from it."), "/portal/company"), ct);

    private static PersonId? Manager(Work work, Partner partner) => partner.ManagerId == work.Actor.Person ? null : partner.ManagerId;

    // A partner that nobody manages is answered by those who run the channel.
    private static async Task<List<PersonId>> AnswerableAsync(Db db, PersonId? manager, CancellationToken ct)
    {
        if (manager is { } one && await People.OfVendor(db).AnyAsync(p => p.Id == one, ct)) return [one];
        var operations = await HoldersAsync(Roles.ChannelOperations);
        return operations.Count > 0 ? operations : await HoldersAsync(Roles.Administrator);

        Task<List<PersonId>> HoldersAsync(string role) => People.WithRole(db, role).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
    }

    private static Task<List<PersonId>> AdministratorsAsync(Db db, PartnerId partner, CancellationToken ct) =>
        People.OfPartner(db, partner, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);

    private static string? ToManager(PartnerTrigger on, string name) => on switch
    {
        PartnerTrigger.FlagAtRisk => $"{name} is at risk",
        PartnerTrigger.MarkDormant => $"{name} is dormant",
        PartnerTrigger.Suspend => $"{name} is suspended",
        PartnerTrigger.Reinstate => $"{name} is reinstated",
        PartnerTrigger.Offboard => $"The off-boarding of {name} has begun",
        PartnerTrigger.KeepOn => $"The partnership with {name} goes on",
        PartnerTrigger.End => $"The partnership with {name} has ended",
        _ => null,
    };

    private static (string Title, string Text)? ToPartner(PartnerTrigger on) => on switch
    {
        PartnerTrigger.Suspend => ("Your partnership is suspended", "Nobody can be invited and no deal registered until it is settled."),
        PartnerTrigger.Reinstate => ("Your partnership is reinstated", "You can register deals and invite colleagues again."),
        PartnerTrigger.Offboard => ("Your partnership is going to end", "Your partner manager settles with you what is still open."),
        PartnerTrigger.KeepOn => ("Your partnership goes on", "The off-boarding is called off."),
        PartnerTrigger.End => ("Your partnership has ended", "All motions end today."),
        _ => null,
    };

    private static string Page(Partner partner) => $"/app/partners/{partner.Id}";

    private static string Lines(params string?[] lines) => string.Join("\n\n", lines.OfType<string>());
}
