using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests;

/// <summary>The listing of a module's folder is its vocabulary: what somebody can do, what is done by the clock and what is heard stands in a file of its own name.</summary>
[Trait("Category", "Shape")]
public sealed partial class VerbsTests
{
    [Fact]
    public void Each_use_case_job_and_listener_is_a_file_of_its_name()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("src/Modules"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains(".Tests/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)).ToList();
        files.Sum(f => Verbs(File.ReadAllText(f)).Count()).ShouldBeGreaterThan(300);
        files.SelectMany(f => Misplaced(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_run_of_tests_makes_hashing_passwords_cheap() =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains("CostLittle", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Order().ShouldBe(["src/Modules/Identity/Passwords.cs", "src/Testing/TestApp.cs"]);

    [Fact]
    public void One_in_anothers_file_is_found() => Misplaced("Approve", """
        internal sealed class Approve(Work work) : UseCase<DealId, Done>(work)
        {
        }

        internal sealed class Refuse(Work work, Clock clock)
            : UseCase<DealId, Done>(work)
        {
        }

        internal sealed class Other(Work work) : IHear<DealEnded>
        """).ShouldBe(["Refuse in Approve.cs", "Other in Approve.cs"]);

    private static IEnumerable<string> Misplaced(string file, string source) => Verbs(source).Where(v => v != file).Select(v => $"{v} in {file}.cs");

    private static IEnumerable<string> Verbs(string source) => Declaration().Matches(source).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^(?:internal|public) sealed class (\w+)(?:\([^{;]*?\))?\s*:\s*(?:UseCase<|IJob\b|IRecurring\b|IHear(?:Many)?<|IBulkAction\b)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
