using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>A file of registrations: a table of text or a workbook.</summary>
internal sealed record UploadInput(string FileName, byte[] Content);

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
        if (upload.Header.Length > UploadSheet.LongestHeader) return Problem.Invalid("file", "The headings are too long. Remove columns that are not needed.");
        Db.Add(upload);
        var rows = sheet.Value.Rows.Select(r => new UploadRow { TenantId = Work.Tenant, UploadId = upload.Id, Number = r.Number, Cells = JsonSerializer.Serialize(r.Cells, Json.Options), State = UploadRowState.Unread }).ToList();
        if (rows.Find(r => r.Cells.Length > UploadSheet.LongestRow) is { } row) return Problem.Invalid("file", $"Row {row.Number} is too long.");
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
