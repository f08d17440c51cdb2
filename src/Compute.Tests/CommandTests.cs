using System.CommandLine;
using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests;

public sealed class CommandTests
{
    [Fact]
    public void The_command_explains_itself() =>
        new RootCommand { ComputeCommand.Create() }.Parse("compute --help").Invoke().ShouldBe(0);
}
