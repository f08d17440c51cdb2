using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

internal sealed record MailboxBody(string? Host, int? Port, MailboxSecurity? Security, string? User, string? Password, string? Folder, string? DoneFolder, bool On);

/// <summary>The mailbox over the API. <c>If-Match</c> is its version; its password is written, never read.</summary>
internal static class MailboxApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var box = api.MapGroup("/inbound-mail/mailbox").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        box.MapGet("", async (Work work, CancellationToken ct) => Results.Json(await MailboxState.ReadAsync(work, ct), Json.Options)).WithName("GetMailbox").WithSummary("The mailbox from which forwarded mail is read, and how it was read last").Produces<MailboxState>().Requires(LifePermissions.ConnectMailbox);
        box.MapPut("", SetAsync).WithName("SetMailbox").WithSummary("Set the mailbox; without a password the known one is kept for the same server and user").Produces<MailboxState>().ProducesProblem(412).ProducesProblem(422).Requires(LifePermissions.ConnectMailbox);
        box.MapDelete("", RemoveAsync).WithName("RemoveMailbox").WithSummary("Read no mailbox any more, and forget the password").Produces<MailboxState>().ProducesProblem(412).Requires(LifePermissions.ConnectMailbox);
        box.MapPost("/try", async (TryMailbox act, CancellationToken ct) => (await act.RunAsync(ct)).ToOk()).WithName("TryMailbox").WithSummary("Open the mailbox now and take nothing").Produces<MailboxTrial>().ProducesProblem(409).Requires(LifePermissions.ConnectMailbox);
        var parked = api.MapGroup("/inbound-mail/parked").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        parked.MapGet("", async ([AsParameters] ParkedQuery query, Work work, CancellationToken ct) => Results.Json(await ParkedList.PageAsync(work, query, ct), Json.Options)).WithName("ListParkedMail").WithSummary("Messages of the mailbox that could not be taken in, newest first").Produces<Page<ParkedLine>>().Requires(LifePermissions.TakeInMail);
        parked.MapPost("/{id}/retry", async (MailboxMessageId id, AnswerParked act, CancellationToken ct) => Nothing(await act.RunAsync(new ParkedAnswer(id, true), ct))).WithName("RetryParkedMail").WithSummary("Let a message be tried again").Produces(204).ProducesProblem(404).Requires(LifePermissions.TakeInMail);
        parked.MapPost("/{id}/leave", async (MailboxMessageId id, AnswerParked act, CancellationToken ct) => Nothing(await act.RunAsync(new ParkedAnswer(id, false), ct))).WithName("LeaveParkedMail").WithSummary("Make nothing of a message; it is marked as done in the mailbox").Produces(204).ProducesProblem(404).Requires(LifePermissions.TakeInMail);
    }

    private static IResult Nothing(Result<Done> done) => done.Ok ? Results.NoContent() : done.Problem.ToResult();

    private static async Task<IResult> SetAsync(MailboxBody body, HttpContext http, SetMailbox set, Work work, CancellationToken ct)
    {
        var done = await set.RunAsync(new MailboxInput(body.Host, body.Port, body.Security, body.User, body.Password, body.Folder, body.DoneFolder, body.On, DealsApi.Seen(http)), ct);
        return done.Ok ? Results.Json(await MailboxState.ReadAsync(work, ct), Json.Options) : done.Problem.ToResult();
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, RemoveMailbox remove, Work work, CancellationToken ct)
    {
        var done = await remove.RunAsync(DealsApi.Seen(http), ct);
        return done.Ok ? Results.Json(await MailboxState.ReadAsync(work, ct), Json.Options) : done.Problem.ToResult();
    }
}
