using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Handovers;

/// <summary>A company as the other system needs it.</summary>
/// <param name="Id">Here.</param>
/// <param name="ExternalId">The account's identifier in the CRM, or null.</param>
internal sealed record HandoverCompany(string? Id, string? ExternalId, string Name, string? Domain, string? Country, string? City, string? TaxNumber);

internal sealed record HandoverShare(PartnerId Partner, string Name, DealRole Role, int BasisPoints);

/// <summary>Everything that the other system must know, so that nobody types it again. Amounts are minor units of <c>Currency</c>.</summary>
internal sealed record HandoverDocument
{
    /// <summary>The same for every repetition: the other system recognises by it what it has already.</summary>
    public required HandoverId Handover { get; init; }

    /// <summary>0 for the deal itself, 1, 2, 3 … for what changed since it went over: whoever knows a greater one of the same deal drops this one.</summary>
    public required int Revision { get; init; }

    /// <summary>For an update, the handover that was the deal's first; null for the first itself.</summary>
    public HandoverId? First { get; init; }

    /// <summary>The number under which the deal goes on there, where it was said.</summary>
    public string? Number { get; init; }

    public required ConnectedKind System { get; init; }
    public required DealId Deal { get; init; }
    public required string Title { get; init; }
    public required DealState State { get; init; }

    /// <summary>The opportunity in the CRM, where it is there already.</summary>
    public string? Opportunity { get; init; }

    public required HandoverCompany Customer { get; init; }
    public string? ContactName { get; init; }
    public string? ContactEmail { get; init; }
    public required HandoverCompany Partner { get; init; }
    public string? Distributor { get; init; }
    public ProductId? Product { get; init; }
    public string? ProductName { get; init; }

    /// <summary>In which motion the partner sells it.</summary>
    public Motion? Motion { get; init; }

    public required long Amount { get; init; }
    public long? WonAmount { get; init; }
    public required string Currency { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public DateTime? Approved { get; init; }
    public DateTime? Closed { get; init; }
    public DateOnly? ProtectedUntil { get; init; }
    public string? WorkDone { get; init; }
    public string? NextStep { get; init; }

    /// <summary>Who gets which part of the credit.</summary>
    public required IReadOnlyList<HandoverShare> Shares { get; init; }
}

/// <summary>Reads what goes over: the connector's answer, the page and the file.</summary>
internal static class HandoverDocuments
{
    public static async Task<IReadOnlyList<HandoverDocument>> OfAsync(Work work, IReadOnlyCollection<HandoverId> ids, CancellationToken ct)
    {
        var wanted = ids.ToArray();
        if (wanted.Length == 0) return [];
        var rows = await (from h in work.Db.Set<Handover>().AsNoTracking()
                          join d in work.Db.Set<Deal>().AsNoTracking() on new { h.TenantId, Id = h.DealId } equals new { d.TenantId, d.Id }
                          where wanted.Contains(h.Id)
                          orderby h.Id
                          select new { Handover = h, Deal = d }).ToListAsync(ct);
        var deals = rows.Select(r => r.Deal.Id).ToArray();
        var updated = rows.Where(r => r.Handover.IsUpdate).Select(r => r.Deal.Id).ToArray();
        var firsts = updated.Length == 0 ? [] : await work.Db.Set<Handover>().AsNoTracking().Where(h => updated.Contains(h.DealId) && h.Revision == 0).ToDictionaryAsync(h => (h.DealId, h.System), ct);
        var accounts = await FindAsync(work.Db.Set<AccountRow>(), rows.Select(r => r.Deal.AccountId), (set, keys) => set.Where(a => keys.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct));
        var products = await FindAsync(work.Db.Set<ProductRow>(), rows.Select(r => r.Deal.ProductId), (set, keys) => set.Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct));
        var opportunities = await FindAsync(work.Db.Set<OpportunityRow>(), rows.Select(r => r.Deal.OpportunityId), (set, keys) => set.Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.ExternalId, ct));
        var team = (await work.Db.Set<DealMemberRow>().AsNoTracking().Where(m => deals.Contains(m.DealId)).ToListAsync(ct)).ToLookup(m => m.DealId);
        var partners = await FindAsync(work.Db.Set<PartnerRow>(), rows.SelectMany(r => new PartnerId?[] { r.Deal.PartnerId, r.Deal.DistributorId }).Concat(team.SelectMany(t => t).Select(m => (PartnerId?)m.PartnerId)),
            (set, keys) => set.Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct));
        return [.. rows.Select(r => Of(r.Handover, r.Handover.IsUpdate ? firsts.GetValueOrDefault((r.Deal.Id, r.Handover.System)) : null, r.Deal, accounts, products, opportunities, partners, team[r.Deal.Id]))];
    }

    private static HandoverDocument Of(Handover handover, Handover? first, Deal deal, Dictionary<AccountId, AccountRow> accounts, Dictionary<ProductId, string> products, Dictionary<OpportunityId, string> opportunities, Dictionary<PartnerId, PartnerRow> partners, IEnumerable<DealMemberRow> team)
    {
        var (account, partner) = (At(accounts, deal.AccountId), partners[deal.PartnerId]);
        return new HandoverDocument
        {
            Handover = handover.Id, Revision = handover.Revision, First = first?.Id, Number = handover.Number ?? first?.Number, System = handover.System, Deal = deal.Id, Title = deal.Title, State = deal.State, Opportunity = At(opportunities, deal.OpportunityId),
            Customer = new(deal.AccountId?.ToString(), account?.ExternalId, account?.Name ?? deal.CustomerName, account?.Domain ?? deal.CustomerDomain, account?.Country ?? deal.Country, deal.CustomerCity, deal.CustomerTaxNumber),
            ContactName = deal.ContactName, ContactEmail = deal.ContactEmail,
            Partner = new(partner.Id.ToString(), null, partner.Name, partner.Domain, partner.Country, null, null),
            Distributor = deal.DistributorId is { } distributor ? partners.GetValueOrDefault(distributor)?.Name : null,
            Product = deal.ProductId, ProductName = At(products, deal.ProductId), Motion = deal.Motion,
            Amount = deal.Amount, WonAmount = deal.WonAmount, Currency = deal.Currency, ExpectedClose = deal.ExpectedClose,
            Approved = deal.DecidedAt, Closed = deal.ClosedAt, ProtectedUntil = deal.ExpiresOn, WorkDone = deal.WorkDone, NextStep = deal.NextStep,
            Shares = [.. DealCredit.Shares(deal.PartnerId, team).Select(s => new HandoverShare(s.Partner, partners.GetValueOrDefault(s.Partner)?.Name ?? "", s.Role, s.BasisPoints))],
        };
    }

    private static async Task<Dictionary<TKey, TValue>> FindAsync<TRow, TKey, TValue>(IQueryable<TRow> rows, IEnumerable<TKey?> keys, Func<IQueryable<TRow>, TKey[], Task<Dictionary<TKey, TValue>>> read) where TRow : class where TKey : struct
    {
        var wanted = keys.OfType<TKey>().Distinct().ToArray();
        return wanted.Length == 0 ? [] : await read(rows.AsNoTracking(), wanted);
    }

    private static TValue? At<TKey, TValue>(Dictionary<TKey, TValue> known, TKey? key) where TKey : struct where TValue : class => key is { } id ? known.GetValueOrDefault(id) : null;
}
