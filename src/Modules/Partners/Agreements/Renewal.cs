using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using static Trellis.Partners.Agreements.RenewalState;

namespace Trellis.Partners.Agreements;

/// <summary>Names a renewal.</summary>
internal readonly record struct RenewalId(Guid Value) : ITypedId<RenewalId>
{
    public static string Prefix => "pren";
    public static RenewalId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RenewalId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum RenewalState
{
    Proposed,
    Agreed,
    Declined,
    Withdrawn,
}

internal enum RenewalTrigger
{
    Agree,
    Decline,
    Withdraw,
}

/// <summary>Why a partnership is not renewed.</summary>
internal enum RenewalReason
{
    Terms,
    TooLittleBusiness,
    ChangeOfStrategy,
    OtherVendor,
    SoldOrClosed,
    NotSatisfied,
    AnotherReason,
}

internal static class RenewalLifecycle
{
    public static readonly Machine<RenewalState, RenewalTrigger> Machine = new("renewals",
        (Proposed, RenewalTrigger.Agree, Agreed),
        (Proposed, RenewalTrigger.Decline, Declined),
        (Proposed, RenewalTrigger.Withdraw, Withdrawn));
}

/// <summary>The vendor's proposal to go on after an agreement has run out, and the answer.</summary>
internal sealed class Renewal : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public RenewalId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public PartnerAgreementId AgreementId { get; init; }
    public DateOnly ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>What changes, in words that the partner reads.</summary>
    public string? Terms { get; init; }
    public required string By { get; init; }
    public DateTime At { get; init; }
    public RenewalState State { get; private set; }
    public RenewalReason? Reason { get; private set; }
    public string? Answer { get; private set; }
    public string? AnsweredBy { get; private set; }
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>The agreement that was written for it, a draft until it is signed.</summary>
    public PartnerAgreementId? NextId { get; set; }
    public long Version { get; set; }

    public Result<RenewalState> Move(Work work, RenewalTrigger on, RenewalReason? reason, string? words)
    {
        var moved = work.Move(RenewalLifecycle.Machine, Id.ToString(), State, on, words);
        if (moved.Ok) (State, Reason, Answer, AnsweredBy, AnsweredAt) = (moved.Value, reason, words, work.Actor.Name, work.Now);
        return moved;
    }
}

/// <summary>A renewal as both sides read it.</summary>
internal sealed record RenewalItem(
    RenewalId Id, PartnerAgreementId Agreement, RenewalState State, DateOnly ValidFrom, DateOnly? ValidUntil, string? Terms, string By, DateTime At, RenewalReason? Reason, string? Answer, string? AnsweredBy, DateTime? AnsweredAt, PartnerAgreementId? Next);

internal static class RenewalList
{
    /// <summary>The newest renewal of each of these agreements.</summary>
    public static async Task<Dictionary<PartnerAgreementId, RenewalItem>> NewestAsync(Work work, PartnerAgreementId[] agreements, CancellationToken ct) => agreements.Length == 0 ? [] :
        (await work.Db.Set<Renewal>().AsNoTracking().Where(r => agreements.Contains(r.AgreementId)).OrderBy(r => r.Id).ToListAsync(ct)).GroupBy(r => r.AgreementId).ToDictionary(g => g.Key, g => Item(g.Last()));

    public static async Task<IReadOnlyList<RenewalItem>> OfAsync(Work work, PartnerAgreementId agreement, CancellationToken ct) =>
        [.. (await work.Db.Set<Renewal>().AsNoTracking().Where(r => r.AgreementId == agreement).OrderByDescending(r => r.Id).Take(20).ToListAsync(ct)).Select(Item)];

    private static RenewalItem Item(Renewal r) => new(r.Id, r.AgreementId, r.State, r.ValidFrom, r.ValidUntil, r.Terms, r.By, r.At, r.Reason, r.Answer, r.AnsweredBy, r.AnsweredAt, r.NextId);
}
