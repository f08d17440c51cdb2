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

    /// <summary>Begins the list. Lines of an earlier parting are renewed.</summary>
    public async Task BeginAsync(PartnerId partner, PersonId? manager, CancellationToken ct)
    {
        work.Db.RemoveRange(await work.Db.Set<Step>().Where(s => s.PartnerId == partner).ToListAsync(ct));
        var lines = checks.Select(c => (c.Code, c.Title, c.Order)).Concat(ByHand).DistinctBy(l => l.Code);
        work.Db.AddRange(lines.Select(l => New(work.Tenant, work.NewId<StepId>(), partner, l, manager, work.Today)));
    }

    /// <summary>The lines of a partner of the demo: access, and what a person confirms.</summary>
    internal static IEnumerable<Step> Lines(TenantId tenant, Func<StepId> id, PartnerId partner, PersonId? owner, DateOnly began) =>
        ByHand.Prepend((AccessCheck.Name, AccessCheck.Line, 10)).Select(l => New(tenant, id(), partner, l, owner, began));

    private static Step New(TenantId tenant, StepId id, PartnerId partner, (string Code, string Title, int Order) line, PersonId? owner, DateOnly began) =>
        new() { TenantId = tenant, Id = id, PartnerId = partner, Code = line.Code, Title = line.Title, Order = line.Order, OwnerId = owner, DueOn = began.AddDays(Days) };

    /// <summary>The partner stays: what is still open is dropped, what was done stays as history.</summary>
    public async Task DropAsync(PartnerId partner, CancellationToken ct) =>
        work.Db.RemoveRange(await work.Db.Set<Step>().Where(s => s.PartnerId == partner && s.State == StepState.Open).ToListAsync(ct));

    /// <summary>What stands in the way of the end, or null. A line whose check finds nothing left is settled by itself.</summary>
    public async Task<Problem?> BlocksAsync(PartnerId partner, CancellationToken ct)
    {
        var open = new List<string>();
        foreach (var step in await work.Db.Set<Step>().Where(s => s.PartnerId == partner && s.State == StepState.Open).OrderBy(s => s.Order).ToListAsync(ct))
        {
            var finding = await LookAsync(step.Code, partner, ct);
            if (finding is { Clear: true }) (step.State, step.By, step.At, step.Reason) = (StepState.Done, "Trellis", work.Now, finding.Text);
            else open.Add(finding is null ? step.Title : finding.Text);
        }

        return open.Count == 0 ? null : PartnersProblems.NotSettled(open);
    }

    public async Task<OffboardingFinding?> LookAsync(string code, PartnerId partner, CancellationToken ct) =>
        checks.FirstOrDefault(c => c.Code == code) is { } check ? await check.LookAsync(partner, ct) : null;

    public async Task<IReadOnlyList<StepItem>> OfAsync(PartnerId partner, CancellationToken ct)
    {
        var rows = await (from s in work.Db.Set<Step>().AsNoTracking()
                          join p in work.Db.Set<PersonRow>() on new { s.TenantId, Id = s.OwnerId } equals new { p.TenantId, Id = (PersonId?)p.Id } into owners
                          from p in owners.DefaultIfEmpty()
                          where s.PartnerId == partner
                          orderby s.Order, s.Id
                          select new { Step = s, Owner = p.Name }).ToListAsync(ct);
        var items = new List<StepItem>();
        foreach (var row in rows)
        {
            var s = row.Step;
            var finding = s.State == StepState.Open ? await LookAsync(s.Code, partner, ct) : null;
            items.Add(new StepItem(s.Id, s.Code, s.Title, s.OwnerId, row.Owner, s.DueOn, s.State, s.Reason, s.By, s.At, finding));
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
        return people == 0 ? new(true, "Nobody can sign in.") : new(false, $"{people} {(people == 1 ? "person" : "people")} can still sign in.", $"/app/partners/{partner}/offboarding#access");
    }
}
