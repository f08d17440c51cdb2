using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Lists as CSV files, streamed row by row.</summary>
internal static class AccountDownloads
{
    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/accounts.csv", AccountsAsync).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/opportunities.csv", OpportunitiesAsync).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/products.csv", ProductsAsync).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/imports.csv", Imports).Requires(AccountsPermissions.Import).ExcludeFromDescription();
        web.MapGet("/app/duplicates.csv", PairsOrMerges).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/data-quality.csv", QualityAsync).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/data-quality/conflicts.csv", Conflicting).Requires(AccountsPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/imports/{id}/findings.csv", FindingsAsync).Requires(AccountsPermissions.Import).ExcludeFromDescription();
        web.MapGet("/app/imports/{id}/updated.csv", UpdatedAsync).Requires(AccountsPermissions.Import).ExcludeFromDescription();
        web.MapGet("/app/imports/{id}/taken-back.csv", TakenBackAsync).Requires(AccountsPermissions.Import).ExcludeFromDescription();
        web.MapGet("/app/imports/{id}/refused.csv", (Work work, ImportId id, CancellationToken ct) => RefusedAsync(work, id, ct)).Requires(AccountsPermissions.Import).ExcludeFromDescription();
    }

    private static IResult Conflicting(Work work, CancellationToken ct) =>
        File("conflicts-with-the-crm.csv", ["Account", "Field", "Our value", "By", "At (UTC)", "The CRM’s value", "Source", "Since (UTC)"], _ =>
            Rows(Paging.AllAsync(p => Conflicts.ConflictList.PageAsync(work, p, ct)), c => [c.AccountName, Conflicts.HandFields.Label(c.Field), c.Ours, c.By, Time(c.At), c.Theirs, c.Source, Time(c.Since)]));

    private static async Task<IResult> FindingsAsync(Work work, ImportId id, CancellationToken ct)
    {
        var import = await ImportPages.FindAsync(work, id, ct);
        if (!import.Ok) return import.Problem.ToResult();
        var findings = await ImportPages.FindingsAsync(work, id, ct);
        return File("findings.csv", ["Kind", "Field", "In the file", "Taken as", "Why", "Rows", "First in row"], _ =>
            Rows(findings.ToAsyncEnumerable(), f => [Words.Label(f.Kind), f.Field, f.Written, f.Taken, f.Why, Number(f.Rows), Number(f.FirstRow)]));
    }

    private static async Task<IResult> UpdatedAsync(Work work, ImportId id, CancellationToken ct)
    {
        var import = await ImportPages.FindAsync(work, id, ct);
        if (!import.Ok) return import.Problem.ToResult();
        return File("changes.csv", ["Row", "Record", "Change"], stop => Rows(ImportPages.UpdatedAsync(work, id), r => [Number(r.Number), r.Title, r.Text]));
    }

    private static async Task<IResult> TakenBackAsync(Work work, ImportId id, CancellationToken ct)
    {
        var import = await ImportPages.FindAsync(work, id, ct);
        if (!import.Ok) return import.Problem.ToResult();
        return File("taken back.csv", ["Row", "Record", "Outcome", "Reason", "What the import did"], _ =>
            Rows(ImportPages.Undone(work, id).AsAsyncEnumerable(), r => [Number(r.Number), r.Title, Words.Label(r.Undo!.Value), r.UndoReason, r.Outcome == RowOutcome.Created ? "created" : r.Text]));
    }

    private static IResult Imports(Work work, string? q, string? kind) =>
        File("imports.csv", ["Id", "File", "Kind", "Status", "Rows", "Created", "Updated", "Unchanged", "Refused", "Mended", "Uploaded", "By"], _ =>
            Rows(ImportPages.AllAsync(work, Words.Parse<ImportKind>(kind), q), i =>
            [
                i.Id.ToString(), i.FileName, ImportFields.Label(i.Kind), Words.Label(i.State), Number(i.Rows), Number(i.Counts.Created), Number(i.Counts.Updated),
                Number(i.Counts.Unchanged), Number(i.Counts.Refused), Number(i.Counts.Mended), i.CreatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), i.StartedByName,
            ]));

    public static async Task<IResult> RefusedAsync(Work work, ImportId id, CancellationToken ct)
    {
        var import = await ImportPages.FindAsync(work, id, ct);
        if (!import.Ok) return import.Problem.ToResult();
        var header = import.Value.Header;
        return File("refused rows.csv", [.. header, "Row", "Reason"], stop => ImportPages.RefusedAsync(work, id, header.Length, stop));
    }

    private static async Task<IResult> AccountsAsync(
        Work work, HttpContext http, CustomFields fields, string? q, string? sector, string? country, string? owner, bool? named, string? lacks, string? sort, CancellationToken ct)
    {
        var query = new AccountQuery(q, sector, country, await OwnerFilter.ReadAsync(work, owner, ct), named, lacks, sort) { Fields = await fields.ConditionsAsync(AccountRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(AccountRecords.Name, sort, ct) };
        var own = await fields.OfAsync(AccountRecords.Name, ct);
        return File("accounts.csv",
            ["Identifier in Trellis", "Identifier in the CRM", "Name", "Domain", "Tax number", "City", "Sector", "Country", "Owner", "Named account", "Revenue", "Currency", "Employees", "Year of foundation", "Subsidiary of", .. own.Select(f => f.Label), $"Revenue in {work.Settings.Currency}"], stop =>
            Rows(AccountList.AllAsync(work, query, stop), fields, AccountRecords.Name, own, row => row.Account.Id.ToString(), row => Cells(row.Account), row => Major(row.MainRevenue, work.Settings.Currency)));

        static string?[] Cells(Account a) =>
        [
            a.Id.ToString(), a.ExternalId, a.Name, a.Domain, a.TaxNumber, a.City, a.Sector ?? a.SectorWritten, a.Country ?? a.CountryWritten, a.OwnerName, a.Named ? "yes" : "no",
            Major(a.Revenue, a.Currency), a.Currency, a.Employees?.ToString(CultureInfo.InvariantCulture), a.Founded?.ToString(CultureInfo.InvariantCulture), a.ParentWritten,
        ];
    }

    private static async Task<IResult> OpportunitiesAsync(
        Work work, HttpContext http, CustomFields fields, string? q, string? stage, AccountId? account, ProductId? product, string? owner, string? lacks, string? sort, CancellationToken ct)
    {
        var query = new OpportunityQuery(q, stage, account, product, await OwnerFilter.ReadAsync(work, owner, ct), lacks, sort) { Fields = await fields.ConditionsAsync(OpportunityRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(OpportunityRecords.Name, sort, ct) };
        var own = await fields.OfAsync(OpportunityRecords.Name, ct);
        return File("opportunities.csv", ["Identifier in the CRM", "Account", "Product", "Owner", "Stage", "Amount", "Currency", "Opened on", "Closed on", "Expected close", .. own.Select(f => f.Label), $"Amount in {work.Settings.Currency}"], stop =>
            Rows(OpportunityList.AllAsync(work, query, stop), fields, OpportunityRecords.Name, own, o => o.Id.ToString(), o =>
            [
                o.ExternalId, o.AccountName, o.ProductName, o.OwnerName, Words.Label(o.Stage), Major(o.Amount, o.Currency), o.Currency, Day(o.OpenedOn), Day(o.ClosedOn), Day(o.ExpectedOn),
            ], o => Major(o.MainAmount, work.Settings.Currency)));
    }

    private static async Task<IResult> ProductsAsync(Work work, HttpContext http, CustomFields fields, string? q, string? sort, CancellationToken ct)
    {
        var (asked, order) = (await fields.ConditionsAsync(ProductRecords.Name, FieldWish.Read(http.Request.Query), ct), await fields.OrderAsync(ProductRecords.Name, sort, ct));
        var own = await fields.OfAsync(ProductRecords.Name, ct);
        return File("products.csv", ["Name", "Series", "List price", "Currency", "Active", .. own.Select(f => f.Label)], stop =>
            Rows(ProductList.AllAsync(work, q, sort, asked, order, stop), fields, ProductRecords.Name, own, p => p.Id.ToString(), p => [p.Name, p.Series, Major(p.ListPrice, p.Currency), p.Currency, p.Active ? "yes" : "no"], null));
    }

    private static IResult PairsOrMerges(Work work, string? state, CancellationToken ct) => Words.Parse<DuplicateState>(state) is DuplicateState.Merged
        ? File("merged accounts.csv", ["Became part of", "Account that went", "When", "By", "Undone", "Undone by", "Merge"], _ =>
            Rows(Paging.AllAsync(p => Merges.PageAsync(work, p, ct)), m => [m.IntoName, m.FromName, Time(m.At), m.ByName, Time(m.UndoneAt), m.UndoneByName, m.Id.ToString()]))
        : File("duplicate accounts.csv", ["Account", "Domain", "Other account", "Its domain", "Probability", "Why", "Status", "Found", "Decided", "By", "Pair"], _ =>
            Rows(Paging.AllAsync(p => Duplicates.PageAsync(work, Words.Parse<DuplicateState>(state) ?? DuplicateState.Open, p, ct)), d =>
            [
                d.LeftName, d.LeftDomain, d.RightName, d.RightDomain, d.Probability.ToString("0.####", CultureInfo.InvariantCulture), string.Join(", ", d.Reasons), Words.Label(d.State), Time(d.FoundAt),
                Time(d.DecidedAt), d.DecidedByName, d.Id.ToString(),
            ]));

    private static async Task<IResult> QualityAsync(Work work, CancellationToken ct)
    {
        var states = await QualityPages.StatesAsync(work, ct);
        return File("data quality.csv", ["What", "Kind", "Why", "Records", "Of", "Score %", "Change in a month", "Revenue left out", "Currency", "Owner", "Counted (UTC)", "Check"], _ =>
            Rows(states.ToAsyncEnumerable(), s =>
            [
                s.Check.Title, Words.Label(s.Check.Kind), s.Check.Why, Count(s.Failing), Count(s.Total), (Math.Floor(s.Score * 1000) / 10).ToString("0.#", CultureInfo.InvariantCulture), s.Change is { } change ? Count(change) : null,
                Major(s.Revenue, s.Currency), s.Currency, s.OwnerName, Time(s.CountedAt), s.Check.Code,
            ]));
    }

    private static IResult File(string name, string[] header, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string?>>> rows) =>
        Results.Stream(stream => Csv.WriteAsync(stream, header, rows(default), default), "text/csv; charset=utf-8", name);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows<T>(IAsyncEnumerable<T> items, Func<T, string?[]> cells)
    {
        await foreach (var item in items) yield return cells(item);
    }

    // As many at a time as a page of the list, so that the custom fields are one question for all of them. The worth in the main currency stands behind them: where
    // the file comes back, a column goes to the custom field of its name, and the first of that name is the field's own.
    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows<T>(IAsyncEnumerable<T> items, CustomFields fields, string record, IReadOnlyList<CustomField> own, Func<T, string> id, Func<T, string?[]> cells, Func<T, string?>? worth)
    {
        await foreach (var part in items.Chunk(Paging.Most))
        {
            var table = own.Count == 0 ? FieldTable.Empty : await fields.TableAsync(record, part.Select(id), default);
            foreach (var item in part) yield return [.. cells(item), .. own.Select(f => table.Cell(id(item), f)), .. worth is null ? [] : new[] { worth(item) }];
        }
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Major(long? minor, string currency) => minor is { } m ? new Money(m, currency).Major.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
