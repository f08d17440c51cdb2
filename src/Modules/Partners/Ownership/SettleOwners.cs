using Trellis.Kernel;

namespace Trellis.Partners.Ownership;

/// <summary>Settles which system owns which fields; a field that is not named stays as it is.</summary>
internal sealed class SettleOwners(Work work) : UseCase<IReadOnlyDictionary<string, OwningSystem?>, Done>(work)
{
    protected override Permission Permission => OwnerPermissions.Settle;

    protected override async Task<Result<Done>> HandleAsync(IReadOnlyDictionary<string, OwningSystem?> input, CancellationToken ct) => await Owners.SettleAsync(Work, input, ct) is { } problem ? problem : default(Done);
}
