using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>
/// Hands waiting mails to the server named by <c>TRELLIS_SMTP</c> (<c>smtp://user:password@host:port?from=address</c>, <c>smtps://</c> for TLS from the
/// first byte). Of several nodes one has a mail in hand at a time; each attempt is counted before it is made.
/// </summary>
public sealed class MailSender(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private const int MostAttempts = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Tries every mail that is due; returns how many were handed over.</summary>
    public async Task<int> SendWaitingAsync(CancellationToken ct)
    {
        if (SmtpServer.From(configuration["TRELLIS_SMTP"]) is not { } server) return 0;
        var sent = 0;
        while (true)
        {
            var due = await DueAsync(ct);
            foreach (var (tenant, mail) in due) sent += await SendAsync(server, tenant, mail, ct) ? 1 : 0;
            if (due.Count == 0) return sent;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(3), clock, stopping);
                await SendWaitingAsync(stopping);
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

    private async Task<List<(TenantId, MailId)>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.AllTenants<MailRow>("find mails that are due")
            .Where(m => m.State == MailState.Waiting && m.NextAttemptAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now))
            .OrderBy(m => m.Id).Select(m => new { m.TenantId, m.Id }).Take(50).ToListAsync(ct);
        return [.. due.Select(m => (m.TenantId, m.Id))];
    }

    private async Task<bool> SendAsync(SmtpServer server, TenantId tenant, MailId id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + Lease;
        var claim = db.Set<MailRow>().Where(m => m.TenantId == tenant && m.Id == id && m.State == MailState.Waiting && m.NextAttemptAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now));
        if (await Work.AloneAsync(db, () => claim.ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), ct), ct) == 0) return false;
        var mail = await db.Set<MailRow>().AsNoTracking().SingleAsync(m => m.Id == id, ct);
        var from = scope.ServiceProvider.GetRequiredService<ITenantSettings>().Of(tenant).Name;
        var answer = await SmtpClient.SendAsync(server, mail, from, now, ct);
        await WriteAsync(db, mail, answer, ct);
        return answer.Accepted;
    }

    // The claim's attempt is the fence: who has it in hand after us counted one more.
    private Task<int> WriteAsync(Db db, MailRow mail, SmtpAnswer answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var state = answer.Accepted ? MailState.Sent : answer.ForGood || mail.Attempts >= MostAttempts ? MailState.Failed : MailState.Waiting;
        var next = now + TimeSpan.FromMinutes(Math.Pow(2, mail.Attempts));
        var error = answer.Accepted ? null : Text.Storable(answer.Words, 1000);
        var sent = answer.Accepted ? now : (DateTime?)null;
        var (tenant, id, attempts) = (mail.TenantId, mail.Id, mail.Attempts);
        return Work.AloneAsync(db, () => db.Set<MailRow>().Where(m => m.TenantId == tenant && m.Id == id && m.Attempts == attempts)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, state).SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.LastError, error)
                .SetProperty(m => m.SentAt, sent).SetProperty(m => m.LeasedUntil, (DateTime?)null), ct), ct);
    }
}
