using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Records;

internal static class RecordsApi
{
    internal sealed record NoteText(string? Text);

    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddScoped<ChangeNote>().AddScoped<RemoveNote>().AddScoped<ChangeContact>().AddScoped<RemoveContact>().AddScoped<AddContribution>().AddScoped<RemoveContribution>()
        .AddScoped<UploadPartnerFile>().AddScoped<RecordPartnerFile>().AddScoped<RemovePartnerFile>().AddScoped<MessagePartner>().AddNotificationKinds([MessagePartner.Kind, .. PartnerNews.All]);

    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        one.MapPut("/notes/{note}", ChangeNoteAsync).WithName("ChangePartnerNote").WithSummary("Word a note of one’s own anew").Produces(204).ProducesProblem(422).Requires(PartnersPermissions.AddNote);
        one.MapDelete("/notes/{note}", RemoveNoteAsync).WithName("RemovePartnerNote").WithSummary("Take a note away").Produces(204).Requires(PartnersPermissions.AddNote);
        one.MapPut("/contacts/{contact}", ChangeContactAsync).WithName("ChangePartnerContact").WithSummary("Change a contact").Produces(204).ProducesProblem(422).Requires(PartnersPermissions.Manage);
        one.MapDelete("/contacts/{contact}", RemoveContactAsync).WithName("RemovePartnerContact").WithSummary("Take a contact without access away").Produces(204).ProducesProblem(409).Requires(PartnersPermissions.Manage);
        one.MapGet("/contributions", ContributionsAsync).WithName("ListPartnerContributions").WithSummary("What a partner has given, deals and all else, newest first").Produces<IReadOnlyList<ContributionItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/contributions", ContributeAsync).WithName("AddPartnerContribution").WithSummary("Write down what a partner has contributed").Produces<Made<ContributionId>>(201).ProducesProblem(422).Requires(PartnersPermissions.AddNote);
        one.MapDelete("/contributions/{contribution}", DropContributionAsync).WithName("RemovePartnerContribution").WithSummary("Take a contribution away").Produces(204).Requires(PartnersPermissions.AddNote);
        one.MapGet("/files", FilesAsync).WithName("ListPartnerFiles").WithSummary("Files; a partner’s token sees the shared ones").Produces<IReadOnlyList<PartnerFileItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/files", UploadAsync).WithName("AddPartnerFile").WithSummary("Add a file; its bytes are the body, its name the parameter name")
            .Accepts<IFormFile>("application/octet-stream", "application/pdf", "image/png", "image/jpeg", "text/plain", "text/csv").Produces<Made<FileId>>(201).ProducesProblem(422).Requires(PartnersPermissions.AddNote);
        one.MapGet("/files/{file}", DownloadAsync).WithName("GetPartnerFile").WithSummary("The content of a file").Produces(200, contentType: "application/octet-stream").Requires(PartnersPermissions.View);
        one.MapDelete("/files/{file}", RemoveFileAsync).WithName("RemovePartnerFile").WithSummary("Remove a file that the own side has added").Produces(204).Requires(PartnersPermissions.AddNote);
        one.MapPost("/messages", MessageAsync).WithName("MessagePartner").WithSummary("Write to a partner’s people").Produces<Made<NoteId>>(201).ProducesProblem(422).Requires(PartnersPermissions.Manage);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/files/partners/{id}/{file}", DownloadAsync).Requires(PartnersPermissions.View).ExcludeFromDescription();

    /// <summary>The content of a file, always as an attachment; whoever may not see it is told that there is none.</summary>
    private static async Task<IResult> DownloadAsync(PartnerId id, FileId file, Work work, FileStore files, CancellationToken ct)
    {
        var row = await work.Db.Set<PartnerFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == file && f.PartnerId == id, ct);
        return row is null || files.Open(work.Tenant, file) is not { } content ? Problem.Missing("file").ToResult() : Results.File(content, row.ContentType, row.Name);
    }

    private static IResult Done<T>(Result<T> result) => result.Ok ? Results.NoContent() : result.Problem.ToResult();

    private static async Task<IResult> ChangeNoteAsync(ChangeNote change, PartnerId id, NoteId note, NoteText input, CancellationToken ct) => Done(await change.RunAsync((id, note, input.Text), ct));

    private static async Task<IResult> RemoveNoteAsync(RemoveNote remove, PartnerId id, NoteId note, CancellationToken ct) => Done(await remove.RunAsync((id, note), ct));

    private static async Task<IResult> ChangeContactAsync(ChangeContact change, PartnerId id, ContactId contact, NewContact input, CancellationToken ct) => Done(await change.RunAsync((id, contact, input), ct));

    private static async Task<IResult> RemoveContactAsync(RemoveContact remove, PartnerId id, ContactId contact, CancellationToken ct) => Done(await remove.RunAsync((id, contact), ct));

    private static async Task<IResult> ContributionsAsync(Work work, IEnumerable<IPartnerContributions> sources, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await Contributions.OfAsync(work, sources, id, ct), Json.Options);

    private static async Task<IResult> ContributeAsync(AddContribution add, PartnerId id, NewContribution input, CancellationToken ct) =>
        (await add.RunAsync((id, input), ct)).Then<Made<ContributionId>>(made => new Made<ContributionId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/contributions");

    private static async Task<IResult> DropContributionAsync(RemoveContribution remove, PartnerId id, ContributionId contribution, CancellationToken ct) => Done(await remove.RunAsync((id, contribution), ct));

    private static async Task<IResult> FilesAsync(Work work, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await PartnerFiles.OfAsync(work, id, ct), Json.Options);

    private static async Task<IResult> UploadAsync(UploadPartnerFile upload, PartnerId id, string? name, bool? shared, HttpContext http, CancellationToken ct) =>
        (await upload.RunAsync(new SentFile(id, name, http.Request.Body, shared ?? false), ct)).Then<Made<FileId>>(made => new Made<FileId>(made)).ToCreated(made => $"/api/v1/partners/{id}/files/{made.Id}");

    private static async Task<IResult> RemoveFileAsync(RemovePartnerFile remove, PartnerId id, FileId file, CancellationToken ct) => Done(await remove.RunAsync((id, file), ct));

    private static async Task<IResult> MessageAsync(MessagePartner message, PartnerId id, Message input, CancellationToken ct) =>
        (await message.RunAsync((id, input), ct)).Then<Made<NoteId>>(made => new Made<NoteId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/notes");
}
