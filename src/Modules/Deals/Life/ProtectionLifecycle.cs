using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal enum ProtectionTrigger
{
    Protect,
    RequestExtension,
    Extend,

    /// <summary>The request is refused or withdrawn, and the protection stands as it stood.</summary>
    Keep,

    /// <summary>The same after an earlier extension.</summary>
    KeepExtended,
    Lapse,
}

/// <summary>How a protection lives beside the registration's own status.</summary>
internal static class ProtectionLifecycle
{
    public static readonly Machine<ProtectionState, ProtectionTrigger> Machine = new("deal_protection",
        (ProtectionState.None, ProtectionTrigger.Protect, ProtectionState.Protected),
        (ProtectionState.Protected, ProtectionTrigger.RequestExtension, ProtectionState.ExtensionRequested),
        (ProtectionState.Extended, ProtectionTrigger.RequestExtension, ProtectionState.ExtensionRequested),
        (ProtectionState.ExtensionRequested, ProtectionTrigger.Extend, ProtectionState.Extended),
        (ProtectionState.ExtensionRequested, ProtectionTrigger.Keep, ProtectionState.Protected),
        (ProtectionState.ExtensionRequested, ProtectionTrigger.KeepExtended, ProtectionState.Extended),
        (ProtectionState.Protected, ProtectionTrigger.Lapse, ProtectionState.Lapsed),
        (ProtectionState.ExtensionRequested, ProtectionTrigger.Lapse, ProtectionState.Lapsed),
        (ProtectionState.Extended, ProtectionTrigger.Lapse, ProtectionState.Lapsed));

    public static string Label(ProtectionState state) => state switch
    {
        ProtectionState.None => "Not protected",
        ProtectionState.ExtensionRequested => "Extension requested",
        _ => Words.Label(state),
    };
}
