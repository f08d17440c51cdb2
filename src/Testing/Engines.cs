using System.Reflection;
using Xunit.Sdk;

namespace Trellis.Testing;

/// <summary>The database a test runs on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a <c>[SkippableTheory]</c> once for each database; where PostgreSQL is missing it shows as skipped, with the reason.</summary>
public sealed class DatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Database.Sqlite], [Database.Postgres]];
}
