using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

internal sealed record UploadJob(UploadId Upload);

/// <summary>
/// Registers the rows one after the other, each in a transaction of its own with what became of it; started again it goes on behind the last. It does so as the person who started it, with
/// what that person may do at this moment.
/// </summary>
internal sealed class RegisterUpload(Db db, Work work, CurrentActor current, Register register, IPeople people) : IJob
{
    // How often rows are tried that others stood in the way of.
    private const int Rounds = 3;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<UploadJob>(payload, Json.Options)!.Upload;
        var upload = await db.Set<Upload>().AsNoTracking().SingleAsync(u => u.Id == id, ct);
        var (starter, products) = (current.Actor, await UploadDeals.ProductsAsync(work, ct));
        var all = await db.Set<UploadRow>().CountAsync(r => r.UploadId == id, ct);
        var numbers = await ReadyAsync(id, ct);
        for (var round = 1; round <= Rounds && numbers.Length > 0; round++)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                if (await people.NowAsync(starter.Tenant, starter.Person, upload.PartnerId, ct) is not { } now || !now.May(DealsPermissions.Register)) return AccessEnded(starter.Name);
                using (current.As(now)) await RowAsync(upload, numbers[i], products, ct);
                if (!await progress.TellAsync(all - numbers.Length + i + 1, all)) return new Problem(ProblemKind.Busy, "jobs.cancelled", $"Stopped after {i + 1} rows.");
            }

            numbers = await ReadyAsync(id, ct);
        }

        if (numbers.Length > 0) return new Problem(ProblemKind.Busy, "deals.upload_busy", "Not all rows could be registered yet: others were changing the same things at that moment. Register the rest again.");
        var counts = await db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id).GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var finished = await work.TransactAsync<Done>("deals.finish_upload", async () =>
        {
            var row = await db.Set<Upload>().SingleAsync(u => u.Id == id, ct);
            (row.State, row.FinishedAt) = (UploadState.Done, work.Now);
            return default(Done);
        }, ct);
        return finished.Ok ? $"{counts.GetValueOrDefault(UploadRowState.Registered)} registered, {counts.GetValueOrDefault(UploadRowState.Refused)} not." : finished.Problem;
    }

    private static Problem AccessEnded(string name) =>
        new(ProblemKind.Denied, "deals.upload_not_allowed_any_more", $"Stopped: {name} may not register deals for this partner any more. What was registered stays; somebody else of the partner can register the rest.");

    private Task<int[]> ReadyAsync(UploadId id, CancellationToken ct) =>
        db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id && r.State == UploadRowState.Ready).OrderBy(r => r.Number).Select(r => r.Number).ToArrayAsync(ct);

    private async Task RowAsync(Upload upload, int number, Dictionary<string, ProductId> products, CancellationToken ct)
    {
        var made = await work.TransactAsync("deals.register_row", async () =>
        {
            var row = await db.Set<UploadRow>().SingleAsync(r => r.UploadId == upload.Id && r.Number == number, ct);
            var check = new Check();
            var fields = UploadSheet.Fields(upload.Fields, row.Values, products, upload.Currency, check);
            if (check.Problem is { } unreadable) return unreadable;
            var registered = await register.RunAsync(new RegisterInput(fields), ct);
            if (!registered.Ok) return registered;
            var deal = db.Set<Deal>().Local.Single(d => d.Id == registered.Value);
            (row.State, row.DealId, row.Message) = (UploadRowState.Registered, deal.Id, Text.Storable(Said(deal), 1000));
            return registered;
        }, ct);
        if (made.Ok || UploadRows.StaysReady(made.Problem)) return;
        await work.TransactAsync<Done>("deals.refuse_row", async () =>
        {
            var row = await db.Set<UploadRow>().SingleAsync(r => r.UploadId == upload.Id && r.Number == number, ct);
            var words = made.Problem.Errors.Count > 0 ? string.Join('\n', made.Problem.Errors.SelectMany(e => e.Value)) : made.Problem.Message;
            (row.State, row.Message) = (UploadRowState.Refused, Text.Storable(words, 1000));
            return default(Done);
        }, ct);
    }

    // The rules' own sentence often begins with the status.
    private static string Said(Deal deal) =>
        DealLifecycle.Label(deal.State) is var label && deal.StateReason?.StartsWith(label, StringComparison.Ordinal) == true ? deal.StateReason : $"{label}. {deal.StateReason}";
}
