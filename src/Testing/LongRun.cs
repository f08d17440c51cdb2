using Xunit;

namespace Trellis.Testing;

/// <summary>
/// What is asked before a release and not on each submission: <c>./dev test --long</c>. Each of these walks has a shorter one that every run takes; what
/// is left out there is the same again for more visitors, more times or on the other engine.
/// </summary>
public static class LongRun
{
    public static bool IsOn => Environment.GetEnvironmentVariable("TRELLIS_TEST_LONG") is { Length: > 0 };

    /// <summary>A number that a variable sets; otherwise that of the run.</summary>
    public static int Times(string variable, int brief, int whole) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var times) ? times : IsOn ? whole : brief;

    /// <summary>The pages and what stands before any record is read are the same on both engines: the short run asks them on one.</summary>
    public static void OrOn(Database database) => Skip.IfNot(IsOn || database == Database.Sqlite, "Asked on PostgreSQL by the long run: ./dev test --long.");

    /// <summary>Whether the short run takes this one of many, every fourth by its name, so that it takes the same ones each time; the long run takes all.</summary>
    public static bool Takes(string name) => IsOn || (name.Aggregate(2_166_136_261u, (hash, letter) => (hash ^ letter) * 16_777_619u) >> 16) % 4 == 0;
}
