using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>For whom somebody may register, and in which motions that partner sells.</summary>
internal sealed record Holder(PartnerId Partner, string Name, bool Own, IReadOnlyList<Motion> Motions);

/// <summary>A distributor registers for the resellers that it supplies. The registration is the reseller's, and both see it and act on it.</summary>
internal static class Distribution
{
    /// <summary>The resellers for which this actor may register.</summary>
    public static async Task<IReadOnlyList<(PartnerId Id, string Name)>> ResellersAsync(Work work, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } distributor) return [];
        var resellers = await (
            from s in work.Db.Set<SupplyRow>()
            join p in work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { s.TenantId, Id = s.ToId } equals new { p.TenantId, p.Id }
            where s.FromId == distributor && s.Kind == SupplyRow.Supplies
            orderby p.Name
            select new { p.Id, p.Name, p.State }).Take(500).ToListAsync(ct);
        return [.. resellers.Where(r => Registration.MayRegister(r.State)).Select(r => (r.Id, r.Name))];
    }

    /// <summary>The actor's own partner and the resellers for which it may register, each with the motions that a registration may name.</summary>
    public static async Task<IReadOnlyList<Holder>> HoldersAsync(Work work, CancellationToken ct)
    {
        if (await Registration.PartnerAsync(work, ct) is not { Ok: true, Value: var own }) return [];
        var all = (await ResellersAsync(work, ct)).Where(r => r.Id != own.Id).Prepend((own.Id, own.Name)).ToList();
        var active = await DealMotion.ActiveAsync(work.Db, [.. all.Select(h => h.Id)], ct);
        return [.. all.Select(h => new Holder(h.Id, h.Name, h.Id == own.Id, Selling(active[h.Id])))];
    }

    /// <summary>In which motions a registration of this partner may be made. Whoever asks has settled that it may register for it.</summary>
    public static async Task<IReadOnlyList<Motion>> MotionsAsync(Work work, PartnerId holder, CancellationToken ct) => Selling((await DealMotion.ActiveAsync(work.Db, [holder], ct))[holder]);

    private static IReadOnlyList<Motion> Selling(IEnumerable<(Motion Motion, Tier Tier)> active) => [.. DealMotion.Selling.Intersect(active.Select(m => m.Motion))];

    /// <summary>Whose registration it will be: the actor's own partner's, or the named reseller's.</summary>
    public static async Task<Result<PartnerRow>> HolderAsync(Work work, PartnerId? reseller, CancellationToken ct) => await HolderAsync(work, await Registration.PartnerAsync(work, ct), reseller, ct);

    /// <summary>The partner that holds a draft: the actor's own, or the reseller for which its distributor has begun it, as long as it supplies that one.</summary>
    public static Task<Result<PartnerRow>> HolderAsync(Work work, Deal draft, CancellationToken ct) => HolderAsync(work, draft.DistributorId is null ? null : draft.PartnerId, ct);

    /// <summary>Whether a draft of a distributor for its reseller may still be registered, whoever makes it count.</summary>
    public static async Task<bool> SuppliesStillAsync(Work work, Deal draft, CancellationToken ct)
    {
        if (draft.DistributorId is not { } distributor) return true;
        var (tenant, holder) = (draft.TenantId, draft.PartnerId);
        if (!await work.Db.Set<SupplyRow>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(s => s.TenantId == tenant && s.FromId == distributor && s.ToId == holder && s.Kind == SupplyRow.Supplies, ct)) return false;
        return Registration.MayRegister(await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == distributor).Select(p => p.State).SingleAsync(ct));
    }

    /// <summary>The same where the actor's own partner has been read already.</summary>
    public static async Task<Result<PartnerRow>> HolderAsync(Work work, Result<PartnerRow> own, PartnerId? reseller, CancellationToken ct)
    {
        if (!own.Ok || reseller is not { } id || id == own.Value.Id) return own;
        var supplied = await work.Db.Set<SupplyRow>().AnyAsync(s => s.FromId == own.Value.Id && s.ToId == id && s.Kind == SupplyRow.Supplies, ct);
        if (!supplied) return LifeProblems.NotSupplied();
        var holder = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleAsync(p => p.Id == id, ct);
        return Registration.MayRegister(holder.State) ? holder : DealsProblems.PartnerNotActive(holder.State);
    }
}
