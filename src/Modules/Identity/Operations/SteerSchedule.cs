using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>What to do with a recurring job.</summary>
internal enum ScheduleAct
{
    RunNow,
    Pause,
    Resume,
}

/// <summary>
/// Runs a recurring job at the next tick, pauses it, or lets it run again. It runs for all tenants at once, so only the people of the first
/// tenant, who run the installation, may do this.
/// </summary>
internal sealed class SteerSchedule(Work work, ITenants tenants, Manifest manifest) : UseCase<(string Name, ScheduleAct Act), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    /// <summary>Whether this tenant's people run the installation.</summary>
    public static async Task<bool> MayAsync(Work work, ITenants tenants, CancellationToken ct) =>
        work.Actor.May(IdentityPermissions.ManageOperations) && await tenants.IsRunByAsync(work.Tenant, ct);

    protected override async Task<Result<Done>> HandleAsync((string Name, ScheduleAct Act) input, CancellationToken ct)
    {
        if (!await tenants.IsRunByAsync(Work.Tenant, ct)) return Problem.Denied(Permission);
        if (manifest.Schedule.All(s => s.Name != input.Name)) return Problem.Missing("recurring job");
        var row = await Db.Set<ScheduleRow>().SingleOrDefaultAsync(s => s.Name == input.Name, ct);
        if (row is null) Db.Add(row = new ScheduleRow { Name = input.Name, NextAt = Work.Now });
        if (input.Act == ScheduleAct.Pause) row.Paused = true;
        if (input.Act == ScheduleAct.Resume) (row.Paused, row.Attempts) = (false, 0);
        if (input.Act == ScheduleAct.RunNow) (row.NextAt, row.Paused, row.Attempts) = (Work.Now, false, 0);
        Work.Note("identity.steer_schedule", "kernel_schedule", input.Name, new { act = input.Act });
        return default(Done);
    }
}
