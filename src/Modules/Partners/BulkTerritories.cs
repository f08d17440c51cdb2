using Trellis.Kernel;
using Trellis.Partners.Profiling;

namespace Trellis.Partners;

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
