using Trellis.Kernel;

namespace Trellis.Accounts;

public sealed class AccountsModule : Module
{
    public override string Name => "accounts";

    public override void Describe(Manifest manifest)
    {
    }
}
