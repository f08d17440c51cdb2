using Trellis.Deals.Life.Intake;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Life;

/// <summary>The kinds of news of a registration's life.</summary>
internal static class LifeNews
{
    private const string Group = "Deals";

    public static readonly NotificationKind Requested = new("deals.request_waiting", Group, "A partner asks for an extension or a change", ByMail.AtOnce, null);
    public static readonly NotificationKind Answered = new("deals.request_answered", Group, "My request was answered", null, ByMail.AtOnce);
    public static readonly NotificationKind Promise = new("deals.promise", Group, "A promised decision is due or late", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind Draft = new("deals.draft_ready", Group, "A draft of mine is ready to be completed", null, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Requested, Answered, Promise, Draft];
}

/// <summary>What people are told in a registration's life: each piece of news says one thing and leads to one place.</summary>
internal sealed class LifeMail(Work work, Notify notify, Post post, Links links, IntakeKeys keys)
{
    /// <summary>To the role that answers: the partner asks for something.</summary>
    public async Task AskedAsync(Deal deal, DealRequest request, CancellationToken ct, string? role = null) =>
        await notify.TellAsync(await ReviewersAsync(deal, role ?? Promise.AnswersRequests, ct), new News(LifeNews.Requested, $"{(request.Kind == RequestKind.Extension ? "Extension" : "Change")} asked for: {deal.Title}", $"""
            {request.RequestedByName} asks: {request.Summary}.
            The reason: {request.Reason}

            Please answer by {Day(request.DecideBy)}.
            """, $"/app/deals/requests/{request.Id}", "Answer here:"), ct);

    /// <summary>To the person who asked: the answer.</summary>
    public async Task AnsweredAsync(Deal deal, DealRequest request, CancellationToken ct)
    {
        var what = deal.WordsFor(false, request.Summary) is { } safe ? safe : await Workspace.DealPeople.ReadsAmountsAsync(work, deal, request.RequestedBy, ct) ? request.Summary : Words.Label(request.Kind);
        await notify.TellAsync(deal.Holders, request.RequestedBy, new News(LifeNews.Answered, $"{Words.Label(request.State)}: {what}, {deal.Title}", request.Answer ?? "", $"/portal/deals/{deal.Id}", "See your registration:"), ct);
    }

    /// <summary>To the reviewer: what waits for the decision is not as it was.</summary>
    public async Task ChangedInReviewAsync(Deal deal, string what, CancellationToken ct) =>
        await notify.TellAsync(await ReviewersAsync(deal, deal.Reviewer ?? Roles.PartnerManager, ct),
            new News(LifeNews.Requested, $"Changed while it waits: {deal.Title}", $"The partner has changed: {what}.", $"/app/deals/{deal.Id}", "See it as it is now:"), ct);

    /// <summary>To whoever decides: half of the promised time is over.</summary>
    public async Task HalfTimeAsync(Deal deal, string role, CancellationToken ct) =>
        await notify.TellAsync(await ReviewersAsync(deal, role, ct), new News(LifeNews.Promise, $"Half the time is over: {deal.Title}",
            $"{deal.Title} waits for your decision since {Day(deal.StateSince)}. The partner was promised one by {Day(deal.DecideBy!.Value)}.", $"/app/deals/{deal.Id}", "Decide here:"), ct);

    /// <summary>To the role above, and to the partner that waits: the promised time is over.</summary>
    public async Task EscalatedAsync(Deal deal, string role, CancellationToken ct)
    {
        await notify.TellAsync(await ReviewersAsync(deal, role, ct), new News(LifeNews.Promise, $"Late: {deal.Title}",
            $"The promised time for a decision on {deal.Title} is over since {Day(deal.DecideBy!.Value)}. It is yours to decide now.", $"/app/deals/{deal.Id}", "Decide here:"), ct);
        await notify.TellAsync(deal.Holders, deal.RegisteredBy, new News(LifeNews.Promise, $"We are late: {deal.Title}",
            $"We promised you a decision by {Day(deal.DecideBy.Value)} and have not kept it. The {Roles.Label(role).ToLowerInvariant()} decides now.", $"/portal/deals/{deal.Id}", "See your registration:"), ct);
    }

    /// <summary>To whoever answers: half of the promised time is over, or all of it.</summary>
    public async Task RequestWaitsAsync(Deal deal, DealRequest request, string role, bool late, CancellationToken ct) =>
        await notify.TellAsync(await ReviewersAsync(deal, role, ct), new News(LifeNews.Promise, $"{(late ? "Late" : "Half the time is over")}: {request.Summary}, {deal.Title}",
            $"{request.RequestedByName} asked: {request.Summary}. An answer was promised by {Day(request.DecideBy)}.", $"/app/deals/requests/{request.Id}", "Answer here:"), ct);

    /// <summary>To the first partner: the second one does not register with it.</summary>
    public Task DeclinedJointlyAsync(Deal deal, CancellationToken ct) => notify.TellAsync(deal.Holders, deal.RegisteredBy, new News(LifeNews.Draft, $"Not joined: {deal.CustomerName}",
        $"The partner that you named does not register {deal.CustomerName} with you. It is your draft again: register it alone, or name another partner.", $"/portal/deals/new?draft={deal.Id}", "Go on here:"), ct);

    /// <summary>To the sender of a forwarded mail: the draft that was made of it.</summary>
    public Task DraftedAsync(Deal deal, CancellationToken ct) => notify.TellAsync(deal.Holders, deal.RegisteredBy, new News(LifeNews.Draft, $"A draft is ready: {deal.CustomerName}",
        "We have made a draft of the mail that you forwarded. It registers nothing and protects nobody yet.", $"/portal/deals/new?draft={deal.Id}", "Check it, complete it and register it:"), ct);

    /// <summary>To the sender of a forwarded mail who belongs to several partners: one link for each.</summary>
    public void AskForPartner(IntakeMail mail, IReadOnlyList<IntakeHome> homes)
    {
        var choices = string.Join("\n\n", homes.Select(h => $"{h.PartnerName}:\n{links.To($"/portal/deals/mail?key={Uri.EscapeDataString(keys.Seal(work.Tenant, mail.Id, h.Person, h.Partner))}")}"));
        post.Send(homes[0].Email, "For which partner is the mail that you forwarded?", $"""
            You forwarded “{mail.Subject}”, and you act for several partners. Open the link of the one for which you want to register the deal; sign in, and the draft is made:

            {choices}

            Nothing is registered yet. The mail is kept for {ForgetMail.Days} days.
            """);
    }

    private Task<List<PersonId>> ReviewersAsync(Deal deal, string role, CancellationToken ct) => Reviewers.OfAsync(work, deal.PartnerId, role, ct);

    private static string Day(DateTime at) => Phrases.Day(DateOnly.FromDateTime(at));
}
