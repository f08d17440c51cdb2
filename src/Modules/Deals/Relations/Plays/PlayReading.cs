using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Relations.Strength;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Relations.Plays;

/// <summary>What suggestions are made of besides the deal itself, read for a whole page of deals at once: products, partners that are known at the accounts, teams that have won.</summary>
internal sealed class PlayReading
{
    private const int MostFormations = 40;
    private const int MostCertificates = 1000;

    private Dictionary<ProductId, PlayProduct> _products = [];
    private Dictionary<AccountId, List<StrengthLine>> _strengths = [];
    private Dictionary<PartnerId, Traits> _traits = [];
    private readonly Dictionary<ProductId, List<PlayTeam>> _teams = [];

    /// <summary>A product, by its name and the series that it belongs to.</summary>
    internal sealed record PlayProduct(string Name, string? Series);

    private sealed record Traits(IReadOnlySet<string> CertifiedFor, int? Projects, bool Delivers);

    public static async Task<PlayReading> OfAsync(Work work, IReadOnlyCollection<AccountId> accounts, IReadOnlyCollection<ProductId?> products, CancellationToken ct)
    {
        var read = new PlayReading();
        ProductId[] named = [.. products.OfType<ProductId>().Distinct()];
        if (named.Length > 0)
            read._products = await work.Db.Set<ProductRow>().Where(p => named.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Series }).ToDictionaryAsync(p => p.Id, p => new PlayProduct(p.Name, p.Series), ct);
        foreach (var product in named) read._teams[product] = await TeamsAsync(work, product, ct);
        if (accounts.Count > 0) read._strengths = await StrengthList.OfAccountsAsync(work, accounts, ct);
        read._traits = await TraitsAsync(work, [.. read._strengths.Values.SelectMany(s => s).Select(s => s.Partner).Distinct()], ct);
        return read;
    }

    public PlayProduct? ProductOf(ProductId? product) => product is { } id ? _products.GetValueOrDefault(id) : null;

    /// <summary>Teams that the vendor has kept, of deals of this product.</summary>
    public IReadOnlyList<PlayTeam> TeamsOf(ProductId? product) => product is { } id ? _teams[id] : [];

    /// <summary>The partners that are known at an account and may register deals, the strongest first.</summary>
    public IReadOnlyList<PlayCandidate> CandidatesAt(AccountId account, ProductId? product)
    {
        string[] subjects = ProductOf(product) is { } sold ? [.. new[] { sold.Name, sold.Series }.OfType<string>().Select(s => Text.Fold(s))] : [];
        return [.. from s in _strengths[account] where _traits.ContainsKey(s.Partner) let t = _traits[s.Partner] select new PlayCandidate(s.Partner, s.PartnerName, s.Points, subjects.Any(t.CertifiedFor.Contains), t.Projects, t.Delivers)];
    }

    private static async Task<Dictionary<PartnerId, Traits>> TraitsAsync(Work work, PartnerId[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return [];
        var today = work.Today;
        var partners = await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.State }).ToListAsync(ct);
        var held = (await work.Db.Set<CertificationRow>().Where(c => ids.Contains(c.PartnerId) && c.State == CertificationState.Confirmed && c.ValidFrom <= today && (c.ValidUntil == null || c.ValidUntil >= today))
            .Select(c => new { c.PartnerId, c.Subject }).Take(MostCertificates * ids.Length).ToListAsync(ct)).ToLookup(c => c.PartnerId, c => Text.Fold(c.Subject));
        var room = await work.Db.Set<PartnerCapacityRow>().Where(c => ids.Contains(c.PartnerId)).Select(c => new { c.PartnerId, c.ProjectCapacity }).ToDictionaryAsync(c => c.PartnerId, c => c.ProjectCapacity, ct);
        var delivering = (await work.Db.Set<PartnerMotionRow>().Where(m => ids.Contains(m.PartnerId) && m.Motion == Motion.Deliver && m.State == MotionState.Active).Select(m => m.PartnerId).ToListAsync(ct)).ToHashSet();
        return partners.Where(p => Registration.MayRegister(p.State)).ToDictionary(p => p.Id, p => new Traits(held[p.Id].ToHashSet(), room.GetValueOrDefault(p.Id), delivering.Contains(p.Id)));
    }

    private static async Task<List<PlayTeam>> TeamsAsync(Work work, ProductId product, CancellationToken ct)
    {
        var found = await (
            from f in work.Db.Set<Formation>().AsNoTracking()
            join d in work.Db.Set<Deal>() on new { f.TenantId, Id = f.DealId } equals new { d.TenantId, d.Id }
            where f.OwnerId == null && d.ProductId == product && d.State == DealState.Won
            orderby f.SavedAt descending
            select f).Take(MostFormations).ToListAsync(ct);
        return [.. found.Select(f => new PlayTeam(f.Id, f.Name, [.. f.Places.Select(p => p.Partner)], [.. f.Places.Select(p => p.PartnerName)]))];
    }
}
