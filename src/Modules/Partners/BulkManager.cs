using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Many partners get a manager.</summary>
internal sealed class BulkManager(Work work, AssignManager assign) : IBulkAction
{
    public string Record => "partners";

    public string Code => "assign_manager";

    public string Label => "Assign a manager";

    public Permission Permission => PartnersPermissions.AssignManager;

    public async Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => [new("none", "Nobody"), .. (await Managers.AllAsync(work, ct)).Select(m => new BulkValue(m.Id.ToString(), m.Name))];

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        (await assign.RunAsync((Ids.Parse<PartnerId>(subject) ?? default, Ids.Parse<PersonId>(argument)), ct)).Problem;
}
