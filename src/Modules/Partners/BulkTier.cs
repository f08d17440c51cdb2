using Trellis.Kernel;
using Trellis.Partners.Published;

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
