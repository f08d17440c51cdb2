using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Listing;

namespace Trellis.Partners.Applying;

/// <summary>How applications shall be taken.</summary>
internal sealed record ApplicationsInput(bool Open, string? Intro = null, int? KeepDays = null);

/// <summary>Lets strangers apply to become a partner, or not any more.</summary>
internal sealed class SetApplications(Work work, DirectoryShelf shelf) : UseCase<ApplicationsInput, Done>(work)
{
    public const int MostDays = 730;

    protected override Permission Permission => ApplicationPermissions.Open;

    protected override async Task<Result<Done>> HandleAsync(ApplicationsInput input, CancellationToken ct)
    {
        var days = input.KeepDays ?? ApplicationSettings.UsualDays;
        if (new Check().Text(input.Intro, "intro", "The introduction", 1000, required: false).That(days is >= 1 and <= MostDays, "keepDays", $"Between 1 and {MostDays} days.").Problem is { } problem) return problem;
        var settings = await Db.Set<ApplicationSettings>().SingleOrDefaultAsync(ct);
        if (settings is null) Db.Add(settings = new ApplicationSettings { TenantId = Work.Tenant });
        (settings.Open, settings.Intro, settings.KeepDays) = (input.Open, Text.OrNull(input.Intro), days);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
