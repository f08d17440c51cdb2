using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

/// <summary>Marks steps of onboardings as done whose fact has happened. Once an hour, a page of partners at a time.</summary>
internal sealed class SettleFacts(Work work, IEnumerable<IOnboardingFact> facts) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            var code = fact.Code;
            string? cursor = null;
            do
            {
                var page = await work.Db.Set<Step>().AsNoTracking().Where(s => s.Kind == ChecklistKind.Onboarding && s.State == StepState.Open && s.Fact == code).PageAsync(s => s.Id, s => s.Id, false, new Paging(cursor, Paging.Most), ct);
                var happened = page.Items.Count == 0 ? null : await fact.AmongAsync([.. page.Items.Select(s => s.PartnerId).Distinct()], ct);
                var done = page.Items.Where(s => happened!.Contains(s.PartnerId)).Select(s => s.Id).ToArray();
                if (done.Length > 0 && await SettleAsync(done, fact.Text, ct) is { Ok: false, Problem: { } problem }) return problem;
                cursor = page.Next;
            }
            while (cursor is not null);
        }

        return default(Done);
    }

    private Task<Result<Done>> SettleAsync(StepId[] ids, string text, CancellationToken ct) => work.TransactAsync<Done>("partners.settle_facts", async () =>
    {
        foreach (var step in await work.Db.Set<Step>().Where(s => ids.Contains(s.Id) && s.State == StepState.Open).ToListAsync(ct)) step.Settle(StepState.Done, text, work.Actor.Name, work.Now);
        return default(Done);
    }, ct);
}
