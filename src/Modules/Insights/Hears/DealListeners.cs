using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>A registration is the first touch of the partner that made it.</summary>
internal sealed class NoteRegistration(Work work, RecreditDeal recredit) : IHear<DealRegistered>
{
    public async Task HearAsync(DealRegistered happened, CancellationToken ct)
    {
        var person = await work.Db.Set<PersonRow>().Where(p => p.Id == happened.Person).Select(p => p.Name).SingleOrDefaultAsync(ct) ?? "Trellis";
        var known = await work.Db.Set<Touch>().AnyAsync(t => t.DealId == happened.Deal && t.PartnerId == happened.Partner && t.Kind == TouchKind.Registration, ct);
        if (!known)
        {
            work.Db.Add(new Touch
            {
                TenantId = work.Tenant,
                Id = Ids.New<TouchId>(happened.At),
                DealId = happened.Deal,
                PartnerId = happened.Partner,
                Kind = TouchKind.Registration,
                At = happened.At,
                Evidence = $"Registration {happened.Deal}",
                PersonName = person,
                Source = TouchSource.System,
            });
        }

        await recredit.RunAsync(happened.Deal, ct);
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
        DealRole.Deliver => TouchKind.Implementation,
        DealRole.Retain => TouchKind.Support,
        _ => TouchKind.Meeting,
    };
}

internal sealed class RecreditDecided(RecreditDeal recredit) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
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
