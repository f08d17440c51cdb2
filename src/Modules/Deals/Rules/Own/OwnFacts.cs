using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Rules;

/// <summary>The facts that a company has made itself: which there are, how a table comes to know them, and what they say of one case.</summary>
internal static class OwnFacts
{
    /// <summary>Every fact of the company's own, by name. It reads past the actor's sight: what a partner may read of it is settled where it is shown.</summary>
    public static async Task<IReadOnlyList<OwnFact>> AllAsync(Work work, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var all = AskAll(asks);
        await asks.RunAsync(ct);
        return all();
    }

    /// <summary>The same as look-ups among others; known when they are done.</summary>
    public static Func<IReadOnlyList<OwnFact>> AskAll(Asks asks)
    {
        var fields = asks.For("SELECT id, record, key, kind, label, choices, sight FROM kernel_field WHERE tenant_id = $1 AND archived_at IS NULL AND record IN ('partners', 'accounts', 'deals') ORDER BY CASE record WHEN 'partners' THEN 1 WHEN 'accounts' THEN 2 ELSE 3 END, position, label", row => new CustomField
        {
            Id = row.Id<FieldId>(0),
            Record = row.Text(1),
            Key = row.Text(2),
            Kind = row.Word<FieldKind>(3)!.Value,
            Label = row.Text(4),
            Choices = row.TextOrNull(5),
            Sight = row.Word<FieldSight>(6)!.Value,
        });
        var segments = asks.For("SELECT id, name FROM partners_segment WHERE tenant_id = $1 ORDER BY name", row => new SegmentRow { Id = row.Id<SegmentId>(0), Name = row.Text(1) });
        return () => [.. fields.Select(OwnFact.Of).OfType<OwnFact>(), .. segments.Select(s => Of(s)).DistinctBy(s => s.Name)];
    }

    /// <summary>A fact by its name: one of ours, or the company's own.</summary>
    public static async Task<FactKind?> KindAsync(Work work, string? name, CancellationToken ct) => name is null ? null
        : Vocabulary.ByName.GetValueOrDefault(name) ?? (OwnFact.IsName(name) ? (await AllAsync(work, ct)).FirstOrDefault(f => f.Name == name)?.Kind : null);

    /// <summary>The table with the company's own facts that it asks over, as they are today.</summary>
    public static async Task<RuleSetText> CompleteAsync(Work work, RuleSetText text, CancellationToken ct) => Asked(text).Any() ? Complete(text, await AllAsync(work, ct)) : text with { Facts = null };

    /// <summary>
    /// Pure: each fact that the table asks over gets its present definition; one whose field was renamed keeps the name under which the table knows it, and one whose field was put
    /// away is marked, so that the checks can say so.
    /// </summary>
    public static RuleSetText Complete(RuleSetText text, IReadOnlyList<OwnFact> live)
    {
        var before = (text.Facts ?? []).Where(f => f is { Name: not null, Source: not null, Label: not null }).ToList();
        List<OwnFact> facts = [];
        foreach (var name in Asked(text).Order(StringComparer.Ordinal))
        {
            var known = before.FirstOrDefault(f => f.Name == name);
            var now = live.FirstOrDefault(f => f.Source == known?.Source) ?? live.FirstOrDefault(f => f.Name == name);
            if (now is not null) facts.Add(now with { Name = name });
            else if (known is not null) facts.Add(known with { Gone = true });
        }

        return text with { Facts = facts.Count == 0 ? null : facts };
    }

    /// <summary>Asks, among other look-ups, for what the company's own facts say of a registration, its partner and its account; the values can be given when they are done.</summary>
    public static OwnCase Ask(Asks asks, Work work, PartnerId partner, Deal deal) => new(AskAll(asks), Segments.Ask(asks, work, partner))
    {
        OfPartner = FieldRows.Ask(asks, work.Db, partner),
        OfAccount = deal.AccountId is { } known ? FieldRows.Ask(asks, work.Db, known) : [],
        OfDeal = work.Db.Entry(deal).State == EntityState.Added ? [] : FieldRows.Ask(asks, work.Db, deal.Id),
        Typed = FieldRows.Typed(work.Db, deal.Id),
    };

    /// <summary>The table as partners may read it: without the vendor's own sentences and tests, and without the conditions over facts of the company's own that they do not know.</summary>
    public static RuleSetText ForPartners(RuleSetText text)
    {
        var hidden = (text.Facts ?? []).Where(f => !f.Known).Select(f => f.Name).ToHashSet();
        return text with
        {
            Columns = [.. text.Columns.Where(c => !hidden.Contains(c))],
            Rules = [.. text.Rules.Select(r => r with { When = r.When.Where(w => !hidden.Contains(w.Key)).ToDictionary(), ForVendor = r.ForPartner })],
            Facts = text.Facts?.Where(f => f.Known).ToList(),
            Tests = [],
        };
    }

    private static IEnumerable<string> Asked(RuleSetText text) =>
        text.Columns.Concat(text.Rules.SelectMany(r => r.When.Keys.Concat(TableChecks.Placeholders(r.ForPartner)).Concat(TableChecks.Placeholders(r.ForVendor)).Concat((r.Says ?? new Dictionary<string, string>()).Values.SelectMany(TableChecks.Placeholders)))).Concat(text.Tests.SelectMany(t => t.Given.Keys))
            .Where(OwnFact.IsName).Distinct();

    private static OwnFact Of(SegmentRow segment) => new()
    {
        Name = OwnFact.OfSegment + Slug(segment.Name), Type = FactType.Boolean, Label = segment.Name, Source = segment.Id.ToString(),
    };

    // Letters and digits; a name that has none is told by its identifier.
    private static string Slug(string name)
    {
        var slug = string.Join('_', string.Concat(Text.Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "x" + string.Concat(name.Select(c => ((int)c).ToString("x", System.Globalization.CultureInfo.InvariantCulture)))[..Math.Min(40, name.Length * 2)] : slug[..Math.Min(80, slug.Length)];
    }
}

/// <summary>What the company's own facts say of one case, once the look-ups are done.</summary>
internal sealed class OwnCase(Func<IReadOnlyList<OwnFact>> live, SegmentsOfPartner segments)
{
    public required IReadOnlyList<(FieldId Field, string Text)> OfPartner { get; init; }
    public required IReadOnlyList<(FieldId Field, string Text)> OfAccount { get; init; }
    public required IReadOnlyList<(FieldId Field, string Text)> OfDeal { get; init; }

    /// <summary>What was typed with the registration and is not saved yet.</summary>
    public required IReadOnlyList<(FieldId Field, string Text)> Typed { get; init; }

    // Reading the conditions of very many segments takes time: beyond these only those that the rules in force ask over.
    private const int MostSegments = 25;

    /// <summary>The values of the facts that the table in force asks over and of all that there are today, so that a later table can be tried on past cases.</summary>
    public async Task<IReadOnlyDictionary<string, FactValue>> ValuesAsync(IReadOnlyList<OwnFact>? inForce, CancellationToken ct)
    {
        var all = (inForce ?? []).Concat(live()).DistinctBy(f => f.Name).ToList();
        var values = new Dictionary<string, FactValue>();
        foreach (var fact in all.Where(f => !f.IsSegment))
        {
            if (Ids.Parse<FieldId>(fact.Source) is not { } field) continue;
            values[fact.Name] = fact.Value(Of(fact.Record).Where(v => v.Field == field).Select(v => v.Text).FirstOrDefault());
        }

        var asked = all.Where(f => f.IsSegment).Take((inForce?.Count ?? 0) + MostSegments).Select(f => (f.Name, Segment: Ids.Parse<SegmentId>(f.Source))).Where(f => f.Segment is not null).ToList();
        var held = await segments.HoldingAsync([.. asked.Select(a => a.Segment!.Value).Distinct()], ct);
        foreach (var (name, segment) in asked) values[name] = held.TryGetValue(segment!.Value, out var holds) ? FactValue.Of(holds) : FactValue.Unknown;
        return values;
    }

    private IEnumerable<(FieldId Field, string Text)> Of(string record) => record switch
    {
        "partners" => OfPartner,
        "accounts" => OfAccount,
        _ => Typed.Concat(OfDeal),
    };
}
