using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>What the rules say about an approved registration as a partner wants it changed.</summary>
/// <param name="Outcome">What they would decide.</param>
/// <param name="RuleId">The rule that holds; null where none does.</param>
/// <param name="RulesVersion">The version that was asked.</param>
/// <param name="Decides">The role that may grant it, or one above.</param>
/// <param name="ForVendor">What the rule says to the vendor.</param>
/// <param name="MayGrant">Whether the reader may.</param>
internal sealed record ChangeRuling(Outcome Outcome, string? RuleId, int RulesVersion, string Decides, string ForVendor, bool MayGrant);

/// <summary>Asks the rules about a registration as it is wanted.</summary>
internal static class ChangedCase
{
    /// <summary>Who may grant what the rules say so much about: what they refuse is beyond a partner manager.</summary>
    public static string Decides(Ruling ruling) => ruling.Outcome switch
    {
        Outcome.Review => ruling.Reviewer!,
        Outcome.Refuse => Roles.ChannelOperations,
        _ => Roles.PartnerManager,
    };

    public static async Task<Result<ChangeRuling>> FindAsync(Work work, RequestId id, CancellationToken ct)
    {
        var request = await work.Db.Set<DealRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return request is not null && await PreviewAsync(work, request, ct) is { } ruling ? ruling : LifeProblems.NoSuchRequest();
    }

    /// <summary>What would be decided; nothing is kept. Null where there is nothing to decide any more, or no rate for the amount.</summary>
    public static async Task<ChangeRuling?> PreviewAsync(Work work, DealRequest request, CancellationToken ct)
    {
        if (request is not { Kind: RequestKind.Amendment, State: RequestState.Pending, Fields: { } fields }) return null;
        var id = request.DealId;
        if (await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } copy) return null;
        await WriteAsync(work, copy, fields, ct);
        var asked = await AskAsync(work, copy, ct);
        if (!asked.Ok) return null;
        var (ruling, role) = (asked.Value.Ruling, Decides(asked.Value.Ruling));
        return new ChangeRuling(ruling.Outcome, ruling.RuleId, asked.Value.Rules.Number, role, ruling.ForVendor, ReviewRoles.MayDecide(work.Actor, role));
    }

    /// <summary>Writes the wanted fields and names the customer's account anew where it is another one. Tells whether the customer stayed.</summary>
    public static async Task<bool> WriteAsync(Work work, Deal deal, DealFields fields, CancellationToken ct)
    {
        // The product may have been retired since; what was named once stays readable.
        var product = fields.Product is { } id ? await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;
        var same = Amendments.SameCustomer(deal, fields);
        deal.Write(fields, product);
        if (same) return true;
        var (state, account) = Matching.Choose(await Matching.FindAsync(work, deal, ct));
        deal.Identify(state == AccountState.New ? AccountState.Pending : state, account);
        return false;
    }

    public static async Task<Result<CaseRuling>> AskAsync(Work work, Deal deal, CancellationToken ct)
    {
        var holder = deal.PartnerId;
        var partner = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleAsync(p => p.Id == holder, ct);
        return await CaseRulings.AskAsync(work, deal, partner, await Matching.FindAsync(work, deal, ct), ct);
    }
}
