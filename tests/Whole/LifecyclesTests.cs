using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Whole.Tests;

/// <summary>docs/lifecycles holds the picture of each lifecycle, drawn from its table.</summary>
[Trait("Category", "Shape")]
public sealed class LifecyclesTests
{
    private const string Folder = "docs/lifecycles";

    [Fact]
    public async Task The_pictures_of_the_lifecycles_are_what_the_code_says()
    {
        var machines = (await TestApp.SharedAsync(Database.Sqlite)).Services.GetRequiredService<Manifest>().Machines;
        foreach (var machine in machines) Repository.ShouldHold($"{Folder}/{machine.Name}.md", Page(machine));
    }

    [Fact]
    public async Task There_is_no_picture_of_a_lifecycle_that_is_gone()
    {
        var machines = (await TestApp.SharedAsync(Database.Sqlite)).Services.GetRequiredService<Manifest>().Machines;
        var drawn = Directory.Exists(Repository.PathOf(Folder)) ? Directory.GetFiles(Repository.PathOf(Folder), "*.md").Select(Path.GetFileNameWithoutExtension) : [];
        drawn.Except(machines.Select(m => m.Name)).ShouldBeEmpty();
    }

    private static string Page(IMachine machine) =>
        $"# Lifecycle: {machine.Name}\n\nDrawn from the code; a test compares it (`UPDATE=1 ./dev test Whole` draws it anew).\n\n```mermaid\n{machine.Diagram()}```\n";
}
