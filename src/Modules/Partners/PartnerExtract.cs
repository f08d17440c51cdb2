using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners;

/// <summary>The rest of what a record shows, for a file: a few statements for all partners of a part.</summary>
internal static class PartnerExtract
{
    public static async Task<IReadOnlyDictionary<PartnerId, IReadOnlyList<string?>>> OfAsync(Work work, PartnerId[] ids, CancellationToken ct)
    {
        var db = work.Db;
        var partners = await db.Set<Partner>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var motions = (await db.Set<PartnerMotion>().AsNoTracking().Where(m => ids.Contains(m.PartnerId)).ToListAsync(ct)).ToLookup(m => m.PartnerId);
        var expertise = await db.Set<Expertise>().AsNoTracking().Where(e => ids.Contains(e.PartnerId)).ToDictionaryAsync(e => e.PartnerId, ct);
        var tags = (await db.Set<Tag>().AsNoTracking().Where(t => ids.Contains(t.PartnerId)).Select(t => new { t.PartnerId, t.Label }).ToListAsync(ct)).ToLookup(t => t.PartnerId, t => t.Label);
        // The first who was written down is the one to call.
        var contacts = (await db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.PartnerId)).OrderBy(c => c.Id).Select(c => new { c.PartnerId, c.Name, c.Email }).ToListAsync(ct)).DistinctBy(c => c.PartnerId).ToDictionary(c => c.PartnerId);
        PersonId[] people = [.. partners.Select(p => p.ManagerId).Concat(motions.SelectMany(m => m).Select(m => m.ManagerId)).OfType<PersonId>().Distinct()];
        var staff = await db.Set<PersonRow>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new { p.Name, p.Email }, ct);
        return partners.ToDictionary(p => p.Id, p =>
        {
            var (told, contact) = (expertise.GetValueOrDefault(p.Id), contacts.GetValueOrDefault(p.Id));
            return (IReadOnlyList<string?>)
            [
                p.LegalName, p.Website, p.Description, p.City, p.Postcode, p.Phone, N(p.Employees), p.Revenue is { } band ? PartnerWords.Label(band) : null, Commas(p.Languages), Commas(p.Verticals), Commas(p.Competencies),
                p.StateReason, p.TierSince.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), p.ManagerId is { } manager ? staff.GetValueOrDefault(manager)?.Email : null,
                string.Join("; ", motions[p.Id].OrderBy(m => m.Motion).Select(Motion)), Commas(told?.Territories), Commas(told?.Technologies), N(told?.LeadCapacity), N(told?.ProjectCapacity),
                string.Join(", ", tags[p.Id].Order(StringComparer.Ordinal)), contact?.Name, contact?.Email,
            ];
        });

        string Motion(PartnerMotion m) =>
            $"{PartnerWords.Label(m.Motion)}: {PartnerWords.Label(m.Type)}, {Words.Label(m.State)}, {Words.Label(m.Tier)}, {m.Since:yyyy-MM-dd}{(m.Until is { } until ? $" to {until:yyyy-MM-dd}" : "")}{(m.ManagerId is { } who && staff.TryGetValue(who, out var person) ? $", {person.Name}" : "")}";
    }

    private static string? N(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Commas(string? list) => Text.OrNull(list?.Replace("; ", ", ", StringComparison.Ordinal));
}
