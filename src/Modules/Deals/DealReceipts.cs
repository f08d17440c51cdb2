using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Web;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Deals;

/// <summary>
/// The receipts of a deal, one line in each use case that needs one: signed in its transaction, for the partner that holds the deal. What is told to the
/// partner stands in it; what names others never does.
/// </summary>
internal sealed class DealReceipts(Work work, Issuer issuer, Post post, Links links)
{
    /// <summary>Registered, and decided where the rules have decided at once. The hashes go out by mail: a copy that nobody can change afterwards.</summary>
    public async Task RegisteredAsync(Deal deal, int rules, CancellationToken ct)
    {
        List<(string What, IssuedReceipt Receipt)> issued = [("Registered", await issuer.IssueAsync(Registered(deal), ct))];
        if (deal.State is DealState.Approved or DealState.Rejected) issued.Add((DealLifecycle.Label(deal.State), await DecidedAsync(deal, ct, rules)));
        // The one who registers now was read as active in this very request.
        var to = work.Actor.Person == deal.RegisteredBy && work.Actor.Email.Length > 0 ? work.Actor.Email
            : await work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == deal.RegisteredBy && p.State == PersonState.Active).Select(p => p.Email).SingleOrDefaultAsync(ct);
        if (to is null) return;
        var lines = issued.Select(i => $"{i.What}, hash {i.Receipt.ContentHash}:\n\n{links.To($"/portal/receipts/{i.Receipt.Id}")}\n");
        post.Send(to, $"Your receipt: {deal.Title}".ReplaceLineEndings(" "), $"""
            This mail is a copy that we cannot change. Keep it: the hash below is that of your signed receipt.

            {string.Join('\n', lines)}
            How to check a receipt without us:

            {links.To("/receipts/verify")}
            """);
    }

    /// <summary>Approved, refused, revoked: where the deal stands now, and why; with the version of the rules where no person decided.</summary>
    public Task<IssuedReceipt> DecidedAsync(Deal deal, CancellationToken ct, int? rules = null) => issuer.IssueAsync(Decided(deal, deal.State, work.Now, deal.StateBy, deal.StateReason, deal.ReasonCode, rules), ct);

    /// <summary>The protection lasts longer.</summary>
    public Task<IssuedReceipt> ExtendedAsync(Deal deal, DateOnly? before, string? reason, CancellationToken ct) =>
        issuer.IssueAsync(Of(ReceiptKind.DealExtended, deal, deal.PartnerId, new ReceiptFacts { { "protected_until", deal.ExpiresOn }, { "protected_until_before", before } }, work.Actor.Name, words: reason), ct);

    /// <summary>The deal goes from one partner to another: each gets a receipt, and neither names the other.</summary>
    public async Task TransferredAsync(Deal deal, PartnerId from, PartnerId to, string? reason, CancellationToken ct)
    {
        foreach (var receipt in Transferred(deal, from, to, work.Actor.Name, reason)) await issuer.IssueAsync(receipt, ct);
    }

    public static NewReceipt Registered(Deal deal) => Of(ReceiptKind.DealRegistered, deal, deal.PartnerId, new ReceiptFacts
    {
        { "customer", deal.CustomerName },
        { "customer_domain", deal.CustomerDomain },
        { "country", deal.Country },
        { "product", deal.ProductId?.ToString() },
        { "amount", deal.Amount },
        { "currency", deal.Currency },
        { "expected_close", deal.ExpectedClose },
        { "submitted", deal.SubmittedAt },
    }, deal.RegisteredByName, deal.ContactName, deal.ContactEmail) with
    { At = deal.SubmittedAt };

    public static NewReceipt[] Transferred(Deal deal, PartnerId from, PartnerId to, string by, string? reason) =>
    [
        Of(ReceiptKind.DealTransferred, deal, from, new ReceiptFacts { { "holds_the_deal", false } }, by, words: reason),
        Of(ReceiptKind.DealTransferred, deal, to, new ReceiptFacts { { "holds_the_deal", true }, { "protected_until", deal.ExpiresOn } }, by, words: reason),
    ];

    public static NewReceipt Decided(Deal deal, DealState state, DateTime at, string by, string? reason, ReasonCode? code, int? rules) => Of(ReceiptKind.DealDecided, deal, deal.PartnerId, new ReceiptFacts
    {
        { "state", Words.Of(state) },
        { "reason", rules is null ? null : reason },
        { "reason_code", code is { } known ? Words.Of(known) : null },
        { "protected_until", state == DealState.Approved ? deal.ExpiresOn : null },
        { "rules_version", rules },
        { "by_the_rules_alone", rules is not null },
    }, rules is null ? by : null, words: rules is null ? reason : null) with
    { At = at };

    private static NewReceipt Of(ReceiptKind kind, Deal deal, PartnerId partner, ReceiptFacts facts, string? by, string? contact = null, string? mail = null, string? words = null) =>
        new(kind, deal.Id.ToString(), partner, deal.Title, facts) { Personal = new Dictionary<string, string?> { ["by"] = by, ["contact"] = contact, ["contact_mail"] = mail, ["in_their_words"] = words } };
}

/// <summary>The receipts of a deal on its page.</summary>
internal sealed class DealReceiptsPanel : IDealPanel
{
    public string Title => "Receipts";

    public int Order => 90;

    public Permission? Permission => DealsPermissions.View;

    public Type Component => typeof(DealReceiptsView);
}
