using System.Buffers.Binary;

namespace Trellis.Compute.Intersection;

/// <summary>What the receiver learns beyond the size of the sender's list.</summary>
public enum PsiMode : byte
{
    /// <summary>Only how many items both have.</summary>
    Count = 1,

    /// <summary>Which of its own items the sender has too.</summary>
    Intersection = 2,

    /// <summary>The same, and for each the bytes that the sender attached to it.</summary>
    Payload = 3,
}

/// <summary>A message could not be used: damaged, of another version, or out of place.</summary>
public sealed class PsiException(string message) : FormatException(message);

/// <summary>Options of one computation.</summary>
/// <param name="Threads">0 means one for each core; the messages are the same for any number.</param>
/// <param name="Progress">Told the share done of the step, 0 to 1.</param>
/// <param name="Cancellation">Stops the work.</param>
public sealed record PsiOptions(int Threads = 0, IProgress<double>? Progress = null, CancellationToken Cancellation = default);

/// <summary>What the receiver learns.</summary>
/// <param name="Mode">The mode the two agreed on.</param>
/// <param name="Own">Distinct items of the receiver's own list.</param>
/// <param name="Theirs">Distinct items of the sender's list; both sides always learn the other's size.</param>
/// <param name="Count">Distinct items that both have.</param>
/// <param name="Items">Positions in the receiver's own list, rising; empty in <see cref="PsiMode.Count"/>.</param>
/// <param name="Payloads">By position of <paramref name="Items"/>; empty but in <see cref="PsiMode.Payload"/>.</param>
public sealed record PsiResult(PsiMode Mode, int Own, int Theirs, int Count, IReadOnlyList<int> Items, IReadOnlyList<byte[]> Payloads)
{
    /// <summary>The result in words.</summary>
    public string Explanation => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Count:N0} of your {Own:N0} distinct items are also among their {Theirs:N0}"
        + $"{(Mode == PsiMode.Count ? "; which ones was not revealed" : "")}. The chance that any of them is there by accident is below {Math.Max(1e-300, (double)Own * Theirs / Math.Pow(2, 80)):0e0}.");
}

/// <summary>Protocols; the number is part of each message.</summary>
internal enum PsiSuite : byte { Ecdh = 1, Okvs = 2 }

internal enum PsiKind : byte { Setup = 1, Request = 2, Response = 3, Offer = 4, Choice = 5, Table = 6, Tags = 7 }

/// <summary>
/// Header of every message, 48 bytes, little-endian: "TPSI", version, suite, kind, mode, session (16), the message answered (16), number of entries (8).
/// </summary>
internal readonly record struct PsiHeader(PsiSuite Suite, PsiKind Kind, PsiMode Mode, UInt128 Session, UInt128 Answers, long Count)
{
    public const int Size = 48;
    public const byte Version = 1;
    private const int MostEntries = 1 << 27;

    public void Write(Span<byte> into)
    {
        "TPSI"u8.CopyTo(into);
        (into[4], into[5], into[6], into[7]) = (Version, (byte)Suite, (byte)Kind, (byte)Mode);
        BinaryPrimitives.WriteUInt128LittleEndian(into[8..], Session);
        BinaryPrimitives.WriteUInt128LittleEndian(into[24..], Answers);
        BinaryPrimitives.WriteInt64LittleEndian(into[40..], Count);
    }

    /// <exception cref="PsiException">The bytes are no message of this version, suite and kind.</exception>
    public static PsiHeader Read(ReadOnlySpan<byte> message, PsiSuite suite, PsiKind kind)
    {
        if (message.Length < Size || !message[..4].SequenceEqual("TPSI"u8)) throw new PsiException("These bytes are no message of a private set intersection.");
        if (message[4] != Version) throw new PsiException($"The message has version {message[4]}; this program speaks version {Version}.");
        if (message[5] != (byte)suite) throw new PsiException($"The message belongs to protocol {message[5]}, not {(byte)suite} ({suite}).");
        if (message[6] != (byte)kind) throw new PsiException($"A message of kind {kind} was expected, this is of kind {(PsiKind)message[6]}.");
        if (message[7] is < 1 or > 3) throw new PsiException($"The message has the unknown mode {message[7]}.");
        var count = BinaryPrimitives.ReadInt64LittleEndian(message[40..]);
        if (count is < 0 or > MostEntries) throw new PsiException($"The message claims {count} entries.");
        return new PsiHeader(suite, kind, (PsiMode)message[7], BinaryPrimitives.ReadUInt128LittleEndian(message[8..]), BinaryPrimitives.ReadUInt128LittleEndian(message[24..]), count);
    }

    /// <summary>Checks that a body of so many bytes an entry, and some more, follows.</summary>
    public void Expect(ReadOnlySpan<byte> message, long bytesAnEntry, long more = 0)
    {
        if (message.Length != Size + Count * bytesAnEntry + more) throw new PsiException($"The message is cut off or too long: {message.Length} bytes for {Count} entries.");
    }
}
