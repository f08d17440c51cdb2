using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Trellis.Deals.Tests.Life;

/// <summary>A message in a folder.</summary>
internal sealed record ImapMessage(uint Uid, byte[] Content)
{
    public HashSet<string> Flags { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The size that the server tells, where it is not that of the content.</summary>
    public long? Told { get; init; }
}

/// <summary>As much of an IMAP server as a reader of mailboxes needs, on this machine.</summary>
internal sealed partial class ImapServer : IDisposable
{
    public const string User = "deals@vendor.example";
    public const string Password = "open \"sesame\"";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _one = new();
    private uint _next = 1;

    public ImapServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Dictionary<string, List<ImapMessage>> Folders { get; } = new() { ["INBOX"] = [], ["Done"] = [] };

    public List<string> Said { get; } = [];

    /// <summary>Says nothing, not even a greeting.</summary>
    public bool Silent { get; set; }

    /// <summary>Speaks TLS with a certificate that nobody trusts.</summary>
    public bool Tls { get; set; }

    /// <summary>Breaks the connection instead of marking anything, so many times.</summary>
    public int Breaks { get; set; }

    public bool Moves { get; set; } = true;

    public ImapMessage Deliver(byte[] content, long? told = null)
    {
        lock (_one)
        {
            var message = new ImapMessage(_next++, content) { Told = told };
            Folders["INBOX"].Add(message);
            return message;
        }
    }

    public int Count(string part)
    {
        lock (_one) return Said.Count(s => s.Contains(part, StringComparison.Ordinal));
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            Stream stream = client.GetStream();
            lock (_one) Said.Add("connected");
            if (Tls)
            {
                var secure = new SslStream(stream);
                using var certificate = SelfSigned();
                await secure.AuthenticateAsServerAsync(certificate);
                stream = secure;
            }

            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            if (!Silent) await writer.WriteLineAsync($"* OK [CAPABILITY {Offers}] ready");
            var folder = "INBOX";
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_one) Said.Add(line);
                if (Silent) continue;
                var (tag, rest) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                var word = rest.StartsWith("UID ", StringComparison.Ordinal) ? "UID " + rest.Split(' ')[1] : rest.Split(' ')[0];
                if (Breaks > 0 && word is "UID STORE" or "UID MOVE" && Breaks-- > 0) return;
                if (word is "SELECT" or "EXAMINE") folder = Name(rest);
                string answer;
                lock (_one) answer = Answer(tag, word, rest, folder);
                await writer.WriteAsync(answer);
                if (word == "LOGOUT") return;
            }
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The reader has gone.
        }
    }

    private string Offers => Moves ? "IMAP4rev1 UIDPLUS MOVE" : "IMAP4rev1 UIDPLUS";

    private string Answer(string tag, string word, string rest, string folder)
    {
        switch (word)
        {
            case "CAPABILITY": return $"* CAPABILITY {Offers}\r\n{tag} OK done\r\n";
            case "LOGIN":
                var words = Quoted().Matches(rest).Select(m => m.Groups[1].Success ? m.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : m.Value).Skip(1).ToArray();
                return words is [User, Password] ? $"{tag} OK in\r\n" : $"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n";
            case "LIST":
                var wanted = Quoted().Matches(rest)[^1].Value.Trim('"');
                return wanted.Length == 0 ? $"* LIST (\\Noselect) \"/\" \"\"\r\n{tag} OK done\r\n"
                    : string.Concat(Folders.Keys.Where(f => f.Equals(wanted, StringComparison.OrdinalIgnoreCase)).Select(f => $"* LIST () \"/\" \"{f}\"\r\n")) + $"{tag} OK done\r\n";
            case "SELECT" when Folders.TryGetValue(folder, out var box):
                return $"* FLAGS (\\Seen \\Deleted)\r\n* {box.Count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ids\r\n* OK [UIDNEXT {_next}] next\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] flags\r\n{tag} OK [READ-WRITE] open\r\n";
            case "UID SEARCH": return $"* SEARCH{string.Concat(Folders[folder].Where(m => !m.Flags.Contains("\\Seen")).Select(m => $" {m.Uid}"))}\r\n{tag} OK done\r\n";
            case "UID FETCH": return string.Concat(Of(rest, folder).Select(m => Fetched(rest, folder, m))) + $"{tag} OK done\r\n";
            case "UID STORE":
                foreach (var message in Of(rest, folder)) message.Flags.UnionWith(Flag().Matches(rest).Select(m => m.Value));
                return $"{tag} OK done\r\n";
            case "UID COPY" or "UID MOVE": return Moved(tag, rest, folder, word == "UID MOVE");
            case "UID EXPUNGE": return Expunged(folder, [.. Of(rest, folder).Where(m => m.Flags.Contains("\\Deleted"))]) + $"{tag} OK done\r\n";
            case "LOGOUT": return $"* BYE\r\n{tag} OK bye\r\n";
            case "NOOP" or "CLOSE" or "UNSELECT": return $"{tag} OK done\r\n";
            default: return $"{tag} NO what?\r\n";
        }
    }

    private string Fetched(string rest, string folder, ImapMessage message)
    {
        var at = Folders[folder].IndexOf(message) + 1;
        if (Part().Match(rest) is not { Success: true } part) return $"* {at} FETCH (UID {message.Uid} RFC822.SIZE {message.Told ?? message.Content.Length})\r\n";
        var text = Encoding.Latin1.GetString(message.Content);
        text = text[..Math.Min(text.Length, int.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture))];
        return $"* {at} FETCH (UID {message.Uid} BODY[]<0> {{{text.Length}}}\r\n{text})\r\n";
    }

    private string Moved(string tag, string rest, string folder, bool gone)
    {
        if (!Folders.TryGetValue(Name(rest), out var target)) return $"{tag} NO [TRYCREATE] no such folder\r\n";
        var moved = Of(rest, folder).ToList();
        foreach (var message in moved) target.Add(new ImapMessage(_next++, message.Content));
        return (gone ? Expunged(folder, moved) : "") + $"{tag} OK done\r\n";
    }

    private string Expunged(string folder, IReadOnlyList<ImapMessage> messages)
    {
        var said = new StringBuilder();
        foreach (var message in messages)
        {
            said.Append(CultureInfo.InvariantCulture, $"* {Folders[folder].IndexOf(message) + 1} EXPUNGE\r\n");
            Folders[folder].Remove(message);
        }

        return said.ToString();
    }

    private List<ImapMessage> Of(string rest, string folder)
    {
        var ranges = rest.Split(' ')[2].Split(',').Select(r => r.Split(':')).Select(r => (From: uint.Parse(r[0], CultureInfo.InvariantCulture), To: uint.Parse(r[^1], CultureInfo.InvariantCulture))).ToList();
        return Folders[folder].FindAll(m => ranges.Exists(r => m.Uid >= r.From && m.Uid <= r.To));
    }

    private static string Name(string rest) => rest.Split(' ')[^1].Trim('"') is var name && name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : name;

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var wanted = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = wanted.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    [GeneratedRegex("""
        "((?:[^"\\]|\\.)*)"|[^\s"]+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\\\w+")]
    private static partial Regex Flag();

    [GeneratedRegex(@"BODY\.PEEK\[\]<0\.(\d+)>")]
    private static partial Regex Part();
}
