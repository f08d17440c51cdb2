using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Insights.Flow;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Drops;

internal static class DropPermissions
{
    public const string ViewCode = "insights.alerts";

    public static readonly Permission View = new(ViewCode, "See partners whose registrations fell", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive);
    public static readonly Permission Handle = new("insights.handle_alerts", "Look into falling registrations and close the alert", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
}

/// <summary>Looks at the last four whole weeks: opens an alert for each clear fall, ends those whose registrations are back, and tells who answers for the partner. Returns how many were opened.</summary>
internal sealed class WatchRegistrations(Work work, Notify notify) : UseCase<Done, int>(work)
{
    public static readonly NotificationKind Kind = new("insights.registration_drop", "Partnership", "Registrations of a partner fell", ByMail.AtOnce, null);

    private static readonly PartnerState[] Watched = [PartnerState.Activated, PartnerState.Active, PartnerState.AtRisk, PartnerState.Dormant];

    // What a person has closed is not opened again for as long as the fall itself stays in the half year that it is held against.
    private const int Silence = 91;

    protected override Permission Permission => DropPermissions.Handle;

    protected override async Task<Result<int>> HandleAsync(Done input, CancellationToken ct)
    {
        await Work.LockAsync("insights.alerts", ct);
        var last = Work.Today.AddDays(-1);
        var (counts, all, partners) = await CountAsync(Work, ct);
        var alive = await Db.Set<RegistrationAlert>().Where(a => RegistrationAlert.Alive.Contains(a.State)).ToListAsync(ct);
        foreach (var alert in alive)
        {
            var now = alert.PartnerId is { } id ? counts.GetValueOrDefault(id)?.Now ?? 0 : all.Now;
            // Bookkeeping of every day, past the audit: what is done about an alert is written down, not that it was looked at.
            await Db.Set<RegistrationAlert>().Where(a => a.Id == alert.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Latest, now).SetProperty(a => a.LatestDay, last), ct);
            if (alert.PartnerId is { } gone && !partners.ContainsKey(gone)) alert.Move(Work, AlertTrigger.Recover, "The partner is no longer active.");
            else if (DropRules.IsBack(alert.PartnerId is null, alert.Usual, now)) alert.Move(Work, AlertTrigger.Recover, $"{now} registrations in four weeks: back to usual.");
        }

        var since = Work.Now.AddDays(-Silence);
        var silent = await Db.Set<RegistrationAlert>().Where(a => a.State == AlertState.Closed && a.EndedAt >= since).Select(a => a.PartnerId).ToListAsync(ct);
        var skip = alive.Select(a => a.PartnerId).Concat(silent).ToHashSet();
        List<(DropCount Count, double Chance)> found = [.. DropRules.Find(counts.Values.Where(c => partners.ContainsKey(c.Partner!.Value)))];
        if (DropRules.FellTogether(all)) found.Add((all, DropRules.Chance(all.Before, all.Now)));
        var opened = found.Where(f => !skip.Contains(f.Count.Partner)).Select(f => Open(Work.Tenant, Work.NewId<AlertId>(), Work.Now, last, f.Count, f.Chance)).ToList();
        Db.AddRange(opened);
        await Work.SaveAsync(ct);
        foreach (var alert in opened) await TellAsync(alert, partners, ct);
        return opened.Count;
    }

    public static RegistrationAlert Open(TenantId tenant, AlertId id, DateTime now, DateOnly day, DropCount count, double chance) => new()
    {
        TenantId = tenant, Id = id, PartnerId = count.Partner, OpenedAt = now, Day = day, Before = count.Before, Seen = count.Now, Usual = count.Usual, Chance = chance, Latest = count.Now, LatestDay = day, Version = 1,
    };

    /// <summary>Whether enough is known of a partner to tell a fall: it is active, was so before what is counted, and registered often enough.</summary>
    public static async Task<bool> TellsAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var split = work.Today.AddDays(-DropRules.Period);
        var first = split.AddDays(-DropRules.Base);
        var known = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var watched = work.Db.Set<PartnerRow>().Where(p => p.Id == partner && Watched.Contains(p.State) && p.MergedInto == null && p.Since <= known);
        return await watched.Select(p => work.Db.Set<FlowRow>().Count(r => r.TenantId == p.TenantId && r.PartnerId == partner && r.RegisteredOn >= first && r.RegisteredOn < split)).SingleOrDefaultAsync(ct) >= DropRules.Fewest;
    }

    /// <summary>Registrations by partner, all together, and who is watched: partners in business for longer than what is counted.</summary>
    public static async Task<(Dictionary<PartnerId, DropCount> Counts, DropCount All, Dictionary<PartnerId, (string Name, PersonId? Manager)> Partners)> CountAsync(Work work, CancellationToken ct)
    {
        var (today, split) = (work.Today, work.Today.AddDays(-DropRules.Period));
        var first = split.AddDays(-DropRules.Base);
        var known = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var sums = await work.Db.Set<FlowRow>().Where(r => r.RegisteredOn >= first && r.RegisteredOn < today)
            .GroupBy(r => r.PartnerId).Select(g => new { g.Key, All = g.Count(), Now = g.Sum(r => r.RegisteredOn >= split ? 1 : 0) }).ToListAsync(ct);
        var partners = await work.Db.Set<PartnerRow>().Where(p => Watched.Contains(p.State) && p.MergedInto == null && p.Since <= known).Select(p => new { p.Id, p.Name, p.ManagerId }).ToListAsync(ct);
        return (sums.ToDictionary(s => s.Key, s => new DropCount(s.Key, s.All - s.Now, s.Now)), new DropCount(null, sums.Sum(s => s.All - s.Now), sums.Sum(s => s.Now)), partners.ToDictionary(p => p.Id, p => (p.Name, p.ManagerId)));
    }

    private async Task TellAsync(RegistrationAlert alert, Dictionary<PartnerId, (string Name, PersonId? Manager)> partners, CancellationToken ct)
    {
        var (name, manager) = alert.PartnerId is { } partner ? partners[partner] : ((string?)null, (PersonId?)null);
        var people = manager is { } one ? [one] : await OperationsAsync(ct);
        var usual = alert.Usual.ToString("0.#", CultureInfo.InvariantCulture);
        await notify.TellAsync(people, new News(Kind, name is null ? "Registrations of all partners fell" : $"Registrations of {name} fell",
            $"{alert.Seen} registrations in the last four weeks; usually {usual}. Look into it, or close the alert if you know why.", $"/app/analytics/alerts/{alert.Id}", "Look at it:", alert.Id.ToString()), ct);
    }

    private Task<List<PersonId>> OperationsAsync(CancellationToken ct) =>
        People.WithRole(Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(50).ToListAsync(ct);
}
