using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Short lists that people type, kept as one text: <c>Cloud; Data; Security</c>.</summary>
internal static class TextList
{
    public const int Longest = 20;

    /// <summary>What was typed with commas, semicolons or lines, without blanks and repeats.</summary>
    public static string Read(string? typed) => Write((typed ?? "").Split([',', ';', '\n', '\r']));

    public static string Write(IEnumerable<string> items) =>
        string.Join("; ", items.Select(i => i.Trim()).Where(i => i.Length > 0).DistinctBy(i => Text.Fold(i)));

    public static string[] Items(string stored) => stored.Split("; ", StringSplitOptions.RemoveEmptyEntries);
}
