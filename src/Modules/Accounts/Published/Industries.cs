using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>The industries of customers, by the words in which others name them.</summary>
public static class Industries
{
    /// <summary>Every word, as it is compared, that means the sector of an account; none where the account has none.</summary>
    public static IReadOnlyList<string> WordsOf(string? sector) =>
        Text.OrNull(sector) is not { } known ? [] : [.. Sectors.Others.Where(o => o.Means == known).Select(o => o.Written).Prepend(known).Select(w => Text.Fold(w)).Distinct()];
}
