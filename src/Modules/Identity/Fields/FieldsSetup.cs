using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Fields;

/// <summary>What custom fields add to the module, and their API.</summary>
internal static class FieldsSetup
{
    /// <summary>Values by key; a key with null is emptied, one that is left out stays.</summary>
    internal sealed record ValuesBody(Dictionary<string, string?>? Values);

    internal sealed record MadeField(FieldId Id);

    public static void AddCustomFields(this IServiceCollection services)
    {
        services.AddScoped<CustomFields>();
        services.AddScoped<SaveField>();
        services.AddScoped<ArchiveField>();
        services.AddScoped<ISearchSource, FieldSearch>();
    }

    public static Manifest AddCustomFields(this Manifest manifest) => manifest
        .Permits(IdentityPermissions.ManageFields)
        .Shows(new NavItem("app", "Administration", "Custom fields", "/app/settings/fields", "forms", IdentityPermissions.ManageFields, 904))
        .Offers(new Offer("app", "Add a custom field", "/app/settings/fields", "forms", IdentityPermissions.ManageFields, "column attribute property"));

    public static void Map(IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/fields").WithTags("Custom fields").ProducesProblem(403);
        fields.MapGet("/", async (Work work, string? record, CancellationToken ct) => Results.Json(await FieldList.AllAsync(work, record, ct), Json.Options))
            .WithName("ListFields").WithSummary("The custom fields of a type of record, or of all").Produces<FieldItem[]>().Requires(IdentityPermissions.ManageFields);
        fields.MapPost("/", async (SaveField save, FieldInput input, CancellationToken ct) => (await save.RunAsync((null, input), ct)).Then<MadeField>(id => new MadeField(id)).ToCreated(m => $"/api/v1/fields/{m.Id}"))
            .WithName("AddField").WithSummary("Add a custom field to a type of record").Produces<MadeField>(201).ProducesProblem(422).Requires(IdentityPermissions.ManageFields);
        fields.MapPut("/{field}", async (SaveField save, FieldId field, FieldInput input, CancellationToken ct) => (await save.RunAsync((field, input), ct)).Then<MadeField>(id => new MadeField(id)).ToOk())
            .WithName("ChangeField").WithSummary("Change a custom field; its key and kind stay").Produces<MadeField>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422).Requires(IdentityPermissions.ManageFields);
        fields.MapDelete("/{field}", async (ArchiveField archive, FieldId field, CancellationToken ct) => (await archive.RunAsync((field, true), ct)).ToOk())
            .WithName("ArchiveField").WithSummary("Put a custom field away; its values stay").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageFields);
        fields.MapPost("/{field}/restore", async (ArchiveField archive, FieldId field, CancellationToken ct) => (await archive.RunAsync((field, false), ct)).ToOk())
            .WithName("RestoreField").WithSummary("Take a custom field out again").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageFields);

        // Which permission a record needs is known by its type: whoever may use the API may ask.
        var values = api.MapGroup("/custom-fields/{record}/{id}").WithTags("Custom fields").ProducesProblem(403).ProducesProblem(404);
        values.MapGet("/", async (CustomFields all, string record, string id, CancellationToken ct) => (await RecordFields.ReadAsync(all, record, id, ct)).ToOk())
            .WithName("GetFieldValues").WithSummary("The custom fields of one record").Produces<RecordFields>().Requires(IdentityPermissions.UseTokens);
        values.MapPatch("/", WriteAsync).WithName("WriteFieldValues").WithSummary("Write custom fields of one record; keys that are left out stay as they are").Produces<RecordFields>().ProducesProblem(422).Requires(IdentityPermissions.UseTokens);
    }

    private static async Task<IResult> WriteAsync(Work work, CustomFields all, string record, string id, ValuesBody body, CancellationToken ct)
    {
        if (all.Type(record) is not { } type) return Problem.Missing("record").ToResult();
        var written = await new WriteFields(work, all, type).RunAsync(new FieldChanges(id, body.Values ?? []), ct);
        return written.Ok ? (await RecordFields.ReadAsync(all, record, id, ct)).ToOk() : written.Problem.ToResult();
    }
}
