using Trellis.Kernel;

namespace Trellis.Partners;

public sealed class PartnersModule : Module
{
    public override string Name => "partners";

    public override void Describe(Manifest manifest)
    {
    }
}
