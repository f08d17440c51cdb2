using System.Buffers.Binary;

namespace Trellis.Accounts.Imports;

/// <summary>Rows and the records that they made, as one text.</summary>
internal static class MadeRecords
{
    /// <summary>So many fit one text of the database.</summary>
    public const int Most = 5000;

    private const int Size = 20;

    public static string Write(IReadOnlyList<(int Row, Guid Record)> made)
    {
        var bytes = new byte[made.Count * Size];
        for (var i = 0; i < made.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * Size), made[i].Row);
            made[i].Record.TryWriteBytes(bytes.AsSpan((i * Size) + 4), bigEndian: true, out _);
        }

        return Convert.ToBase64String(bytes);
    }

    public static List<(int Row, Guid Record)> Read(string text)
    {
        var bytes = Convert.FromBase64String(text);
        var made = new List<(int, Guid)>(bytes.Length / Size);
        for (var at = 0; at < bytes.Length; at += Size)
            made.Add((BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)), new Guid(bytes.AsSpan(at + 4, 16), bigEndian: true)));
        return made;
    }
}
