using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Finds conflicts where decisions are made: another living claim on the customer and product, or an open opportunity of the direct team.</summary>
internal static class ConflictWatch
{
    private const int Most = 3;

    /// <summary>What a registration that lives on runs into. One that the rules refused is decided; its partner may raise it.</summary>
    public static async Task OpenAsync(Work work, Deal deal, Case @case, string? rule, CancellationToken ct)
    {
        if (deal.State is not (DealState.InReview or DealState.Approved or DealState.Converted)) return;
        var rivals = @case.Rivals.Where(c => c.Covers(deal.ProductId)).Concat(@case.Perhaps).OrderBy(c => c.IsProtected(work.Today) ? 0 : 1).ThenBy(c => c.SubmittedAt).Take(Most).ToList();
        foreach (var rival in rivals) await SuspectAsync(work, Between(work, deal, rival, rule), ct);
        // The newest stands for all that the direct team has open there.
        if (@case.Direct.OrderByDescending(o => o.OpenedOn ?? DateOnly.MinValue).FirstOrDefault() is { } direct) await SuspectAsync(work, WithDirect(work, deal, direct.Id, direct.ExternalId, rule), ct);
    }

    public static Conflict Between(Work work, Deal deal, Claim rival, string? rule) => Begin(work, deal, ConflictKind.PartnerPartner, rule ?? "another claim on the customer", rival.CustomerName,
        rival.Deal, rival.Partner, null);

    public static Conflict WithDirect(Work work, Deal deal, OpportunityId opportunity, string external, string? rule) =>
        Begin(work, deal, ConflictKind.PartnerDirect, rule ?? "an open direct opportunity", external, null, null, opportunity);

    public static Conflict Begin(Work work, Deal deal, ConflictKind kind, string rule, string? otherName, DealId? otherDeal, PartnerId? otherPartner, OpportunityId? opportunity, int? asked = null) => new()
    {
        TenantId = work.Tenant,
        Id = work.NewId<ConflictId>(),
        Kind = kind,
        CustomerName = deal.CustomerName,
        AccountId = deal.AccountId,
        ProductId = deal.ProductId,
        DealId = deal.Id,
        PartnerId = deal.PartnerId,
        OtherDealId = otherDeal,
        OtherPartnerId = otherPartner,
        OpportunityId = opportunity,
        AskedBasisPoints = asked,
        Rule = rule,
        OpenedAt = work.Now,
        OpenedBy = work.Actor.IsPartner ? "Rules of engagement" : work.Actor.Name,
        SearchText = Text.Fold(deal.CustomerName, otherName, deal.CustomerDomain),
    };

    /// <summary>Opens a suspicion, unless these two stand against each other already.</summary>
    public static async Task<bool> SuspectAsync(Work work, Conflict conflict, CancellationToken ct)
    {
        var (deal, other, opportunity) = (conflict.DealId, conflict.OtherDealId, conflict.OpportunityId);
        var known = await work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(c => other != null
            ? (c.DealId == deal && c.OtherDealId == other) || (c.DealId == other && c.OtherDealId == deal)
            : c.DealId == deal && c.OpportunityId == opportunity, ct);
        if (known) return false;
        work.Db.Add(conflict);
        await work.MoveAsync(conflict, ConflictTrigger.Suspect, null, ct, Actor.System(work.Tenant, conflict.OpenedBy));
        return true;
    }
}
