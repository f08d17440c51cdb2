using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Deals.Passing;

/// <summary>What people are told about leads.</summary>
internal static class LeadNews
{
    public static readonly NotificationKind Offered = new("deals.lead_offered", "Deals", "A lead is offered to us", null, ByMail.AtOnce);
    public static readonly NotificationKind Waiting = new("deals.lead_waiting", "Deals", "A lead waits for my decision", ByMail.AtOnce, null);
    public static readonly NotificationKind Answered = new("deals.lead_answered", "Deals", "A lead that I passed was answered, or was not", ByMail.Digest, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Offered, Waiting, Answered];
}

/// <summary>What is said about a lead. No word to one partner names another.</summary>
internal sealed class LeadMail(Work work, Notify notify)
{
    /// <summary>To the people of the partner who may answer.</summary>
    public async Task OfferedAsync(Lead lead, CancellationToken ct)
    {
        var partner = lead.PartnerId;
        var people = await AnswerersAsync(partner, ct);
        var zone = work.Settings.TimeZone;
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(lead.AnswerBy!.Value, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var (day, hour) = (Rules.Phrases.Day(DateOnly.FromDateTime(local)), local.ToString("HH:mm", CultureInfo.InvariantCulture));
        await notify.TellAsync(partner, people, new News(LeadNews.Offered, $"A lead for you: {lead.CustomerName}", $"""
            {lead.Need}

            Please answer by {day}, {hour} ({zone}); afterwards it goes back.
            """, $"/portal/leads/{lead.Id}", "Accept or decline:"), ct);
    }

    /// <summary>To whom the rules name: a lead waits for a decision.</summary>
    public async Task WaitsAsync(Lead lead, PersonId? manager, CancellationToken ct) =>
        await notify.TellAsync(await DecidersAsync(lead, manager, ct), new News(LeadNews.Waiting, $"Decide on a lead: {lead.CustomerName}", lead.ForVendor, $"/app/leads/{lead.Id}", "Decide here:"), ct);

    /// <summary>A partner has passed one: to the partner manager, whatever the rules have decided.</summary>
    public async Task PassedToVendorAsync(Lead lead, PersonId? manager, CancellationToken ct)
    {
        if (lead.State == LeadState.Submitted) await WaitsAsync(lead, manager, ct);
        else await notify.TellAsync(manager is { } person ? [person] : await OfRoleAsync(Roles.ChannelOperations, ct),
            new News(LeadNews.Answered, $"{LeadLifecycle.Label(lead.State)}: {lead.CustomerName}", $"{work.Actor.PartnerName} has passed a lead. {lead.ForVendor}", $"/app/leads/{lead.Id}"), ct);
    }

    /// <summary>The promised time is over: to channel operations too, whoever was to decide.</summary>
    public async Task OverdueAsync(Lead lead, CancellationToken ct)
    {
        var partner = lead.PartnerId;
        var manager = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == partner).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        var people = (await DecidersAsync(lead, manager, ct)).Union(await OfRoleAsync(Roles.ChannelOperations, ct)).ToList();
        await notify.TellAsync(people, new News(LeadNews.Waiting, $"Overdue: decide on a lead of {lead.CustomerName}", "The time within which the rules promise a decision is over.", $"/app/leads/{lead.Id}", "Decide here:"), ct);
    }

    /// <summary>To both sides: the protection is over, and nothing was registered.</summary>
    public async Task ExpiredAsync(Lead lead, CancellationToken ct)
    {
        const string Said = "The protection of this lead is over, and nothing was registered.";
        var (staff, portal) = ($"/app/leads/{lead.Id}", $"/portal/leads/{lead.Id}");
        if (lead.Direction == LeadDirection.ToVendor)
        {
            await notify.TellAsync(lead.PartnerId, lead.PassedBy, new News(LeadNews.Answered, $"Ended: {lead.CustomerName}", Said, portal), ct);
            return;
        }

        await notify.TellAsync(lead.PassedBy, new News(LeadNews.Answered, $"Ended: {lead.CustomerName}", Said, staff), ct);
        await notify.TellAsync(lead.PartnerId, await AnswerersAsync(lead.PartnerId, ct), new News(LeadNews.Offered, $"Ended: {lead.CustomerName}", Said, portal), ct);
    }

    /// <summary>To the passer: the partner has answered, or has given it back.</summary>
    public Task AnsweredAsync(Lead lead, CancellationToken ct) => notify.TellAsync(lead.PassedBy, new News(LeadNews.Answered, $"{LeadLifecycle.Label(lead.State)}: {lead.CustomerName}",
        $"{work.Actor.PartnerName}: {Words.Label(lead.State).ToLowerInvariant()}. {(lead.DeclineReason is { } reason ? Words.Label(reason) + ". " : "")}{lead.Answer}", $"/app/leads/{lead.Id}"), ct);

    /// <summary>To the partner that has passed it: what the vendor does with it.</summary>
    public Task DecidedAsync(Lead lead, CancellationToken ct) => notify.TellAsync(lead.PartnerId, lead.PassedBy, new News(LeadNews.Answered, $"{LeadLifecycle.Label(lead.State)}: {lead.CustomerName}",
        $"{LeadWords.ToPartner(lead)}\n{(lead.State == LeadState.Converted ? "" : lead.Answer)}".Trim(), $"/portal/leads/{lead.Id}", "See your lead:"), ct);

    /// <summary>To the passer: nobody has answered in time.</summary>
    public Task LapsedAsync(Lead lead, CancellationToken ct) => notify.TellAsync(lead.PassedBy, new News(LeadNews.Answered, $"Not answered in time: {lead.CustomerName}",
        "The partner has not answered within the time that the rules give. Offer the lead to the next partner.", $"/app/leads/{lead.Id}", "Choose the next partner:"), ct);

    /// <summary>To the partner's people who may answer; of a lead that a partner has passed, to the person who has passed it.</summary>
    public async Task WithdrawnAsync(Lead lead, CancellationToken ct)
    {
        if (lead.Direction == LeadDirection.ToVendor)
        {
            await notify.TellAsync(lead.PartnerId, lead.PassedBy, new News(LeadNews.Answered, $"Taken back: {lead.CustomerName}", lead.Answer ?? "", $"/portal/leads/{lead.Id}"), ct);
            return;
        }

        var partner = lead.PartnerId;
        var people = await AnswerersAsync(partner, ct);
        await notify.TellAsync(partner, people, new News(LeadNews.Offered, $"Taken back: {lead.CustomerName}", lead.Answer ?? "", $"/portal/leads/{lead.Id}"), ct);
    }

    private async Task<List<PersonId>> DecidersAsync(Lead lead, PersonId? manager, CancellationToken ct)
    {
        var role = lead.Reviewer ?? Roles.ChannelOperations;
        if (role == Roles.PartnerManager && manager is { } person) return [person];
        var people = await OfRoleAsync(role, ct);
        return people.Count > 0 || role == Roles.ChannelOperations ? people : await OfRoleAsync(Roles.ChannelOperations, ct);
    }

    private Task<List<PersonId>> AnswerersAsync(PartnerId partner, CancellationToken ct) => People.OfPartner(work.Db, partner, Roles.PartnerAdmin, Roles.PartnerSales)
        .OrderBy(p => p.Id).Select(p => p.Id).Take(10).ToListAsync(ct);

    private async Task<List<PersonId>> OfRoleAsync(string role, CancellationToken ct) =>
        await People.WithRole(work.Db, role).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
}

/// <summary>The receipt of an answer: accepted, declined, lapsed, taken or refused; for the partner.</summary>
internal sealed class LeadReceipts(Work work, Issuer issuer)
{
    public Task<IssuedReceipt> AnsweredAsync(Lead lead, CancellationToken ct) => issuer.IssueAsync(new NewReceipt(ReceiptKind.LeadAnswered, lead.Id.ToString(), lead.PartnerId, lead.CustomerName, new ReceiptFacts
    {
        { "state", Words.Of(lead.State) },
        { "direction", Words.Of(lead.Direction) },
        { "customer", lead.CustomerName },
        { "product", lead.ProductId?.ToString() },
        { "offered", lead.OfferedAt },
        { "answer_by", lead.AnswerBy },
        { "protected_until", lead.State == LeadState.Accepted ? lead.ProtectedUntil : null },
        { "reason_code", lead.DeclineReason is { } declined ? Words.Of(declined) : lead.Refusal is { } refused ? Words.Of(refused) : null },
        { "rules_version", lead.RulesNumber },
    })
    { Personal = new Dictionary<string, string?> { ["by"] = work.Actor.Name, ["in_their_words"] = lead.Answer } }, ct);
}
