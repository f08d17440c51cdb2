using Microsoft.EntityFrameworkCore;
using Trellis.Compute.Matching;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Merging;
using Trellis.Partners.Ownership;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.WordLists;

namespace Trellis.Partners.Imports;

/// <summary>Says what each row would do: which partner it is, what it changes, and everything that is wrong with it.</summary>
internal sealed class MatchPartners
{
    // How companies call the field in which they keep the tax number.
    private static readonly string[] TaxWords = ["taxnumber", "taxid", "vat", "vatid", "vatnumber", "ustid", "siret", "cif"];

    private readonly Dictionary<PartnerId, Partner> _partners;
    private readonly ILookup<string, PartnerId> _byDomain, _byName, _byTax;
    private readonly CustomField? _tax;
    private readonly IReadOnlyList<CustomField> _own;
    private readonly Dictionary<(PartnerId Record, FieldId Field), IReadOnlyList<FieldText>> _held;
    private readonly Dictionary<string, int> _seen = [];
    private readonly PartnerImportMode _mode;
    private readonly ImportDefaults _otherwise;
    private readonly KnownCompanies _companies = new();
    private IReadOnlyDictionary<string, OwningSystem> _closed = new Dictionary<string, OwningSystem>();
    private IReadOnlyDictionary<TraitKind, ReferenceWords> _words = new Dictionary<TraitKind, ReferenceWords>();
    private IReadOnlyList<CustomField> _needed = [];
    private IReadOnlyDictionary<PersonId, string> _managers = new Dictionary<PersonId, string>();

    private MatchPartners(List<Partner> partners, IReadOnlyList<CustomField> own, Dictionary<(PartnerId, FieldId), IReadOnlyList<FieldText>> held, PartnerImportMode mode, ImportDefaults otherwise)
    {
        (_own, _held, _mode, _otherwise) = (own, held, mode, otherwise);
        _partners = partners.ToDictionary(p => p.Id);
        _byDomain = partners.Where(p => p.Domain is not null).ToLookup(p => p.Domain!, p => p.Id);
        _byName = partners.ToLookup(p => NameKey(p.Name, p.Country), p => p.Id);
        _tax = own.FirstOrDefault(f => TaxWords.Contains(ImportColumns.Tight(f.Key)) || TaxWords.Contains(ImportColumns.Tight(f.Label)));
        foreach (var partner in partners) _companies.Add(partner.Name, null, PartnerKeys.Record(partner));
        _byTax = held.Where(h => h.Key.Item2 == _tax?.Id).ToLookup(h => ImportColumns.Tight(h.Value[0].Text), h => h.Key.Item1);
    }

    public static async Task<MatchPartners> LoadAsync(Work work, CustomFields fields, IReadOnlyList<CustomField> own, PartnerImportMode mode, ImportDefaults otherwise, CancellationToken ct)
    {
        var partners = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null).ToListAsync(ct);
        var held = own.Count == 0 ? [] : await FieldRows.ReadAsync<PartnerId>(work.Db, [.. partners.Select(p => p.Id)], [.. own.Select(f => f.Id)], ct);
        return new MatchPartners(partners, own, held, mode, otherwise)
        {
            _closed = await Owners.ClosedAsync(work, ct),
            _words = await ListedWords.ClosedAsync(work, ct),
            _needed = await fields.RequiredAsync(PartnerRecords.Name, ct),
            _managers = (await Managers.AllAsync(work, ct)).ToDictionary(m => m.Id, m => m.Name),
        };
    }

    public void Judge(PartnerLine line, PartnerImportRow row)
    {
        row.Title = Text.Storable(line.Title, 200);
        var there = Find(line);
        Twice(line);
        if (there is null && line.Faults.Count == 0 && _mode == PartnerImportMode.UpdateOnly) line.Faults.Add("There is no such partner, and no new ones are to be made.");
        if (there is not null && _mode == PartnerImportMode.CreateOnly) line.Faults.Add("It is a partner already, and partners that are there are not to be changed.");
        var read = Profiles.Read(there is null ? line.New(_otherwise) : UpdatePartner.Merge(there.Profile(), line.Changes));
        if (read.Problem is { } problem) line.Faults.AddRange(problem.Errors.SelectMany(e => e.Value).Where(m => !line.Faults.Contains(m)));
        else if (there is not null && Owners.Refuse(_closed, there.Profile(), read.Value) is { } owned) line.Faults.AddRange(owned.Errors.SelectMany(e => e.Value));
        if (read.Ok) Foresee(line, there, read.Value);
        if (line.Faults.Count > 0)
        {
            (row.Outcome, row.PartnerId, row.Text) = (PartnerRowOutcome.Refused, there?.Id, Lines(line.Faults));
            return;
        }

        if (there is null) _companies.Add(read.Value.Name, line.Number, Record(read.Value));
        var changes = there is null ? ImportLines.New(read.Value, line, _otherwise, _own, _managers) : Changes(there, read.Value, line);
        (row.Outcome, row.PartnerId, row.Text) = (there is null ? PartnerRowOutcome.Create : changes.Count > 0 ? PartnerRowOutcome.Update : PartnerRowOutcome.Unchanged, there?.Id, Lines(there is null ? changes : [.. changes, .. ImportLines.Ignored(there, line)]));
    }

    // What the writing would refuse, said before it is tried.
    private void Foresee(PartnerLine line, Partner? there, Profile read)
    {
        if (ListedWords.Check(_words, there is null ? new Dictionary<TraitKind, string>() : Traits.Of(there.Profile()), Traits.Of(read)) is { } unknown) line.Faults.AddRange(unknown.Errors.SelectMany(e => e.Value));
        if (there is not null) return;
        line.Faults.AddRange(_needed.Where(f => !line.Own.ContainsKey(f.Key)).Select(f => $"{f.Label} is needed."));
        if (line.Tier is > Tier.Registered && _closed.TryGetValue("tier", out var owner)) line.Faults.Add($"Tier belongs to the {Owners.Label(owner)}: change it there.");
        if (_otherwise.OtherCompanies || line.Faults.Count > 0 || _companies.Twin(Record(read)) is not { } twin) return;
        line.Faults.Add(twin.Row is { } row ? $"It looks like the company of row {row}. If it is another one, check again and say that these are other companies." : $"It looks like the partner “{twin.Name}”. If it is another company, check again and say that these are other companies.");
    }

    private static CompanyRecord Record(Profile profile) => new(profile.Name, profile.Domain, null, profile.Country, profile.City, profile.Postcode);

    private Partner? Find(PartnerLine line)
    {
        if (line.Id is { } id)
        {
            if (_partners.TryGetValue(id, out var named)) return named;
            line.Faults.Add("Identifier in Trellis: there is no such partner.");
            return null;
        }

        var domain = Profiles.Website(line.Changes.Website) is { } site ? Profiles.Domain(site) : null;
        var tax = _tax is not null && line.Own.GetValueOrDefault(_tax.Key) is { } typed ? ImportColumns.Tight(typed) : null;
        foreach (var (found, how) in new[]
        {
            (domain is null ? [] : _byDomain[domain], "the same web site"), (tax is null ? [] : _byTax[tax], "the same tax number"),
            (line.Changes.Name is null ? [] : _byName[NameKey(line.Changes.Name, line.Changes.Country ?? _otherwise.Country)], "the same name and country"),
        })
        {
            switch (found.Distinct().Take(2).ToList())
            {
                case [var one]:
                    return _partners[one];
                case [_, _]:
                    line.Faults.Add($"Several partners have {how}: write the identifier in Trellis of the one that is meant.");
                    return null;
            }
        }

        return null;
    }

    // Two rows of one company: the first one counts.
    private void Twice(PartnerLine line)
    {
        string?[] keys =
        [
            line.Id is { } id ? $"id {id}" : null,
            Profiles.Website(line.Changes.Website) is { } site && Profiles.Domain(site) is { } domain ? $"web {domain}" : null,
            line.Changes.Name is { } name && (line.Changes.Country ?? _otherwise.Country) is { } country ? $"name {NameKey(name, country)}" : null,
        ];
        foreach (var key in keys.OfType<string>())
        {
            if (_seen.TryAdd(key, line.Number)) continue;
            line.Faults.Add($"Row {_seen[key]} is about the same company.");
            return;
        }
    }

    private List<string> Changes(Partner there, Profile after, PartnerLine line)
    {
        var before = there.Profile();
        List<string> changes = [.. MergeFields.All.Where(f => f.Read(before) != f.Read(after)).Select(f => $"{f.Label}: {ImportLines.Said(f.Read(before))} → {ImportLines.Said(f.Read(after))}")];
        foreach (var field in _own.Where(f => line.Own.ContainsKey(f.Key)))
        {
            var held = _held.GetValueOrDefault((there.Id, field.Id), []);
            var told = FieldRules.Read(field, line.Own[field.Key]).Value;
            if (!held.Select(h => h.Text).SequenceEqual(told.Select(t => t.Text))) changes.Add($"{field.Label}: {ImportLines.Said(FieldRules.Join(held.Select(h => h.Text)))} → {ImportLines.Said(FieldRules.Join(told.Select(t => t.Text)))}");
        }

        return changes;
    }

    private static string NameKey(string name, string? country) => $"{ImportColumns.Tight(name)}|{country}";

    private static string Lines(IReadOnlyCollection<string> lines)
    {
        var text = string.Join('\n', lines);
        return text.Length > 3900 ? text[..3900] + "…" : text;
    }
}
