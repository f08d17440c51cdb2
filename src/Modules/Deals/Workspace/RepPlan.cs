using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Names a direct seller's plan.</summary>
internal readonly record struct RepPlanId(Guid Value) : ITypedId<RepPlanId>
{
    public static string Prefix => "rep";
    public static RepPlanId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RepPlanId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What becomes of a direct seller's commission when a partner is on the deal.</summary>
internal enum PartnerRule
{
    /// <summary>The same as without: the partner's part is not taken from the seller.</summary>
    Neutral,

    /// <summary>Paid on what is left after the partner's part.</summary>
    Reduced,

    /// <summary>Something is added, since partner deals are wanted.</summary>
    Uplift,
}

/// <summary>What a direct seller is paid. The newest plan that has begun holds.</summary>
internal sealed class RepPlan : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public RepPlanId Id { get; init; }

    /// <summary>Commission on the closed amount.</summary>
    public int CommissionBasisPoints { get; init; }

    public PartnerRule Rule { get; init; }

    /// <summary>The partner's part of the amount for a reduced plan, or what is added to the commission for an uplift; 0 for a neutral one.</summary>
    public int AdjustBasisPoints { get; init; }

    public DateOnly EffectiveFrom { get; init; }
    public string SetByName { get; init; } = "";
    public DateTime SetAt { get; init; }
}

/// <summary>What a deal pays its direct seller, with and without the partner.</summary>
/// <param name="Without">Commission without a partner, minor units.</param>
/// <param name="With">Commission with the partner, minor units.</param>
/// <param name="Steps">How it was computed, for a person.</param>
internal sealed record SellerPay(long Without, long With, IReadOnlyList<string> Steps)
{
    public long Difference => With - Without;

    /// <summary>The commission-neutral check: the partner costs the seller nothing.</summary>
    public bool IsNeutral => With >= Without;
}

/// <summary>Pure: the commission-neutral check (DR-14).</summary>
internal static class CommissionCheck
{
    public static SellerPay Of(Money amount, int commission, PartnerRule rule, int adjust)
    {
        var without = Part(amount.Minor, commission);
        var with = rule switch
        {
            PartnerRule.Reduced => Part(amount.Minor - Part(amount.Minor, adjust), commission),
            PartnerRule.Uplift => without + Part(without, adjust),
            _ => without,
        };
        string Money(long minor) => new Money(minor, amount.Currency).ToString();
        var first = $"A commission of {Percent(commission)} on {amount} is {Money(without)}.";
        var second = rule switch
        {
            PartnerRule.Reduced => $"With a partner the commission is paid on the amount less {Percent(adjust)} for the partner: {Money(with)}.",
            PartnerRule.Uplift => $"With a partner {Percent(adjust)} of the commission is added: {Money(with)}.",
            _ => "A partner on the deal changes nothing.",
        };
        return new SellerPay(without, with, [first, second]);
    }

    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) + " %";

    private static long Part(long minor, int basisPoints) => (long)Math.Round(minor * (decimal)basisPoints / 10_000m, MidpointRounding.ToEven);
}

/// <summary>The plan in force, now and on other days: plans are never changed, a new one follows.</summary>
internal static class RepPlans
{
    // One a day for more than a year: nobody looks further back.
    private const int Most = 500;

    /// <summary>The newest first.</summary>
    public static Task<List<RepPlan>> AllAsync(Work work, CancellationToken ct) =>
        work.Db.Set<RepPlan>().AsNoTracking().OrderByDescending(p => p.EffectiveFrom).ThenByDescending(p => p.Id).Take(Most).ToListAsync(ct);

    /// <summary>The plan that was in force on a day, or null.</summary>
    public static RepPlan? On(IReadOnlyList<RepPlan> newestFirst, DateOnly day) => newestFirst.FirstOrDefault(p => p.EffectiveFrom <= day);

    public static Task<RepPlan?> CurrentAsync(Work work, CancellationToken ct)
    {
        var today = work.Today;
        return work.Db.Set<RepPlan>().AsNoTracking().Where(p => p.EffectiveFrom <= today).OrderByDescending(p => p.EffectiveFrom).ThenByDescending(p => p.Id).FirstOrDefaultAsync(ct);
    }
}
