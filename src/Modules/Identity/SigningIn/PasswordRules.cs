using System.Globalization;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Which passwords are taken, as NIST SP 800-63B-4 (section 3.1.1.2) asks: long ones of any characters, none that a guesser tries first. There are
/// no rules of composition, because they make passwords worse.
/// </summary>
internal static class PasswordRules
{
    /// <summary>As the only factor.</summary>
    public const int Shortest = 15;

    /// <summary>Beside a second factor.</summary>
    public const int ShortestBesideAnother = 8;

    /// <summary>More is not refused for being weak but for being work.</summary>
    public const int Longest = 256;

    // The passwords of eight or more characters among the 30,000 commonest that the zxcvbn project has collected (MIT).
    private static readonly Lazy<HashSet<string>> Common = new(Read);

    /// <summary>What is wrong with it, as one sentence; null when nothing is.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="hasSecondFactor">Whether the account also asks for a second factor.</param>
    /// <param name="own">Names that a guesser knows: of the person, the address, the tenant.</param>
    public static string? Fault(string? password, bool hasSecondFactor, params string?[] own)
    {
        if (string.IsNullOrEmpty(password)) return "A password is needed.";
        if (!Text.IsClean(password)) return "The password contains characters that cannot be typed.";
        var normal = Passwords.Normalise(password);
        var (length, shortest) = (new StringInfo(normal).LengthInTextElements, hasSecondFactor ? ShortestBesideAnother : Shortest);
        if (length < shortest) return $"A password has at least {shortest} characters. A few words in a row are easy to remember.";
        if (normal.Length > Longest) return $"A password has at most {Longest} characters.";
        var folded = Text.Fold(normal);
        if (IsCommon(folded)) return "This password is one of the first that a guesser tries. Take another.";
        if (IsPattern(folded)) return "This password repeats itself or follows the keyboard. Take another.";
        return Rest(folded, own) < Math.Min(shortest, ShortestBesideAnother) ? "This password is little more than your own name or that of your company. Take another." : null;
    }

    // With a year or a mark at the end it is still the same guess.
    private static bool IsCommon(string folded)
    {
        for (var end = folded.Length; end > 0; end--)
        {
            if (Common.Value.Contains(folded[..end])) return true;
            if (!char.IsAsciiDigit(folded[end - 1]) && !char.IsPunctuation(folded[end - 1]) && !char.IsSymbol(folded[end - 1])) return false;
        }

        // Digits and signs alone are a guess where they are in the list, repeat themselves or run on; otherwise they are as good as letters.
        return false;
    }

    private static bool IsPattern(string folded)
    {
        var few = folded.Distinct().Count() <= 3;
        return few || Enumerable.Range(1, folded.Length / 2).Any(unit => Repeats(folded, unit)) || IsRun(folded);
    }

    private static bool Repeats(string text, int unit)
    {
        // A long passage said twice is a passphrase still; a short one is not.
        if (unit > 10) return false;
        for (var i = unit; i < text.Length; i++) if (text[i] != text[i - unit]) return false;
        return true;
    }

    private static bool IsRun(string text)
    {
        foreach (var row in (string[])["qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "12345678901234567890", "abcdefghijklmnopqrstuvwxyz"])
        {
            var twice = row + row + row;
            if (twice.Contains(text, StringComparison.Ordinal) || string.Concat(twice.Reverse()).Contains(text, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // What is left when the names are taken out.
    private static int Rest(string folded, string?[] own)
    {
        var words = own.SelectMany(o => Text.Fold(o).Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 4).Distinct();
        foreach (var word in words.OrderByDescending(w => w.Length)) folded = folded.Replace(word, "", StringComparison.Ordinal);
        return folded.Count(c => !char.IsWhiteSpace(c));
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Text.Fold(line))];
    }
}

/// <summary>What stands under a field for a new password.</summary>
internal static class PasswordHelp
{
    public static string Text(bool hasSecondFactor) =>
        T($"At least {(hasSecondFactor ? PasswordRules.ShortestBesideAnother : PasswordRules.Shortest)} characters of any kind: a few words in a row are easy to remember and hard to guess.");
}
