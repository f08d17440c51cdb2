namespace Trellis.Kernel;

/// <summary>
/// A name that runs the other way than the sentence it stands in: kept apart, so that its full stop stays at its own end and the words around it keep their order.
/// </summary>
internal static class Direction
{
    private const char Begin = '\u2068';
    private const char End = '\u2069';

    /// <summary>The name between the signs that keep it apart, where the language runs from right to left and the name has letters of its own.</summary>
    public static string Apart(string name, Language? language) =>
        language is { IsRightToLeft: true } && name.AsSpan().IndexOf(Begin) < 0 && name.Any(c => char.IsLetter(c) && c < '\u0590') ? $"{Begin}{name}{End}" : name;
}
