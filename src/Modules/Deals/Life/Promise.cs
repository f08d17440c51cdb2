using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The promise of a decision, and who is asked when it is late: pure.</summary>
internal static class Promise
{
    /// <summary>Who answers a partner's request for an extension or a change, and who is told when the answer is late.</summary>
    public const string AnswersRequests = Roles.PartnerManager;

    public const string HearsOfLateRequests = Roles.ChannelOperations;

    /// <summary>The instant at which half of the business time until the promise is over.</summary>
    public static DateTime HalfTime(WorkCalendar calendar, DateTime since, DateTime decideBy) => calendar.Plus(since, calendar.Between(since, decideBy) / 2);

    /// <summary>The role that must decide by now: each further promise that passes unanswered goes one role up.</summary>
    public static string Owes(WorkCalendar calendar, string first, DateTime decideBy, int days, DateTime now)
    {
        var (role, due) = (first, decideBy);
        while (now > due && ReviewRoles.Above(role) is { } above) (role, due) = (above, calendar.Add(due, days));
        return role;
    }
}
