using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

/// <summary>A step of an onboarding as it is shown.</summary>
internal sealed record OnboardingItem(StepId Id, string Title, StepSide Side, PersonId? OwnerId, string? Owner, DateOnly DueOn, StepState State, string? Reason, string? By, DateTime? At, string? Fact, bool Mine);

/// <summary>The checklist of a partnership that begins, or that takes up another motion: partners enter, repeat and combine it, so only what is missing is ever added.</summary>
internal sealed class OnboardingSteps(Work work, IEnumerable<IOnboardingFact> facts, Notify notify)
{
    private const int MostTold = 5;

    public static readonly NotificationKind Told = new("partners.onboarding", "Partnership", "Steps of an onboarding: begun, or done by the other side", ByMail.Digest, ByMail.AtOnce);

    private IQueryable<Step> Stored(PartnerId partner) => work.Db.Set<Step>().Where(s => s.PartnerId == partner && s.Kind == ChecklistKind.Onboarding);

    /// <summary>The list of the tenant.</summary>
    public async Task<IReadOnlyList<OnboardingLine>> LinesAsync(CancellationToken ct) =>
        await work.Db.Set<OnboardingTemplate>().AsNoTracking().Select(t => t.Lines).SingleOrDefaultAsync(ct) is { } own && OnboardingLines.Read(own, Codes) is { Ok: true, Value: var lines } ? lines : OnboardingLines.Usual;

    public IReadOnlyCollection<string> Codes => [.. facts.Select(f => f.Code)];

    public IReadOnlyList<IOnboardingFact> Facts => [.. facts.OrderBy(f => f.Code, StringComparer.Ordinal)];

    /// <summary>Adds the lines that this partner does not have yet, inside the caller's transaction; returns how many.</summary>
    public async Task<int> BeginAsync(PartnerId partner, PersonId? manager, IReadOnlyCollection<Motion> motions, bool quietly, CancellationToken ct)
    {
        var (there, lines) = ((await Stored(partner).Select(s => s.Code).ToListAsync(ct)).ToHashSet(), await LinesAsync(ct));
        var added = Make(work.Tenant, () => work.NewId<StepId>(), lines, partner, manager, motions, work.Today).Where(s => !there.Contains(s.Code)).ToList();
        work.Db.AddRange(added);
        if (quietly || !added.Exists(s => s.Side == StepSide.Partner)) return added.Count;
        var people = await People.OfPartner(work.Db, partner, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(MostTold).ToListAsync(ct);
        await notify.TellAsync(partner, people, new News(Told, "Your onboarding has begun", "A list says what is to be done until we work together, by whom and until when.", "/portal/company/onboarding", "Look at it here:"), ct);
        return added.Count;
    }

    /// <summary>The lines of these motions as rows.</summary>
    internal static IEnumerable<Step> Make(TenantId tenant, Func<StepId> id, IReadOnlyList<OnboardingLine> lines, PartnerId partner, PersonId? manager, IReadOnlyCollection<Motion> motions, DateOnly began) =>
        lines.Select((line, at) => (line, at)).Where(l => l.line.Motion is not { } only || motions.Contains(only)).Select(l => new Step
        {
            TenantId = tenant,
            Id = id(),
            PartnerId = partner,
            Kind = ChecklistKind.Onboarding,
            Side = l.line.Side,
            Code = l.line.Code,
            Title = l.line.Title,
            Order = l.at,
            Fact = l.line.Fact,
            OwnerId = l.line.Side == StepSide.Vendor ? manager : null,
            DueOn = began.AddDays(l.line.Days),
        });

    /// <summary>The partner leaves: what is open is dropped, what was done stays as history.</summary>
    public async Task DropAsync(PartnerId partner, CancellationToken ct) =>
        work.Db.RemoveRange(await Stored(partner).Where(s => s.State == StepState.Open).ToListAsync(ct));

    public async Task ClearAsync(PartnerId partner, CancellationToken ct) => work.Db.RemoveRange(await Stored(partner).ToListAsync(ct));

    public Task<Step?> FindAsync(PartnerId partner, StepId id, CancellationToken ct) => Stored(partner).SingleOrDefaultAsync(s => s.Id == id, ct);

    /// <summary>Whether the fact of a line has happened; null for a line that has none.</summary>
    public async Task<bool?> HappenedAsync(Step step, CancellationToken ct) =>
        step.Fact is { } code && facts.FirstOrDefault(f => f.Code == code) is { } fact ? (await fact.AmongAsync([step.PartnerId], ct)).Contains(step.PartnerId) : null;

    public async Task<IReadOnlyList<OnboardingItem>> OfAsync(PartnerId partner, CancellationToken ct)
    {
        var rows = await (from s in Stored(partner).AsNoTracking()
                          join p in work.Db.Set<PersonRow>() on new { s.TenantId, Id = s.OwnerId } equals new { p.TenantId, Id = (PersonId?)p.Id } into owners
                          from p in owners.DefaultIfEmpty()
                          orderby s.Order, s.Id
                          select new { Step = s, Owner = (string?)p.Name }).Take(OnboardingLines.Most * 3).ToListAsync(ct);
        var may = work.Actor.May(OnboardingPermissions.Finish);
        var items = new List<OnboardingItem>();
        foreach (var (s, owner) in rows.Select(r => (r.Step, r.Owner)))
        {
            var fact = facts.FirstOrDefault(f => f.Code == s.Fact);
            var happened = s.State == StepState.Open && fact is not null && await HappenedAsync(s, ct) == true;
            items.Add(new OnboardingItem(s.Id, s.Title, s.Side, s.OwnerId, owner, s.DueOn, happened ? StepState.Done : s.State, happened ? fact!.Text : s.Reason, happened ? "Trellis" : s.By, happened ? work.Now : s.At, fact?.Text,
                may && !happened && (work.Actor.IsPartner ? s.Side == StepSide.Partner && s.State != StepState.Waived : true)));
        }

        return items;
    }
}

/// <summary>Somebody of the partner has signed in and may act for it.</summary>
internal sealed class SignedIn(Work work) : IOnboardingFact
{
    public const string Name = "first_sign_in";

    public string Code => Name;

    public string Text => "Somebody of the partner has signed in";

    public async Task<IReadOnlySet<PartnerId>> AmongAsync(IReadOnlyCollection<PartnerId> partners, CancellationToken ct) =>
        (await work.Db.Set<MembershipRow>().Where(m => partners.Contains(m.PartnerId) && m.State == PersonState.Active).Select(m => m.PartnerId).Distinct().ToListAsync(ct)).ToHashSet();
}
