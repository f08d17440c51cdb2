using System.Globalization;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Cli;

/// <summary>A small CSV file whose columns are asked for by name; what is wrong is told with file, row and column.</summary>
internal sealed class NamedRows
{
    private readonly string file;
    private readonly List<string> columns = [];
    private readonly List<string[]> rows = [];

    public NamedRows(string file)
    {
        this.file = file;
        using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var text = new MemoryStream();
        stream.CopyTo(text);
        var scanner = new CsvScanner(text.GetBuffer().AsSpan(0, (int)text.Length));
        try
        {
            if (!scanner.Read()) throw new FormatException("it has no first row with the names of its columns.");
            for (var i = 0; i < scanner.Count; i++) columns.Add(scanner.Text(i).Trim().ToLowerInvariant());
            while (scanner.Read())
            {
                var row = new string[columns.Count];
                for (var i = 0; i < row.Length; i++) row[i] = scanner.Text(i).Trim();
                rows.Add(row);
            }
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{file}: {wrong.Message}", wrong);
        }
    }

    public int Count => rows.Count;

    public string Text(int row, string column)
    {
        var text = rows[row][Column(column)];
        return text.Length > 0 ? text : throw new FormatException($"{file}, row {row + 2}: {column} is empty.");
    }

    /// <summary>The number in a column; the default where the column or the cell is missing.</summary>
    public double Number(int row, string column, double? otherwise = null)
    {
        var at = columns.IndexOf(column);
        var text = at < 0 && otherwise is not null ? "" : rows[row][Column(column)];
        if (text.Length == 0 && otherwise is { } value) return value;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : throw new FormatException($"{file}, row {row + 2}: {column} is not a number: '{text}'.");
    }

    /// <summary>As <see cref="Number"/>, refused when not whole.</summary>
    public int Whole(int row, string column, int? otherwise = null)
    {
        var number = Number(row, column, otherwise);
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number
            : throw new FormatException($"{file}, row {row + 2}: {column} is not a whole number: {number.ToString(CultureInfo.InvariantCulture)}.");
    }

    public bool Has(string column) => columns.Contains(column);

    public FormatException Wrong(int row, string what) => new($"{file}, row {row + 2}: {what}");

    private int Column(string column)
    {
        var at = columns.IndexOf(column);
        return at >= 0 ? at : throw new FormatException($"{file} needs a column named {column}; it has {string.Join(", ", columns)}.");
    }
}
