using System.Buffers.Binary;

namespace Trellis.Compute.Intersection;

/// <summary>
/// The party whose list is asked about, in the Diffie–Hellman protocol. Meadows (1986), "A more efficient cryptographic matchmaking protocol"; Huberman, Franklin and Hogg (1999); with the
/// sender's masked list sent ahead, so that an unchanged list is masked once and asked many times.
/// </summary>
/// <remarks>
/// Secure against parties that follow the protocol (semi-honest), under the one-more gap Diffie–Hellman assumption on Curve25519 with SHA-512 as a random oracle. Not secure against a party that
/// asks with invented items: see the guide, docs/guide/private-set-intersection.md.
/// </remarks>
public sealed class EcdhPsiSender
{
    private readonly byte[] _key;
    private readonly PsiHeader _header;
    private int _answered;

    private EcdhPsiSender(byte[] key, PsiHeader header, byte[] setup) => (_key, _header, Setup) = (key, header, setup);

    /// <summary>First message, to the receiver; it may be kept and sent again while list and secret stay the same.</summary>
    public byte[] Setup { get; }

    /// <summary>Masks a list.</summary>
    /// <param name="items">The list; repeated items count once.</param>
    /// <param name="mode">What the receiver will learn.</param>
    /// <param name="secret">32 bytes from a cryptographic random source; keep them as secret as the list.</param>
    /// <param name="payloads">By position, for <see cref="PsiMode.Payload"/>; a repeated item sends its first.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    public static EcdhPsiSender Create(IReadOnlyList<byte[]> items, PsiMode mode, ReadOnlySpan<byte> secret, IReadOnlyList<byte[]>? payloads = null, PsiOptions? options = null)
    {
        if (mode == PsiMode.Payload != payloads is not null) throw new ArgumentException("Payloads belong to the payload mode, and only to it.", nameof(payloads));
        if (payloads is not null && payloads.Count != items.Count) throw new ArgumentException("There must be one payload for each item.", nameof(payloads));
        options ??= new PsiOptions();
        var (key, session) = Keys(secret);
        PsiItems.FirstOf(items, out var distinct);
        var points = PsiPoints.HashAndMultiply(items, distinct, key, options);
        var tags = new UInt128[distinct.Count];
        var keys = payloads is null ? null : new byte[distinct.Count][];
        for (var i = 0; i < tags.Length; i++)
        {
            if (keys is not null) keys[i] = new byte[32];
            tags[i] = PsiTags.Of(points.AsSpan(i * 32, 32), keys is null ? [] : keys[i]);
        }

        var header = new PsiHeader(PsiSuite.Ecdh, PsiKind.Setup, mode, session, 0, tags.Length);
        return new EcdhPsiSender(key, header, PsiTags.Pack(header, tags, keys, payloads is null ? null : [.. distinct.Select(i => payloads[i])]));
    }

    /// <summary>Takes up a list that was masked before, without the list: the secret and the setup message are enough.</summary>
    /// <exception cref="PsiException">The setup does not belong to the secret; or its mode is count only, which needs a new secret each time.</exception>
    public static EcdhPsiSender Resume(ReadOnlySpan<byte> secret, byte[] setup)
    {
        var header = PsiHeader.Read(setup, PsiSuite.Ecdh, PsiKind.Setup);
        var (key, session) = Keys(secret);
        if (session != header.Session) throw new PsiException("This setup was made with another secret.");
        if (header.Mode == PsiMode.Count) throw new PsiException("A count is answered once for each secret: repeated answers could be put together into more than a count.");
        return new EcdhPsiSender(key, header, setup);
    }

    /// <summary>Answers a receiver's request.</summary>
    /// <exception cref="PsiException">The message is damaged, or a second count was asked.</exception>
    public byte[] Answer(byte[] request, PsiOptions? options = null)
    {
        var header = PsiHeader.Read(request, PsiSuite.Ecdh, PsiKind.Request);
        header.Expect(request, 32);
        if (_header.Mode == PsiMode.Count && Interlocked.Exchange(ref _answered, 1) == 1)
            throw new PsiException("A count is answered once for each secret: repeated answers could be put together into more than a count.");
        var points = PsiPoints.Multiply(request.AsMemory(PsiHeader.Size), _key, options ?? new PsiOptions());
        if (_header.Mode == PsiMode.Count) Sort(points);
        var message = new byte[PsiHeader.Size + points.Length];
        new PsiHeader(PsiSuite.Ecdh, PsiKind.Response, _header.Mode, _header.Session, PsiItems.Identity(request), header.Count).Write(message);
        points.CopyTo(message, PsiHeader.Size);
        return message;
    }

    // Masked points look random, so that sorting them forgets which item each belongs to.
    private static void Sort(byte[] points)
    {
        var keys = new ulong[points.Length / 32];
        for (var i = 0; i < keys.Length; i++) keys[i] = BinaryPrimitives.ReadUInt64BigEndian(points.AsSpan(i * 32));
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(keys, order);
        var copy = (byte[])points.Clone();
        for (var i = 0; i < order.Length; i++) copy.AsSpan(order[i] * 32, 32).CopyTo(points.AsSpan(i * 32));
    }

    private static (byte[] Key, UInt128 Session) Keys(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != 32) throw new ArgumentException("The secret must have 32 bytes.", nameof(secret));
        Span<byte> derived = stackalloc byte[64];
        PsiItems.Derive("Trellis-PSI-V01-ecdh-sender"u8, secret, derived);
        return (Curve25519.Clamp(derived), BinaryPrimitives.ReadUInt128LittleEndian(derived[48..]));
    }
}

/// <summary>The party that learns the result, in the Diffie–Hellman protocol. Use a new secret for each request.</summary>
public sealed class EcdhPsiReceiver
{
    private readonly byte[] _key;
    private readonly int[] _first;
    private readonly List<int> _distinct;
    private readonly UInt128 _request;

    private EcdhPsiReceiver(byte[] key, int[] first, List<int> distinct, byte[] request)
    {
        (_key, _first, _distinct, Request) = (key, first, distinct, request);
        _request = PsiItems.Identity(request);
    }

    /// <summary>Message to the sender.</summary>
    public byte[] Request { get; }

    /// <summary>Masks the receiver's list.</summary>
    /// <param name="items">The list; repeated items count once and are all reported.</param>
    /// <param name="secret">32 bytes from a cryptographic random source, new for each request.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    public static EcdhPsiReceiver Create(IReadOnlyList<byte[]> items, ReadOnlySpan<byte> secret, PsiOptions? options = null)
    {
        if (secret.Length != 32) throw new ArgumentException("The secret must have 32 bytes.", nameof(secret));
        var key = Curve25519.Clamp(PsiItems.Bind("Trellis-PSI-V01-ecdh-receiver"u8, secret, items, []));
        var first = PsiItems.FirstOf(items, out var distinct);
        var points = PsiPoints.HashAndMultiply(items, distinct, key, options ?? new PsiOptions());
        var message = new byte[PsiHeader.Size + points.Length];
        new PsiHeader(PsiSuite.Ecdh, PsiKind.Request, PsiMode.Intersection, 0, 0, distinct.Count).Write(message);
        points.CopyTo(message, PsiHeader.Size);
        return new EcdhPsiReceiver(key, first, distinct, message);
    }

    /// <summary>Reads the result out of the sender's two messages.</summary>
    /// <exception cref="PsiException">A message is damaged, or the two do not belong together or to this request.</exception>
    public PsiResult Finish(byte[] setup, byte[] response, PsiOptions? options = null)
    {
        var list = PsiHeader.Read(setup, PsiSuite.Ecdh, PsiKind.Setup);
        var answer = PsiHeader.Read(response, PsiSuite.Ecdh, PsiKind.Response);
        answer.Expect(response, 32);
        if (answer.Session != list.Session || answer.Mode != list.Mode) throw new PsiException("Setup and response are of different sessions.");
        if (answer.Answers != _request || answer.Count != _distinct.Count) throw new PsiException("The response answers another request.");
        var tags = PsiTags.Read(setup, list, out var width);
        var points = PsiPoints.Multiply(response.AsMemory(PsiHeader.Size), ScalarInverse.UndoingMultipleOfEight(_key), options ?? new PsiOptions());
        var payloadOf = new Dictionary<int, byte[]>();
        var common = 0;
        var known = new HashSet<int>();
        var key = new byte[32];
        for (var i = 0; i < _distinct.Count; i++)
        {
            var at = Array.BinarySearch(tags, PsiTags.Of(points.AsSpan(i * 32, 32), key));
            if (at < 0) continue;
            common++;
            if (list.Mode == PsiMode.Count) continue;
            known.Add(_distinct[i]);
            if (list.Mode == PsiMode.Payload) payloadOf[_distinct[i]] = PsiTags.Open(setup, tags.Length, at, width, key);
        }

        return PsiOutcome.Of(list.Mode, (_distinct.Count, tags.Length, common), _first, known, payloadOf);
    }
}

/// <summary>Spreads what is known of distinct items over the list with its repetitions.</summary>
internal static class PsiOutcome
{
    public static PsiResult Of(PsiMode mode, (int Own, int Theirs, int Common) sizes, int[] first, HashSet<int> known, Dictionary<int, byte[]> payloadOf)
    {
        var items = new List<int>();
        for (var i = 0; i < first.Length; i++)
            if (known.Contains(first[i])) items.Add(i);
        return new PsiResult(mode, sizes.Own, sizes.Theirs, sizes.Common, items, mode == PsiMode.Payload ? [.. items.Select(i => payloadOf[first[i]])] : []);
    }
}
