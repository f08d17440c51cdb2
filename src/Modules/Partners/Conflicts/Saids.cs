using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Merging;
using Trellis.Partners.Ownership;
using Trellis.Partners.Published;

namespace Trellis.Partners.Conflicts;

/// <summary>A field about which several sources may say different things, with how it is read and written as text.</summary>
internal sealed record SaidField(string Name, Func<Profile, string?> Read, Func<string?, ProfileChanges> Write)
{
    public string Label => MergeFields.All.First(f => f.Name == Name).Label;
}

/// <summary>Keeps who has said what about a partner, and finds what disagrees.</summary>
internal static class Saids
{
    public static readonly IReadOnlyList<SaidField> Fields =
    [
        new("name", p => p.Name, v => new() { Name = v }),
        new("legalName", p => p.LegalName, v => new() { LegalName = v ?? "" }),
        new("website", p => p.Website, v => new() { Website = v ?? "" }),
        new("description", p => p.Description, v => new() { Description = v ?? "" }),
        new("country", p => p.Country, v => new() { Country = v }),
        new("city", p => p.City, v => new() { City = v ?? "" }),
        new("postcode", p => p.Postcode, v => new() { Postcode = v ?? "" }),
        new("phone", p => p.Phone, v => new() { Phone = v ?? "" }),
        new("employees", p => p.Employees?.ToString(CultureInfo.InvariantCulture), v => new() { Employees = int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 0 }),
        new("languages", p => Text.OrNull(p.Languages), v => new() { Languages = v ?? "" }),
        new("verticals", p => Text.OrNull(p.Verticals), v => new() { Verticals = v ?? "" }),
        new("competencies", p => Text.OrNull(p.Competencies), v => new() { Competencies = v ?? "" }),
    ];

    /// <summary>Inside the caller's transaction: what changes was said by whoever acts, or by the file. Returns the profile as it is to be written: without what an import was told before not to say again.</summary>
    public static async Task<Profile> HearAsync(Work work, PartnerId partner, Profile before, Profile after, string? file, CancellationToken ct)
    {
        var changed = Fields.Where(f => f.Read(before) != f.Read(after)).ToList();
        if (changed.Count == 0) return after;
        var names = changed.ConvertAll(f => f.Name);
        var rows = await work.Db.Set<SaidValue>().Where(s => s.PartnerId == partner && names.Contains(s.Field)).ToDictionaryAsync(s => s.Field, ct);
        var elsewhere = file is null && work.Actor.May(OwnerPermissions.WriteOwned) ? await Owners.ElsewhereAsync(work, ct) : new Dictionary<string, OwningSystem>();
        foreach (var field in changed)
        {
            var source = file is not null ? SaidBy.Import : work.Actor.IsPartner ? SaidBy.Partner : elsewhere.ContainsKey(field.Name) ? SaidBy.Owner : SaidBy.Vendor;
            var (value, by) = (field.Read(after), file ?? work.Actor.Name);
            if (!rows.TryGetValue(field.Name, out var row))
            {
                if (source != SaidBy.Import) work.Db.Add(New(work, partner, field.Name).Say(value, source, PersonOf(work), by, work.Now));
            }
            else if (row.Source == source) row.Say(value, source, PersonOf(work), by, work.Now);
            else if (row.Meet(value, source, by, work.Now) == Heard.Refused) after = MergeFields.All.First(f => f.Name == field.Name).Take(after, before);
        }

        return after;
    }

    /// <summary>A new partner: what a person typed, and not what was left empty.</summary>
    public static void Typed(Work work, PartnerId partner, Profile profile)
    {
        foreach (var field in Fields)
            if (field.Read(profile) is { } value) work.Db.Add(New(work, partner, field.Name).Say(value, work.Actor.IsPartner ? SaidBy.Partner : SaidBy.Vendor, PersonOf(work), work.Actor.Name, work.Now));
    }

    /// <summary>Where a partner has got its old values back: what reads as it was said first is no conflict any more.</summary>
    public static async Task ReturnedAsync(Work work, PartnerId partner, Profile profile, CancellationToken ct)
    {
        foreach (var row in await work.Db.Set<SaidValue>().Where(s => s.PartnerId == partner && s.Since != null).ToListAsync(ct))
            if (Fields.FirstOrDefault(f => f.Name == row.Field)?.Read(profile) == row.Ours) row.Agree();
    }

    private static SaidValue New(Work work, PartnerId partner, string field) => new() { TenantId = work.Tenant, Id = work.NewId<SaidValueId>(), PartnerId = partner, Field = field };

    private static PersonId? PersonOf(Work work) => work.Actor.Person == default ? null : work.Actor.Person;
}
