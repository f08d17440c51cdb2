using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>
/// The party whose list is asked about, in the fast protocol: an oblivious pseudo-random function from an oblivious key-value store and correlated oblivious transfer. Pinkas, Rosulek, Trieu and Yanai (2020),
/// "PSI from PaXoS", with the store of Garimella et al. (2021). About ten times quicker than the Diffie–Hellman protocol for a quarter more bytes; each run needs a new secret and both lists anew.
/// </summary>
/// <remarks>
/// Secure against parties that follow the protocol (semi-honest): Diffie–Hellman on Curve25519, AES-128 as a pseudo-random generator and SHA-512 as a correlation-robust hash. 512 columns leave at least 128
/// unknown bits for every strange item but with probability 2^-75 an item.
/// </remarks>
public sealed class OkvsPsiSender
{
    private readonly IReadOnlyList<byte[]> _items;
    private readonly IReadOnlyList<byte[]>? _payloads;
    private readonly PsiMode _mode;
    private readonly UInt128 _session;
    private readonly byte[] _choices, _scalars;
    private int _answered;

    /// <summary>Prepares a run.</summary>
    /// <param name="items">The list; repeated items count once.</param>
    /// <param name="mode"><see cref="PsiMode.Intersection"/> or <see cref="PsiMode.Payload"/>; a count alone is what only the Diffie–Hellman protocol can give.</param>
    /// <param name="secret">32 bytes from a cryptographic random source, new for each run.</param>
    /// <param name="payloads">By position, for <see cref="PsiMode.Payload"/>.</param>
    public OkvsPsiSender(IReadOnlyList<byte[]> items, PsiMode mode, ReadOnlySpan<byte> secret, IReadOnlyList<byte[]>? payloads = null)
    {
        if (secret.Length != 32) throw new ArgumentException("The secret must have 32 bytes.", nameof(secret));
        if (mode == PsiMode.Count) throw new ArgumentException("In this protocol the receiver always learns which items are common; use the Diffie–Hellman protocol for a count.", nameof(mode));
        if (mode == PsiMode.Payload != payloads is not null || payloads is not null && payloads.Count != items.Count)
            throw new ArgumentException("Payloads belong to the payload mode, one for each item.", nameof(payloads));
        (_items, _mode, _payloads) = (items, mode, payloads);
        var session = new byte[64];
        PsiItems.Derive("Trellis-PSI-V01-okvs-session"u8, secret, session);
        _session = PsiItems.Identity(session);
        var keys = BaseOt.Offer(secret, out _choices, out _scalars);
        Offer = new byte[PsiHeader.Size + keys.Length];
        new PsiHeader(PsiSuite.Okvs, PsiKind.Offer, mode, _session, 0, BaseOt.Count).Write(Offer);
        keys.CopyTo(Offer, PsiHeader.Size);
    }

    /// <summary>First message, to the receiver.</summary>
    public byte[] Offer { get; }

    /// <summary>Answers the receiver's table with tags; once only.</summary>
    /// <exception cref="PsiException">The table is damaged, of another session, or a second one.</exception>
    public byte[] Answer(byte[] message, PsiOptions? options = null)
    {
        options ??= new PsiOptions();
        var header = PsiHeader.Read(message, PsiSuite.Okvs, PsiKind.Table);
        if (header.Session != _session || header.Answers != PsiItems.Identity(Offer)) throw new PsiException("The table belongs to another session.");
        if (message.Length < PsiHeader.Size + OkvsOprf.Prefix) throw new PsiException("The message is cut off.");
        var body = message.AsSpan(PsiHeader.Size);
        var store = OkvsOprf.Store(body, (int)header.Count);
        header.Expect(message, 0, OkvsOprf.Prefix + store.Rows * 64L);
        if (Interlocked.Exchange(ref _answered, 1) == 1) throw new PsiException("Each run answers one table: begin a new one with a new secret.");

        var rows = new RowTable(store.Rows);
        body[OkvsOprf.Prefix..].CopyTo(rows.Bytes);
        var choice = Vector512.Create(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(_choices));
        for (var i = 0; i < rows.Rows; i++) rows[i] &= choice;
        OtColumns.Rows(BaseOt.Finish(_scalars, body[..32]), rows, options, add: true);

        PsiItems.FirstOf(_items, out var distinct);
        var oprf = new OkvsOprf(_session, body[..32]);
        var digests = oprf.Digest(_items, distinct, options);
        var tags = oprf.Evaluate(store, rows, digests, choice, _mode == PsiMode.Payload, out var keys, options);
        var answer = new PsiHeader(PsiSuite.Okvs, PsiKind.Tags, _mode, _session, PsiItems.Identity(message), tags.Length);
        return PsiTags.Pack(answer, tags, keys, _payloads is null ? null : [.. distinct.Select(i => _payloads[i])]);
    }
}

/// <summary>The party that learns the result, in the fast protocol. Use a new secret for each run.</summary>
public sealed class OkvsPsiReceiver
{
    private const int Attempts = 16;
    private readonly int[] _first;
    private readonly List<int> _distinct;
    private readonly UInt128[] _tags;
    private readonly byte[][]? _keys;
    private readonly PsiHeader _offer;
    private readonly UInt128 _table;

    /// <summary>Reads the sender's offer and masks the receiver's list.</summary>
    /// <param name="items">The list; repeated items count once and are all reported.</param>
    /// <param name="secret">32 bytes from a cryptographic random source, new for each run.</param>
    /// <param name="offer">The sender's first message.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    /// <exception cref="PsiException">The offer is damaged.</exception>
    public OkvsPsiReceiver(IReadOnlyList<byte[]> items, ReadOnlySpan<byte> secret, byte[] offer, PsiOptions? options = null)
    {
        if (secret.Length != 32) throw new ArgumentException("The secret must have 32 bytes.", nameof(secret));
        options ??= new PsiOptions();
        _offer = PsiHeader.Read(offer, PsiSuite.Okvs, PsiKind.Offer);
        if (_offer.Count != BaseOt.Count) throw new PsiException("The offer has the wrong number of transfers.");
        _offer.Expect(offer, 64);
        secret = PsiItems.Bind("Trellis-PSI-V01-okvs-receiver"u8, secret, items, offer).AsSpan(0, 32);
        var answer = BaseOt.Answer(secret, offer.AsSpan(PsiHeader.Size), out var zero, out var one);
        _first = PsiItems.FirstOf(items, out _distinct);
        var oprf = new OkvsOprf(_offer.Session, answer);
        var digests = oprf.Digest(items, _distinct, options);
        var (store, attempt, table) = Encode(oprf, digests, secret, options);

        var rows = new RowTable(store.Rows);
        OtColumns.Rows(zero, rows, options);
        _tags = oprf.Evaluate(store, rows, digests, Vector512<ulong>.Zero, _offer.Mode == PsiMode.Payload, out _keys, options);
        for (var i = 0; i < rows.Rows; i++) table[i] ^= rows[i];
        OtColumns.Rows(one, table, options, add: true);
        Table = new byte[PsiHeader.Size + OkvsOprf.Prefix + table.Bytes.Length];
        new PsiHeader(PsiSuite.Okvs, PsiKind.Table, _offer.Mode, _offer.Session, PsiItems.Identity(offer), _distinct.Count).Write(Table);
        answer.CopyTo(Table, PsiHeader.Size);
        BitConverter.TryWriteBytes(Table.AsSpan(PsiHeader.Size + 32), attempt);
        table.Bytes.CopyTo(Table.AsSpan(PsiHeader.Size + OkvsOprf.Prefix));
        _table = PsiItems.Identity(Table);
    }

    /// <summary>Message to the sender.</summary>
    public byte[] Table { get; }

    /// <summary>Reads the result out of the sender's tags.</summary>
    /// <exception cref="PsiException">The message is damaged or answers another table.</exception>
    public PsiResult Finish(byte[] message)
    {
        var header = PsiHeader.Read(message, PsiSuite.Okvs, PsiKind.Tags);
        if (header.Session != _offer.Session || header.Answers != _table || header.Mode != _offer.Mode) throw new PsiException("The tags answer another table.");
        var tags = PsiTags.Read(message, header, out var width);
        var known = new HashSet<int>();
        var payloadOf = new Dictionary<int, byte[]>();
        for (var i = 0; i < _tags.Length; i++)
        {
            var at = Array.BinarySearch(tags, _tags[i]);
            if (at < 0) continue;
            known.Add(_distinct[i]);
            if (_keys is not null) payloadOf[_distinct[i]] = PsiTags.Open(message, tags.Length, at, width, _keys[i]);
        }

        return PsiOutcome.Of(header.Mode, (_distinct.Count, tags.Length, known.Count), _first, known, payloadOf);
    }

    // The first hash functions fail with probability far below one in a million; which ones worked is told to the sender.
    private static (Okvs Store, int Attempt, RowTable Table) Encode(OkvsOprf oprf, ItemDigest[] digests, ReadOnlySpan<byte> secret, PsiOptions options)
    {
        var values = oprf.Codes(digests, options);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var store = new Okvs(digests.Length, attempt);
            var places = new OkvsPlace[digests.Length];
            for (var i = 0; i < places.Length; i++) places[i] = store.PlaceOf(digests[i].Low, digests[i].High);
            var table = new RowTable(store.Rows);
            BaseOt.Stretch("Trellis-PSI-V01-okvs-fill"u8, secret, table.Bytes.Length).CopyTo(table.Bytes);
            if (store.Encode(places, values, table)) return (store, attempt, table);
        }

        throw new PsiException("The list could not be stored; try again with another secret.");
    }
}
