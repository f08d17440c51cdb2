using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Listing;

/// <summary>How the directory shall be run.</summary>
internal sealed record DirectoryInput(bool Open, bool Indexed, string? Title, string? Intro);

/// <summary>Opens the directory to strangers or closes it, and says how it introduces itself.</summary>
internal sealed class SetDirectory(Work work, DirectoryShelf shelf) : UseCase<DirectoryInput, Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Directory;

    protected override async Task<Result<Done>> HandleAsync(DirectoryInput input, CancellationToken ct)
    {
        if (new Check().Text(input.Title, "title", "The title", 120, required: false).Text(input.Intro, "intro", "The introduction", 600, required: false).Problem is { } problem) return problem;
        var settings = await Db.Set<DirectorySettings>().SingleOrDefaultAsync(ct);
        if (settings is null) Db.Add(settings = new DirectorySettings { TenantId = Work.Tenant });
        (settings.Open, settings.Indexed, settings.Title, settings.Intro) = (input.Open, input.Indexed, Text.OrNull(input.Title), Text.OrNull(input.Intro));
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
