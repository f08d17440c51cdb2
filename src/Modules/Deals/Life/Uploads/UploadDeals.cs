using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>A file of registrations.</summary>
internal sealed record UploadInput(string FileName, string Content);

/// <summary>The partner uploads a table of registrations. Each row is checked as a registration by hand would be; nothing is registered yet.</summary>
internal sealed class UploadDeals(Work work, CustomFields own) : UseCase<UploadInput, UploadId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<UploadId>> HandleAsync(UploadInput input, CancellationToken ct)
    {
        var partner = await Registration.PartnerAsync(Work, ct);
        if (!partner.Ok) return partner.Problem;
        if (input.Content.Length > UploadSheet.LongestFile) return Problem.Invalid("file", $"The file is larger than {UploadSheet.LongestFile / 1_000_000} MB.");
        if (new Check().Text(input.FileName, "file", "The file’s name").Problem is { } problem) return problem;
        var sheet = UploadSheet.Read(input.Content);
        if (!sheet.Ok) return sheet.Problem;

        var upload = new Upload
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<UploadId>(),
            PartnerId = partner.Value.Id,
            PersonId = Work.Actor.Person,
            PersonName = Work.Actor.Name,
            Currency = Work.Actor.Currency,
            FileName = input.FileName,
            Header = JsonSerializer.Serialize(sheet.Value.Header, Json.Options),
            At = Work.Now,
        };
        Db.Add(upload);
        var rows = sheet.Value.Rows.Select(r => new UploadRow { TenantId = Work.Tenant, UploadId = upload.Id, Number = r.Number, Cells = JsonSerializer.Serialize(r.Cells, Json.Options), State = UploadRowState.Unread }).ToList();
        Db.AddRange(rows);
        var asked = await own.WritableAsync("deals", ct);
        var columns = await KnownAsync(upload, ct) ?? UploadSheet.Guess(sheet.Value.Header, asked);
        upload.Mapping = JsonSerializer.Serialize(columns, Json.Options);
        upload.State = UploadSheet.Missing(columns).Count > 0 ? UploadState.Columns : UploadState.Checked;
        if (upload.State == UploadState.Checked) UploadRows.Check(Work, upload, rows, await ProductsAsync(Work, ct), asked);
        return upload.Id;
    }

    // What its people have said of a table with these headings before.
    private async Task<IReadOnlyDictionary<string, int>?> KnownAsync(Upload upload, CancellationToken ct)
    {
        var (partner, header) = (upload.PartnerId, upload.Header);
        var earlier = await Db.Set<Upload>().AsNoTracking().Where(u => u.PartnerId == partner && u.MappedByHand && u.Header == header).OrderByDescending(u => u.Id).FirstOrDefaultAsync(ct);
        return earlier?.Fields;
    }

    /// <summary>The products that can be sold, by folded name.</summary>
    public static async Task<Dictionary<string, ProductId>> ProductsAsync(Work work, CancellationToken ct)
    {
        var products = await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Active).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        Dictionary<string, ProductId> named = [];
        foreach (var product in products) named.TryAdd(Text.Fold(product.Name), product.Id);
        return named;
    }
}

/// <summary>The partner registers the rows that fit.</summary>
internal sealed class StartUpload(Work work, Kernel.Jobs jobs) : UseCase<UploadId, UploadId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<UploadId>> HandleAsync(UploadId id, CancellationToken ct)
    {
        var upload = await Db.Set<Upload>().SingleOrDefaultAsync(u => u.Id == id, ct);
        if (upload is null || !Work.Actor.IsPartner) return Problem.Missing("upload");
        await Work.LockAsync($"deals-upload:{id}", ct);
        if (upload.State == UploadState.Columns) return UploadRows.ColumnsOpen(UploadSheet.Missing(upload.Fields));
        var broken = upload.State == UploadState.Running && upload.JobId is { } job && await Db.Set<JobRow>().AnyAsync(j => j.Id == job && j.State != JobState.Queued && j.State != JobState.Running, ct);
        if (upload.State != UploadState.Checked && !broken) return new Problem(ProblemKind.Conflict, "deals.upload_started", "These rows are being registered already.");
        if (!await Db.Set<UploadRow>().AnyAsync(r => r.UploadId == id && r.State == UploadRowState.Ready, ct)) return new Problem(ProblemKind.Conflict, "deals.upload_empty", "No row of this file can be registered.");
        (upload.State, upload.JobId) = (UploadState.Running, jobs.Start("deals.upload", new UploadJob(id)));
        return id;
    }
}

internal sealed record UploadJob(UploadId Upload);

/// <summary>Registers the rows one after the other, each in a transaction of its own with what became of it; started again it goes on behind the last.</summary>
internal sealed class RegisterUpload(Db db, Work work, CurrentActor current, Register register) : IJob
{
    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<UploadJob>(payload, Json.Options)!.Upload;
        var upload = await db.Set<Upload>().AsNoTracking().SingleAsync(u => u.Id == id, ct);
        // As the person who uploaded: with its partner's sight.
        current.Actor = current.Actor with { Partner = upload.PartnerId, Person = upload.PersonId, Name = upload.PersonName, Currency = upload.Currency };
        var products = await UploadDeals.ProductsAsync(work, ct);
        var numbers = await db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id && r.State == UploadRowState.Ready).OrderBy(r => r.Number).Select(r => r.Number).ToListAsync(ct);
        var all = await db.Set<UploadRow>().CountAsync(r => r.UploadId == id, ct);
        for (var i = 0; i < numbers.Count; i++)
        {
            await RowAsync(upload, numbers[i], products, ct);
            if (!await progress.TellAsync(all - numbers.Count + i + 1, all)) return new Problem(ProblemKind.Busy, "jobs.cancelled", $"Stopped after {i + 1} rows.");
        }

        var counts = await db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id).GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var finished = await work.TransactAsync<Done>("deals.finish_upload", async () =>
        {
            var row = await db.Set<Upload>().SingleAsync(u => u.Id == id, ct);
            (row.State, row.FinishedAt) = (UploadState.Done, work.Now);
            return default(Done);
        }, ct);
        return finished.Ok ? $"{counts.GetValueOrDefault(UploadRowState.Registered)} registered, {counts.GetValueOrDefault(UploadRowState.Refused)} not." : finished.Problem;
    }

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
        if (made.Ok) return;
        await work.TransactAsync<Done>("deals.refuse_row", async () =>
        {
            var row = await db.Set<UploadRow>().SingleAsync(r => r.UploadId == upload.Id && r.Number == number, ct);
            var words = made.Problem.Errors.Count > 0 ? string.Join(" ", made.Problem.Errors.SelectMany(e => e.Value)) : made.Problem.Message;
            (row.State, row.Message) = (UploadRowState.Refused, Text.Storable(words, 1000));
            return default(Done);
        }, ct);
    }

    // The rules' own sentence often begins with the status.
    private static string Said(Deal deal) =>
        DealLifecycle.Label(deal.State) is var label && deal.StateReason?.StartsWith(label, StringComparison.Ordinal) == true ? deal.StateReason : $"{label}. {deal.StateReason}";
}
