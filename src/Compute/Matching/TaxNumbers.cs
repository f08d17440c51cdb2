namespace Trellis.Compute.Matching;

/// <summary>Tax and registration numbers made comparable.</summary>
public static class TaxNumbers
{
    /// <summary>Letters and digits in lower case without a country's prefix, or null where there is no number: “DE 123.456.789” and “123456789” have one key.</summary>
    public static string? Key(string? written)
    {
        if (string.IsNullOrWhiteSpace(written) || written.Length > 60) return null;
        Span<char> buffer = stackalloc char[128];
        var n = FieldText.FoldSolid(written, buffer);
        ReadOnlySpan<char> text = buffer[..n];
        if (n > 6 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1])) text = text[2..];
        return text.Length < 5 || text.IndexOfAnyExcept(text[0]) < 0 || !text.ContainsAnyInRange('0', '9') ? null : text.ToString();
    }
}
