using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Many partners move along their lifecycle; each that may not is refused.</summary>
internal sealed class BulkPartnerState(ChangeState change) : IBulkAction
{
    public string Record => "partners";

    public string Code => "change_state";

    public string Label => "Change the status";

    public Permission Permission => PartnersPermissions.ChangeState;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([.. Enum.GetValues<PartnerTrigger>().Select(t => new BulkValue(Words.Of(t), Words.Label(t)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        (await change.RunAsync((Ids.Parse<PartnerId>(subject) ?? default, new StateChange(Words.Parse<PartnerTrigger>(argument), reason)), ct)).Problem;
}
