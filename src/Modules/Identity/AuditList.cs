using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

/// <summary>An entry of the audit as it is shown: who, what, which record, from what to what.</summary>
internal sealed record AuditItem(AuditId Id, DateTime At, string Actor, string ActorKind, PartnerId? Partner, string Action, string SubjectKind, string Subject, string Changes);

/// <summary>Which entries are wanted.</summary>
internal sealed record AuditFilter
{
    /// <summary>The record's id.</summary>
    [FromQuery(Name = "subject")] public string? Subject { get; init; }

    /// <summary>What an action begins with: <c>deals.</c> or <c>deals.approve</c>.</summary>
    [FromQuery(Name = "action")] public string? Action { get; init; }

    [FromQuery(Name = "person")] public PersonId? Person { get; init; }

    /// <summary>Part of the actor's name.</summary>
    [FromQuery(Name = "who")] public string? Who { get; init; }

    /// <summary>The first day, on the reader's clock.</summary>
    [FromQuery(Name = "from")] public DateOnly? From { get; init; }

    /// <summary>The last day, on the reader's clock.</summary>
    [FromQuery(Name = "to")] public DateOnly? To { get; init; }

    /// <summary>Part of the record's id or of the changes.</summary>
    [FromQuery(Name = "q")] public string? Text { get; init; }
}

/// <summary>The records of audit entries by name and page, as far as the reader may see them.</summary>
internal sealed class AuditSubjects(Work work, IEnumerable<IRecordType> types)
{
    public async Task<IReadOnlyDictionary<string, FieldSubject>> FindAsync(IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        Dictionary<string, FieldSubject> found = [];
        foreach (var type in types.Where(t => work.Actor.May(t.View)))
            foreach (var record in await type.FindAsync(subjects, ct)) found[record.Id] = record;
        var people = subjects.Select(Ids.Parse<PersonId>).OfType<PersonId>().Distinct().ToList();
        if (people.Count == 0 || !work.Actor.May(IdentityPermissions.ViewPeople)) return found;
        foreach (var person in await work.Db.Set<Person>().AsNoTracking().Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct))
            found[person.Id.ToString()] = new FieldSubject(person.Id.ToString(), person.Name, $"/app/people/{person.Id}", false);
        return found;
    }
}

/// <summary>The audit, newest first.</summary>
internal static class AuditList
{
    public static async Task<Page<AuditItem>> FindAsync(Work work, AuditFilter filter, Paging paging, CancellationToken ct)
    {
        if (new[] { filter.Subject, filter.Action, filter.Who, filter.Text }.Any(t => !Text.IsClean(t))) return new Page<AuditItem>([], null, null);
        var page = await Where(work.Db.Set<AuditEntry>().AsNoTracking(), filter, work.Actor.Zone()).PageAsync(a => a.At, a => a.Id, true, paging, ct);
        return page.Select(a => new AuditItem(a.Id, a.At, a.ActorName, Words.Of(a.ActorKind), a.ActorPartner, a.Action, a.SubjectKind, a.Subject, a.Changes));
    }

    private static IQueryable<AuditEntry> Where(IQueryable<AuditEntry> entries, AuditFilter filter, TimeZoneInfo zone)
    {
        if (Text.OrNull(filter.Subject) is { } subject) entries = entries.Where(a => a.Subject == subject);
        if (Text.OrNull(filter.Action) is { } action) entries = entries.Where(a => a.Action.StartsWith(action));
        if (Text.OrNull(filter.Who)?.ToLowerInvariant() is { } who) entries = entries.Where(a => a.ActorName.ToLower().Contains(who));
        // An identifier that cannot be read is nobody's, and the program's own entries have nobody.
        if (filter.Person is { } person) entries = entries.Where(a => a.ActorPerson == person && person != default);
        if (filter.From is { } from)
        {
            var begins = Midnight(from, zone);
            entries = entries.Where(a => a.At >= begins);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var ends = Midnight(to.AddDays(1), zone);
            entries = entries.Where(a => a.At < ends);
        }

        if (Text.OrNull(filter.Text) is { } text)
        {
            // An id is looked up by its index; anything else is read for.
            if (text.Length > 30 && text.Contains('_', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal)) entries = entries.Where(a => a.Subject == text);
            else
            {
                // The changes are JSON, in which ä, & and < are spelled otherwise.
                var spelled = Json.Encoded(text);
                entries = entries.Where(a => a.Subject.Contains(text) || a.Changes.Contains(text) || a.Changes.Contains(spelled));
            }
        }

        return entries;
    }

    // The day begins where the reader is; where the clock leaps over midnight, with the first minute that there is.
    internal static DateTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeToUtc(local, zone), DateTimeKind.Utc);
    }
}
