using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Kernel;

/// <summary>Many records get a value in one of the tenant's own fields, or lose it, by the use case that writes the fields of one.</summary>
public sealed class BulkField(Work work, CustomFields fields, IRecordType type) : IBulkAction
{
    public string Record => type.Code;

    public string Code => "set_field";

    public string Label => "Set one of your own fields";

    public Permission Permission => type.Edit;

    public BulkTyped Typed { get; } = new("Value", "As on the record’s own form. Several choices with semicolons, a date like 2026-12-31, yes or no. Empty clears the field.", Required: false);

    BulkTyped? IBulkAction.Typed => Typed;

    public async Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => [.. (await fields.WritableAsync(type.Code, ct)).Select(f => new BulkValue(f.Key, f.Label))];

    public async Task<Problem?> CheckAsync(string argument, string? typed, string? reason, CancellationToken ct) =>
        CustomFields.Read([.. (await fields.WritableAsync(type.Code, ct)).Where(f => f.Key == argument)], Value(argument, typed), complete: false).Problem is { } problem
            ? Problem.Invalid("typed", problem.Errors.Values.First()[0]) : null;

    public Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) => RunAsync(subject, argument, null, reason, ct);

    public async Task<Problem?> RunAsync(string subject, string argument, string? typed, string? reason, CancellationToken ct) =>
        (await new WriteFields(work, fields, type).RunAsync(new FieldChanges(subject, Value(argument, typed)), ct)).Problem;

    private static Dictionary<string, string?> Value(string key, string? typed) => new() { [key] = typed ?? "" };
}

/// <summary>Registers what every type of record with fields can be asked.</summary>
public static class BulkFieldSetup
{
    /// <summary>The own fields of this type of record can be set for many at once.</summary>
    public static IServiceCollection AddBulkField(this IServiceCollection services, string record) =>
        services.AddScoped<IBulkAction>(s => new BulkField(s.GetRequiredService<Work>(), s.GetRequiredService<CustomFields>(), s.GetServices<IRecordType>().First(t => t.Code == record)));
}
