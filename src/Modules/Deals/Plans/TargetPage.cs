using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>A target list in a list.</summary>
internal sealed record TargetListLine(TargetListId Id, string Name, PartnerId Partner, DateTime CreatedAt, DateTime? EndedAt)
{
    public string? PartnerName { get; set; }
    public int Targets { get; set; }
    public int Deals { get; set; }
}

/// <summary>A target list as either side reads it.</summary>
internal sealed record TargetListDetail : IHasVersion
{
    public required TargetListId Id { get; init; }
    public required string Name { get; init; }
    public required PartnerId Partner { get; init; }
    public string? PartnerName { get; init; }
    public required string Message { get; init; }
    public required int MessageNumber { get; init; }
    public DateTime? MessageAt { get; init; }
    public string? MessageBy { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTime? EndedAt { get; init; }

    /// <summary>How many companies stand where.</summary>
    public required IReadOnlyDictionary<TargetState, int> Counts { get; init; }

    public bool MayEdit { get; init; }
    public required long Version { get; init; }
}

/// <summary>A company of a list. The account is for the vendor's people only.</summary>
internal sealed record TargetLine : IHasVersion
{
    public required TargetId Id { get; init; }
    public required TargetListId List { get; init; }
    public required string Name { get; init; }
    public string? City { get; init; }
    public string? Country { get; init; }
    public AccountId? Account { get; init; }
    public required bool Proposed { get; init; }
    public required TargetState State { get; init; }
    public required DealSide NextSide { get; init; }
    public string? NextStep { get; init; }
    public DateOnly? NextOn { get; init; }
    public string? Contacts { get; init; }
    /// <summary>The registration that was made from it; none while it is a draft.</summary>
    public DealId? Deal { get; init; }

    /// <summary>The draft that the partner has begun from it, for the partner alone.</summary>
    public DealId? Draft { get; init; }

    public required DateTime ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required long Version { get; init; }
}

internal sealed record TargetListQuery(PartnerId? Partner = null, string? Cursor = null, int? Size = null);

internal sealed record TargetQuery(string? State = null, string? Side = null, string? Cursor = null, int? Size = null);

/// <summary>A wording of the message, as the audit keeps it.</summary>
internal sealed record MessageWording(DateTime At, string Who, string Text);

/// <summary>Reads target lists: pages, API and export show the same.</summary>
internal static class TargetPage
{
    public static async Task<Page<TargetListLine>> ListsAsync(Work work, TargetListQuery query, CancellationToken ct)
    {
        var rows = work.Db.Set<TargetList>().AsNoTracking();
        if (query.Partner is { } partner) rows = rows.Where(l => l.PartnerId == partner);
        var page = await rows.PageAsync(l => l.CreatedAt, l => l.Id, true, new Paging(query.Cursor, query.Size ?? 50), ct);
        var ids = page.Items.Select(l => l.Id).ToList();
        var counts = ids.Count == 0 ? [] : (await work.Db.Set<Target>().Where(t => ids.Contains(t.ListId)).GroupBy(t => new { t.ListId, t.State }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct));
        var names = await DealList.PartnerNamesAsync(work, [.. page.Items.Select(l => l.PartnerId)], ct);
        return page.Select(l => new TargetListLine(l.Id, l.Name, l.PartnerId, l.CreatedAt, l.ArchivedAt)
        {
            PartnerName = names.GetValueOrDefault(l.PartnerId),
            Targets = counts.Where(c => c.Key.ListId == l.Id).Sum(c => c.Count),
            Deals = counts.Where(c => c.Key.ListId == l.Id && c.Key.State == TargetState.Deal).Sum(c => c.Count),
        });
    }

    public static async Task<Result<TargetListDetail>> FindAsync(Work work, TargetListId id, CancellationToken ct)
    {
        var list = await work.Db.Set<TargetList>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct);
        if (list is null) return TargetProblems.NoList();
        var counts = await work.Db.Set<Target>().Where(t => t.ListId == id).GroupBy(t => t.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var names = await DealList.PartnerNamesAsync(work, [list.PartnerId], ct);
        return new TargetListDetail
        {
            Id = list.Id, Name = list.Name, Partner = list.PartnerId, PartnerName = names.GetValueOrDefault(list.PartnerId), Message = list.Message, MessageNumber = list.MessageNumber, MessageAt = list.MessageAt, MessageBy = list.MessageByName,
            CreatedAt = list.CreatedAt, CreatedBy = list.CreatedByName, EndedAt = list.ArchivedAt, Counts = counts, MayEdit = list.ArchivedAt is null && work.Actor.May(TargetPermissions.Edit), Version = list.Version,
        };
    }

    /// <summary>The companies of a list that this actor may see, by name.</summary>
    public static async Task<Result<Page<TargetLine>>> TargetsAsync(Work work, TargetListId list, TargetQuery query, CancellationToken ct)
    {
        if (!await work.Db.Set<TargetList>().AnyAsync(l => l.Id == list, ct)) return TargetProblems.NoList();
        var rows = work.Db.Set<Target>().AsNoTracking().Where(t => t.ListId == list);
        if (Words.Parse<TargetState>(query.State) is { } state) rows = rows.Where(t => t.State == state);
        if (Words.Parse<DealSide>(query.Side) is { } side) rows = rows.Where(t => t.NextSide == side);
        return await Lines(work, rows).PageAsync(t => t.Name, t => t.Id, false, new Paging(query.Cursor, query.Size ?? 50), ct);
    }

    public static async Task<Result<TargetLine>> TargetAsync(Work work, TargetId id, CancellationToken ct)
    {
        var line = await Lines(work, work.Db.Set<Target>().AsNoTracking().Where(t => t.Id == id)).SingleOrDefaultAsync(ct);
        return line is null ? TargetProblems.NoTarget() : line;
    }

    /// <summary>
    /// The partner's registrations that can be linked: of the same name, for the vendor's people also of the same account, and the one that is linked. A partner must not learn which of its names are one account.
    /// </summary>
    public static async Task<IReadOnlyList<(DealId Id, string Title)>> DealsOfAsync(Work work, Target target, CancellationToken ct)
    {
        var (partner, account, key, linked) = (target.PartnerId, work.Actor.IsPartner ? null : target.AccountId, Customer.Key(target.Name), await RegisteredAsync(work, target, ct));
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.PartnerId == partner && d.State != DealState.Draft && (d.CustomerKey == key || (account != null && d.AccountId == account)))
            .OrderByDescending(d => d.CreatedAt).Take(20).Select(d => new { d.Id, d.Title }).ToListAsync(ct);
        if (linked is not null && deals.TrueForAll(d => d.Id != linked)) deals.AddRange(await work.Db.Set<Deal>().AsNoTracking().Where(d => d.Id == linked).Select(d => new { d.Id, d.Title }).ToListAsync(ct));
        return [.. deals.Select(d => (d.Id, d.Title))];
    }

    /// <summary>The registration that is linked; none where that is a draft, or was given up as one.</summary>
    public static async Task<DealId?> RegisteredAsync(Work work, Target target, CancellationToken ct) =>
        target.DealId is { } linked && await work.Db.Set<Deal>().AnyAsync(d => d.Id == linked && d.SubmittedAt != null, ct) ? linked : null;

    /// <summary>Earlier wordings of the message, newest first.</summary>
    public static async Task<IReadOnlyList<MessageWording>> WordingsAsync(Work work, TargetListId list, CancellationToken ct)
    {
        if (!await work.Db.Set<TargetList>().AnyAsync(l => l.Id == list, ct)) return [];
        var subject = list.ToString();
        var entries = await work.Db.Set<AuditEntry>().IgnoreQueryFilters([Db.PartnerFilter]).Where(e => e.Subject == subject).OrderByDescending(e => e.Id).Take(50).Select(e => new { e.At, e.ActorName, e.Changes }).ToListAsync(ct);
        return [.. entries.Select(e => (Entry: e, Said: Worded(e.Changes))).Where(e => e.Said is not null).Select(e => new MessageWording(e.Entry.At, e.Entry.ActorName, e.Said!)).Take(20)];
    }

    // The audit keeps a field as [from, to], and of a long text its beginning.
    private static string? Worded(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(nameof(TargetList.Message), out var field) && field is { ValueKind: JsonValueKind.Array } && field.GetArrayLength() == 2 ? Text.OrNull(field[1].GetString()) : null;
    }

    private static IQueryable<TargetLine> Lines(Work work, IQueryable<Target> targets)
    {
        var (staff, deals) = (!work.Actor.IsPartner, work.Db.Set<Deal>());
        return targets.Select(t => new TargetLine
        {
            Id = t.Id, List = t.ListId, Name = t.Name, City = t.City, Country = t.Country, Account = staff ? t.AccountId : null, Proposed = t.Proposed, State = t.State, NextSide = t.NextSide, NextStep = t.NextStep,
            NextOn = t.NextOn, Contacts = t.Contacts, ChangedAt = t.ChangedAt, ChangedBy = t.ChangedByName, Version = t.Version,
            Deal = deals.Any(d => d.TenantId == t.TenantId && d.Id == t.DealId && d.SubmittedAt != null) ? t.DealId : null,
            Draft = !staff && deals.Any(d => d.TenantId == t.TenantId && d.Id == t.DealId && d.State == DealState.Draft) ? t.DealId : null,
        });
    }
}
