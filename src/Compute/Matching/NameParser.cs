namespace Trellis.Compute.Matching;

/// <summary>
/// Splits one name into folded words, then takes decorations and legal forms off its ends. Holds its buffers, so that a million names cost
/// no allocation; one per thread. The words of the last parsed name stay readable until the next call.
/// </summary>
internal sealed class NameParser
{
    public const int MaxWords = 32;
    private const int MaxCharacters = 512;

    private readonly char[] _text = new char[MaxCharacters + 8];
    private readonly char[] _joined = new char[MaxCharacters + MaxWords + 8];
    private readonly int[] _start = new int[MaxWords];
    private readonly int[] _length = new int[MaxWords];
    private readonly char[] _before = new char[MaxWords]; // what parted a word from the one before: ' ' or the mark without blanks
    private int _first, _end;

    /// <summary>Words left of the name proper.</summary>
    public int Count => _end - _first;

    /// <summary>Canonical legal form, or "" when none was written.</summary>
    public string LegalForm { get; private set; } = "";

    /// <summary>Words taken off as decorations (not counting legal forms).</summary>
    public int Dropped { get; private set; }

    /// <summary>Word i of the name proper.</summary>
    public ReadOnlySpan<char> Word(int i) => _text.AsSpan(_start[_first + i], _length[_first + i]);

    /// <summary>Parses a name; anything is accepted, an empty or unreadable one leaves no words.</summary>
    public void Parse(ReadOnlySpan<char> name)
    {
        LegalForm = "";
        Dropped = 0;
        _first = 0;
        _end = JoinLetters(Split(name));
        if (_end == 0) return;
        DropLeadingArticle();
        while (_end - _first > 1 && (DropTrailingForm() || DropDecoration() || DropRepetition())) { }
        DropLeadingForm();
    }

    private int Split(ReadOnlySpan<char> name)
    {
        int words = 0, at = 0, wordStart = 0;
        var mark = ' ';
        var spaced = true;
        Span<char> folded = stackalloc char[4];
        foreach (var c in name)
        {
            if (at >= MaxCharacters) break;
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                _text[at++] = c;
                continue;
            }

            if (char.IsAsciiLetterUpper(c))
            {
                _text[at++] = (char)(c | 0x20);
                continue;
            }

            var n = c < 0x80 ? -1 : Letters.Fold(c, folded);
            if (n >= 0)
            {
                folded[..n].CopyTo(_text.AsSpan(at));
                at += n;
                continue;
            }

            if (c is '\'' or '’' or '`' && at - wordStart > 1) continue; // McDonald's is one word, L'Oréal two
            if (at > wordStart)
            {
                if (words == MaxWords) break;
                Push(ref words, wordStart, at, spaced ? ' ' : mark);
                wordStart = at;
                spaced = false;
                mark = c;
            }

            if (c is ' ' or '\t' or ',' or '(' or ')' or ';') spaced = true;
            else mark = c;
        }

        if (at > wordStart && words < MaxWords) Push(ref words, wordStart, at, spaced ? ' ' : mark);
        return words;
    }

    private void Push(ref int words, int start, int end, char before)
    {
        _start[words] = start;
        _length[words] = end - start;
        _before[words++] = before;
    }

    // "S.p.A." and "S A" become one word, "AT&T" becomes "att". Words lie back to back in _text, so joining is adding lengths.
    private int JoinLetters(int words)
    {
        var kept = 0;
        for (var i = 0; i < words;)
        {
            var j = i + 1;
            if (IsInitial(i))
                while (j < words && IsInitial(j) && _before[j] is '.' or ' ' or '/' or '\'') j++;
            if (j == i + 1 && j < words && _before[j] == '&' && _length[i] <= 2 && _length[j] <= 2) j++;
            _start[kept] = _start[i];
            _length[kept] = _start[j - 1] + _length[j - 1] - _start[i];
            _before[kept++] = _before[i];
            i = j;
        }

        return kept;
    }

    private bool IsInitial(int i) => _length[i] == 1 && char.IsLetter(_text[_start[i]]);

    private ReadOnlySpan<char> At(int i) => _text.AsSpan(_start[i], _length[i]);

    private void DropLeadingArticle()
    {
        if (_end - _first > 1 && At(_first).SequenceEqual("the")) _first++;
        if (_end - _first > 1 && At(_end - 1).SequenceEqual("the")) _end--; // "Gap Inc, The"
    }

    private bool DropDecoration()
    {
        var last = At(_end - 1);
        var first = _first;
        if (Decorations.IsNumber(last))
        {
            var before = At(_end - 2);
            var decorated = _end - first > 2 && (Decorations.IsWord(before) || Decorations.IsNumber(before))
                || Decorations.IsCurrency(before, out var glued) && (_end - first > 2 || glued || last[0] == '0')
                || _before[_end - 1] is '-' or '/' or '+' && _end - first > 1 && Dropped >= 0 && last.Length <= 4 && last[0] != '0' && _end - first > 2;
            return decorated && Drop();
        }

        if (Decorations.IsCurrency(last, out var withAmount) && (withAmount || Dropped > 0)) return Drop();
        if (Decorations.IsWord(last)) return Drop();
        // "Cell Impact AB B", "Sinopec H YC1": a lone letter after a form or a dropped word names the share class.
        if (last.Length == 1 && char.IsAsciiLetter(last[0]) && _end - first > 1 && (Dropped > 0 || LegalForms.LongestEndingWith(At(_end - 2)) > 0)) return Drop();
        // "Class A", "CL.B": the letter goes only together with its word.
        return last.Length <= 2 && _end - first > 2 && At(_end - 2) is "class" or "cl" or "ser" or "series" or "cls" && Drop();
    }

    // Vendors append a short name, often cut off: "Klöckner & Co SE KLOECKNER & C".
    private bool DropRepetition()
    {
        for (var k = _first + 1; k < _end; k++)
        {
            var n = _end - k;
            if (n > k - _first) continue;
            var same = 0;
            while (same < n && At(k + same).SequenceEqual(At(_first + same))) same++;
            var cut = same == n - 1 && (same > 0 || _length[k] >= 4) && At(_first + same).StartsWith(At(_end - 1));
            if (same < n && !cut) continue;
            _end = k;
            return true;
        }

        return false;
    }

    private bool Drop()
    {
        _end--;
        Dropped++;
        return true;
    }

    private bool DropTrailingForm()
    {
        var longest = Math.Min(LegalForms.LongestEndingWith(At(_end - 1)), _end - _first);
        for (var n = longest; n > 0; n--)
        {
            var form = LegalForms.Find(n == 1 ? At(_end - 1) : Joined(_end - n, n));
            if (form is null || n == _end - _first) continue;
            if (LegalForm.Length == 0) LegalForm = form;
            _end -= n;
            if (_end - _first > 1 && At(_end - 1) is "and" or "und" or "et" or "y") _end--;
            return true;
        }

        return false;
    }

    private void DropLeadingForm()
    {
        while (_end - _first > 1 && LegalForms.MayLead(At(_first)))
        {
            if (LegalForm.Length == 0) LegalForm = LegalForms.Find(At(_first)) ?? "";
            _first++;
        }
    }

    private ReadOnlySpan<char> Joined(int first, int count)
    {
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (i > 0) _joined[at++] = ' ';
            At(first + i).CopyTo(_joined.AsSpan(at));
            at += _length[first + i];
        }

        return _joined.AsSpan(0, at);
    }
}
