using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>Rates to be kept, with where they come from.</summary>
internal sealed record RatesInput(IReadOnlyList<NewRate> Rates, string Source);

/// <summary>What became of the rates of a file.</summary>
/// <param name="Doubts">Sentences about rates that do not fit those of the other direction; they are kept all the same.</param>
internal sealed record RatesKept(int Added, int Changed, int Same, IReadOnlyList<string> Doubts);

/// <summary>Keeps rates: new days are added, a day that has another rate is corrected. Records of other currencies are valued anew afterwards.</summary>
internal sealed class EnterRates(Work work, Jobs jobs) : UseCase<RatesInput, RatesKept>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRates;

    protected override async Task<Result<RatesKept>> HandleAsync(RatesInput input, CancellationToken ct)
    {
        // Where it is tomorrow already, the rate of tomorrow is that of today.
        var latest = Work.Today.AddDays(1);
        if (input.Rates.FirstOrDefault(r => r.Day > latest) is { } ahead) return Problem.Invalid("day", $"The rate from {ahead.From} to {ahead.To} is of {ahead.Day:yyyy-MM-dd}, a day that is still to come.");
        await RateStates.RaiseAsync(Work, ct);
        var (first, last) = (input.Rates.Min(r => r.Day), input.Rates.Max(r => r.Day));
        var held = await Db.Set<RateRow>().Where(r => r.Day >= first && r.Day <= last).ToDictionaryAsync(r => (r.From, r.To, r.Day), ct);
        var fresh = new List<RateRow>();
        var (changed, same) = (0, 0);
        foreach (var rate in input.Rates)
        {
            if (!held.TryGetValue((rate.From, rate.To, rate.Day), out var row)) fresh.Add(Row(rate, input.Source));
            else if (row.Scaled == rate.Scaled) same++;
            else
            {
                (row.Scaled, row.Source, row.At) = (rate.Scaled, input.Source, Work.Now);
                changed++;
            }
        }

        // A file of twenty years is one entry of the audit; a rate typed by hand is its own.
        if (fresh.Count <= 20) Db.AddRange(fresh);
        else await Db.Engine.InsertAsync(Db, fresh, ct);
        if (fresh.Count + changed > 0)
        {
            Work.Note("identity.rates_entered", "kernel_rate", "rates", new { source = input.Source, added = fresh.Count, changed, from = first, to = last });
            jobs.Start(RevalueRecords.Kind, new RevaluePayload());
        }

        return new RatesKept(fresh.Count, changed, same, await DoubtsAsync(input.Rates, ct));
    }

    // Of each pair the newest rate is held against the last one of the other direction: whoever turns a rate round by mistake sees it at once.
    private async Task<IReadOnlyList<string>> DoubtsAsync(IReadOnlyList<NewRate> rates, CancellationToken ct)
    {
        var doubts = new List<string>();
        foreach (var rate in rates.GroupBy(r => (r.From, r.To)).Select(g => g.MaxBy(r => r.Day)!).Take(MostPairs))
        {
            var other = rates.Where(r => r.From == rate.To && r.To == rate.From && r.Day <= rate.Day).MaxBy(r => r.Day)?.Scaled
                ?? await Db.Set<RateRow>().Where(r => r.From == rate.To && r.To == rate.From && r.Day <= rate.Day).OrderByDescending(r => r.Day).Select(r => (long?)r.Scaled).FirstOrDefaultAsync(ct);
            if (other is { } scaled && Contradict(rate.Scaled, scaled))
                doubts.Add($"{rate.From} to {rate.To} at {Written(rate.Scaled)} does not fit {rate.To} to {rate.From} at {Written(scaled)}: look at both.");
        }

        return doubts;
    }

    /// <summary>Whether two rates of opposite directions are more than 5 % apart from being each other's reverse.</summary>
    public static bool Contradict(long scaled, long opposite) => Math.Abs(((decimal)scaled / RateRow.Scale * opposite / RateRow.Scale) - 1) > 0.05m;

    private const int MostPairs = 200;

    private static string Written(long scaled) => ((decimal)scaled / RateRow.Scale).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    private RateRow Row(NewRate rate, string source) => new() { TenantId = Work.Tenant, From = rate.From, To = rate.To, Day = rate.Day, Scaled = rate.Scaled, Source = source, At = Work.Now };
}

internal static class RateStates
{
    /// <summary>Tells every node that its copy is old. It also makes two who enter rates at once follow each other.</summary>
    public static async Task RaiseAsync(Work work, CancellationToken ct)
    {
        await work.LockAsync("rates", ct);
        var state = await work.Db.Set<RateState>().SingleOrDefaultAsync(ct) ?? work.Db.Add(new RateState { TenantId = work.Tenant }).Entity;
        state.At = work.Now > state.At ? work.Now : state.At.AddMilliseconds(1);
    }
}
