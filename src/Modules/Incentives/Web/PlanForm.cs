using System.Globalization;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Web;

/// <summary>A plan as it is typed: rates in percent, the smallest payout in major units.</summary>
internal sealed class PlanForm
{
    public string? Name { get; set; }
    public string? Currency { get; set; }
    public string? EffectiveFrom { get; set; }
    public string? HoldDays { get; set; }
    public string? Minimum { get; set; }
    public long? Version { get; set; }

    /// <summary>Percent by <c>role.tier</c>.</summary>
    public Dictionary<string, string?> Rates { get; set; } = [];

    /// <summary>Compensation rules, by place: name and percent.</summary>
    public Dictionary<string, string?> Schemes { get; set; } = [];

    /// <summary>Rewards of segments, by place: segment, name and percent.</summary>
    public Dictionary<string, string?> Rewards { get; set; } = [];

    public string? OnlySegments { get; set; }

    /// <summary>Places on the page for rewards.</summary>
    public const int RewardPlaces = 3;

    /// <summary>Places on the page; a rule of engagement names one of these.</summary>
    public const int SchemePlaces = 6;

    public static string Key(DealRole role, Tier tier) => $"{Words.Of(role)}.{Words.Of(tier)}";

    public static PlanForm Of(PlanItem plan) => new()
    {
        Name = plan.Name,
        Currency = plan.Currency,
        EffectiveFrom = plan.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        HoldDays = plan.HoldDays.ToString(CultureInfo.InvariantCulture),
        Minimum = new Money(plan.Minimum, plan.Currency).Major.ToString(CultureInfo.InvariantCulture),
        Version = plan.Version,
        OnlySegments = plan.OnlySegments ? "true" : null,
        Rewards = plan.Rewards.SelectMany((r, i) => new (string Key, string? Text)[] { ($"{i}.segment", r.Segment.ToString()), ($"{i}.name", r.Name), ($"{i}.rate", (r.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture)) }).ToDictionary(s => s.Key, s => s.Text),
        Schemes = plan.Schemes.SelectMany((s, i) => new (string Key, string? Text)[] { ($"{i}.name", s.Name), ($"{i}.rate", (s.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture)) }).ToDictionary(s => s.Key, s => s.Text),
        Rates = plan.Rates.ToDictionary(r => Key(r.Role, r.Tier), string? (r) => (r.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture)),
    };

    public PlanInput Read()
    {
        var currency = Currency?.Trim().ToUpperInvariant();
        var minimum = string.IsNullOrWhiteSpace(Minimum) ? 0 : Money.Parse(Minimum, currency ?? "USD")?.Minor ?? -1;
        var rates = from role in Enum.GetValues<DealRole>() from tier in Enum.GetValues<Tier>() select new RateItem(role, tier, BasisPoints(Rates.GetValueOrDefault(Key(role, tier))));
        return new PlanInput(
            Name, currency, DateOnly.TryParseExact(EffectiveFrom, "yyyy-MM-dd", out var from) ? from : null,
            int.TryParse(HoldDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null, minimum, [.. rates], Version)
        { Schemes = [.. ReadSchemes()], Rewards = [.. ReadRewards()], OnlySegments = OnlySegments == "true" };
    }

    private IEnumerable<RewardItem> ReadRewards()
    {
        foreach (var place in Rewards.Keys.Select(k => k.Split('.')[0]).Distinct())
        {
            if (Ids.Parse<SegmentId>(Rewards.GetValueOrDefault($"{place}.segment")) is { } segment) yield return new RewardItem(segment, Text.OrNull(Rewards.GetValueOrDefault($"{place}.name")), BasisPoints(Rewards.GetValueOrDefault($"{place}.rate")));
        }
    }

    private IEnumerable<SchemeItem> ReadSchemes()
    {
        foreach (var place in Schemes.Keys.Select(k => k.Split('.')[0]).Distinct())
        {
            if (Text.OrNull(Schemes.GetValueOrDefault($"{place}.name")) is { } name) yield return new SchemeItem(name.Trim().ToLowerInvariant().Replace(' ', '_'), BasisPoints(Schemes.GetValueOrDefault($"{place}.rate")));
        }
    }

    // -1 is refused with a message at the rates.
    private static int BasisPoints(string? percent)
    {
        if (string.IsNullOrWhiteSpace(percent)) return 0;
        return decimal.TryParse(percent.Trim().TrimEnd('%').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1000 && decimal.Round(value, 2) == value
            ? (int)(value * 100)
            : -1;
    }
}
