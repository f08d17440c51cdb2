using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>What is asked of the list of mails.</summary>
/// <param name="Outcome"><c>draft</c>, <c>unknown_sender</c>, <c>several_partners</c> or <c>automatic</c>.</param>
/// <param name="Q">A part of the subject or of the sender's address.</param>
/// <param name="Sort"><c>at</c> for the oldest first.</param>
internal sealed record IntakeQuery(string? Outcome = null, string? Q = null, string? Sort = null, string? Cursor = null, int? Size = null);

internal sealed record AddressOfMail(string? Address);

/// <summary>A mail that was handed over, and what became of it.</summary>
internal sealed record IntakeLine(IntakeId Id, string Subject, string From, IntakeOutcome Outcome, string? Signature, DateTime At, DealId? Deal, int Files = 0, int FilesLeftOut = 0);

/// <summary>The mails that were handed over, for the vendor: page, API and file.</summary>
internal static class IntakeList
{
    public static async Task<Page<IntakeLine>> PageAsync(Work work, IntakeQuery query, CancellationToken ct)
    {
        var rows = work.Db.Set<IntakeMail>().AsNoTracking();
        if (Words.Parse<IntakeOutcome>(query.Outcome) is { } outcome) rows = rows.Where(m => m.Outcome == outcome);
        if (Text.OrNull(query.Q) is { } part && Text.IsClean(part) && part.Length <= 100)
        {
            var lower = part.ToLowerInvariant();
            rows = rows.Where(m => m.Subject.ToLower().Contains(lower) || m.FromAddress.ToLower().Contains(lower));
        }

        // Their ids are in the order in which they came.
        var page = await rows.PageAsync(m => m.Id, m => m.Id, query.Sort != "at", new Paging(query.Cursor, query.Size ?? 50), ct);
        return page.Select(m => new IntakeLine(m.Id, m.Subject, m.FromAddress, m.Outcome, m.Signature, m.At, m.DealId, m.FilesKept ?? 0, m.FilesLeftOut));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/inbound-mail", ListAsync).WithTags("Deals").WithName("ListInboundMail").WithSummary("Mails that were handed over and what became of them, newest first")
        .Produces<Page<IntakeLine>>().ProducesProblem(401).ProducesProblem(403).Requires(LifePermissions.TakeInMail);

    public static void MapAddress(IEndpointRouteBuilder api)
    {
        api.MapGet("/inbound-mail/address", async (Work work, CancellationToken ct) => Results.Json(await IntakeState.ReadAsync(work, ct), Json.Options)).WithTags("Deals").WithName("GetInboundMailAddress")
            .WithSummary("To which address partners forward mail, and when the last one came").Produces<IntakeState>().ProducesProblem(401).ProducesProblem(403).Requires(LifePermissions.TakeInMail);
        api.MapPut("/inbound-mail/address", AddressAsync).WithTags("Deals").WithName("SetInboundMailAddress").WithSummary("Say to which address partners forward mail; none tells them of none")
            .Produces<IntakeState>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(412).ProducesProblem(422).Requires(LifePermissions.TakeInMail);
    }

    private static async Task<IResult> AddressAsync(AddressOfMail body, HttpContext http, SetIntakeAddress set, Work work, CancellationToken ct)
    {
        var done = await set.RunAsync(new IntakeAddress(body.Address, DealsApi.Seen(http)), ct);
        return done.Ok ? Results.Json(await IntakeState.ReadAsync(work, ct), Json.Options) : done.Problem.ToResult();
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/deals/mail.csv", Export).Requires(LifePermissions.TakeInMail).ExcludeFromDescription();

    public static string Said(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Draft => "A draft",
        IntakeOutcome.SeveralPartners => "Sender of several partners",
        IntakeOutcome.Automatic => "An automatic message",
        _ => "Unknown sender",
    };

    private static async Task<IResult> ListAsync([AsParameters] IntakeQuery query, Work work, CancellationToken ct) => Results.Json(await PageAsync(work, query, ct), Json.Options);

    private static IResult Export([AsParameters] IntakeQuery query, Work work, CancellationToken ct) =>
        Csv.File("forwarded-mail.csv", ["Mail", "Subject", "From", "What became of it", "Signature", "When (UTC)", "Deal", "Files", "Files left out"], CellsAsync(query, work, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(IntakeQuery query, Work work, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var m in Paging.AllAsync(p => PageAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)))
            yield return [m.Id.ToString(), m.Subject, m.From, Said(m.Outcome), m.Signature, Csv.Time(m.At), m.Deal?.ToString(), m.Files.ToString(System.Globalization.CultureInfo.InvariantCulture), m.FilesLeftOut.ToString(System.Globalization.CultureInfo.InvariantCulture)];
    }
}
