namespace Trellis.Accounts.Published;

/// <summary>What a gap in the data of accounts costs the analytics of another module.</summary>
/// <param name="Check">The check, for example <c>account_without_sector</c>.</param>
/// <param name="Rows">Rows of attribution that cannot be used because of it.</param>
/// <param name="Amount">What those rows credit, minor units of the main currency.</param>
public sealed record QualityEffect(string Check, long Rows, long Amount);

/// <summary>A plug: tells what gaps in the data of accounts cost. Asked by a job, never while a page is shown. Register it as a scoped service.</summary>
public interface IQualityEffect
{
    /// <summary>The effects that are not zero.</summary>
    Task<IReadOnlyList<QualityEffect>> CountAsync(CancellationToken ct);
}
