using System.Text.Json;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

/// <summary>What rows say that leave these out; only for partners that are new.</summary>
/// <param name="OtherCompanies">New partners that look like others are other companies.</param>
internal sealed record ImportDefaults(string? Country = null, PartnerType? MainType = null, PartnerState? State = null, bool OtherCompanies = false);

/// <summary>A row as it was understood. A blank cell says nothing: what the partner has stays.</summary>
internal sealed class PartnerLine
{
    public required int Number { get; init; }
    public ProfileChanges Changes { get; set; } = new();
    public PartnerId? Id { get; set; }
    public PartnerState? State { get; set; }
    public List<Motion> Motions { get; } = [];
    public Tier? Tier { get; set; }
    public PersonId? Manager { get; set; }
    public Dictionary<string, string?> Own { get; } = [];

    /// <summary>All that is wrong with the row, each with its field's name.</summary>
    public List<string> Faults { get; } = [];

    public string Title => Changes.Name ?? Changes.Website ?? "";

    public NewPartner New(ImportDefaults otherwise) => new(Changes.Name, Changes.Country ?? otherwise.Country, Changes.MainType ?? otherwise.MainType)
    {
        LegalName = Changes.LegalName,
        Website = Changes.Website,
        Description = Changes.Description,
        City = Changes.City,
        Postcode = Changes.Postcode,
        Phone = Changes.Phone,
        Employees = Changes.Employees,
        Revenue = Changes.Revenue,
        Languages = Changes.Languages,
        Verticals = Changes.Verticals,
        Competencies = Changes.Competencies,
        Manager = Manager,
        State = State ?? otherwise.State ?? PartnerState.Prospect,
        Motions = Motions,
        Fields = Own,
        EvenIfSimilar = otherwise.OtherCompanies,
        Quietly = true,
    };
}

/// <summary>Pure: reads the cells of rows by a mapping.</summary>
internal sealed class PartnerLineReader(IReadOnlyDictionary<string, int> mapping, IReadOnlyList<CustomField> own, IReadOnlyList<Manager> managers)
{
    private static readonly Dictionary<string, string> CountriesByName = Countries.All.DistinctBy(c => ImportColumns.Tight(c.Name)).ToDictionary(c => ImportColumns.Tight(c.Name), c => c.Code);
    private static readonly Dictionary<string, PartnerType> Types = Known<PartnerType>(PartnerWords.Label);
    private static readonly Dictionary<string, RevenueBand> Bands = Known<RevenueBand>(PartnerWords.Label);
    private static readonly Dictionary<string, Motion> Motions = Known<Motion>(PartnerWords.Label);
    private static readonly Dictionary<string, Tier> Tiers = Known<Tier>(t => Words.Label(t));
    private static readonly Dictionary<string, PartnerState> States = Known<PartnerState>(s => Words.Label(s));

    public PartnerLine Read(int number, string cells) => Read(number, JsonSerializer.Deserialize<string[]>(cells, Json.Options)!);

    public PartnerLine Read(int number, string[] cells)
    {
        var line = new PartnerLine { Number = number };
        line.Changes = new ProfileChanges
        {
            Name = Of("name"),
            LegalName = Of("legalName"),
            Website = Of("website"),
            Description = Of("description"),
            City = Of("city"),
            Postcode = Of("postcode"),
            Phone = Of("phone"),
            Languages = Of("languages"),
            Verticals = Of("verticals"),
            Competencies = Of("competencies"),
            Country = Country(line, Of("country")),
            MainType = Word(line, "mainType", Types),
            Revenue = Word(line, "revenue", Bands),
            Employees = Count(line, Of("employees")),
        };
        if (Of("id") is { } id)
        {
            line.Id = Ids.Parse<PartnerId>(id);
            if (line.Id is null) line.Faults.Add($"Identifier in Trellis: “{Cut(id)}” is none.");
        }

        line.State = Word(line, "state", States);
        if (line.State is > PartnerState.Active) line.Faults.Add("Status: a new partner starts as prospect, applicant, onboarding, activated or active.");
        line.Tier = Word(line, "tier", Tiers);
        foreach (var motion in TextList.Items(TextList.Read(Of("motions"))))
            if (Motions.TryGetValue(ImportColumns.Tight(motion), out var known)) line.Motions.Add(known);
            else line.Faults.Add($"Motions: “{Cut(motion)}” is none of {string.Join(", ", Enum.GetValues<Motion>().Select(PartnerWords.Label))}.");
        if (Of("manager") is { } manager) Entrust(line, manager);
        foreach (var field in own)
        {
            if (Of(ImportColumns.CodeOf(field)) is not { } typed) continue;
            if (FieldRules.Read(field, typed) is { Ok: false, Problem: { } problem }) line.Faults.Add($"{field.Label}: {problem.Errors.Values.First()[0]}");
            else line.Own[field.Key] = typed;
        }

        return line;

        string? Of(string code)
        {
            if (!mapping.TryGetValue(code, out var at) || at >= cells.Length || Text.OrNull(cells[at]) is not { } text) return null;
            if (Text.IsClean(text)) return text;
            line.Faults.Add($"{LabelOf(code)}: it contains characters that cannot be stored.");
            return null;
        }

        T? Word<T>(PartnerLine to, string code, Dictionary<string, T> known) where T : struct, Enum
        {
            if (Of(code) is not { } text) return null;
            if (known.TryGetValue(ImportColumns.Tight(text), out var value)) return value;
            to.Faults.Add($"{LabelOf(code)}: “{Cut(text)}” is not known. Known are {string.Join(", ", known.DistinctBy(k => k.Value).Select(k => LabelOf(k.Value)))}.");
            return null;
        }
    }

    public string LabelOf(string code) => Array.Find(ImportColumns.All, c => c.Code == code)?.Label ?? own.FirstOrDefault(f => ImportColumns.CodeOf(f) == code)?.Label ?? code;

    private static string LabelOf<T>(T value) where T : struct, Enum => value switch
    {
        PartnerType type => PartnerWords.Label(type),
        RevenueBand band => PartnerWords.Label(band),
        _ => Words.Label(value),
    };

    private void Entrust(PartnerLine line, string manager)
    {
        var found = managers.Where(m => string.Equals(m.Email, manager, StringComparison.OrdinalIgnoreCase) || Text.Fold(m.Name) == Text.Fold(manager)).ToList();
        if (found is [var one]) line.Manager = one.Id;
        else line.Faults.Add(found.Count == 0 ? $"Manager: nobody who manages partners is called “{Cut(manager)}” or has this address." : $"Manager: several are called “{Cut(manager)}”. Write the address.");
    }

    private static string? Country(PartnerLine line, string? written)
    {
        if (written is null) return null;
        if (Countries.Find(written.ToUpperInvariant()) is { } known) return known.Code;
        if (CountriesByName.TryGetValue(ImportColumns.Tight(written), out var code)) return code;
        line.Faults.Add($"Country: “{Cut(written)}” is not known. Write its name or its code of two letters.");
        return null;
    }

    private static int? Count(PartnerLine line, string? written)
    {
        if (written is null) return null;
        if (Headcount.Read(written) is { } count) return count;
        line.Faults.Add($"Employees: “{Cut(written)}” is no whole number.");
        return null;
    }

    // By the words of programs and by those that people read.
    private static Dictionary<string, T> Known<T>(Func<T, string> label) where T : struct, Enum =>
        Enum.GetValues<T>().SelectMany(v => new[] { (Key: ImportColumns.Tight(label(v)), v), (Key: ImportColumns.Tight(Words.Of(v)), v) }).DistinctBy(k => k.Key).ToDictionary(k => k.Key, k => k.v);

    private static string Cut(string text) => Text.Storable(text, 40);
}
