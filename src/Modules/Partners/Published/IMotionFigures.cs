using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>What one motion of a partner has brought, in the company's main currency.</summary>
/// <param name="Motion">The motion.</param>
/// <param name="Open">Deals that are open.</param>
/// <param name="OpenAmount">Their amounts, in minor units; null for whoever does not read them.</param>
/// <param name="Won">Deals that were won.</param>
/// <param name="WonAmount">Their amounts, in minor units; null for whoever does not read them.</param>
public sealed record MotionFigure(Motion Motion, int Open, long? OpenAmount, int Won, long? WonAmount);

/// <summary>A plug: figures of each motion of a partner, limited to what the actor may see. Register it as a scoped service.</summary>
public interface IMotionFigures
{
    /// <summary>The figures of those motions that have any.</summary>
    Task<IReadOnlyList<MotionFigure>> OfAsync(PartnerId partner, CancellationToken ct);
}
