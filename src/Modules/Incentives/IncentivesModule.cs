using Trellis.Kernel;

namespace Trellis.Incentives;

public sealed class IncentivesModule : Module
{
    public override string Name => "incentives";

    public override void Describe(Manifest manifest)
    {
    }
}
