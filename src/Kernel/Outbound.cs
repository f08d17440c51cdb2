using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Trellis.Kernel;

/// <summary>
/// The way out to addresses that people have typed in: only by TLS, following no redirect, and to no address of a private network, unless the operator allows that for all
/// (<c>TRELLIS_OUTBOUND=private</c>).
/// </summary>
public sealed class Outbound(IConfiguration configuration)
{
    private readonly bool _private = configuration["TRELLIS_OUTBOUND"] == "private";

    /// <summary>A client for one kind of work; whoever made it keeps it and disposes it.</summary>
    /// <param name="timeout">How long one answer may take.</param>
    /// <param name="longest">How many bytes of an answer are kept in memory at most.</param>
    public HttpClient NewClient(TimeSpan timeout, int longest) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = ConnectAsync,
    })
    { Timeout = timeout, MaxResponseContentBufferSize = longest };

    /// <summary>Whether an address may be asked at all; to where its name leads is judged when it is connected to.</summary>
    public bool IsAllowed(Uri? address) => address is { IsAbsoluteUri: true, UserInfo: "" } && (address.Scheme == "https" || (_private && address.Scheme == "http"))
        && (_private || !IPAddress.TryParse(address.DnsSafeHost, out var number) || IsPublic(number));

    /// <summary>Whether the operator allows private addresses and ways without TLS, for all.</summary>
    public bool AllowsPrivate => _private;

    /// <summary>Whether a server of this name may be connected to at all; to where the name leads is judged then.</summary>
    public bool IsAllowed(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown && (_private || !IPAddress.TryParse(host, out var number) || IsPublic(number));

    /// <summary>A connection for other protocols than HTTP, judged in the same way; whoever asks for it disposes it.</summary>
    /// <exception cref="HttpRequestException">The name leads to no address that is allowed.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken ct)
    {
        // The address is judged when it is connected to: a name may have another one by then than when it was looked up.
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        var open = addresses.Where(a => _private || IsPublic(a)).ToArray();
        if (open.Length == 0) throw new HttpRequestException("The address is not public.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, ct);
            return socket;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address lies on the open internet (IANA special-purpose registries).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Global unicast is 2000::/3; within it documentation, Teredo and 6to4 lead elsewhere.
            return (b[0] & 0xe0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] is 0x0d && b[3] == 0xb8 || b[2] < 0x02)) && !(b[0] == 0x20 && b[1] == 0x02);
        }

        return !(b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 100 && b[1] is >= 64 and < 128) || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99))) || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100))) || (b[0] == 203 && b[1] == 0 && b[2] == 113));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct) =>
        new NetworkStream(await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct), ownsSocket: true);
}
