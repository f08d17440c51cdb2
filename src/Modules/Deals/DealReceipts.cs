using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Deals.Web;
using Trellis.Deals.Workspace;
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
        if (deal.State == DealState.InReview) issued.Add(("A person decides", await HeldAsync(deal, ct, rules)));
        // The one who registers now was read as active in this very request.
        var to = work.Actor.Person == deal.RegisteredBy && work.Actor.Email.Length > 0 ? work.Actor.Email
            : await People.Reading(work.Db, deal.RegisteredBy, deal.Holders).Select(p => p.Email).SingleOrDefaultAsync(ct);
        if (to is null) return;
        var lines = issued.Select(i => $"{i.What}, hash {i.Receipt.ContentHash}:\n\n{links.To($"/portal/receipts/{i.Receipt.Id}")}\n");
        post.Send(to, $"Your receipt: {deal.Title}".ReplaceLineEndings(" "), $"""
            This mail is a copy that we cannot change. Keep it: the hash below is that of your signed receipt.

            {string.Join('\n', lines)}
            How to check a receipt without us:

            {links.To("/receipts/verify")}
            """, partner: work.Actor.Partner);
    }

    /// <summary>Approved, refused, revoked: where the deal stands now, and why; with the version of the rules where no person decided.</summary>
    public Task<IssuedReceipt> DecidedAsync(Deal deal, CancellationToken ct, int? rules = null) => issuer.IssueAsync(Decided(deal, deal.State, work.Now, deal.StateBy, deal.StateReason, deal.ReasonCode, rules), ct);

    /// <summary>A person decides: by when, as it is promised now, and by which version of the rules it came to that.</summary>
    public Task<IssuedReceipt> HeldAsync(Deal deal, CancellationToken ct, int? rules = null) => issuer.IssueAsync(Held(deal, work.Now, deal.DecideBy, deal.StateReason, rules), ct);

    /// <summary>The partner has given a protected registration up.</summary>
    public Task<IssuedReceipt> WithdrawnAsync(Deal deal, CancellationToken ct) => issuer.IssueAsync(
        Of(ReceiptKind.DealWithdrawn, deal, deal.PartnerId, new ReceiptFacts { { "state", Words.Of(DealState.Withdrawn) }, { "protected_until_before", deal.ExpiresOn }, { "ended", work.Today } }, work.Actor.Name, deal.StateReason), ct);

    /// <summary>More protection was asked for and refused: what was approved stands.</summary>
    public Task<IssuedReceipt> ExtensionRefusedAsync(Deal deal, int? days, string reason, CancellationToken ct) =>
        issuer.IssueAsync(Of(ReceiptKind.ExtensionRefused, deal, deal.PartnerId, new ReceiptFacts { { "asked_days", days }, { "protected_until", deal.ExpiresOn } }, work.Actor.Name, reason), ct);

    /// <summary>The protection lasts longer.</summary>
    public Task<IssuedReceipt> ExtendedAsync(Deal deal, DateOnly? before, string? reason, CancellationToken ct) =>
        issuer.IssueAsync(Of(ReceiptKind.DealExtended, deal, deal.PartnerId, new ReceiptFacts { { "protected_until", deal.ExpiresOn }, { "protected_until_before", before } }, work.Actor.Name, reason), ct);

    /// <summary>The deal goes from one partner to another: each gets a receipt, and neither names the other.</summary>
    public async Task TransferredAsync(Deal deal, PartnerId from, PartnerId to, string? reason, CancellationToken ct)
    {
        foreach (var receipt in Transferred(deal, from, to, work.Actor.Name, reason)) await issuer.IssueAsync(receipt, ct);
    }

    /// <summary>The registration says something else from now on: all that it says.</summary>
    public Task<IssuedReceipt> AmendedAsync(Deal deal, string? reason, CancellationToken ct) => issuer.IssueAsync(Saying(ReceiptKind.DealAmended, deal, work.Actor.Name, reason), ct);

    /// <summary>The protection has ended by the clock.</summary>
    public Task<IssuedReceipt> ExpiredAsync(Deal deal, CancellationToken ct) => issuer.IssueAsync(Expired(deal, work.Now), ct);

    /// <summary>A person has settled a conflict: each side reads what it means for itself.</summary>
    public async Task SettledAsync(Conflict conflict, CancellationToken ct)
    {
        DealId?[] ids = [conflict.DealId, conflict.OtherDealId];
        var deals = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        foreach (var (partner, id) in new (PartnerId?, DealId?)[] { (conflict.PartnerId, conflict.DealId), (conflict.OtherPartnerId, conflict.OtherDealId) })
            if (partner is { } side && id is { } deal) await issuer.IssueAsync(Settled(conflict, deals[deal], side, work.Actor.Name), ct);
    }

    /// <summary>A partner has agreed to work on the deal: it and the holder have the same terms in hand, each with the name of its own person.</summary>
    public async Task AgreedAsync(Deal deal, DealMember member, CoalitionAgreement? agreement, CancellationToken ct)
    {
        foreach (var (partner, by) in new[] { (member.PartnerId, member.AnsweredByName), (deal.PartnerId, agreement?.ConsentedByName ?? member.InvitedByName) })
            await issuer.IssueAsync(Agreed(deal, member, agreement, partner, by), ct);
    }

    public static NewReceipt Registered(Deal deal) => Saying(ReceiptKind.DealRegistered, deal, deal.RegisteredByName) with { At = deal.SubmittedAt };

    public static NewReceipt Held(Deal deal, DateTime at, DateTime? promised, string? words, int? rules) => Of(ReceiptKind.DealHeld, deal, deal.PartnerId, new ReceiptFacts
    {
        { "state", Words.Of(DealState.InReview) },
        { "motion", MotionOf(deal) },
        { "promised_by", promised },
        { "reason", rules is null ? null : words },
        { "rules_version", rules },
    }, null, rules is null ? words : null) with
    { At = at };

    public static NewReceipt Expired(Deal deal, DateTime at) => Of(ReceiptKind.DealExpired, deal, deal.PartnerId, new ReceiptFacts { { "state", Words.Of(DealState.Expired) }, { "protected_until", deal.ExpiresOn } }, null) with { At = at };

    public static NewReceipt[] Transferred(Deal deal, PartnerId from, PartnerId to, string by, string? reason) =>
    [
        Of(ReceiptKind.DealTransferred, deal, from, new ReceiptFacts { { "holds_the_deal", false } }, by, reason),
        Of(ReceiptKind.DealTransferred, deal, to, new ReceiptFacts { { "holds_the_deal", true }, { "protected_until", deal.ExpiresOn } }, by, reason),
    ];

    public static NewReceipt Decided(Deal deal, DealState state, DateTime at, string by, string? reason, ReasonCode? code, int? rules) => Of(ReceiptKind.DealDecided, deal, deal.PartnerId, new ReceiptFacts
    {
        { "state", Words.Of(state) },
        { "motion", MotionOf(deal) },
        { "reason", rules is null ? null : reason },
        { "reason_code", code is { } known ? Words.Of(known) : null },
        { "protected_until", state == DealState.Approved ? deal.ExpiresOn : null },
        { "rules_version", rules },
        { "by_the_rules_alone", rules is not null },
    }, rules is null ? by : null, rules is null ? reason : null) with
    { At = at };

    private static NewReceipt Settled(Conflict conflict, Deal deal, PartnerId side, string by) => Of(ReceiptKind.ConflictSettled, deal, side, new ReceiptFacts
    {
        { "about", ConflictWords.KindForPartner(conflict.Kind) },
        { "outcome", ConflictWords.OutcomeFor(conflict, side) },
        { "holds_the_deal", deal.PartnerId == side },
        { "state", Words.Of(deal.State) },
        { "protected_until", deal.State == DealState.Approved ? deal.ExpiresOn : null },
        { "claimants_share_basis_points", conflict.Kind == ConflictKind.Credit ? conflict.ShareBasisPoints : null },
    }, by, conflict.ReasonFor(side));

    private static NewReceipt Agreed(Deal deal, DealMember member, CoalitionAgreement? agreement, PartnerId side, string? by) => Of(ReceiptKind.CoalitionAgreed, deal, side, new ReceiptFacts
    {
        { "holds_the_deal", deal.PartnerId == side },
        { "role", Words.Of(member.Role) },
        { "share_basis_points", member.ShareBasisPoints },
        { "work_basis_points", member.WorkBasisPoints },
        { "sees", Sights.Label(member.Visibility) },
        { "agreement_hash", agreement?.Hash },
    }, by);

    // All that the partner has said. What it has written freely, and what names a person or may, is signed as a commitment.
    private static NewReceipt Saying(ReceiptKind kind, Deal deal, string by, string? words = null)
    {
        var receipt = Of(kind, deal, deal.PartnerId, new ReceiptFacts
        {
            { "customer", deal.CustomerName },
            { "customer_domain", deal.CustomerDomain },
            { "country", deal.Country },
            { "city", deal.CustomerCity },
            { "product", deal.ProductId?.ToString() },
            { "motion", MotionOf(deal) },
            { "amount", deal.Amount },
            { "currency", deal.Currency },
            { "expected_close", deal.ExpectedClose },
            { "submitted", deal.SubmittedAt },
        }, by, words);
        return receipt with
        {
            Personal = new Dictionary<string, string?>(receipt.Personal)
            {
                ["contact"] = deal.ContactName, ["contact_mail"] = deal.ContactEmail, ["tax_number"] = deal.CustomerTaxNumber, ["work_done"] = deal.WorkDone, ["next_step"] = deal.NextStep,
            },
        };
    }

    // Left out where a registration of before names none.
    private static string? MotionOf(Deal deal) => deal.Motion is { } motion ? Words.Of(motion) : null;

    private static NewReceipt Of(ReceiptKind kind, Deal deal, PartnerId partner, ReceiptFacts facts, string? by, string? words = null) =>
        new(kind, deal.Id.ToString(), partner, deal.Title, facts) { Personal = new Dictionary<string, string?> { ["by"] = by, ["in_their_words"] = words } };
}

/// <summary>The receipts of a deal on its page.</summary>
internal sealed class DealReceiptsPanel : IDealPanel
{
    public string Title => "Receipts";

    public int Order => 90;

    public Permission? Permission => DealsPermissions.View;

    public Type Component => typeof(DealReceiptsView);
}
