using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>How grave a finding is.</summary>
internal enum HealthState
{
    Good,
    Warning,
    Bad,
}

/// <summary>One thing that was looked at, and what to do where it is not well.</summary>
internal sealed record HealthLine(string Name, string Value, HealthState State, string? Advice = null);

/// <summary>The state of the installation for those who run it.</summary>
internal sealed class Health(Work work, Db db, Manifest manifest, IConfiguration configuration)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<HealthLine>> LookAsync(CancellationToken ct)
    {
        var counts = await BackgroundWork.CountAsync(work, ct);
        return [await DatabaseAsync(ct), await SchemaAsync(ct), Disk(), Queue(counts), Failures(counts), await ScheduleAsync(ct), Mail(counts), Program(), Memory()];
    }

    private async Task<HealthLine> DatabaseAsync(CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await db.Set<ScheduleRow>().AnyAsync(ct);
        var took = watch.Elapsed.TotalMilliseconds;
        return new HealthLine("Database", $"{db.Engine.Name} answered in {took:0.0} ms", took < 100 ? HealthState.Good : HealthState.Warning, took < 100 ? null : "The database answers slowly: look at its load and its disk.");
    }

    private async Task<HealthLine> SchemaAsync(CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).LastOrDefault();
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
        return new HealthLine("Schema", applied is null ? "made without migrations" : pending == 0 ? applied : $"{applied}, {pending} pending", pending == 0 ? HealthState.Good : HealthState.Bad, pending == 0 ? null : "Run “trellis migrate” before people go on working.");
    }

    private HealthLine Disk()
    {
        var folder = Path.GetFullPath(configuration["TRELLIS_DATA"] is { Length: > 0 } set ? set : ".trellis");
        var drive = new DriveInfo(folder);
        var (free, share) = (drive.AvailableFreeSpace / 1e9, (double)drive.AvailableFreeSpace / drive.TotalSize);
        var state = free < 1 || share < .03 ? HealthState.Bad : share < .1 ? HealthState.Warning : HealthState.Good;
        return new HealthLine("Disk of the data folder", $"{free:0.0} GB free ({share:P0})", state, state == HealthState.Good ? null : "Make room: without space nothing can be saved.");
    }

    private HealthLine Queue(WorkCounts counts)
    {
        var age = counts.OldestWaiting is { } since ? work.Now - since : TimeSpan.Zero;
        var late = age > Late;
        return new HealthLine("Queue of messages", counts.Waiting == 0 ? "empty" : $"{counts.Waiting:N0} waiting, the oldest due {age.TotalSeconds:N0} s ago", late ? HealthState.Bad : HealthState.Good, late ? "Messages are not delivered in time: is a server running, and is its log quiet?" : null);
    }

    private static HealthLine Failures(WorkCounts counts)
    {
        var (failed, state) = (counts.Parked + counts.JobsFailed, counts.Parked > 0 ? HealthState.Bad : counts.JobsFailed > 0 || counts.Failing > 0 ? HealthState.Warning : HealthState.Good);
        return new HealthLine("Failed work", $"{counts.Parked} messages set aside, {counts.Failing} failing, {counts.JobsFailed} jobs failed", state, failed + counts.Failing == 0 ? null : "See Background work: each says why, and can be tried again.");
    }

    private async Task<HealthLine> ScheduleAsync(CancellationToken ct)
    {
        var rows = await BackgroundWork.ScheduleAsync(work, manifest, ct);
        var wrong = rows.Where(r => r.Row is { Paused: true } or { LastError: not null }).Select(r => r.Name).ToList();
        var late = rows.Where(r => r.Row is { Paused: false } row && row.NextAt < work.Now - Late && (row.LeasedUntil is null || row.LeasedUntil < work.Now)).Select(r => r.Name).ToList();
        var state = late.Count > 0 ? HealthState.Bad : wrong.Count > 0 ? HealthState.Warning : HealthState.Good;
        return new HealthLine("Recurring jobs", late.Count > 0 ? $"late: {string.Join(", ", late)}" : wrong.Count > 0 ? $"paused or failed: {string.Join(", ", wrong)}" : $"{rows.Count} on time", state, state == HealthState.Good ? null : "See Background work, Jobs.");
    }

    private HealthLine Mail(WorkCounts counts)
    {
        var server = configuration["TRELLIS_SMTP"] is { Length: > 0 } set && Uri.TryCreate(set, UriKind.Absolute, out var uri) ? uri.Host : null;
        return server is null
            ? new HealthLine("Mail", $"no mail server is set; {counts.MailsWaiting:N0} mails wait", HealthState.Warning, "Set TRELLIS_SMTP, or nobody gets invitations and decisions by mail.")
            : new HealthLine("Mail", $"{server}: {counts.MailsWaiting:N0} wait, {counts.MailsFailed:N0} refused", counts.MailsFailed > 0 ? HealthState.Warning : HealthState.Good, counts.MailsFailed > 0 ? "See Background work, Mails: what the mail server said stands there." : null);
    }

    private static HealthLine Program()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var up = DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        return new HealthLine("Program", $"Trellis {version}, .NET {Environment.Version}, on {Environment.MachineName} for {(up.TotalHours < 1 ? $"{up.TotalMinutes:0} min" : $"{up.TotalHours:0.0} h")}", HealthState.Good);
    }

    private static HealthLine Memory() => new("Memory", $"{Environment.WorkingSet / 1e6:0} MB in use, {GC.GetTotalMemory(false) / 1e6:0} MB of it by objects", HealthState.Good);
}
