using Trellis.Accounts.Published;
using Trellis.Compute.Matching;

namespace Trellis.Accounts.Values;

/// <summary>Why an account is likely the typed customer, in words for the vendor's people.</summary>
internal static class Likeness
{
    public static CustomerMatch Match(AccountId account, string name, CompanyLikeness likeness, string? domain, string? country) =>
        new(account, name, likeness.Score, [.. Reasons(likeness, domain, country)]);

    private static IEnumerable<string> Reasons(CompanyLikeness likeness, string? domain, string? country)
    {
        if (likeness.Name == 1) yield return likeness.SameWriting ? "same name" : "same name but for the legal form";
        else if (likeness.Name >= 0.7) yield return $"similar name ({Math.Floor(likeness.Name * 100)} %)";
        if (likeness.Tax == Agreement.Same) yield return "same tax number";
        if (likeness.Tax == Agreement.Different) yield return "other tax number";
        if (likeness.Domain == Agreement.Same) yield return $"same domain {domain}";
        if (likeness.Domain == Agreement.Near) yield return $"same web name under another ending ({domain})";
        if (likeness.Domain == Agreement.Different) yield return $"other domain ({domain})";
        if (likeness.Country == Agreement.Same) yield return "same country";
        if (likeness.Country == Agreement.Different) yield return $"other country ({CountryNames.Name(country!)})";
        if (likeness.City is Agreement.Same or Agreement.Near) yield return "same town";
        if (likeness.City == Agreement.Different) yield return "other town";
    }
}
