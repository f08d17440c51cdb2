using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>A job by the clock and how it went.</summary>
internal sealed record RecurringJob(string Name, int EverySeconds, bool Paused, bool Running, DateTime? NextAt, DateTime? FinishedAt, long? Milliseconds, string? LastError);

/// <summary>How many messages will be tried again.</summary>
internal sealed record Retried(int Messages);

/// <summary>Background work over the API and as files: what the pages show and do.</summary>
internal static class OperationsApi
{
    private static readonly string[] DeliveryHeader = ["Event", "Listener", "Status", "Attempts", "Since", "Next try", "Why", "Message"];
    private static readonly string[] JobHeader = ["Job", "Started by", "When", "Status", "Started", "Finished", "Rows", "Message", "Identifier"];
    private static readonly string[] MailHeader = ["Subject", "To", "Status", "Attempts", "Written", "Next try", "What the mail server said", "Mail"];

    internal sealed record DiscardBody(string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations").ProducesProblem(403);
        operations.MapGet("/health", async (Health health, CancellationToken ct) => Results.Json(await health.LookAsync(ct), Json.Options))
            .WithName("GetHealth").WithSummary("The state of the installation, and what to do where it is not well").Produces<HealthLine[]>().Requires(IdentityPermissions.ManageOperations);

        operations.MapGet("/deliveries", async (Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await BackgroundWork.DeliveriesAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListFailedDeliveries").WithSummary("Messages between modules that failed: set aside, or to be tried again").Produces<Page<DeliveryItem>>().Requires(IdentityPermissions.ViewOperations);
        operations.MapPost("/deliveries/retry", async (RetryDelivery retry, CancellationToken ct) => (await retry.RunAsync(null, ct)).Then<Retried>(n => new Retried(n)).ToOk())
            .WithName("RetryDeliveries").WithSummary("Try all that were set aside again, at most a thousand at once").Produces<Retried>().Requires(IdentityPermissions.ViewOperations);
        operations.MapPost("/deliveries/{delivery}/retry", async (RetryDelivery retry, DeliveryId delivery, CancellationToken ct) => (await retry.RunAsync(delivery, ct)).Then<Retried>(n => new Retried(n)).ToOk())
            .WithName("RetryDelivery").WithSummary("Try one message again").Produces<Retried>().ProducesProblem(404).Requires(IdentityPermissions.ViewOperations);
        operations.MapPost("/deliveries/{delivery}/discard", async (DiscardDelivery discard, DeliveryId delivery, DiscardBody body, CancellationToken ct) => (await discard.RunAsync(new DiscardInput(delivery, body.Reason), ct)).ToOk())
            .WithName("DiscardDelivery").WithSummary("Give a message up that was set aside; the reason stands in the audit").Produces<Done>().ProducesProblem(404).ProducesProblem(422).Requires(IdentityPermissions.ManageOperations);

        operations.MapGet("/schedule", async (Work work, Manifest manifest, CancellationToken ct) => Results.Json((await BackgroundWork.ScheduleAsync(work, manifest, ct)).Select(s => Item(s, work.Now)), Json.Options))
            .WithName("ListRecurringJobs").WithSummary("Jobs by the clock").Produces<RecurringJob[]>().Requires(IdentityPermissions.ViewOperations);
        Steer(operations, "run", ScheduleAct.RunNow, "RunRecurringJob", "Run a job at the next tick");
        Steer(operations, "pause", ScheduleAct.Pause, "PauseRecurringJob", "Pause a job");
        Steer(operations, "resume", ScheduleAct.Resume, "ResumeRecurringJob", "Let a paused job run again");

        operations.MapGet("/jobs", async (Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await BackgroundWork.JobsAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListJobs").WithSummary("Jobs that people started, the newest first").Produces<Page<JobItem>>().Requires(IdentityPermissions.ViewOperations);
        operations.MapPost("/jobs/{job}/repeat", async (RepeatJob repeat, JobId job, CancellationToken ct) => (await repeat.RunAsync(job, ct)).ToOk())
            .WithName("RepeatJob").WithSummary("Start a job again that failed or was stopped").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.ManageOperations);

        operations.MapGet("/mails", async (Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await BackgroundWork.MailsAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListUnsentMails").WithSummary("Mails that are not sent, the newest first").Produces<Page<MailItem>>().Requires(IdentityPermissions.ViewOperations);
        operations.MapPost("/mails/{mail}/retry", async (RetryMail retry, MailId mail, CancellationToken ct) => (await retry.RunAsync(mail, ct)).ToOk())
            .WithName("RetryMail").WithSummary("Try a mail again that the mail server refused").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageOperations);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/operations/deliveries.csv", (Work work, CancellationToken ct) => PeopleFiles.File("failed messages.csv", DeliveryHeader, DeliveriesAsync(work, ct), ct)).Requires(IdentityPermissions.ViewOperations).ExcludeFromDescription();
        web.MapGet("/app/operations/jobs.csv", (Work work, CancellationToken ct) => PeopleFiles.File("jobs.csv", JobHeader, JobsAsync(work, ct), ct)).Requires(IdentityPermissions.ViewOperations).ExcludeFromDescription();
        web.MapGet("/app/operations/mail.csv", (Work work, CancellationToken ct) => PeopleFiles.File("mails.csv", MailHeader, MailsAsync(work, ct), ct)).Requires(IdentityPermissions.ViewOperations).ExcludeFromDescription();
    }

    private static void Steer(RouteGroupBuilder operations, string verb, ScheduleAct act, string operation, string summary) =>
        operations.MapPost($"/schedule/{{name}}/{verb}", async (SteerSchedule steer, string name, CancellationToken ct) => (await steer.RunAsync((name, act), ct)).ToOk())
            .WithName(operation).WithSummary(summary + "; for the people of the company that runs the installation").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageOperations);

    private static RecurringJob Item(ScheduleItem item, DateTime now) => new(item.Name, (int)item.Every.TotalSeconds, item.Row?.Paused == true, item.Row is { Paused: false, LeasedUntil: { } until } && until > now,
        item.Row is { Paused: false } row ? row.NextAt : null, item.Row?.FinishedAt, item.Row?.FinishedAt is null ? null : item.Row.Milliseconds, item.Row?.LastError);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> DeliveriesAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var d in Paging.AllAsync(p => BackgroundWork.DeliveriesAsync(work, p, ct)).WithCancellation(ct))
            yield return [d.Event, d.Listener.Split('.')[^1], Words.Label(d.State), Number(d.Attempts), PeopleFiles.Time(d.CreatedAt), PeopleFiles.Time(d.NextAttemptAt), d.LastError, d.Id.ToString()];
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> JobsAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var j in Paging.AllAsync(p => BackgroundWork.JobsAsync(work, p, ct)).WithCancellation(ct))
            yield return [j.Kind, j.StartedBy, PeopleFiles.Time(j.CreatedAt), Words.Label(j.State), PeopleFiles.Time(j.StartedAt), PeopleFiles.Time(j.FinishedAt), Number(j.Done), j.Message, j.Id.ToString()];
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> MailsAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var m in Paging.AllAsync(p => BackgroundWork.MailsAsync(work, p, ct)).WithCancellation(ct))
            yield return [m.Subject, m.To, Words.Label(m.State), Number(m.Attempts), PeopleFiles.Time(m.CreatedAt), PeopleFiles.Time(m.NextAttemptAt), m.LastError, m.Id.ToString()];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
