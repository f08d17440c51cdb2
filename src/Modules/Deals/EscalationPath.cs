using Trellis.Deals.Conflicts;
using Trellis.Deals.Life;
using Trellis.Deals.Rules;

namespace Trellis.Deals;

/// <summary>How a time upwards is counted.</summary>
internal enum PathTime
{
    /// <summary>Days of the company's calendar; on days off the clock stands still.</summary>
    BusinessDays,

    /// <summary>Hours of every day.</summary>
    Hours,
}

/// <summary>One step: with whom something lies once so much time has passed without a decision.</summary>
/// <param name="Roles">The codes of the roles.</param>
/// <param name="After">0 for who decides first.</param>
internal sealed record PathStep(IReadOnlyList<string> Roles, int After, PathTime Time);

/// <summary>The way upwards as the clocks walk it, to be read by everybody: pure.</summary>
internal sealed record EscalationPath(IReadOnlyList<PathStep> Registrations, IReadOnlyList<PathStep> Requests, IReadOnlyList<PathStep> Conflicts)
{
    public static EscalationPath Of(RuleSetText rules) => new(
        [.. ReviewRoles.Upwards.Select((role, i) => new PathStep([role], i * rules.DecideWithin, PathTime.BusinessDays))],
        [new PathStep([Promise.AnswersRequests], 0, PathTime.BusinessDays), new PathStep([Promise.HearsOfLateRequests], rules.DecideWithin, PathTime.BusinessDays)],
        [new PathStep([ConflictMail.HearsFirst], 0, PathTime.Hours), .. ConflictClock.Upwards.Select(s => new PathStep(s.Roles, s.Hours, PathTime.Hours))]);
}
