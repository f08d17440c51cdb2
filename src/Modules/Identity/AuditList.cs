using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>An entry of the audit as it is shown: who, what, which record, from what to what.</summary>
internal sealed record AuditItem(AuditId Id, DateTime At, string Actor, string ActorKind, string Action, string SubjectKind, string Subject, string Changes);

/// <summary>The audit, newest first.</summary>
internal static class AuditList
{
    public static async Task<Page<AuditItem>> FindAsync(Work work, string? subject, string? action, PersonId? person, Paging paging, CancellationToken ct)
    {
        var entries = work.Db.Set<AuditEntry>().AsNoTracking();
        if (!Text.IsClean(subject) || !Text.IsClean(action)) return new Page<AuditItem>([], null, null);
        if (!string.IsNullOrWhiteSpace(subject)) entries = entries.Where(a => a.Subject == subject.Trim());
        if (!string.IsNullOrWhiteSpace(action)) entries = entries.Where(a => a.Action.StartsWith(action.Trim()));
        if (person is { } id) entries = entries.Where(a => a.ActorPerson == id);
        var page = await entries.PageAsync(a => a.At, a => a.Id, true, paging, ct);
        return page.Select(a => new AuditItem(a.Id, a.At, a.ActorName, Words.Of(a.ActorKind), a.Action, a.SubjectKind, a.Subject, a.Changes));
    }
}
