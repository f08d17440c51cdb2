using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life.Uploads;

/// <summary>A table of registrations as it was read: pure.</summary>
internal sealed record UploadSheet(IReadOnlyList<string> Header, IReadOnlyList<(int Number, string[] Cells)> Rows)
{
    public const int MostRows = 500;
    public const int LongestFile = 1_000_000;

    /// <summary>The headings together, as they are kept.</summary>
    public const int LongestHeader = 4_000;

    /// <summary>A row, as it is kept.</summary>
    public const int LongestRow = 60_000;

    private const int LongestCell = 4_000;
    private const int MostColumns = 100;

    // What five hundred registrations need, many times over; what unpacks to more is not read.
    private static readonly XlsxLimits Limits = new() { PartBytes = 50_000_000, TextBytes = 20_000_000, CellLength = LongestCell };

    /// <summary>Field → the headers under which people write it, folded.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Names = new Dictionary<string, string[]>
    {
        ["customer"] = ["customer", "customer name", "company", "account", "account name", "end customer", "end user"],
        ["web site"] = ["web site", "website", "domain", "customer web site", "url"],
        ["country"] = ["country", "country code", "customer country"],
        ["city"] = ["city", "customer city", "town", "place"],
        ["tax number"] = ["tax number", "vat number", "vat", "vat id", "tax id", "registration number", "customer tax number"],
        ["product"] = ["product", "product name", "solution"],
        ["motion"] = ["motion", "sales motion", "partner motion", "how it is sold", "route to market"],
        ["currency"] = ["currency", "deal currency", "iso currency"],
        ["amount"] = ["amount", "value", "deal value", "deal size", "expected value"],
        ["expected close"] = ["expected close", "close", "close date", "expected close date", "closing date"],
        ["contact"] = ["contact", "contact name", "customer contact"],
        ["contact e-mail"] = ["contact e-mail", "contact email", "e-mail", "email", "contact mail"],
        ["done so far"] = ["done so far", "work done", "what was done", "activities", "description", "notes"],
        ["next step"] = ["next step", "next steps"],
    };

    /// <summary>Without these nothing can be registered.</summary>
    public static readonly IReadOnlyList<string> Needed = ["customer", "country", "product", "amount", "expected close"];

    /// <summary>A workbook by its first bytes, otherwise text in UTF-8 or in what a byte-order mark says.</summary>
    public static Result<UploadSheet> Read(byte[] content)
    {
        if (content is [0x50, 0x4B, 0x03, 0x04, ..]) return Workbook(content);
        using var text = new StreamReader(new MemoryStream(content));
        return Read(text.ReadToEnd());
    }

    // The first sheet that is not hidden; rows are numbered as the spreadsheet shows them.
    private static Result<UploadSheet> Workbook(byte[] content)
    {
        List<(int, string[])> rows = [];
        using var stream = new MemoryStream(content);
        var read = XlsxReader.Read(stream, null, (number, cells) =>
        {
            if (rows.Count <= MostRows + 1) Add(rows, number, cells.ToArray());
        }, Limits);
        if (!read.Ok) return read.Problem;
        return rows.Exists(r => r.Item2.Any(c => !Text.IsClean(c))) ? Refused("The file contains characters that cannot be stored.") : Of(rows);
    }

    public static Result<UploadSheet> Read(string text)
    {
        if (!Text.IsClean(text)) return Refused("The file contains characters that cannot be stored. Save it as CSV in UTF-8.");
        var first = text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length));
        var delimiter = first.Count(';') > first.Count(',') ? ";" : first.Count('\t') > first.Count(',') ? "\t" : ",";
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null, MaxFieldSize = LongestCell });
        List<(int, string[])> rows = [];
        try
        {
            for (var number = 1; rows.Count <= MostRows + 1 && csv.Read(); number++) Add(rows, number, csv.Record!);
        }
        catch (MaxFieldSizeException)
        {
            return Refused($"A cell is longer than {LongestCell:N0} characters; a quotation mark may not be closed.");
        }

        return Of(rows);
    }

    private static void Add(List<(int, string[])> rows, int number, string[] cells)
    {
        var read = cells.Select(c => Csv.Original(c)!.Trim()).ToArray();
        if (read.Any(c => c.Length > 0)) rows.Add((number, read));
    }

    // The first line that holds something names the columns.
    private static Result<UploadSheet> Of(List<(int Number, string[] Cells)> rows)
    {
        if (rows.Count < 2) return Refused("The file has a line of headings and at least one row.");
        if (rows.Count > MostRows + 1) return Refused($"A file has at most {MostRows} registrations. Split it.");
        if (rows[0].Cells.Length > MostColumns) return Refused($"The file has {rows[0].Cells.Length} columns; at most {MostColumns} are read. Remove those that are not needed.");
        return new UploadSheet(rows[0].Cells, rows[1..]);
    }

    /// <summary>The name under which a custom field stands among the columns.</summary>
    public static string Of(CustomField field) => FieldWish.Prefix + field.Key;

    /// <summary>Which field stands in which column, as far as the headings say; a custom field is told by its label or its key.</summary>
    public static IReadOnlyDictionary<string, int> Guess(IReadOnlyList<string> header, IReadOnlyList<CustomField> own)
    {
        Dictionary<string, int> columns = [];
        foreach (var (field, names) in Names.Select(n => (n.Key, n.Value)).Concat(own.Select(f => (Of(f), new[] { Text.Fold(f.Label), Text.Fold(f.Key.Replace('_', ' ')) }))))
        {
            for (var i = 0; i < header.Count && !columns.ContainsKey(field); i++)
            {
                if (!columns.ContainsValue(i) && names.Contains(Text.Fold(header[i].Replace('_', ' ')))) columns[field] = i;
            }
        }

        return columns;
    }

    /// <summary>The needed fields that stand in no column.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyDictionary<string, int> columns) => [.. Needed.Where(f => !columns.ContainsKey(f))];

    /// <summary>A row as fields; what cannot be read is told at its field.</summary>
    public static DealFields Fields(IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells, IReadOnlyDictionary<string, ProductId> products, string currency, Check check)
    {
        string? Cell(string field) => columns.TryGetValue(field, out var at) && at < cells.Count ? Text.OrNull(cells[at]) : null;
        var own = Cell("currency")?.ToUpperInvariant();
        var amount = Money.Parse(Cell("amount"), Currencies.IsKnown(own) ? own! : currency);
        DateOnly? close = DateOnly.TryParse(Cell("expected close"), CultureInfo.InvariantCulture, out var day) ? day : null;
        ProductId? product = Cell("product") is { } named && products.TryGetValue(Text.Fold(named), out var id) ? id : null;
        var motion = Motion(Cell("motion"));
        check.That(motion is not null || Cell("motion") is null, "motion", $"“{Cell("motion")}” is no motion.");
        check.That(amount is not null || Cell("amount") is null, "amount", $"“{Cell("amount")}” is no amount.")
            .That(close is not null || Cell("expected close") is null, "expectedClose", $"“{Cell("expected close")}” is no date; write it like 2026-12-31.")
            .That(product is not null || Cell("product") is null, "product", $"There is no product “{Cell("product")}”.");
        return new DealFields
        {
            CustomerName = Cell("customer") ?? "",
            CustomerDomain = Cell("web site"),
            Country = Country(Cell("country")),
            CustomerCity = Cell("city"),
            CustomerTaxNumber = Cell("tax number"),
            Product = product,
            Motion = motion,
            Amount = amount?.Minor,
            Currency = own,
            ExpectedClose = close,
            ContactName = Cell("contact"),
            ContactEmail = Cell("contact e-mail"),
            WorkDone = Cell("done so far"),
            NextStep = Cell("next step"),
            Own = columns.Keys.Where(c => c.StartsWith(FieldWish.Prefix, StringComparison.Ordinal)).ToDictionary(c => c[FieldWish.Prefix.Length..], Cell),
        };
    }

    /// <summary>A motion by its code or its name, as people write it.</summary>
    public static Motion? Motion(string? typed) =>
        Text.OrNull(typed) is not { } word ? null : Enum.GetValues<Motion>().Where(m => Plain(Words.Of(m)) == Plain(word) || Plain(PartnerWords.Label(m)) == Plain(word)).Select(m => (Motion?)m).FirstOrDefault();

    private static string Plain(string word) => new([.. Text.Fold(word).Where(char.IsLetterOrDigit)]);

    // A code, or the country's name.
    private static string? Country(string? typed) =>
        typed is null ? null : Countries.All.FirstOrDefault(c => Text.Fold(c.Name) == Text.Fold(typed))?.Code ?? typed;

    private static Problem Refused(string message) => Problem.Invalid("file", message);
}
