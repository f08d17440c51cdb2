namespace Trellis.Receipts;

/// <summary>
/// Goes through a whole chain in order and writes down everything that does not fit: content, signature, order, gaps, links, roots. Pure; whoever has the
/// rows can call it.
/// </summary>
internal sealed class ChainChecker(string issuer, IReadOnlyDictionary<string, string> keys, IEnumerable<DayRoot> roots)
{
    private const int Most = 50;
    private readonly Dictionary<DateOnly, DayRoot> _roots = roots.ToDictionary(r => r.Day);
    private readonly HashSet<DateOnly> _seen = [];
    private readonly List<Link> _day = [];
    private string _lastHash = Hashes.None;
    private string _lastStatement = Hashes.None;
    private long _last;

    public List<string> Faults { get; } = [];

    public long Checked { get; private set; }

    /// <summary>The next link with its receipt, in the order in which they are stored.</summary>
    public void Take(Link link, Receipt? receipt)
    {
        Checked++;
        if (link.Sequence != _last + 1) Say($"After number {_last} comes number {link.Sequence}: something is missing or out of order.");
        if (link.Previous != _lastHash) Say($"Number {link.Sequence} does not follow from the one before it.");
        if (link.Hash != Statements.LinkHash(issuer, link.Sequence, link.Previous, link.Content, Statements.Time(link.SealedAt))) Say($"The link of number {link.Sequence} has been changed.");
        if (receipt is null) Say($"The receipt of number {link.Sequence} is gone.");
        else if (Hashes.Of(receipt.Content) != link.Content) Say($"The content of number {link.Sequence} has been changed.");
        else if (!keys.TryGetValue(receipt.KeyId, out var key) || !Signatures.Verify(key, receipt.Content, receipt.Signature)) Say($"The signature of number {link.Sequence} is wrong.");
        else if (receipt.Opened.Any(p => !Fits(receipt, p.Key, p.Value))) Say($"A name in number {link.Sequence} is not the one that was signed.");
        if (_day.Count > 0 && _day[^1].Day != link.Day) CloseDay();
        _day.Add(link);
        (_last, _lastHash) = (link.Sequence, link.Hash);
    }

    /// <summary>Call it after the last link; <paramref name="today"/> has no root yet.</summary>
    public IReadOnlyList<string> Finish(DateOnly today)
    {
        if (_day.Count > 0 && (_day[^1].Day < today || _roots.ContainsKey(_day[^1].Day))) CloseDay();
        foreach (var root in _roots.Values.Where(r => !_seen.Contains(r.Day))) Say($"A root is published for {root.Day:yyyy-MM-dd}, but no receipt of that day is there.");
        return Faults;
    }

    private void CloseDay()
    {
        var day = _day[^1].Day;
        if (!_roots.TryGetValue(day, out var root)) Say($"No root is published for {day:yyyy-MM-dd}.");
        else if (!_seen.Add(day)) Say($"Receipts of {day:yyyy-MM-dd} stand in two places.");
        else if (root.Statement != Statements.Root(issuer, day, _day[0].Sequence, _day[^1].Sequence, MerkleTree.Root([.. _day.Select(l => l.Hash)]), _day[^1].Hash, _lastStatement, root.KeyId)
            || !keys.TryGetValue(root.KeyId, out var key) || !Signatures.Verify(key, root.Statement, root.Signature)) Say($"The receipts of {day:yyyy-MM-dd} do not lead to the root that was published for them.");
        if (root is not null) _lastStatement = Hashes.Of(root.Statement);
        _day.Clear();
    }

    private static bool Fits(Receipt receipt, string name, PersonalValue value) =>
        Canonical.Read(receipt.Content) is { } content && content["commitments"] is SortedDictionary<string, object> commitments
        && commitments.GetValueOrDefault(name) is string commitment && commitment == Hashes.Commit(name, value.Value, value.Salt);

    private void Say(string fault)
    {
        if (Faults.Count < Most) Faults.Add(fault);
    }
}
