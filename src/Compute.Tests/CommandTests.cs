using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests;

public sealed class CommandTests
{
    [Fact]
    public void The_command_explains_itself() =>
        ComputeCommand.Create().Parse("--help").Invoke().ShouldBe(0);
}
