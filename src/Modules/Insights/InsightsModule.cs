using Trellis.Kernel;

namespace Trellis.Insights;

public sealed class InsightsModule : Module
{
    public override string Name => "insights";

    public override void Describe(Manifest manifest)
    {
    }
}
