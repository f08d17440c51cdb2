using FsCheck;
using FsCheck.Fluent;

namespace Trellis.Identity.Tests;

/// <summary>How attempts are slowed down: the pure rules.</summary>
public sealed class BrakeTests
{
    [Theory]
    [InlineData(0.4, "try again in 2 seconds.")]
    [InlineData(7, "try again in 7 seconds.")]
    [InlineData(90, "try again in 2 minutes.")]
    public void A_wait_is_told_in_whole_words(double seconds, string words) => IdentitySignInProblems.TooManyAttempts(TimeSpan.FromSeconds(seconds)).Message.ShouldEndWith(words);

    private static readonly DateTime Start = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_wait_doubles_after_the_fifth_failure_and_ends_at_a_quarter_of_an_hour() =>
        Enumerable.Range(1, 17).Select(n => (int)(Brake.Delay(n)?.TotalSeconds ?? 0)).ShouldBe([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);

    [Fact]
    public void Never_more_than_the_allowance_in_any_hour_however_the_attempts_are_timed() => Prop.ForAll(
        Gen.Choose(0, 300).ListOf(1500).ToArbitrary(),
        gaps =>
        {
            var limit = new Limit("account", Limits.PerAccount);
            var (tries, now, looked) = (default(Tries) with { At = Start }, Start, new List<DateTime>());
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromSeconds(gap / 10.0);
                if (Brake.Wait(tries, limit, now) is not null) continue;
                tries = Brake.After(tries, limit, now);
                looked.Add(now);
            }

            return looked.All(t => looked.Count(o => o >= t && o < t.AddHours(1)) <= Limits.PerAccount);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_the_wait_that_was_told_the_next_attempt_is_looked_at()
    {
        var limit = new Limit("account from here", Limits.PerAccount, Grows: true);
        var (tries, now) = (default(Tries) with { At = Start }, Start);
        for (var i = 0; i < 40; i++)
        {
            if (Brake.Wait(tries, limit, now) is { } wait)
            {
                now += wait;
                Brake.Wait(tries, limit, now).ShouldBeNull();
            }

            tries = Brake.After(tries, limit, now);
        }

        (now - Start).ShouldBeGreaterThan(TimeSpan.FromHours(6), "forty guesses from one address take hours");
    }

    [Fact]
    public void A_device_on_which_the_person_has_signed_in_is_counted_by_itself()
    {
        var person = PersonId.From(Guid.CreateVersion7());
        var own = Limits.Guess("password", "ada@x.example", new Knock("192.0.2.1", "d1", [person.Value]), person);
        var strange = Limits.Guess("password", "ada@x.example", new Knock("192.0.2.1", "d1", [Guid.CreateVersion7()]), person);
        own.Select(l => l.Key).Intersect(strange.Select(l => l.Key)).ShouldBeEmpty();
        strange.Select(l => l.Key).ShouldBe(Limits.Guess("password", "ada@x.example", new Knock("192.0.2.1", null, []), null).Select(l => l.Key), "an unknown account is counted the same way");
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7"), InlineData("::ffff:192.0.2.7", "192.0.2.7"), InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_household_with_many_addresses_counts_as_one(string address, string counted) =>
        Knock.AddressOf(System.Net.IPAddress.Parse(address)).ShouldBe(counted);

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8", "An unknown device"), InlineData(null, "An unknown device")]
    public void A_device_is_called_by_what_a_person_recognises(string? agent, string name) => DeviceName.Of(agent).ShouldBe(name);
}
