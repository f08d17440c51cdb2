using System.Globalization;

namespace Trellis.Compute.Attribution;

/// <summary>How the touches of one stage share the stage's weight.</summary>
public enum StageSplit
{
    /// <summary>Equally.</summary>
    Linear,

    /// <summary>All to the first touch of the stage.</summary>
    First,

    /// <summary>All to the last touch of the stage.</summary>
    Last,
}

/// <summary>One stage of the sales process: its weight and how its touches share it.</summary>
public readonly record struct StageRule(double Weight, StageSplit Split = StageSplit.Linear);

/// <summary>Terms of retention credit.</summary>
/// <param name="Share">The part of a renewal or expansion that goes to those who kept the customer, 0 to 1.</param>
/// <param name="Window">How long before the renewal a touch counts, in the unit of the times.</param>
public readonly record struct RetentionTerms(double Share, long Window);

public static partial class CreditRules
{
    /// <summary>The holder of the valid registration gets the source share; the rest, if any, follows another model.</summary>
    /// <param name="channels">Number of channels.</param>
    /// <param name="holders">For each deal the channel that holds the registration, or −1.</param>
    /// <param name="sourceShare">The holder's share, 0 to 1.</param>
    /// <param name="rest">Model for what is left, and for all of a deal without a holder; null: nobody gets it.</param>
    public static CreditTable DealRegistration(int channels, int[] holders, double sourceShare = 1, CreditTable? rest = null)
    {
        CheckShare(sourceShare, nameof(sourceShare));
        var text = string.Create(CultureInfo.InvariantCulture, $"The holder of the valid registration gets {sourceShare:P0}.");
        return OffTheTop("Deal registration", text, channels, holders, _ => sourceShare, rest);
    }

    /// <summary>The marketplace takes its share off the top; the rest follows another model.</summary>
    /// <param name="rest">The model for what is left.</param>
    /// <param name="marketplaces">For each deal the channel of the marketplace it went through, or −1.</param>
    /// <param name="shares">The marketplace's share in each deal, 0 to 1.</param>
    public static CreditTable Marketplace(CreditTable rest, int[] marketplaces, double[] shares)
    {
        Rows.Sized(shares, marketplaces.Length, nameof(shares));
        foreach (var share in shares) CheckShare(share, nameof(shares));
        return OffTheTop("Marketplace", "The marketplace that carried the deal gets its stated share first.", rest.ChannelCount, marketplaces, j => shares[j], rest);
    }

    /// <summary>Fixed points per role on the deal team (100 points are the whole deal); points of a role that nobody has stay with nobody.</summary>
    public static CreditTable RolePoints(DealTeams teams, RolePoints points)
    {
        points.Check();
        var roles = teams.Roles ?? throw new ArgumentException("Role points need the role of each member.", nameof(teams));
        var builder = new CreditTableBuilder(teams.Channels, teams.Count);
        Span<int> holders = stackalloc int[Enum.GetValues<PartnerRole>().Length];
        for (var d = 0; d < teams.Count; d++)
        {
            holders.Clear();
            for (var m = teams.Offsets[d]; m < teams.Offsets[d + 1]; m++) holders[(int)roles[m]]++;
            for (var m = teams.Offsets[d]; m < teams.Offsets[d + 1]; m++) builder.Add(teams.Members[m], points[roles[m]] / 100 / holders[(int)roles[m]]);
            builder.EndJourney();
        }

        return builder.Build("Role points", string.Create(CultureInfo.InvariantCulture,
            $"Points of 100: sourced {points.Sourced:0.##}, influenced {points.Influenced:0.##}, sold {points.Sold:0.##}, delivered {points.Delivered:0.##}, retained {points.Retained:0.##}; partners in the same role share its points."));
    }

    /// <summary>The shares that the deal team agreed on.</summary>
    /// <exception cref="ArgumentException">A share is outside 0 … 1, or the shares of a deal add to more than 1; the message names the deal.</exception>
    public static CreditTable AgreedSplit(DealTeams teams)
    {
        var shares = teams.AgreedShares ?? throw new ArgumentException("The agreed split needs the share of each member.", nameof(teams));
        var builder = new CreditTableBuilder(teams.Channels, teams.Count);
        for (var d = 0; d < teams.Count; d++)
        {
            for (var m = teams.Offsets[d]; m < teams.Offsets[d + 1]; m++)
            {
                CheckShare(shares[m], $"share of member {m - teams.Offsets[d]} of deal {d}");
                builder.Add(teams.Members[m], shares[m]);
            }

            builder.EndJourney();
        }

        return builder.Build("Agreed split", "Each partner gets the share that the deal team agreed on; what was not given away stays with nobody.");
    }

    /// <summary>Each stage of the sales process has a weight, shared among the touches of that stage.</summary>
    /// <param name="journeys">The journeys.</param>
    /// <param name="stageOf">The stage of each touch, an index into <paramref name="stages"/>.</param>
    /// <param name="stages">Weights that add to 1 or less.</param>
    /// <param name="spread">Whether the weight of a stage without touches goes to the other stages in proportion; otherwise nobody gets it.</param>
    public static CreditTable StageBased(Journeys journeys, int[] stageOf, StageRule[] stages, bool spread = true)
    {
        Rows.Sized(stageOf, journeys.Touches.Length, nameof(stageOf));
        Rows.CheckCodes(stageOf, stages.Length, "touch (stage)");
        if (stages.Any(s => !(s.Weight >= 0)) || stages.Sum(s => s.Weight) > 1 + 1e-9) throw new ArgumentException("Stage weights are at least 0 and add to 1 or less.", nameof(stages));
        var (count, first, last) = (new int[stages.Length], new int[stages.Length], new int[stages.Length]);
        var text = string.Create(CultureInfo.InvariantCulture, $"Stage weights {string.Join(", ", stages.Select(s => s.Weight.ToString("P0", CultureInfo.InvariantCulture)))}, shared by the touches of the stage.");
        return ByTouch(journeys, "Stage based", text, (j, shares) =>
        {
            Array.Clear(count);
            var stage = stageOf.AsSpan(journeys.Offsets[j], shares.Length);
            for (var t = shares.Length - 1; t >= 0; t--) first[stage[t]] = t;
            for (var t = 0; t < shares.Length; t++) (last[stage[t]], count[stage[t]]) = (t, count[stage[t]] + 1);
            double present = 0, all = 0;
            for (var s = 0; s < stages.Length; s++) (present, all) = (present + (count[s] > 0 ? stages[s].Weight : 0), all + stages[s].Weight);
            var scale = spread && present > 0 ? all / present : 1;
            for (var t = 0; t < shares.Length; t++)
                shares[t] = scale * stages[stage[t]].Weight * stages[stage[t]].Split switch
                {
                    StageSplit.First => first[stage[t]] == t ? 1 : 0,
                    StageSplit.Last => last[stage[t]] == t ? 1 : 0,
                    _ => 1.0 / count[stage[t]],
                };
        });
    }

    /// <summary>
    /// Credit for a renewal or expansion: the partners with a retention touch (support, adoption, implementation, renewal) within the window
    /// before the close share the retention part equally; the rest follows another model.
    /// </summary>
    /// <param name="journeys">One journey per renewal or expansion, with times.</param>
    /// <param name="retains">For each touch whether it is one that keeps the customer.</param>
    /// <param name="terms">Share and window.</param>
    /// <param name="rest">Model for what is left, and for all of a journey that no partner retained; null: nobody gets it.</param>
    public static CreditTable Retention(Journeys journeys, bool[] retains, RetentionTerms terms, CreditTable? rest = null)
    {
        CheckShare(terms.Share, nameof(terms));
        Rows.Sized(retains, journeys.Touches.Length, nameof(retains));
        if (rest is not null && rest.Count != journeys.Count) throw new ArgumentException($"The other model has {rest.Count} journeys, not {journeys.Count}.", nameof(rest));
        var times = journeys.Times ?? throw new ArgumentException("Retention credit needs the time of each touch.", nameof(journeys));
        var builder = new CreditTableBuilder(journeys.Channels, journeys.Count);
        var keepers = new SortedSet<int>();
        for (var j = 0; j < journeys.Count; j++)
        {
            keepers.Clear();
            var closed = journeys.ClosedAt(j);
            for (var t = journeys.Offsets[j]; t < journeys.Offsets[j + 1]; t++)
                if (retains[t] && times[t] <= closed && closed - times[t] <= terms.Window) keepers.Add(journeys.Touches[t]);
            foreach (var keeper in keepers) builder.Add(keeper, terms.Share / keepers.Count);
            AddRest(builder, rest, j, keepers.Count > 0 ? 1 - terms.Share : 1);
            builder.EndJourney();
        }

        return builder.Build("Retention", string.Create(CultureInfo.InvariantCulture,
            $"Partners who kept the customer within {terms.Window} time units before the renewal share {terms.Share:P0} equally.") + RestText(rest));
    }

    private static CreditTable OffTheTop(string model, string text, int channels, int[] takers, Func<int, double> share, CreditTable? rest)
    {
        if (rest is not null && (rest.Count != takers.Length || rest.ChannelCount != channels))
            throw new ArgumentException($"The other model has {rest.Count} journeys of {rest.ChannelCount} channels, not {takers.Length} of {channels}.", nameof(rest));
        var builder = new CreditTableBuilder(channels, takers.Length);
        for (var j = 0; j < takers.Length; j++)
        {
            if (takers[j] < -1 || takers[j] >= channels) throw new ArgumentException($"The channel of deal {j} is {takers[j]}, outside -1 … {channels - 1}.", nameof(takers));
            var top = takers[j] < 0 ? 0 : share(j);
            if (top > 0) builder.Add(takers[j], top);
            AddRest(builder, rest, j, 1 - top);
            builder.EndJourney();
        }

        return builder.Build(model, text + RestText(rest));
    }

    private static void AddRest(CreditTableBuilder builder, CreditTable? rest, int journey, double scale)
    {
        if (rest is null) return;
        for (var r = rest.Offsets[journey]; r < rest.Offsets[journey + 1]; r++) builder.Add(rest.Channels[r], rest.Shares[r] * scale);
    }

    private static string RestText(CreditTable? rest) => rest is null ? " Nobody gets the rest." : $" The rest follows {rest.Model.ToLowerInvariant()}: {rest.Explanation}";

    private static void CheckShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentException($"The {name} is {share.ToString(CultureInfo.InvariantCulture)}, outside 0 … 1.", name);
    }
}
