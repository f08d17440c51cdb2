using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

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

    /// <summary>Whose registration it will be: the actor's own partner's, or the named reseller's.</summary>
    public static async Task<Result<PartnerRow>> HolderAsync(Work work, PartnerId? reseller, CancellationToken ct) => await HolderAsync(work, await Registration.PartnerAsync(work, ct), reseller, ct);

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
