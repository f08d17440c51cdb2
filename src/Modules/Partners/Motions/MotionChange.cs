using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Motions;

internal readonly record struct MotionChangeId(Guid Value) : ITypedId<MotionChangeId>
{
    public static string Prefix => "mchg";
    public static MotionChangeId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MotionChangeId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>How a motion of a partner stood from a moment on: never changed, so the history of each motion can be read.</summary>
internal sealed class MotionChange : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public MotionChangeId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public Motion Motion { get; init; }
    public PartnerType Type { get; init; }
    public MotionState State { get; init; }
    public Tier Tier { get; init; }
    public DateOnly Since { get; init; }
    public DateOnly? Until { get; init; }
    public PersonId? ManagerId { get; init; }
    public string By { get; init; } = "";
    public DateTime At { get; init; }
}

/// <summary>A step in the history of a motion.</summary>
internal sealed record MotionStep(Motion Motion, PartnerType Type, MotionState State, Tier Tier, DateOnly Since, DateOnly? Until, string? Manager, string By, DateTime At);

internal static class MotionHistory
{
    private const int Most = 200;

    /// <summary>Writes down how a motion stands now; whenever it was set or ended, in the same transaction.</summary>
    public static void Keep(Work work, PartnerMotion motion) => work.Db.Add(Of(motion, work.NewId<MotionChangeId>(), work.Actor.Name, work.Now));

    public static MotionChange Of(PartnerMotion motion, MotionChangeId id, string by, DateTime at) => new()
    {
        TenantId = motion.TenantId,
        Id = id,
        PartnerId = motion.PartnerId,
        Motion = motion.Motion,
        Type = motion.Type,
        State = motion.State,
        Tier = motion.Tier,
        Since = motion.Since,
        Until = motion.Until,
        ManagerId = motion.ManagerId,
        By = by,
        At = at,
    };

    /// <summary>The history of a partner's motions, the newest step first.</summary>
    public static async Task<IReadOnlyList<MotionStep>> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        await (from c in work.Db.Set<MotionChange>().AsNoTracking()
               join m in work.Db.Set<PersonRow>() on new { c.TenantId, Id = c.ManagerId } equals new { m.TenantId, Id = (PersonId?)m.Id } into managers
               from m in managers.DefaultIfEmpty()
               where c.PartnerId == partner
               orderby c.Id descending
               select new MotionStep(c.Motion, c.Type, c.State, c.Tier, c.Since, c.Until, m.Name, c.By, c.At)).Take(Most).ToListAsync(ct);
}
