using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class SmtpTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_mail_goes_out_once_however_many_nodes_try(Database database)
    {
        using var server = new FakeServer();
        await using var app = await TestApp.StartAsync(database, false, [$"--TRELLIS_SMTP={server.Address}"], new TrialModule());
        var tenant = await app.TenantAsync();
        await WriteAsync(tenant, "ada@example.com", "Grüße, " + new string('ä', 80), "First\r\n.\r\nlast", "https://trellis.example/unsubscribe?key=abc");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => ActivatorUtilities.CreateInstance<MailSender>(app.Services).SendWaitingAsync(default))));

        var sent = server.Mails.ShouldHaveSingleItem();
        sent.ShouldContain("To: ada@example.com\r\n");
        sent.ShouldContain("List-Unsubscribe: <https://trellis.example/unsubscribe/one-click?key=abc>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        Encoding.UTF8.GetString(Convert.FromBase64String(sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", ""))).ShouldBe("First\r\n.\r\nlast");
        sent.Split("\r\n").ShouldAllBe(l => l.All(c => c < 128));
        var row = (await tenant.AllAsync<MailRow>()).Single();
        (row.State, row.Attempts, row.SentAt is not null, row.LastError).ShouldBe((MailState.Sent, 1, true, null));
    }

    [SkippableTheory, BothDatabases]
    public async Task What_the_server_refuses_is_kept_in_its_words_and_tried_again_only_where_that_may_help(Database database)
    {
        using var server = new FakeServer();
        await using var app = await TestApp.StartAsync(database, false, [$"--TRELLIS_SMTP={server.Address}"], new TrialModule());
        var tenant = await app.TenantAsync();
        await WriteAsync(tenant, "gone@example.com", "One", "x");
        await WriteAsync(tenant, "busy@example.com", "Two", "x");
        var sender = app.Services.GetRequiredService<MailSender>();

        (await sender.SendWaitingAsync(default)).ShouldBe(0);

        var mails = (await tenant.AllAsync<MailRow>()).ToDictionary(m => m.To);
        (mails["gone@example.com"].State, mails["gone@example.com"].LastError).ShouldBe((MailState.Failed, "550 5.1.1 Nobody of that name"));
        (mails["busy@example.com"].State, mails["busy@example.com"].LastError).ShouldBe((MailState.Waiting, "451 Try later"));
        server.Busy = false;
        (await sender.SendWaitingAsync(default)).ShouldBe(0, "it is not due yet");
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        (await sender.SendWaitingAsync(default)).ShouldBe(1);
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_password_is_never_sent_without_TLS()
    {
        using var server = new FakeServer();
        await using var app = await TestApp.StartAsync(Database.Sqlite, false, [$"--TRELLIS_SMTP={server.Address.Replace("://", "://ada:secret@")}"], new TrialModule());
        var tenant = await app.TenantAsync();
        await WriteAsync(tenant, "ada@example.com", "One", "x");
        await app.Services.GetRequiredService<MailSender>().SendWaitingAsync(default);
        var row = (await tenant.AllAsync<MailRow>()).Single();
        (row.State, row.LastError!.Contains("TLS")).ShouldBe((MailState.Waiting, true));
        server.Said.ShouldNotContain(l => l.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static Task<Result<Done>> WriteAsync(TestTenant tenant, string to, string subject, string body, string? stop = null) => tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services =>
        services.GetRequiredService<Work>().TransactAsync<Done>("trial.mail", () =>
        {
            services.GetRequiredService<Post>().Send(to, subject, body, stop);
            return Task.FromResult<Result<Done>>(default(Done));
        }, default));

    /// <summary>A mail server that keeps what it is given, knows nobody called gone, and is busy for busy.</summary>
    private sealed class FakeServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public FakeServer()
        {
            _listener.Start();
            Address = $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}?from=trellis@vendor.example";
            _ = ServeAsync();
        }

        public string Address { get; }

        public bool Busy { get; set; } = true;

        public List<string> Mails { get; } = [];

        public List<string> Said { get; } = [];

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
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 fake");
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (Said) Said.Add(line);
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    lock (Mails) Mails.Add(text.ToString());
                    await writer.WriteLineAsync("250 kept");
                }
                else if (line == "QUIT")
                {
                    await writer.WriteLineAsync("221 bye");
                    return;
                }
                else
                {
                    await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-fake\r\n250 SIZE 1000000" : line.Contains("<gone@") ? "550 5.1.1 Nobody of that name" : Busy && line.Contains("<busy@") ? "451 Try later" : "250 well");
                }
            }
        }
    }
}
