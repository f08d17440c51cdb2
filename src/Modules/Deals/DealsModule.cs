using Trellis.Kernel;

namespace Trellis.Deals;

public sealed class DealsModule : Module
{
    public override string Name => "deals";

    public override void Describe(Manifest manifest)
    {
    }
}
