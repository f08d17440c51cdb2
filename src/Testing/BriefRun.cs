using System.Reflection;
using Xunit;

namespace Trellis.Testing;

/// <summary>
/// What a run of all tests leaves out, to end in time: the same again for more visitors, more often or on the other engine. <c>./dev test</c> sets
/// <c>TRELLIS_TEST_BRIEF</c>, for <c>Whole</c> and <c>Journeys</c> alone too; <c>./dev test Deals</c>, an editor and <c>--long</c> do not.
/// </summary>
public static class BriefRun
{
    public static bool IsOn => Environment.GetEnvironmentVariable("TRELLIS_TEST_BRIEF") is { Length: > 0 };

    /// <summary>A number that a variable sets; otherwise that of the run.</summary>
    public static int Times(string variable, int brief, int whole) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var times) ? times : IsOn ? brief : whole;

    /// <summary>For what is the same on both engines: pages, and what stands before any record is read.</summary>
    public static void AsksOnlySqlite(Database database) => Skip.If(IsOn && database == Database.Postgres, "Asked on PostgreSQL by ./dev test --long.");

    /// <summary>Whether the run takes this one of many. A brief one takes every fourth, by its name: the same ones each time.</summary>
    public static bool Takes(string name) => !IsOn || Number(name) % 4 == 0;

    /// <summary>The engines of a test: both; in a brief run one of them, by the test's name.</summary>
    public static Database[] EnginesOf(MethodInfo test)
    {
        // Without PostgreSQL a test that is on it alone would not run at all.
        return !IsOn || Environment.GetEnvironmentVariable("TRELLIS_TEST_POSTGRES") is not { Length: > 0 } ? [Database.Sqlite, Database.Postgres] : [Number($"{test.DeclaringType!.FullName}.{test.Name}") % 2 == 0 ? Database.Sqlite : Database.Postgres];
    }

    // FNV-1a (Fowler, Noll, Vo); its upper half is mixed better than its lower.
    private static uint Number(string name) => name.Aggregate(2_166_136_261u, (hash, letter) => (hash ^ letter) * 16_777_619u) >> 16;
}
