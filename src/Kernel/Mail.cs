using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>Names a mail.</summary>
public readonly record struct MailId(Guid Value) : ITypedId<MailId>
{
    public static string Prefix => "mail";
    public static MailId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MailId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>Waits for the mail server; without one it stays here and is read on the mailbox page.</summary>
    Waiting,
    Sent,
    Failed,
}

/// <summary>A mail, written in the transaction that caused it.</summary>
public sealed class MailRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public MailId Id { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text; a line that is a link stands alone.</summary>
    public required string Body { get; init; }

    public MailState State { get; set; }
    public int Attempts { get; set; }
    public DateTime NextAttemptAt { get; set; }
    /// <summary>What the mail server said at the last failure, in its own words.</summary>
    public string? LastError { get; set; }

    /// <summary>The address that ends mails of this kind; null where the mail belongs to something that the reader has begun.</summary>
    public string? Unsubscribe { get; init; }

    /// <summary>Until when one node has it in hand.</summary>
    public DateTime? LeasedUntil { get; set; }

    public DateTime? SentAt { get; set; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>Writes mails into the open transaction.</summary>
public sealed class Post(Work work)
{
    /// <summary>Queues one mail. Line breaks in address or subject are a bug of the caller and are refused.</summary>
    /// <param name="unsubscribe">The address that ends mails of this kind, for all that the reader has not asked for.</param>
    public void Send(string to, string subject, string body, string? unsubscribe = null)
    {
        if (to.AsSpan().IndexOfAny('\r', '\n') >= 0 || subject.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new ArgumentException("A mail header may not contain a line break.", nameof(subject));
        work.Db.Add(new MailRow
        {
            TenantId = work.Tenant,
            Id = work.NewId<MailId>(),
            To = to,
            Subject = subject,
            Body = body,
            Unsubscribe = unsubscribe,
            NextAttemptAt = work.Now,
            CreatedAt = work.Now,
        });
    }
}

/// <summary>Hands waiting mails to the server named by <c>TRELLIS_SMTP</c> (<c>smtp://user:password@host:port?from=address</c>).</summary>
public sealed class MailSender(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (configuration["TRELLIS_SMTP"] is not { Length: > 0 } address) return;
        var server = new Uri(address);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await SendWaitingAsync(server, stopping);
                await Task.Delay(TimeSpan.FromSeconds(3), clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop.
                log.LogError(exception, "The mail loop failed and will try again");
                await Task.Delay(TimeSpan.FromSeconds(15), clock, stopping);
            }
        }
    }

    private async Task SendWaitingAsync(Uri server, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow().UtcDateTime;
        var mails = await db.AllTenants<MailRow>("send waiting mails").Where(m => m.State == MailState.Waiting && m.NextAttemptAt <= now)
            .OrderBy(m => m.Id).Take(50).ToListAsync(ct);
        foreach (var mail in mails)
        {
            try
            {
                await SendAsync(server, mail, ct);
                mail.State = MailState.Sent;
            }
            catch (Exception exception) when (exception is SmtpException or FormatException or ArgumentException)
            {
                mail.Attempts++;
                mail.LastError = Text.Storable(exception.Message, 1000);
                mail.NextAttemptAt = now + TimeSpan.FromMinutes(Math.Pow(2, mail.Attempts));
                if (mail.Attempts >= 8) mail.State = MailState.Failed;
            }

            await db.SaveChangesAsync(ct);
        }
    }

    private static async Task SendAsync(Uri server, MailRow mail, CancellationToken ct)
    {
        using var client = new SmtpClient(server.Host, server.IsDefaultPort ? 587 : server.Port);
        if (server.UserInfo.Split(':') is [var user, var password])
        {
            client.EnableSsl = true;
            client.Credentials = new System.Net.NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        }

        var from = System.Web.HttpUtility.ParseQueryString(server.Query)["from"] ?? "trellis@localhost";
        using var message = new MailMessage(from, mail.To, mail.Subject, mail.Body);
        await client.SendMailAsync(message, ct);
    }
}
