using Trellis.Compute.Matching;

namespace Trellis.Partners.Hygiene;

/// <summary>Companies in memory, asked as <see cref="Duplicates"/> asks the stored ones: for a file whose rows are looked at all at once.</summary>
internal sealed class KnownCompanies
{
    // A key that more share tells little.
    private const int Most = 400;

    private readonly Dictionary<string, List<(string Name, int? Row, CompanyRecord Record)>> _byKey = [];

    /// <param name="row">The row of the file that would make it; null for a partner.</param>
    public void Add(string name, int? row, CompanyRecord record)
    {
        var keys = CompanyKeys.Stored(record);
        foreach (var key in keys.Exact.Concat(keys.Near).Distinct()) (_byKey.TryGetValue(key, out var there) ? there : _byKey[key] = []).Add((name, row, record));
    }

    /// <summary>The likeliest one that is certainly the same company, by the measure of the form.</summary>
    public (string Name, int? Row)? Twin(CompanyRecord asked)
    {
        var (keys, probe) = (CompanyKeys.Asked(asked), new CompanyProbe(asked));
        var best = new[] { keys.Exact, keys.Near }.SelectMany(some => some.Select(k => _byKey.GetValueOrDefault(k, [])).Where(held => held.Count <= Most).SelectMany(held => held)).DistinctBy(k => (k.Name, k.Row, k.Record.Domain))
            .Select(k => (k.Name, k.Row, probe.Compare(k.Record).Score)).Where(k => k.Score >= Duplicates.Certain).OrderByDescending(k => k.Score).FirstOrDefault();
        return best.Name is null ? null : (best.Name, best.Row);
    }
}
