using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>The mails of a registration's life: each says one thing and leads to one place.</summary>
internal sealed class LifeMail(Work work, Post post, Links links, Notify notify)
{
    /// <summary>To the partner manager: the partner asks for something.</summary>
    public async Task AskedAsync(Deal deal, DealRequest request, CancellationToken ct)
    {
        foreach (var to in await ReviewersAsync(deal, Roles.PartnerManager, ct))
            Send(to, $"{(request.Kind == RequestKind.Extension ? "Extension" : "Change")} asked for: {deal.Title}", $"""
                {request.RequestedByName} asks: {request.Summary}.
                The reason: {request.Reason}

                Please answer by {Phrases.Day(DateOnly.FromDateTime(request.DecideBy))}:

                {links.To($"/app/deals/requests/{request.Id}")}
                """);
    }

    /// <summary>To the person who asked: the answer.</summary>
    public async Task AnsweredAsync(Deal deal, DealRequest request, CancellationToken ct)
    {
        if (await AddressAsync(request.RequestedBy, ct) is not { } to) return;
        Send(to, $"{Words.Label(request.State)}: {request.Summary}, {deal.Title}", $"""
            {request.Answer}

            {links.To($"/portal/deals/{deal.Id}")}
            """);
    }

    /// <summary>To the reviewer: what waits for the decision is not as it was.</summary>
    public async Task ChangedInReviewAsync(Deal deal, string what, CancellationToken ct)
    {
        foreach (var to in await ReviewersAsync(deal, deal.Reviewer ?? Roles.PartnerManager, ct))
            Send(to, $"Changed while it waits: {deal.Title}", $"""
                The partner has changed: {what}.

                {links.To($"/app/deals/{deal.Id}")}
                """);
    }

    /// <summary>To the people of the partner: the protection ends.</summary>
    public async Task ExpiresSoonAsync(Deal deal, DateOnly last, CancellationToken ct)
    {
        var left = last.DayNumber - work.Today.DayNumber;
        var when = left switch { 0 => "today", 1 => "tomorrow", _ => $"in {left} days, on {Phrases.Day(last)}" };
        await notify.TellAsync(deal.RegisteredBy, new News(DealNews.Expiring, $"Your protection ends {when}: {deal.CustomerName}",
            $"{deal.Title} is protected for you until {Phrases.Day(last)}. Afterwards the customer is free for others.",
            $"/portal/deals/{deal.Id}", "Tell us when it is about to close, or ask for an extension:"), ct);
    }

    /// <summary>To whoever decides: half of the promised time is over.</summary>
    public async Task HalfTimeAsync(Deal deal, string role, CancellationToken ct)
    {
        foreach (var to in await ReviewersAsync(deal, role, ct))
            Send(to, $"Half the time is over: {deal.Title}", $"""
                {deal.Title} waits for your decision since {Phrases.Day(DateOnly.FromDateTime(deal.StateSince))}. The partner was promised one by {Phrases.Day(DateOnly.FromDateTime(deal.DecideBy!.Value))}.

                {links.To($"/app/deals/{deal.Id}")}
                """);
    }

    /// <summary>To the role above, and to the partner that waits: the promised time is over.</summary>
    public async Task EscalatedAsync(Deal deal, string role, CancellationToken ct)
    {
        foreach (var to in await ReviewersAsync(deal, role, ct))
            Send(to, $"Late: {deal.Title}", $"""
                The promised time for a decision on {deal.Title} is over since {Phrases.Day(DateOnly.FromDateTime(deal.DecideBy!.Value))}. It is yours to decide now.

                {links.To($"/app/deals/{deal.Id}")}
                """);
        if (await AddressAsync(deal.RegisteredBy, ct) is not { } partner) return;
        Send(partner, $"We are late: {deal.Title}", $"""
            We promised you a decision by {Phrases.Day(DateOnly.FromDateTime(deal.DecideBy!.Value))} and have not kept it. The {Roles.Label(role).ToLowerInvariant()} decides now.

            {links.To($"/portal/deals/{deal.Id}")}
            """);
    }

    /// <summary>To the first partner: the second one does not register with it.</summary>
    public async Task DeclinedJointlyAsync(Deal deal, CancellationToken ct)
    {
        if (await AddressAsync(deal.RegisteredBy, ct) is not { } to) return;
        Send(to, $"Not joined: {deal.CustomerName}", $"""
            The partner that you named does not register {deal.CustomerName} with you. It is your draft again: register it alone, or name another partner.

            {links.To($"/portal/deals/new?draft={deal.Id}")}
            """);
    }

    /// <summary>To the sender of a forwarded mail: the draft that was made of it.</summary>
    public void Drafted(string to, Deal deal) => Send(to, $"A draft is ready: {deal.CustomerName}", $"""
        We have made a draft of the mail that you forwarded. It registers nothing and protects nobody yet.

        Check it, complete it and register it:

        {links.To($"/portal/deals/new?draft={deal.Id}")}
        """);

    // The partner manager is a person; other roles are whoever holds them.
    private async Task<List<string>> ReviewersAsync(Deal deal, string role, CancellationToken ct)
    {
        if (role == Roles.PartnerManager)
        {
            var holder = deal.PartnerId;
            var manager = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == holder).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
            return manager is { } person && await AddressAsync(person, ct) is { } address ? [address] : [];
        }

        return await work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(p => p.State == PersonState.Active && p.Roles.Contains(role)).OrderBy(p => p.Id).Select(p => p.Email).Take(5).ToListAsync(ct);
    }

    private Task<string?> AddressAsync(PersonId person, CancellationToken ct) => work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
        .Where(p => p.Id == person && p.State == PersonState.Active).Select(p => p.Email).SingleOrDefaultAsync(ct);

    private void Send(string to, string subject, string body) => post.Send(to, subject.ReplaceLineEndings(" "), body);
}
