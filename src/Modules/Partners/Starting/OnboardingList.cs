using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Leaving;

namespace Trellis.Partners.Starting;

/// <summary>A partner whose onboarding is not over, and the step that it waits for.</summary>
/// <param name="StartedOn">When its first step was put on the list.</param>
/// <param name="Step">The open step that is due first.</param>
/// <param name="Turn">Whose step it is.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="Late">Whether that day is over.</param>
/// <param name="WaitingDays">Days since the last step was settled, or since it began.</param>
/// <param name="Done">Steps that are done or skipped.</param>
/// <param name="Steps">All steps.</param>
internal sealed record OnboardingRow(PartnerId Partner, string Name, PersonId? Manager, string? ManagerName, DateOnly StartedOn, string Step, StepSide Turn, DateOnly DueOn, bool Late, int WaitingDays, int Done, int Steps);

/// <summary>Which onboardings are asked for.</summary>
internal sealed record OnboardingFilter(StepSide? Turn = null, PersonId? Manager = null, bool Unmanaged = false, bool Late = false)
{
    public static OnboardingFilter Read(string? turn, string? manager, string? late, Actor actor) => new(
        Words.Parse<StepSide>(turn), manager switch { "me" => actor.Person, "none" => null, _ => Ids.Parse<PersonId>(manager) }, manager == "none", Understood.OneOf(late, "yes", "no") == "yes");
}

/// <summary>All onboardings that are not over, the one that is due first at the top. It reads one index in its order, so a page costs the same however many there are.</summary>
internal static class OnboardingList
{
    public static async Task<Page<OnboardingRow>> PageAsync(Work work, OnboardingFilter filter, Paging paging, CancellationToken ct)
    {
        var (db, today) = (work.Db, work.Today);
        var open = db.Set<Step>().AsNoTracking().Where(s => s.Kind == ChecklistKind.Onboarding && s.State == StepState.Open);
        // Of each partner the step that is due first.
        var steps = open.Where(s => !open.Any(o => o.TenantId == s.TenantId && o.PartnerId == s.PartnerId
            && (o.DueOn < s.DueOn || (o.DueOn == s.DueOn && (o.Order < s.Order || (o.Order == s.Order && string.Compare(o.Code, s.Code) < 0))))));
        steps = steps.Where(s => db.Set<Partner>().Any(p => p.TenantId == s.TenantId && p.Id == s.PartnerId && p.MergedInto == null && (filter.Manager == null || p.ManagerId == filter.Manager) && (!filter.Unmanaged || p.ManagerId == null)));
        if (filter.Turn is { } turn) steps = steps.Where(s => s.Side == turn);
        if (filter.Late) steps = steps.Where(s => s.DueOn < today);
        var page = await steps.PageAsync(s => s.DueOn, s => s.Id, false, paging, ct);
        return new(await RowsAsync(work, page.Items, ct), page.Next, page.Previous);
    }

    private static async Task<IReadOnlyList<OnboardingRow>> RowsAsync(Work work, IReadOnlyList<Step> waiting, CancellationToken ct)
    {
        if (waiting.Count == 0) return [];
        PartnerId[] ids = [.. waiting.Select(s => s.PartnerId)];
        var partners = await (from p in work.Db.Set<Partner>().AsNoTracking()
                              join m in work.Db.Set<PersonRow>() on new { p.TenantId, Id = p.ManagerId } equals new { m.TenantId, Id = (PersonId?)m.Id } into managers
                              from m in managers.DefaultIfEmpty()
                              where ids.Contains(p.Id)
                              select new { p.Id, p.Name, p.ManagerId, Manager = (string?)m.Name }).ToDictionaryAsync(p => p.Id, ct);
        var steps = (await work.Db.Set<Step>().AsNoTracking().Where(s => ids.Contains(s.PartnerId) && s.Kind == ChecklistKind.Onboarding).Select(s => new { s.PartnerId, s.Id, s.State, s.At }).ToListAsync(ct)).ToLookup(s => s.PartnerId);
        return [.. waiting.Select(s =>
        {
            var (partner, all) = (partners[s.PartnerId], steps[s.PartnerId].ToList());
            var began = all.Min(a => Ids.MadeAt(a.Id));
            var last = all.Max(a => a.At) is { } at && at > began ? at : began;
            return new OnboardingRow(partner.Id, partner.Name, partner.ManagerId, partner.Manager, DateOnly.FromDateTime(began), s.Title, s.Side, s.DueOn, s.DueOn < work.Today,
                Math.Max(0, work.Today.DayNumber - DateOnly.FromDateTime(last).DayNumber), all.Count(a => a.State != StepState.Open), all.Count);
        })];
    }
}
