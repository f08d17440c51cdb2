using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Starting;

/// <summary>Writes the list by which partnerships begin. Onboardings that have begun keep the steps they have.</summary>
internal sealed class SetOnboarding(Work work, OnboardingSteps steps) : UseCase<string?, int>(work)
{
    protected override Permission Permission => OnboardingPermissions.Edit;

    protected override async Task<Result<int>> HandleAsync(string? input, CancellationToken ct)
    {
        var read = OnboardingLines.Read(input, steps.Codes);
        if (!read.Ok) return read.Problem;
        var template = await Db.Set<OnboardingTemplate>().SingleOrDefaultAsync(ct);
        if (template is null) Db.Add(template = new OnboardingTemplate { TenantId = Work.Tenant, Lines = "", By = "" });
        (template.Lines, template.By, template.At) = (OnboardingLines.Write(read.Value), Work.Actor.Name, Work.Now);
        return read.Value.Count;
    }
}
