using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>What a partner has achieved in the last twelve months, by the definitions of the metrics.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Registrations">K-56: registrations submitted.</param>
/// <param name="WonAmount">K-01: partner-sourced revenue, minor units of the main currency.</param>
/// <param name="WinBasisPoints">K-30w: won ÷ (won + lost); null where too few were closed to say.</param>
public sealed record PartnerAchievement(PartnerId Partner, int Registrations, long WonAmount, int? WinBasisPoints);

/// <summary>A plug: what partners have achieved, all of them at once. A job asks it, never a page. Register it as a scoped service.</summary>
public interface IPartnerAchievements
{
    /// <summary>The partners that have achieved something in the last twelve months.</summary>
    Task<IReadOnlyList<PartnerAchievement>> LastYearAsync(CancellationToken ct);
}
