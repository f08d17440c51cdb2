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
/// <param name="Most">After so many failures in a row nothing is looked at until it is reopened; null for no end.</param>
internal sealed record Limit(string Key, int PerHour, bool Grows = false, int? Most = null);

/// <summary>
/// How attempts are slowed down. A lock on the account would let a stranger lock the owner out, so the lock is on the attempt: on an account from
/// one address, where each failure after the fifth doubles the wait; and on an account from everywhere, which a device that has signed in before
/// does not share (the device cookies of OWASP's Authentication Cheat Sheet). A hundred failures in a row end this way of signing in where the device
/// is not known (NIST SP 800-63B-4, section 3.2.2); a mailed link, a passkey and the owner's own devices go on.
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

    /// <summary>So many failures in a row, however long they take, are the last.</summary>
    public const int MostInARow = 100;

    /// <summary>So many failures from one address, whatever the account: one password tried on many accounts.</summary>
    public const int PerAddress = 300;

    /// <summary>A password or a code for an account. A device on which this person has signed in before is counted by itself.</summary>
    public static Limit[] Guess(string purpose, string account, Knock from, PersonId? person)
    {
        if (person is { } known && from.Device is { } device && from.Knows.Contains(known.Value)) return [new Limit($"{purpose} {account} device {device}", PerAccount, Grows: true, Most: MostInARow)];
        return [new Limit($"{purpose} {account} from {from.Address}", PerAccount, Grows: true), OfAccount(purpose, account), new Limit($"{purpose} from {from.Address}", PerAddress)];
    }

    /// <summary>What is counted for an account from all devices that it does not know.</summary>
    public static Limit OfAccount(string purpose, string account) => new($"{purpose} {account}", PerAccount, Most: MostInARow);

    /// <summary>The counters that are opened again with a new password or a new second factor.</summary>
    public static Limit[] Ended(string address, TenantId tenant, PersonId person) => [OfAccount("password", $"{address} {tenant}"), OfAccount("code", person.ToString())];

    /// <summary>The password of one company's person: with the same address others have passwords, and counters, of their own.</summary>
    public static Limit[] Password(string address, TenantId tenant, PersonId person, Knock from) => Guess("password", $"{address} {tenant}", from, person);

    /// <summary>Invitations: to one address from anybody, and by one person to anybody.</summary>
    public static Limit[] Invitations(string address, TenantId tenant, PersonId sender) => [new Limit($"invitation to {address}", 10), new Limit($"invitation by {tenant} {sender}", 200)];

    /// <summary>Mails that a stranger can have sent to somebody.</summary>
    public static Limit[] Mail(string purpose, string account, Knock from) => [new Limit($"{purpose} to {account}", 10), new Limit($"{purpose} from {from.Address}", 120)];
}
