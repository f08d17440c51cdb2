namespace Trellis.Compute.Learning;

/// <summary>One feature of a table: a name and one value per row.</summary>
/// <param name="Name">Unique within its table; a model finds its features by name.</param>
public abstract record Column(string Name)
{
    /// <summary>Number of values.</summary>
    public abstract int Rows { get; }

    /// <summary>A copy that holds the given rows in the given order.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The value of one row as a person would read it.</summary>
    public abstract string Show(int row);
}

/// <summary>A feature measured on a scale.</summary>
/// <param name="Name">Unique within its table.</param>
/// <param name="Values">One value per row; <see cref="float.NaN"/> means missing.</param>
public sealed record NumberColumn(string Name, float[] Values) : Column(Name)
{
    /// <inheritdoc/>
    public override int Rows => Values.Length;

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = Values[rows[i]];
        return new NumberColumn(Name, taken);
    }

    /// <inheritdoc/>
    public override string Show(int row) =>
        float.IsNaN(Values[row]) ? "missing" : Values[row].ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A feature that names one of several levels without order.</summary>
/// <param name="Name">Unique within its table.</param>
/// <param name="Codes">One index into <paramref name="Levels"/> per row; any negative number means missing.</param>
/// <param name="Levels">The level names; each once.</param>
public sealed record CategoryColumn(string Name, int[] Codes, string[] Levels) : Column(Name)
{
    /// <inheritdoc/>
    public override int Rows => Codes.Length;

    /// <summary>Codes texts; levels are sorted ordinally so that the result does not depend on the order of rows. Null or empty is missing.</summary>
    public static CategoryColumn FromText(string name, IReadOnlyList<string?> texts)
    {
        var levels = texts.Where(t => !string.IsNullOrEmpty(t)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++) index[levels[i]!] = i;
        var codes = new int[texts.Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = texts[i] is { Length: > 0 } t ? index[t] : -1;
        return new CategoryColumn(name, codes, levels!);
    }

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = Codes[rows[i]];
        return new CategoryColumn(Name, taken, Levels);
    }

    /// <inheritdoc/>
    public override string Show(int row) => Codes[row] < 0 ? "missing" : Levels[Codes[row]];
}

/// <summary>Features by column, all of the same length.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> _byName = new(StringComparer.Ordinal);

    /// <summary>Builds a table.</summary>
    /// <exception cref="ArgumentException">No columns, columns of unequal length, or a name used twice.</exception>
    public Table(IReadOnlyList<Column> columns)
    {
        if (columns.Count == 0) throw new ArgumentException("A table needs at least one column.", nameof(columns));
        foreach (var column in columns)
        {
            if (column.Rows != columns[0].Rows)
                throw new ArgumentException($"Column '{column.Name}' has {column.Rows} rows, '{columns[0].Name}' has {columns[0].Rows}.", nameof(columns));
            if (!_byName.TryAdd(column.Name, column)) throw new ArgumentException($"Column '{column.Name}' occurs twice.", nameof(columns));
        }

        Columns = columns;
        Rows = columns[0].Rows;
    }

    /// <summary>The columns in the given order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A copy with the given rows in the given order.</summary>
    public Table Take(int[] rows) => new(Columns.Select(c => c.Take(rows)).ToArray());

    /// <summary>The same rows without one column.</summary>
    public Table Without(string name) => new(Columns.Where(c => c.Name != name).ToArray());

    /// <summary>The same rows with one column replaced by another of the same name.</summary>
    public Table Replace(Column column) => new(Columns.Select(c => c.Name == column.Name ? column : c).ToArray());
}
