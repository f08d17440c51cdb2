using System.Reflection;
using Xunit.Sdk;

namespace Trellis.Testing;

/// <summary>The database a test runs on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Runs a <c>[SkippableTheory]</c> once for each database; where PostgreSQL is missing it shows as skipped, with the reason. A run of all tests takes
/// each on one database (<see cref="BriefRun.EnginesOf"/>).
/// </summary>
public sealed class DatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => BriefRun.EnginesOf(testMethod).Select(d => new object[] { d });
}

/// <summary>The same on both databases in every run: for what the engines themselves do, and for what happens at the same instant.</summary>
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Database.Sqlite], [Database.Postgres]];
}
