using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Trellis.Whole.Tests.LongestFirst", "Trellis.Whole.Tests")]

namespace Trellis.Whole.Tests;

/// <summary>The tests that share a cast follow one another for minutes: they begin at once, and all others run beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(c => c.DisplayName is Cast.WatchedOnSqlite or Cast.WatchedOnPostgres);
}
