using System.Xml.Linq;

namespace Trellis.Whole.Tests;

/// <summary>docs/arrows.txt draws who may reference whom; these compare the drawing with the project files, both ways.</summary>
[Trait("Category", "Shape")]
public sealed class ArrowsTests
{
    [Fact]
    public void The_drawing_and_the_project_files_agree() => Arrows.Differences(Arrows.Drawn(), Arrows.OnDisk()).ShouldBeEmpty();

    [Fact]
    public void Every_arrow_points_upwards_in_the_drawing_so_there_is_no_circle() => Arrows.PointingDown(Arrows.DrawnInOrder()).ShouldBeEmpty();

    [Fact]
    public void The_solution_names_every_project()
    {
        var named = XDocument.Load(Repository.PathOf("Trellis.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);
        Arrows.Projects("src", "tests", "bench").Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/')).ShouldBe(named, ignoreOrder: true);
    }

    [Fact]
    public void Only_its_own_tests_see_the_internals_of_a_module()
    {
        var opened = from project in Arrows.Projects("src/Modules")
                     where !project.EndsWith(".Tests.csproj", StringComparison.Ordinal)
                     from friend in XDocument.Load(project).Descendants("InternalsVisibleTo")
                     select $"{Arrows.NameOf(project)} to {friend.Attribute("Include")!.Value}";
        // Identity: the test host makes people and tokens before anybody can sign in. Accounts: it has products, which come by imports alone. Deals: the bench of the rules measures the decision itself.
        // The bench of sizes fills a million rows by the fast path, past every use case.
        opened.Order(StringComparer.Ordinal).ShouldBe(
        [
            "Accounts to Trellis.Scale.Bench", "Accounts to Trellis.Testing", "Deals to Trellis.Rules.Bench", "Deals to Trellis.Scale.Bench", "Identity to Trellis.Scale.Bench", "Identity to Trellis.Testing",
            "Partners to Trellis.Scale.Bench",
        ]);
    }

    [Fact]
    public void A_wrong_drawing_is_found()
    {
        var disk = new Dictionary<string, string[]> { ["Kernel"] = [], ["Deals"] = ["Kernel"], ["Host"] = ["Kernel", "Deals"] };

        Arrows.Differences(Drawing("Kernel ->", "Deals -> Kernel", "Host -> Kernel Deals"), disk).ShouldBeEmpty();
        Arrows.Differences(Drawing("Kernel ->", "Deals ->", "Host -> Kernel Deals"), disk).ShouldBe(["Deals -> Kernel is not drawn"]);
        Arrows.Differences(Drawing("Kernel ->", "Deals -> Kernel Host", "Host -> Kernel Deals"), disk).ShouldBe(["Deals -> Host is drawn, and no project has it"]);
        Arrows.Differences(Drawing("Kernel ->", "Deals -> Kernel"), disk).ShouldBe(["Host is not drawn"]);
        Arrows.Differences(Drawing("Kernel ->", "Deals -> Kernel", "Host -> Kernel Deals", "Leads ->"), disk).ShouldBe(["Leads is drawn, and there is no such project"]);
        Arrows.PointingDown([("Deals", ["Host"]), ("Host", ["Deals"])]).ShouldBe(["Deals -> Host"]);
    }

    private static Dictionary<string, string[]> Drawing(params string[] lines) => Arrows.Read(lines).ToDictionary(l => l.Name, l => l.To);
}

internal static class Arrows
{
    public static IEnumerable<(string Name, string[] To)> Read(IEnumerable<string> lines) =>
        from line in lines
        where line.Contains("->")
        let sides = line.Split("->")
        select (sides[0].Trim(), sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static List<(string Name, string[] To)> DrawnInOrder() => [.. Read(File.ReadLines(Repository.PathOf("docs/arrows.txt")))];

    public static Dictionary<string, string[]> Drawn() => DrawnInOrder().ToDictionary(l => l.Name, l => l.To);

    /// <summary>What the project files of the product say; tests and the test host may reference what they test.</summary>
    public static Dictionary<string, string[]> OnDisk() => Projects("src")
        .Where(p => !p.EndsWith(".Tests.csproj", StringComparison.Ordinal) && !p.EndsWith("Trellis.Testing.csproj", StringComparison.Ordinal))
        .ToDictionary(NameOf, p => XDocument.Load(p).Descendants("ProjectReference").Select(r => NameOf(r.Attribute("Include")!.Value)).ToArray());

    public static List<string> Differences(Dictionary<string, string[]> drawn, Dictionary<string, string[]> disk) =>
    [
        .. disk.Keys.Except(drawn.Keys).Select(name => $"{name} is not drawn"),
        .. drawn.Keys.Except(disk.Keys).Select(name => $"{name} is drawn, and there is no such project"),
        .. from name in drawn.Keys.Intersect(disk.Keys) from to in disk[name].Except(drawn[name]) select $"{name} -> {to} is not drawn",
        .. from name in drawn.Keys.Intersect(disk.Keys) from to in drawn[name].Except(disk[name]) select $"{name} -> {to} is drawn, and no project has it",
    ];

    /// <summary>Arrows to something that is drawn later.</summary>
    public static List<string> PointingDown(List<(string Name, string[] To)> lines) =>
        [.. lines.SelectMany((line, at) => line.To.Where(to => !lines.Take(at).Any(l => l.Name == to)).Select(to => $"{line.Name} -> {to}")).Take(1)];

    public static IEnumerable<string> Projects(params string[] folders) => folders
        .Select(Repository.PathOf).Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*.csproj", SearchOption.AllDirectories))
        .Where(p => !p.Contains("node_modules") && !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
        .Order(StringComparer.Ordinal);

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["Trellis.".Length..];
}
