using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Incentives.Web;

/// <summary>The partners to choose from in a filter.</summary>
internal static class EarningPartners
{
    public static async Task<Option[]> AllAsync(Work work, CancellationToken ct) =>
        [.. (await work.Db.Set<PartnerRow>().Where(p => p.State != PartnerState.Prospect && p.State != PartnerState.Applicant).OrderBy(p => p.Name).Take(500).Select(p => new { p.Id, p.Name }).ToListAsync(ct))
            .Select(p => new Option(p.Id.ToString(), p.Name))];
}
