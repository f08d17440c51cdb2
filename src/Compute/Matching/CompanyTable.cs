namespace Trellis.Compute.Matching;

/// <summary>One company as numbers; 0 stands for a missing value. Fills one cache line, so that comparing a candidate costs one miss.</summary>
internal struct CompanyRow
{
    public ulong Key;      // sorted words
    public ulong Domain;   // registrable domain, none for free mail
    public ulong Tax;
    public ulong City;     // upper half: first four letters; lower half: all
    public ulong Postcode; // upper half: first three characters; lower half: all
    public uint Label;     // first label of the domain
    public uint Sector;
    public int FirstToken;
    public ushort Country;
    public ushort Tokens;
    private readonly ulong _padding;
}

/// <summary>
/// Companies in the form in which millions are compared: one row of numbers each and their words in one array. About 80 bytes a record; no strings are kept.
/// </summary>
/// <param name="words">Numbers the words; a table with an overlay only reads it.</param>
/// <param name="overlay">Takes words that are not in <paramref name="words"/>, so that a query leaves the index unchanged; null to add them there.</param>
internal sealed class CompanyTable(Vocabulary words, Vocabulary? overlay = null)
{
    /// <summary>Added to the number of a word that is in the overlay.</summary>
    public const int Foreign = 1 << 30;

    private readonly NameParser _parser = new();
    private CompanyRow[] _rows = new CompanyRow[16];
    private int[] _tokens = new int[64];
    private int _tokensUsed;

    public Vocabulary Words { get; } = words;
    public int Count { get; private set; }

    public ref readonly CompanyRow this[int row] => ref _rows[row];

    /// <summary>The words of a record's name in the written order.</summary>
    public ReadOnlySpan<int> Tokens(int row) => _tokens.AsSpan(_rows[row].FirstToken, _rows[row].Tokens);

    /// <summary>Appends a record and returns its row.</summary>
    public int Add(in CompanyFields fields)
    {
        if (Count == _rows.Length) Array.Resize(ref _rows, Count * 2);
        ref var row = ref _rows[Count];
        row = default;
        AddName(ref row, fields.Name);
        AddDomain(ref row, fields.Domain);
        Span<char> buffer = stackalloc char[128];
        row.Country = Countries.Code(fields.Country);
        row.Tax = TaxOf(fields.TaxNumber, buffer);
        row.City = CityOf(fields.City, buffer);
        row.Postcode = PostcodeOf(fields.Postcode, buffer);
        if (!fields.Sector.IsEmpty)
        {
            var n = FieldText.FoldWords(fields.Sector, buffer);
            row.Sector = n == 0 ? 0 : (uint)FieldText.Hash(buffer[..n]) | 1;
        }

        return Count++;
    }

    /// <summary>The text of a word's number.</summary>
    public ReadOnlySpan<char> Text(int word) => word < Foreign ? Words[word] : overlay![word - Foreign];

    /// <summary>Which letters a word has; see <see cref="Vocabulary.Letters"/>.</summary>
    public uint Letters(int word) => word < Foreign ? Words.Letters(word) : overlay!.Letters(word - Foreign);

    /// <summary>Empties the table, for the next query.</summary>
    public void Clear()
    {
        (Count, _tokensUsed) = (0, 0);
        overlay?.Clear();
    }

    private void AddName(ref CompanyRow row, ReadOnlySpan<char> name)
    {
        row.FirstToken = _tokensUsed;
        if (name.IsEmpty) return;
        _parser.Parse(name);
        if (_tokensUsed + _parser.Count > _tokens.Length) Array.Resize(ref _tokens, Math.Max(_tokens.Length * 2, _tokensUsed + _parser.Count));
        for (var i = 0; i < _parser.Count; i++)
        {
            var word = _parser.Word(i);
            if (word.Length <= 3 && word is "and" or "und" or "et" or "of" or "de" or "the" && _parser.Count > 1) continue;
            _tokens[_tokensUsed++] = Number(word);
        }

        if (_tokensUsed == row.FirstToken && _parser.Count > 0) _tokens[_tokensUsed++] = Number(_parser.Word(0));
        row.Tokens = (ushort)(_tokensUsed - row.FirstToken);
        row.Key = KeyOf(_tokens.AsSpan(row.FirstToken, row.Tokens));
    }

    private int Number(ReadOnlySpan<char> word)
    {
        if (overlay is null) return Words.Intern(word);
        var known = Words.Find(word);
        return known >= 0 ? known : overlay.Intern(word) + Foreign;
    }

    // Independent of the words' order: a sum of mixed numbers.
    private static ulong KeyOf(ReadOnlySpan<int> tokens)
    {
        var key = 0UL;
        foreach (var t in tokens) key += FieldText.Mix((ulong)t + 0x9E3779B97F4A7C15UL);
        return key;
    }

    private static void AddDomain(ref CompanyRow row, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        Span<char> host = stackalloc char[Domains.MaxHost];
        if (!Domains.TryParse(text, host, out var length, out var label, out var free) || free) return;
        row.Domain = FieldText.Hash(host[..length]);
        row.Label = (uint)FieldText.Hash(host[..label]);
    }

    private static ulong TaxOf(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (text.IsEmpty) return 0;
        var n = FieldText.FoldSolid(text, buffer);
        // "DE 123456789" and "123456789" are one number: a country prefix is dropped.
        var digits = buffer[..n];
        if (n > 6 && char.IsAsciiLetter(digits[0]) && char.IsAsciiLetter(digits[1])) digits = digits[2..];
        return digits.Length < 5 || digits.IndexOfAnyExcept(digits[0]) < 0 ? 0 : FieldText.Hash(digits);
    }

    // Upper half: first four letters, so that "Frankfurt" and "Frankfurt am Main" are near; lower half: all.
    private static ulong CityOf(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (text.IsEmpty) return 0;
        var n = FieldText.FoldWords(text, buffer);
        return n == 0 ? 0 : FieldText.Hash(buffer[..Math.Min(n, 4)]) << 32 | (uint)FieldText.Hash(buffer[..n]);
    }

    private static ulong PostcodeOf(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (text.IsEmpty) return 0;
        var n = FieldText.FoldSolid(text, buffer);
        return n < 3 ? 0 : FieldText.Hash(buffer[..3]) << 32 | (uint)FieldText.Hash(buffer[..n]);
    }
}
