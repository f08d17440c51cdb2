using System.Globalization;
using System.Text;
using Trellis.Compute.Learning;

namespace Trellis.Compute.Cli;

/// <summary>A file that cannot be used; the message names file, line and what is wrong.</summary>
internal sealed class BadFile(string message) : Exception(message);

/// <summary>A CSV file (RFC 4180) read into columns of text, for the learning and series commands.</summary>
internal sealed class LearningCsv
{
    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string>[] _cells;

    private LearningCsv(string path, string[] names, List<string>[] cells)
    {
        Path = path;
        Names = names;
        _cells = cells;
        for (var i = 0; i < names.Length; i++)
            if (!_index.TryAdd(names[i], i)) throw new BadFile($"{path}: the column '{names[i]}' occurs twice.");
    }

    public string Path { get; }

    public string[] Names { get; }

    public int Rows => _cells[0].Count;

    public static LearningCsv Read(string path)
    {
        if (!File.Exists(path)) throw new BadFile($"{path}: there is no such file.");
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(path, reader);
    }

    public static LearningCsv Read(string path, TextReader reader)
    {
        var line = 1;
        var header = ReadRecord(reader, path, ref line) ?? throw new BadFile($"{path}: the file is empty.");
        var names = header.Select(h => h.Trim()).ToArray();
        var cells = names.Select(_ => new List<string>()).ToArray();
        while (true)
        {
            var at = line;
            var record = ReadRecord(reader, path, ref line);
            if (record is null) break;
            if (record.Count == 1 && record[0].Length == 0) continue;
            if (record.Count != names.Length) throw new BadFile($"{path}, line {at}: {record.Count} fields, but the header has {names.Length}.");
            for (var i = 0; i < names.Length; i++) cells[i].Add(record[i]);
        }

        if (cells[0].Count == 0) throw new BadFile($"{path}: there is a header but no rows.");
        return new LearningCsv(path, names, cells);
    }

    public bool Has(string name) => _index.ContainsKey(name);

    public IReadOnlyList<string> Texts(string name) =>
        _index.TryGetValue(name, out var i) ? _cells[i] : throw new BadFile($"{Path}: there is no column '{name}'. There are: {string.Join(", ", Names)}.");

    /// <summary>Numbers; an empty field is NaN when allowed.</summary>
    public double[] Numbers(string name, bool allowEmpty = false)
    {
        var texts = Texts(name);
        var values = new double[texts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (TryNumber(texts[i], out values[i])) continue;
            if (allowEmpty && IsMissing(texts[i])) values[i] = double.NaN;
            else throw new BadFile($"{Path}, row {i + 1}: '{texts[i]}' in column '{name}' is not a number.");
        }

        return values;
    }

    /// <summary>Days since 0001-01-01 for dates (ISO or month/day/year), or plain numbers.</summary>
    public double[] Times(string name)
    {
        var texts = Texts(name);
        var values = new double[texts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (TryNumber(texts[i], out values[i])) continue;
            if (!DateTime.TryParse(texts[i], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                throw new BadFile($"{Path}, row {i + 1}: '{texts[i]}' in column '{name}' is neither a date nor a number.");
            values[i] = date.Ticks / (double)TimeSpan.TicksPerDay;
        }

        return values;
    }

    /// <summary>0/1 targets: the column's values that equal <paramref name="positive"/> become 1.</summary>
    public float[] Outcomes(string name, string positive)
    {
        var target = Texts(name).Select(t => string.Equals(t, positive, StringComparison.OrdinalIgnoreCase) ? 1f : 0f).ToArray();
        if (Array.IndexOf(target, 1f) < 0) throw new BadFile($"{Path}: no row has '{positive}' in column '{name}'.");
        return target;
    }

    /// <summary>Features: a column whose filled fields are all numbers is a number, unless named a category; any other is a category.</summary>
    public Table Features(IEnumerable<string> names, IReadOnlySet<string>? categories = null) => new(names.Select(n => Feature(n, categories?.Contains(n) == true)).ToArray());

    /// <summary>The rows for which the test holds.</summary>
    public LearningCsv Where(Func<int, bool> keep)
    {
        var rows = Enumerable.Range(0, Rows).Where(keep).ToArray();
        if (rows.Length == 0) throw new BadFile($"{Path}: no row is left after choosing.");
        return new LearningCsv(Path, Names, _cells.Select(c => rows.Select(r => c[r]).ToList()).ToArray());
    }

    private Column Feature(string name, bool isCategory)
    {
        var texts = Texts(name);
        if (isCategory) return Category(name, texts);
        var values = new float[texts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (TryNumber(texts[i], out var value)) values[i] = (float)value;
            else if (IsMissing(texts[i])) values[i] = float.NaN;
            else return Category(name, texts);
        }

        return new NumberColumn(name, values);
    }

    private static CategoryColumn Category(string name, IReadOnlyList<string> texts) => CategoryColumn.FromText(name, texts.Select(t => IsMissing(t) ? null : t).ToArray());

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static bool IsMissing(string text) => text.Length == 0 || text is "NA" or "NaN" or "null" or "NULL";

    private static List<string>? ReadRecord(TextReader reader, string path, ref int line)
    {
        if (reader.Peek() < 0) return null;
        var fields = new List<string>();
        var field = new StringBuilder();
        var start = line;
        while (true)
        {
            var c = reader.Read();
            if (c == '"' && field.Length == 0) ReadQuoted(reader, field, path, start, ref line);
            else if (c == ',') Take(fields, field);
            else if (c is '\n' or < 0)
            {
                line++;
                Take(fields, field);
                return fields;
            }
            else if (c != '\r') field.Append((char)c);
        }
    }

    private static void Take(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    private static void ReadQuoted(TextReader reader, StringBuilder field, string path, int start, ref int line)
    {
        while (true)
        {
            var c = reader.Read();
            if (c < 0) throw new BadFile($"{path}, line {start}: a quotation mark is never closed.");
            if (c == '"' && reader.Peek() != '"') return;
            if (c == '"') reader.Read();
            if (c == '\n') line++;
            field.Append((char)c);
        }
    }
}
