using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners;

/// <summary>Many partners get a tier; each change has its receipt and its reason, as that of one partner.</summary>
internal sealed class BulkTier(AssignTier assign) : IBulkAction
{
    public string Record => "partners";

    public string Code => "assign_tier";

    public string Label => "Assign a tier";

    public Permission Permission => PartnersPermissions.AssignTier;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([.. Enum.GetValues<Tier>().Select(t => new BulkValue(Words.Of(t), Words.Label(t)))]);

    public Task<Problem?> CheckAsync(string argument, string? typed, string? reason, CancellationToken ct) =>
        Task.FromResult(new Check().Text(reason, "reason", "The reason", 1000).Problem);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        (await assign.RunAsync(new TierAssignment(Ids.Parse<PartnerId>(subject) ?? default, Words.Parse<Tier>(argument), reason), ct)).Problem;
}

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

/// <summary>Many partners get territories, lose them, or have exactly these.</summary>
internal sealed class BulkTerritories(Work work, SetExpertise set) : IBulkAction
{
    public string Record => "partners";

    public string Code => "change_territories";

    public string Label => "Change the territories";

    public Permission Permission => PartnersPermissions.EditProfile;

    BulkTyped? IBulkAction.Typed { get; } = new("Territories", "Names or codes of countries, or regions, with commas.", Required: true);

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([new("add", "Add territories"), new("remove", "Take territories away"), new("replace", "Have exactly these territories")]);

    public Task<Problem?> CheckAsync(string argument, string? typed, string? reason, CancellationToken ct) => Task.FromResult(
        new Check().That(SetExpertise.Territories(typed ?? "").Length > 0, "typed", "Write a territory.").Problem);

    public Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) => RunAsync(subject, argument, null, reason, ct);

    public async Task<Problem?> RunAsync(string subject, string argument, string? typed, string? reason, CancellationToken ct)
    {
        var id = Ids.Parse<PartnerId>(subject) ?? default;
        var now = (await SetExpertise.LoadAsync(work, id, ct)).Territories;
        return (await set.RunAsync((id, new ExpertiseChanges { Territories = Changed(now, argument, typed ?? "") }), ct)).Problem;
    }

    /// <summary>The territories afterwards, each once, whatever way it was written.</summary>
    public static string Changed(IReadOnlyList<string> now, string argument, string typed)
    {
        var told = TextList.Items(SetExpertise.Territories(typed));
        var keys = told.Select(Traits.Key).ToHashSet();
        var others = now.Where(t => !keys.Contains(Traits.Key(t)));
        return TextList.Write(argument switch { "add" => [.. now, .. told.Where(t => now.All(n => Traits.Key(n) != Traits.Key(t)))], "remove" => others, _ => told });
    }
}
