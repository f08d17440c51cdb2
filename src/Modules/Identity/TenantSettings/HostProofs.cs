using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Trellis.Identity.Settings;

/// <summary>Asks the name system for the text records of a name (RFC 1035), at the server named by <c>TRELLIS_DNS</c> (address:port) or the machine's own.</summary>
internal sealed class HostProofs(IConfiguration configuration)
{
    private const ushort Txt = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The name whose record proves a host.</summary>
    public static string RecordOf(string host) => "_trellis." + host;

    /// <summary>A host name as a browser writes it, or null: at least two labels of letters, digits and hyphens, not an address, not a name of this machine.</summary>
    public static string? Normalise(string? typed)
    {
        var host = (typed ?? "").Trim().TrimEnd('.', '/');
        if (host.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) host = host[8..];
        if (host.Length is 0 or > 200 || !host.Contains('.', StringComparison.Ordinal) || Uri.CheckHostName(host) != UriHostNameType.Dns) return null;
        try
        {
            host = new System.Globalization.IdnMapping { UseStd3AsciiRules = true }.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        return host.EndsWith(".localhost", StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal) ? null : host;
    }

    /// <summary>The texts that stand at a name; empty where there is none, null where no server answered.</summary>
    public async Task<IReadOnlyList<string>?> FindAsync(string name, CancellationToken ct)
    {
        foreach (var server in Servers().Take(3))
        {
            try
            {
                if (await AskAsync(server, name, ct) is { } texts) return texts;
            }
            catch (SocketException)
            {
                // The next server may answer.
            }
        }

        return null;
    }

    private IEnumerable<IPEndPoint> Servers() => configuration["TRELLIS_DNS"] is { Length: > 0 } set
        ? [IPEndPoint.Parse(set)]
        : NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up).SelectMany(n => n.GetIPProperties().DnsAddresses).Distinct().Select(a => new IPEndPoint(a, 53));

    private static async Task<IReadOnlyList<string>?> AskAsync(IPEndPoint server, string name, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var socket = new UdpClient(server.AddressFamily);
        // Connected: an answer from anywhere else is not received.
        socket.Connect(server);
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        await socket.SendAsync(Question(id, name), patience.Token);
        try
        {
            var answer = await socket.ReceiveAsync(patience.Token);
            return Texts(answer.Buffer, id);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    internal static byte[] Question(ushort id, string name)
    {
        var question = new MemoryStream();
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, id);
        // Recursion desired, one question.
        (head[2], head[5]) = (1, 1);
        question.Write(head);
        foreach (var label in name.Split('.'))
        {
            question.WriteByte((byte)label.Length);
            question.Write(Encoding.ASCII.GetBytes(label));
        }

        question.Write([0, 0, (byte)Txt, 0, 1]);
        return question.ToArray();
    }

    /// <summary>Pure: the text records of an answer; null where it is damaged, or is none to this question.</summary>
    internal static IReadOnlyList<string>? Texts(ReadOnlySpan<byte> answer, ushort id)
    {
        if (answer.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(answer) != id || (answer[2] & 0x80) == 0) return null;
        var failed = answer[3] & 0x0f;
        // 3: there is no such name.
        if (failed == 3) return [];
        if (failed != 0) return null;
        var (questions, answers) = (BinaryPrimitives.ReadUInt16BigEndian(answer[4..]), BinaryPrimitives.ReadUInt16BigEndian(answer[6..]));
        var texts = new List<string>();
        var at = 12;
        for (var i = 0; i < questions; i++)
            if (!SkipName(answer, ref at) || (at += 4) > answer.Length) return null;
        for (var i = 0; i < answers; i++)
        {
            if (!SkipName(answer, ref at) || at + 10 > answer.Length) return null;
            var type = BinaryPrimitives.ReadUInt16BigEndian(answer[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]);
            at += 10;
            if (at + length > answer.Length) return null;
            if (type == Txt) texts.Add(Join(answer.Slice(at, length)));
            at += length;
        }

        return texts;
    }

    // A record is one or several strings, each with its length before it.
    private static string Join(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (var at = 0; at < data.Length; at += data[at] + 1)
        {
            if (at + 1 + data[at] > data.Length) break;
            text.Append(Encoding.UTF8.GetString(data.Slice(at + 1, data[at])));
        }

        return text.ToString();
    }

    private static bool SkipName(ReadOnlySpan<byte> answer, ref int at)
    {
        while (at < answer.Length)
        {
            var length = answer[at];
            if (length == 0)
            {
                at++;
                return true;
            }

            if ((length & 0xc0) == 0xc0)
            {
                at += 2;
                return at <= answer.Length;
            }

            at += length + 1;
        }

        return false;
    }
}
