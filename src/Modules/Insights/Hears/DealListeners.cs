using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>A registration is the first touch of the partner that made it.</summary>
internal sealed class NoteRegistration(Work work, RecreditDeal recredit) : IHearMany<DealRegistered>
{
    public Task HearAsync(DealRegistered happened, CancellationToken ct) => HearAsync([happened], ct);

    public async Task HearAsync(IReadOnlyList<DealRegistered> happened, CancellationToken ct)
    {
        var (deals, people) = (happened.Select(h => h.Deal).ToArray(), happened.Select(h => h.Person).Distinct().ToArray());
        var names = await work.Db.Set<PersonRow>().Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var known = (await work.Db.Set<Touch>().Where(t => deals.Contains(t.DealId) && t.Kind == TouchKind.Registration).Select(t => new { t.DealId, t.PartnerId }).ToListAsync(ct)).ToHashSet();
        work.Db.AddRange(happened.DistinctBy(h => (h.Deal, h.Partner)).Where(h => !known.Contains(new { DealId = h.Deal, PartnerId = h.Partner })).Select(h => new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(h.At),
            DealId = h.Deal,
            PartnerId = h.Partner,
            Kind = TouchKind.Registration,
            At = h.At,
            Evidence = $"Registration {h.Deal}",
            PersonName = names.GetValueOrDefault(h.Person, "Trellis"),
            Source = TouchSource.System,
        }));
        await recredit.RunAsync(deals, ct);
    }
}

/// <summary>A partner that joins a deal team leaves a touch, of a kind that follows from its role.</summary>
internal sealed class NoteMember(Work work, RecreditDeal recredit) : IHear<DealMemberJoined>
{
    public async Task HearAsync(DealMemberJoined happened, CancellationToken ct)
    {
        work.Db.Add(new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(happened.At),
            DealId = happened.Deal,
            PartnerId = happened.Partner,
            Kind = KindOf(happened.Role),
            At = happened.At,
            Evidence = $"Joined the deal team as {Words.Label(happened.Role).ToLowerInvariant()}, agreed share {happened.ShareBasisPoints / 100m:0.##} %",
            PersonName = "Deal team",
            Source = TouchSource.System,
        });
        await recredit.RunAsync(happened.Deal, ct);
    }

    public static TouchKind KindOf(DealRole role) => role switch
    {
        DealRole.Influence => TouchKind.Advice,
        DealRole.Deliver or DealRole.Integrate => TouchKind.Implementation,
        DealRole.Retain => TouchKind.Support,
        _ => TouchKind.Meeting,
    };
}

/// <summary>A partner that takes a deal over is in it from that day: its first touch is of that date, and the touches of the one that had it stay as they are.</summary>
internal sealed class NoteTransfer(Work work, RecreditDeal recredit) : IHear<DealTransferred>
{
    public async Task HearAsync(DealTransferred happened, CancellationToken ct)
    {
        work.Db.Add(new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(happened.At),
            DealId = happened.Deal,
            PartnerId = happened.To,
            Kind = TouchKind.Registration,
            At = happened.At,
            Evidence = "Took the registration over from another partner",
            PersonName = happened.Person,
            Source = TouchSource.System,
        });
        await recredit.RunAsync(happened.Deal, ct);
    }
}

/// <summary>What was decided as it was registered has its credit from <see cref="NoteRegistration"/>, which finds the deal as decided.</summary>
internal sealed class RecreditDecided(RecreditDeal recredit) : IHearMany<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);

    public Task HearAsync(IReadOnlyList<DealDecided> happened, CancellationToken ct) => recredit.RunAsync([.. happened.Select(h => h.Deal)], ct);
}

internal sealed class RecreditWon(RecreditDeal recredit) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}

internal sealed class RecreditEnded(RecreditDeal recredit) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}

internal sealed class RecreditRevalued(RecreditDeal recredit) : IHear<DealRevalued>
{
    public Task HearAsync(DealRevalued happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}

internal sealed class RecreditChanged(RecreditDeal recredit) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}
