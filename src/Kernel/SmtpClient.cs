using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Trellis.Kernel;

/// <summary>The mail server that the operator names.</summary>
internal sealed record SmtpServer(string Host, int Port, bool Tls, string? User, string? Password, string Sender)
{
    /// <summary><c>smtp://</c> uses STARTTLS where the server offers it and never sends a password without; <c>smtps://</c> begins with TLS.</summary>
    public static SmtpServer? From(string? address)
    {
        if (string.IsNullOrEmpty(address)) return null;
        var uri = new Uri(address);
        var tls = uri.Scheme == "smtps";
        var user = uri.UserInfo.Split(':', 2);
        return new SmtpServer(uri.Host, uri.Port > 0 ? uri.Port : tls ? 465 : 587, tls, user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null, System.Web.HttpUtility.ParseQueryString(uri.Query)["from"] ?? "trellis@localhost");
    }
}

/// <summary>What came of one attempt: accepted, refused for now, or refused for good, with the server's words.</summary>
internal readonly record struct SmtpAnswer(bool Accepted, bool ForGood, string Words);

/// <summary>Speaks SMTP (RFC 5321) for one mail on one connection: greeting, TLS, sign-in, envelope, content.</summary>
internal sealed class SmtpClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TcpClient _tcp = new();
    private Stream _stream = Stream.Null;
    private StreamReader _reader = StreamReader.Null;

    /// <summary>One attempt. A lost connection and a server's "not now" may be tried again; an answer from 500 on the envelope or the content is for good.</summary>
    public static async Task<SmtpAnswer> SendAsync(SmtpServer server, MailRow mail, string name, DateTime now, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient();
        try
        {
            await client.OpenAsync(server, patience.Token);
            await client.SayAsync($"MAIL FROM:<{Bare(server.Sender)}>", 250, patience.Token);
            await client.SayAsync($"RCPT TO:<{Bare(mail.To)}>", 250, patience.Token);
            await client.SayAsync("DATA", 354, patience.Token);
            var words = await client.SayAsync(Stuffed(SmtpMessage.Of(mail, server.Sender, name.ReplaceLineEndings(" "), now)) + ".", 250, patience.Token);
            await client.WriteAsync("QUIT", patience.Token);
            return new SmtpAnswer(true, false, words);
        }
        catch (SmtpRefusal refusal)
        {
            return new SmtpAnswer(false, refusal.Code >= 500 && !refusal.Opening, refusal.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SmtpAnswer(false, false, "The mail server did not answer within a minute.");
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return new SmtpAnswer(false, false, exception.Message);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private async Task OpenAsync(SmtpServer server, CancellationToken ct)
    {
        try
        {
            await _tcp.ConnectAsync(server.Host, server.Port, ct);
            Use(_tcp.GetStream());
            if (server.Tls) await SecureAsync(server.Host, ct);
            await ExpectAsync(220, ct);
            var offers = await SayAsync($"EHLO {Environment.MachineName}", 250, ct);
            if (!server.Tls && offers.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync("STARTTLS", 220, ct);
                await SecureAsync(server.Host, ct);
                await SayAsync($"EHLO {Environment.MachineName}", 250, ct);
            }

            if (server.User is null) return;
            if (_stream is not SslStream) throw new SmtpRefusal(530, "The mail server offers no TLS, so the password is not sent to it.");
            await SayAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{server.User}\0{server.Password}")), 235, ct);
        }
        catch (SmtpRefusal refusal)
        {
            // The fault of the settings or the server, not of the mail: it waits.
            throw new SmtpRefusal(refusal.Code, refusal.Message, opening: true);
        }
    }

    private async Task SecureAsync(string host, CancellationToken ct)
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ct);
        Use(tls);
    }

    private void Use(Stream stream) => (_stream, _reader) = (stream, new StreamReader(stream, Encoding.UTF8, false, 1024, leaveOpen: true));

    private async Task<string> SayAsync(string line, int expected, CancellationToken ct)
    {
        await WriteAsync(line, ct);
        return await ExpectAsync(expected, ct);
    }

    private async Task WriteAsync(string line, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);
        await _stream.FlushAsync(ct);
    }

    private async Task<string> ExpectAsync(int expected, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await _reader.ReadLineAsync(ct) ?? throw new IOException("The mail server has closed the connection.");
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || text.Length > 10_000) throw new IOException("The mail server does not speak SMTP.");
            text.AppendLine(line);
            if (line.Length > 3 && line[3] == '-') continue;
            return code == expected || (expected == 250 && code == 251) ? text.ToString() : throw new SmtpRefusal(code, text.ToString().Trim());
        }
    }

    // The envelope takes the address alone; a bracket or line break could begin another command.
    private static string Bare(string address) =>
        System.Net.Mail.MailAddress.TryCreate(address, out var read) && read.Address.AsSpan().IndexOfAny("<>\r\n ") < 0
            ? read.Address
            : throw new SmtpRefusal(553, "This is no address that a mail can go to.");

    private static string Stuffed(string message) => message.StartsWith('.') ? "." + message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) : message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
}

/// <summary>An answer of the mail server other than the one hoped for.</summary>
internal sealed class SmtpRefusal(int code, string words, bool opening = false) : Exception(words)
{
    public int Code { get; } = code;

    /// <summary>Whether it came before this mail was spoken of.</summary>
    public bool Opening { get; } = opening;
}
