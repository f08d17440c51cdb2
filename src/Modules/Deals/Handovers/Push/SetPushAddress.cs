using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>A system and where its deals are sent to; no address stops the sending.</summary>
internal sealed record AddressInput(ConnectedKind? System, string? Address, long? Version = null);

/// <summary>A system, and the secret that is shown only now; null where there is no new one.</summary>
internal sealed record PushSetting(ConnectedKind System, string? Secret);

/// <summary>The vendor says where deals are sent to. The first address brings the secret with which messages are signed.</summary>
internal sealed class SetPushAddress(Work work, PushSecrets secrets, Outbound outbound) : UseCase<AddressInput, PushSetting>(work)
{
    protected override Permission Permission => HandoverPermissions.Connect;

    protected override async Task<Result<PushSetting>> HandleAsync(AddressInput input, CancellationToken ct)
    {
        if (input.System is not { } system) return HandoverProblems.WhichSystem();
        var address = Text.OrNull(input.Address);
        if (new Check().Text(address, "address", "The address", 500, required: false).Problem is { } problem) return problem;
        if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var read) && read.Fragment.Length == 0 && outbound.IsAllowed(read))) return HandoverProblems.Address();
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        if (await Db.Set<ConnectedSystem>().SingleOrDefaultAsync(s => s.System == system, ct) is not { IsOn: true } known) return HandoverProblems.NotConnected(system);
        if (input.Version is { } seen && seen != known.Version) return Problem.Stale();
        if (address is null)
        {
            known.StopSending();
            return new PushSetting(system, null);
        }

        known.SendTo(address);
        if (known.SealedSecret is not null) return new PushSetting(system, null);
        var (shown, closed) = secrets.New();
        known.SignWith(closed, Work.Now, null);
        return new PushSetting(system, shown);
    }
}
