using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Deals.Web;

/// <summary>How deals look: hues, words, choices.</summary>
internal static class DealLook
{
    public static Tone Tone(DealState state) => state switch
    {
        DealState.Approved or DealState.Converted or DealState.Won => Ui.Tone.Good,
        DealState.Submitted or DealState.InReview => Ui.Tone.Info,
        DealState.InfoRequested or DealState.Expired => Ui.Tone.Warning,
        DealState.Rejected or DealState.Revoked or DealState.Lost => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(ProtectionState state) => state switch
    {
        ProtectionState.Protected or ProtectionState.Extended => Ui.Tone.Good,
        ProtectionState.ExtensionRequested => Ui.Tone.Info,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(RequestState state) => state switch
    {
        RequestState.Pending => Ui.Tone.Info,
        RequestState.Granted => Ui.Tone.Good,
        RequestState.Refused => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static string Label(RequestState state) => state == RequestState.Pending ? "Waits for an answer" : Words.Label(state);

    public static string Icon(DealState state) => state switch
    {
        DealState.Draft => "pencil",
        DealState.Submitted or DealState.InReview => "clock",
        DealState.InfoRequested => "message",
        DealState.Approved or DealState.Converted => "shield-check",
        DealState.Won => "circle-check",
        DealState.Expired => "alert-triangle",
        DealState.Withdrawn => "arrow-back-up",
        _ => "circle-x",
    };

    public static string Icon(DealTrigger trigger) => trigger switch
    {
        DealTrigger.Approve or DealTrigger.Win => "check",
        DealTrigger.Convert => "link",
        DealTrigger.RequestInfo or DealTrigger.Resubmit => "message",
        DealTrigger.Submit => "send",
        DealTrigger.Recall or DealTrigger.Reopen or DealTrigger.Correct => "arrow-back-up",
        _ => "x",
    };

    public static string Label(DealRole role) => role switch
    {
        DealRole.Source => "Source: registered the deal",
        DealRole.Influence => "Influence: helps to win it",
        DealRole.Resell => "Resell: sells the contract",
        DealRole.Deliver => "Deliver: implements",
        DealRole.Integrate => "Integrate: connects it with the customer’s systems",
        DealRole.Marketplace => "Marketplace: transacts the contract through a cloud marketplace",
        _ => "Retain: cares for the customer afterwards",
    };

    public static string Share(int basisPoints) => (basisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) + " %";

    /// <summary>What comes next, for the reader's side.</summary>
    public static string Next(DealDetail deal, bool partner) => deal.State switch
    {
        DealState.Draft => T("Complete and register it; until then nobody is protected."),
        DealState.Submitted or DealState.InReview => T($"{Reviewer(deal)} decides."),
        DealState.InfoRequested => partner ? T("Answer the question; your place in the queue is kept.") : T("The partner answers, then it comes back to the queue."),
        DealState.Approved => partner ? T("Work on the deal. Tell us when it is ready to close, or before the protection ends.") : T("Link the opportunity, or mark it as won or lost."),
        DealState.Converted => T("It goes on in the opportunity until it is won or lost."),
        DealState.Won => T("Credit and earnings follow from the agreed shares."),
        DealState.Rejected or DealState.Withdrawn when deal.Allowed.Contains(DealTrigger.Reopen) => T("You may correct it and send it again, as long as that is left."),
        DealState.Rejected or DealState.Withdrawn when !partner => T("Nothing here; the partner may correct it and send it again."),
        _ => T("Nothing: this registration is over."),
    };

    private static string Reviewer(DealDetail deal) => deal.Reviewer switch
    {
        null or Roles.PartnerManager => deal.ManagerName is { } name ? T($"{name}, the partner manager,") : T("The partner manager"),
        var role => T(Roles.Label(role)),
    };

    public static readonly Option[] Motions = [.. DealMotion.Selling.Select(m => new Option(Words.Of(m), PartnerWords.Label(m)))];

    public static readonly Option[] States = [.. Enum.GetValues<DealState>().Where(s => s is not (DealState.Draft or DealState.Submitted)).Select(s => new Option(Words.Of(s), DealLifecycle.Label(s)))];

    public static readonly Option[] ReasonOptions = [.. Enum.GetValues<ReasonCode>().Select(r => new Option(Words.Of(r), ReasonCodes.Label(r)))];

    public static readonly Option[] RoleOptions = [.. Enum.GetValues<DealRole>().Where(r => r != DealRole.Source).Select(r => new Option(Words.Of(r), Label(r)))];

    public static async Task<Option[]> ProductsAsync(Work work, CancellationToken ct) =>
        [.. (await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Active).OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).Take(500).ToListAsync(ct))
            .Select(p => new Option(p.Id.ToString(), p.Name))];

    /// <summary>The partners of a filter: the first thousand by name, and those that are chosen, to which other pages lead.</summary>
    public static async Task<Option[]> PartnersAsync(Work work, CancellationToken ct, params string?[] chosen)
    {
        var first = await work.Db.Set<PartnerRow>().Where(p => p.State != PartnerState.Prospect && p.State != PartnerState.Applicant && p.State != PartnerState.Former)
            .OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).Take(1000).ToListAsync(ct);
        var ids = chosen.Select(Ids.Parse<PartnerId>).OfType<PartnerId>().Where(id => !first.Exists(p => p.Id == id)).Distinct().ToArray();
        if (ids.Length > 0) first.AddRange(await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct));
        return [.. first.Select(p => new Option(p.Id.ToString(), p.Name))];
    }
}
