using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Leaving;

/// <summary>A line as it is shown, with what its check finds now.</summary>
internal sealed record StepItem(StepId Id, string Code, string Title, PersonId? OwnerId, string? Owner, DateOnly DueOn, StepState State, string? Reason, string? By, DateTime? At, OffboardingFinding? Finding);

/// <summary>The checklist of a partner that is leaving: begun when it begins to leave, closed when it stays after all.</summary>
internal sealed class Checklist(Work work, IEnumerable<IOffboardingCheck> checks)
{
    /// <summary>How many days each line has.</summary>
    public const int Days = 30;

    // What no program can look up, a person confirms.
    private static readonly (string Code, string Title, int Order)[] ByHand =
    [
        ("agreements", "Agreements ended and both sides have it in writing", 40),
        ("data", "Customer data handed back or deleted, as the agreement says", 50),
        ("farewell", "Customers and colleagues know whom to turn to", 60),
    ];

    private IQueryable<Step> Stored(PartnerId partner) => work.Db.Set<Step>().Where(s => s.PartnerId == partner && s.Kind == ChecklistKind.Offboarding);

    /// <summary>Begins the list. Lines of an earlier parting are renewed.</summary>
    public async Task BeginAsync(PartnerId partner, PersonId? manager, CancellationToken ct)
    {
        work.Db.RemoveRange(await Stored(partner).ToListAsync(ct));
        var lines = checks.Select(c => (c.Code, c.Title, c.Order)).Concat(ByHand).DistinctBy(l => l.Code);
        work.Db.AddRange(lines.Select(l => New(work.Tenant, work.NewId<StepId>(), partner, l, manager, work.Today)));
    }

    /// <summary>What a person confirms at a partner of the demo; what is looked up is asked for in any case.</summary>
    internal static IEnumerable<Step> Lines(TenantId tenant, Func<StepId> id, PartnerId partner, PersonId? owner, DateOnly began) => ByHand.Select(l => New(tenant, id(), partner, l, owner, began));

    private static Step New(TenantId tenant, StepId id, PartnerId partner, (string Code, string Title, int Order) line, PersonId? owner, DateOnly began) =>
        new() { TenantId = tenant, Id = id, PartnerId = partner, Code = line.Code, Title = line.Title, Order = line.Order, OwnerId = owner, DueOn = began.AddDays(Days) };

    /// <summary>The partner stays: what is still open is dropped, what was done stays as history.</summary>
    public async Task DropAsync(PartnerId partner, CancellationToken ct) =>
        work.Db.RemoveRange(await Stored(partner).Where(s => s.State == StepState.Open).ToListAsync(ct));

    /// <summary>What stands in the way of the end, or null. A line whose check finds nothing left is settled by itself.</summary>
    public async Task<Problem?> BlocksAsync(PartnerId partner, CancellationToken ct)
    {
        var open = new List<string>();
        var missing = await MissingAsync(partner, ct);
        work.Db.AddRange(missing);
        foreach (var step in (await Stored(partner).Where(s => s.State == StepState.Open).ToListAsync(ct)).Concat(missing).OrderBy(s => s.Order))
        {
            var finding = await LookAsync(step.Code, partner, ct);
            if (finding is { Clear: true }) step.Settle(StepState.Done, finding.Text, "Trellis", work.Now);
            else open.Add(finding is null ? step.Title : finding.Text);
        }

        return open.Count == 0 ? null : PartnersProblems.NotSettled(open);
    }

    /// <summary>A line of the checklist, to be changed; null where there is none.</summary>
    public async Task<Step?> FindAsync(PartnerId partner, StepId id, CancellationToken ct)
    {
        if (await Stored(partner).SingleOrDefaultAsync(s => s.Id == id, ct) is { } step) return step;
        if ((await MissingAsync(partner, ct)).Find(s => s.Id == id) is not { } missing) return null;
        work.Db.Add(missing);
        return missing;
    }

    // A check that was added after the list was begun is asked for as well: its line is written down when somebody settles it or the partnership ends.
    private async Task<List<Step>> MissingAsync(PartnerId partner, CancellationToken ct)
    {
        var leaving = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.Id == partner && p.State == PartnerState.Offboarding).Select(p => new { p.ManagerId, p.StateSince }).SingleOrDefaultAsync(ct);
        if (leaving is null) return [];
        var there = await Stored(partner).Select(s => s.Code).ToListAsync(ct);
        return [.. checks.Where(c => !there.Contains(c.Code)).Select(c => New(work.Tenant, IdOf(partner, c.Code), partner, (c.Code, c.Title, c.Order), leaving.ManagerId, DateOnly.FromDateTime(leaving.StateSince)))];
    }

    // The same each time, so that a line can be named before it is there.
    private static StepId IdOf(PartnerId partner, string code) => new(new Guid(SHA256.HashData([.. partner.Value.ToByteArray(), .. Encoding.UTF8.GetBytes(code)]).AsSpan(0, 16)));

    public async Task<OffboardingFinding?> LookAsync(string code, PartnerId partner, CancellationToken ct) =>
        checks.FirstOrDefault(c => c.Code == code) is { } check ? await check.LookAsync(partner, ct) : null;

    public async Task<IReadOnlyList<StepItem>> OfAsync(PartnerId partner, CancellationToken ct)
    {
        var rows = await (from s in Stored(partner).AsNoTracking()
                          join p in work.Db.Set<PersonRow>() on new { s.TenantId, Id = s.OwnerId } equals new { p.TenantId, Id = (PersonId?)p.Id } into owners
                          from p in owners.DefaultIfEmpty()
                          select new { Step = s, Owner = p.Name }).ToListAsync(ct);
        var missing = await MissingAsync(partner, ct);
        var manager = missing.Count > 0 && missing[0].OwnerId is { } id ? await work.Db.Set<PersonRow>().Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;
        var items = new List<StepItem>();
        foreach (var (s, owner) in rows.Select(r => (r.Step, Owner: (string?)r.Owner)).Concat(missing.Select(m => (m, manager))).OrderBy(r => r.Item1.Order).ThenBy(r => r.Item1.Id.Value))
        {
            var finding = s.State == StepState.Open ? await LookAsync(s.Code, partner, ct) : null;
            items.Add(new StepItem(s.Id, s.Code, s.Title, s.OwnerId, owner, s.DueOn, s.State, s.Reason, s.By, s.At, finding));
        }

        return items;
    }
}

/// <summary>The check of this module: nobody of the partner can sign in any more.</summary>
internal sealed class AccessCheck(Work work) : IOffboardingCheck
{
    public const string Name = "access";
    public const string Line = "Access to the portal taken away";

    public string Code => Name;

    public string Title => Line;

    public int Order => 10;

    public async Task<OffboardingFinding> LookAsync(PartnerId partner, CancellationToken ct)
    {
        var people = await work.Db.Set<MembershipRow>().CountAsync(m => m.PartnerId == partner && m.State == PersonState.Active, ct);
        return people == 0 ? new(true, "Nobody can sign in") : new(false, people == 1 ? "1 person can still sign in" : $"{people} people can still sign in", $"/app/partners/{partner}/offboarding#access");
    }
}
