namespace Trellis.Kernel;

/// <summary>Which form of a plural a number takes.</summary>
/// <remarks>Unicode CLDR 48, Language Plural Rules, cardinal: https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html</remarks>
public static class Plurals
{
    /// <summary>The forms that a language has, from the rarest to the most general.</summary>
    public static IReadOnlyList<string> Forms(string language) => language == "ar" ? ["zero", "one", "two", "few", "many", "other"] : ["one", "other"];

    /// <summary>The form of a number, <c>other</c> where no rule speaks.</summary>
    public static string Form(string language, decimal number)
    {
        var size = Math.Abs(number);
        if (language != "ar") return size == 1 && number.Scale == 0 ? "one" : "other";
        if (size != decimal.Truncate(size)) return "other";
        return (size, size % 100) switch
        {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, >= 3 and <= 10) => "few",
            (_, >= 11) => "many",
            _ => "other",
        };
    }
}
