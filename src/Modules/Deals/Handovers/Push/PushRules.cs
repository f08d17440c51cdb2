using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>What an answer means and when it is asked again: pure.</summary>
internal static class PushRules
{
    /// <summary>After so many attempts without an answer a person must look: about 19 hours.</summary>
    public const int MostAttempts = 24;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Any 2xx is a yes. Whoever is too busy, or broken, is asked again; every other answer is a no, a redirect too: it is not followed.</summary>
    public static AttemptOutcome Judge(int? status) => status switch
    {
        >= 200 and < 300 => AttemptOutcome.Taken,
        null or 408 or 425 or 429 or >= 500 => AttemptOutcome.Later,
        _ => AttemptOutcome.Refused,
    };

    /// <summary>1, 2, 4 … minutes, at most an hour, or as long as the other system asks for within that.</summary>
    public static TimeSpan Pause(int attempts, TimeSpan? asked)
    {
        var own = TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));
        return asked is not { } wanted || wanted <= own ? own : wanted < Longest ? wanted : Longest;
    }

    /// <summary>What people read of an answer that was no yes.</summary>
    public static string Said(PushAnswer answer) => answer switch
    {
        { Status: null } => "It does not answer.",
        { Text: { } text } => $"It answered with {answer.Status}: {text}",
        _ => $"It answered with {answer.Status} and said nothing.",
    };
}
