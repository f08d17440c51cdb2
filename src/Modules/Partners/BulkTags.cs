using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners;

/// <summary>Many partners get tags, or lose them.</summary>
internal sealed class BulkTags(TagPartner tag) : IBulkAction
{
    public string Record => "partners";

    public string Code => "change_tags";

    public string Label => "Change the tags";

    public Permission Permission => PartnersPermissions.Manage;

    BulkTyped? IBulkAction.Typed { get; } = new("Tags", "With commas.", Required: true);

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BulkValue>>([new("add", "Put tags on"), new("remove", "Take tags off")]);

    public Task<Problem?> CheckAsync(string argument, string? typed, string? reason, CancellationToken ct) => Task.FromResult(
        new Check().That(TextList.Items(TextList.Read(typed)) is { Length: > 0 } tags && tags.All(t => t.Length <= TagPartner.Longest), "typed", $"A tag has at most {TagPartner.Longest} characters.").Problem);

    public Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) => RunAsync(subject, argument, null, reason, ct);

    public async Task<Problem?> RunAsync(string subject, string argument, string? typed, string? reason, CancellationToken ct) =>
        (await tag.RunAsync((Ids.Parse<PartnerId>(subject) ?? default, argument == "add" ? new TagChange(typed) : new TagChange(null, typed)), ct)).Problem;
}
