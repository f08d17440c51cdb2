using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What one counter of attempts remembers.</summary>
/// <param name="Used">How much of the allowance is used up; it comes back with time.</param>
/// <param name="At">When that was written down.</param>
/// <param name="Failures">Failures one after the other.</param>
/// <param name="NotBefore">Until then nothing is looked at.</param>
internal readonly record struct Tries(double Used, DateTime At, int Failures, DateTime? NotBefore);

/// <summary>One counter that an attempt is taken from.</summary>
/// <param name="Key">What is counted, for example the account and the network address.</param>
/// <param name="PerHour">At most so many in any hour.</param>
/// <param name="Grows">Whether each failure makes the next wait longer.</param>
internal sealed record Limit(string Key, int PerHour, bool Grows = false);

/// <summary>
/// How attempts are slowed down. A lock on the account would let a stranger lock the owner out, so the lock is on the attempt: on an account from
/// one address, where each failure after the fifth doubles the wait; and on an account from everywhere, which a device that has signed in before
/// does not share (the device cookies of OWASP's Authentication Cheat Sheet).
/// </summary>
internal static class Brake
{
    private const int Free = 5;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait before trying again; null to try now.</summary>
    public static TimeSpan? Wait(Tries tries, Limit limit, DateTime now)
    {
        var (wait, share) = (TimeSpan.Zero, limit.PerHour / 2.0);
        // Half of the allowance at once and the other half over the hour: never more than the whole in any hour.
        if (UsedAt(tries, limit, now) + 1 - share is > 0 and var over) wait = TimeSpan.FromHours(over / share);
        if (tries.NotBefore - now is { } delay && delay > wait) wait = delay;
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>The counter after an attempt, which is a failure until the opposite is proved: many at once must not pass for one.</summary>
    public static Tries After(Tries tries, Limit limit, DateTime now)
    {
        var failures = tries.Failures + 1;
        return new Tries(UsedAt(tries, limit, now) + 1, now, failures, limit.Grows && Delay(failures) is { } delay ? now + delay : null);
    }

    /// <summary>None for the first five failures, then one second, two, four … at most a quarter of an hour.</summary>
    public static TimeSpan? Delay(int failures) =>
        failures < Free ? null : failures - Free >= 10 ? LongestDelay : TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, 1 << (failures - Free)));

    private static double UsedAt(Tries tries, Limit limit, DateTime now) => Math.Max(0, tries.Used - ((now - tries.At).TotalHours * limit.PerHour / 2.0));
}

/// <summary>What each kind of attempt is counted against.</summary>
internal static class Limits
{
    /// <summary>So many guesses at one account are looked at in an hour, from all unknown devices together.</summary>
    public const int PerAccount = 100;

    /// <summary>So many failures from one address, whatever the account: one password tried on many accounts.</summary>
    public const int PerAddress = 300;

    /// <summary>A password or a code for an account. A device on which this person has signed in before is counted by itself.</summary>
    public static Limit[] Guess(string purpose, string account, Knock from, PersonId? person)
    {
        if (person is { } known && from.Device is { } device && from.Knows.Contains(known.Value)) return [new Limit($"{purpose} {account} device {device}", PerAccount, Grows: true)];
        return [new Limit($"{purpose} {account} from {from.Address}", PerAccount, Grows: true), new Limit($"{purpose} {account}", PerAccount), new Limit($"{purpose} from {from.Address}", PerAddress)];
    }

    /// <summary>The password of one company's person: with the same address others have passwords, and counters, of their own.</summary>
    public static Limit[] Password(string address, TenantId tenant, PersonId person, Knock from) => Guess("password", $"{address} {tenant}", from, person);

    /// <summary>Mails that a stranger can have sent to somebody.</summary>
    public static Limit[] Mail(string purpose, string account, Knock from) => [new Limit($"{purpose} to {account}", 10), new Limit($"{purpose} from {from.Address}", 120)];
}
