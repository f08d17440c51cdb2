using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>An address, or none to tell partners of none.</summary>
internal sealed record IntakeAddress(string? Address, long? Version = null);

/// <summary>Sets the address that partners are told.</summary>
internal sealed class SetIntakeAddress(Work work) : UseCase<IntakeAddress, Done>(work)
{
    protected override Permission Permission => LifePermissions.TakeInMail;

    protected override async Task<Result<Done>> HandleAsync(IntakeAddress input, CancellationToken ct)
    {
        var address = Text.OrNull(input.Address);
        if (new Check().Text(address, "address", "The address", 200, required: false).That(address is null || MailText.Address(address) == address.ToLowerInvariant(), "address", "Write a mail address, such as deals@example.com.").Problem is { } problem) return problem;
        await Work.LockAsync("deals-intake-address", ct);
        var setting = await Db.Set<IntakeSetting>().SingleOrDefaultAsync(ct);
        if (input.Version is { } seen && seen != (setting?.Version ?? 0)) return Problem.Stale();
        if (address is null && setting is not null) Db.Remove(setting);
        if (address is null) return default(Done);
        if (setting is null) Db.Add(setting = new IntakeSetting { TenantId = Work.Tenant });
        setting.Address = address.ToLowerInvariant();
        return default(Done);
    }
}
