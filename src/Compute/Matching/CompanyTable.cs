namespace Trellis.Compute.Matching;

/// <summary>
/// Companies as columns of numbers: the form in which millions are compared. About 70 bytes a record; no strings are kept.
/// </summary>
/// <param name="words">Numbers the words; a table with an overlay only reads it.</param>
/// <param name="overlay">Takes words that are not in <paramref name="words"/>, so that a query leaves the index unchanged; null to add them there.</param>
internal sealed class CompanyTable(Vocabulary words, Vocabulary? overlay = null)
{
    /// <summary>Added to the number of a word that is in the overlay.</summary>
    public const int Foreign = 1 << 30;

    private readonly NameParser _parser = new();
    private int[] _tokenStart = new int[17];
    private int[] _tokens = new int[64];

    public Vocabulary Words { get; } = words;
    public int Count { get; private set; }
    public ulong[] Key = new ulong[16];      // sorted words; 0 = no name
    public ulong[] Domain = new ulong[16];   // registrable domain; 0 = missing or free mail
    public ulong[] Label = new ulong[16];    // its first label
    public ulong[] Tax = new ulong[16];
    public ulong[] City = new ulong[16];
    public ulong[] Postcode = new ulong[16]; // upper half: first three characters; lower half: hash of all
    public uint[] Sector = new uint[16];
    public ushort[] Country = new ushort[16];

    /// <summary>The words of a record's name in the written order.</summary>
    public ReadOnlySpan<int> Tokens(int row) => _tokens.AsSpan(_tokenStart[row], _tokenStart[row + 1] - _tokenStart[row]);

    /// <summary>Appends a record and returns its row.</summary>
    public int Add(in CompanyFields fields)
    {
        if (Count == Key.Length) Grow();
        var row = Count++;
        AddName(row, fields.Name);
        AddDomain(row, fields.Domain);
        Span<char> buffer = stackalloc char[128];
        Country[row] = Countries.Code(fields.Country);
        Tax[row] = TaxOf(fields.TaxNumber, buffer);
        City[row] = CityOf(fields.City, buffer);
        Postcode[row] = PostcodeOf(fields.Postcode, buffer);
        var n = FieldText.FoldWords(fields.Sector, buffer);
        Sector[row] = n == 0 ? 0 : (uint)FieldText.Hash(buffer[..n]) | 1;
        return row;
    }

    /// <summary>The text of a word's number.</summary>
    public ReadOnlySpan<char> Text(int word) => word < Foreign ? Words[word] : overlay![word - Foreign];

    /// <summary>Empties the table, for the next query.</summary>
    public void Clear()
    {
        Count = 0;
        overlay?.Clear();
    }

    private void AddName(int row, ReadOnlySpan<char> name)
    {
        _parser.Parse(name);
        var at = _tokenStart[row];
        if (at + _parser.Count > _tokens.Length) Array.Resize(ref _tokens, Math.Max(_tokens.Length * 2, at + _parser.Count));
        for (var i = 0; i < _parser.Count; i++)
        {
            if (_parser.Word(i) is "and" or "und" or "et" or "of" or "de" or "the" && _parser.Count > 1) continue;
            _tokens[at++] = Number(_parser.Word(i));
        }

        if (at == _tokenStart[row] && _parser.Count > 0) _tokens[at++] = Number(_parser.Word(0));
        _tokenStart[row + 1] = at;
        Key[row] = KeyOf(Tokens(row));
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

    private void AddDomain(int row, ReadOnlySpan<char> text)
    {
        (Domain[row], Label[row]) = (0, 0);
        if (text.IsEmpty) return;
        Span<char> host = stackalloc char[Domains.MaxHost];
        if (!Domains.TryParse(text, host, out var length, out var label, out var free) || free) return;
        Domain[row] = FieldText.Hash(host[..length]);
        Label[row] = FieldText.Hash(host[..label]);
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

    private void Grow()
    {
        var size = Key.Length * 2;
        Array.Resize(ref _tokenStart, size + 1);
        Array.Resize(ref Key, size);
        Array.Resize(ref Domain, size);
        Array.Resize(ref Label, size);
        Array.Resize(ref Tax, size);
        Array.Resize(ref City, size);
        Array.Resize(ref Postcode, size);
        Array.Resize(ref Sector, size);
        Array.Resize(ref Country, size);
    }
}
