using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Distributors;
using Trellis.Deals.Handovers;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Transfers;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Deals.Workspace;

/// <summary>
/// A short text that changes whenever something changes that the actor may see of a deal. One query counts every part past the actor's filters, as numbers only; which of them make the mark says
/// the same table that says what the page shows, so that an internal note moves no partner's mark, and a team that changed moves that of every member.
/// </summary>
internal static class DealMark
{
    // Far above any count of changes, so that one row more and one change less are told apart, and rows can be told from changes.
    private const long Row = 1_000_003;

    /// <summary>What rings for an open page: the deal, its opportunity and its customer.</summary>
    public static async Task<IReadOnlyList<string>> TopicsAsync(Work work, DealId id, CancellationToken ct)
    {
        var links = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == id).Select(d => new { d.OpportunityId, d.AccountId }).SingleOrDefaultAsync(ct);
        string?[] records = [id.ToString(), links?.OpportunityId?.ToString(), links?.AccountId?.ToString()];
        return [.. records.OfType<string>().Select(r => Signals.Topic(work.Tenant, r))];
    }

    /// <summary>The mark, or null where the actor sees no such deal.</summary>
    public static async Task<string?> OfAsync(Work work, DealId id, CancellationToken ct)
    {
        if (await CountAsync(work, id, ct) is not { } row) return null;
        var actor = work.Actor;
        if (row.State == DealState.Draft && !actor.IsPartner) return null;
        var holds = actor.Partner is { } me && (me == row.PartnerId || me == row.DistributorId);
        var mine = row.Mine is { } place && place.State is MemberState.Invited or MemberState.Accepted ? row.Mine : null;
        var below = actor.IsPartner && !holds && mine is null ? await ResellerDeals.FindAsync(work, id, ct) : null;
        if (actor.IsPartner && !holds && mine is null && below is null) return null;
        var sight = below?.Sight ?? Sights.Of(work.Db.Sights(), actor, holds, mine, row.Direct is { } direct ? Sight.Kept(direct, row.DirectReads) : null);
        var joined = mine is null || mine.State == MemberState.Accepted;
        return Text([.. Parts(row, actor, sight, joined, actor.IsPartner ? holds : sight.Level == DealVisibility.Full, below is not null)]);
    }

    private static IEnumerable<object?> Parts(Counted row, Actor actor, Sight sight, bool joined, bool full, bool below)
    {
        bool Shows(DealPart part) => joined && sight.Reads(part);
        var staff = !actor.IsPartner;
        yield return row.Version;
        // Another table, or other roles, show other parts.
        yield return sight.Parts;
        // Its own place, what it was offered, and who else is there.
        yield return below && !Shows(DealPart.Figures) ? 0 : full ? row.Team : row.Shown;
        yield return staff || full ? row.Agreements : row.OwnAgreements;
        yield return row.Manager;
        if (Shows(DealPart.Figures)) yield return $"{row.Stage}{row.Closes}";
        if (Shows(DealPart.Messages)) yield return staff ? row.Messages : row.SharedMessages;
        if (Shows(DealPart.Tasks)) yield return staff ? row.Tasks : row.SharedTasks;
        else if (joined) yield return row.OwnTasks;
        if (Shows(DealPart.Plan)) yield return row.Plan;
        if (Shows(DealPart.Committee)) yield return row.People;
        if (Shows(DealPart.Files)) yield return staff ? row.Files : row.SharedFiles;
        if (Shows(DealPart.Numbers))
            yield return string.Join('/', staff ? [row.Messages, row.Files, row.Tasks / Row, row.OpenTasks, row.Plan / Row, row.People / Row]
                : (long[])[row.SharedMessages, row.SharedFiles, row.SharedTasks / Row, row.OpenSharedTasks, row.Plan / Row, row.People / Row]);
        yield return row.OwnReceipts;
        if (staff) yield return $"{row.Conflicts}/{row.Relations}/{row.Handovers}";
        else yield return row.OwnConflicts;
        if (!full) yield break;
        yield return row.Sight;
        yield return row.Requests;
        yield return staff ? row.Claims : row.OwnClaims;
        yield return staff ? row.Transfers : row.OwnTransfers;
        if (!staff) yield return row.OwnRelations;
        yield return Hash(row.Fields);
    }

    // Every subquery names its deal and its tenant; who of the partners sees a row is said by name, because the filters are left aside.
    private static Task<Counted?> CountAsync(Work work, DealId id, CancellationToken ct)
    {
        var (db, me, partner, subject) = (work.Db, work.Actor.Partner ?? default, work.Actor.IsPartner, id.ToString());
        return db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == id).Select(d => new Counted
        {
            Version = d.Version,
            State = d.State,
            PartnerId = d.PartnerId,
            DistributorId = d.DistributorId,
            Mine = db.Set<DealMember>().Where(m => m.TenantId == d.TenantId && m.DealId == d.Id && m.PartnerId == me).FirstOrDefault(),
            Direct = db.Set<DirectSight>().Where(s => s.TenantId == d.TenantId && s.DealId == d.Id).Select(s => (DealVisibility?)s.Level).FirstOrDefault(),
            DirectReads = db.Set<DirectSight>().Where(s => s.TenantId == d.TenantId && s.DealId == d.Id).Select(s => s.Reads).FirstOrDefault(),
            Sight = db.Set<DirectSight>().Where(s => s.TenantId == d.TenantId && s.DealId == d.Id).Sum(s => (long?)s.Version) ?? 0,
            Manager = db.Set<Trellis.Partners.Published.PartnerRow>().Where(p => p.TenantId == d.TenantId && p.Id == d.PartnerId).Select(p => p.ManagerId).FirstOrDefault(),
            Team = db.Set<DealMember>().Where(m => m.TenantId == d.TenantId && m.DealId == d.Id).Sum(m => (long?)m.Version + Row) ?? 0,
            Shown = db.Set<DealMember>().Where(m => m.TenantId == d.TenantId && m.DealId == d.Id && (m.PartnerId == me || m.State == MemberState.Invited || m.State == MemberState.Accepted)).Sum(m => (long?)m.Version + Row) ?? 0,
            Agreements = db.Set<CoalitionAgreement>().Where(a => a.TenantId == d.TenantId && a.DealId == d.Id).Sum(a => (long?)a.Version + Row) ?? 0,
            OwnAgreements = db.Set<CoalitionAgreement>().Where(a => a.TenantId == d.TenantId && a.DealId == d.Id && a.PartnerId == me && a.ConsentedAt != null).Sum(a => (long?)a.Version + Row) ?? 0,
            Messages = db.Set<DealComment>().Count(c => c.TenantId == d.TenantId && c.DealId == d.Id),
            SharedMessages = db.Set<DealComment>().Count(c => c.TenantId == d.TenantId && c.DealId == d.Id && c.Audience == CommentAudience.Shared),
            Tasks = db.Set<DealTask>().Where(t => t.TenantId == d.TenantId && t.DealId == d.Id).Sum(t => (long?)t.Version + Row) ?? 0,
            SharedTasks = db.Set<DealTask>().Where(t => t.TenantId == d.TenantId && t.DealId == d.Id && t.Audience == CommentAudience.Shared).Sum(t => (long?)t.Version + Row) ?? 0,
            OwnTasks = db.Set<DealTask>().Where(t => t.TenantId == d.TenantId && t.DealId == d.Id && t.Audience == CommentAudience.Shared && t.OwnerPartner == me).Sum(t => (long?)t.Version + Row) ?? 0,
            OpenTasks = db.Set<DealTask>().Count(t => t.TenantId == d.TenantId && t.DealId == d.Id && t.DoneAt == null),
            OpenSharedTasks = db.Set<DealTask>().Count(t => t.TenantId == d.TenantId && t.DealId == d.Id && t.DoneAt == null && t.Audience == CommentAudience.Shared),
            Plan = db.Set<Milestone>().Where(m => m.TenantId == d.TenantId && m.DealId == d.Id).Sum(m => (long?)m.Version + Row) ?? 0,
            People = db.Set<CommitteePerson>().Where(p => p.TenantId == d.TenantId && p.DealId == d.Id).Sum(p => (long?)p.Version + Row) ?? 0,
            Files = db.Set<DealFile>().Count(f => f.TenantId == d.TenantId && f.DealId == d.Id),
            SharedFiles = db.Set<DealFile>().Count(f => f.TenantId == d.TenantId && f.DealId == d.Id && f.Audience == CommentAudience.Shared),
            Requests = db.Set<DealRequest>().Where(r => r.TenantId == d.TenantId && r.DealId == d.Id && (!partner || r.PartnerId == me || r.DistributorId == me)).Sum(r => (long?)r.Version + Row) ?? 0,
            Claims = db.Set<RelationClaim>().Where(c => c.TenantId == d.TenantId && c.DealId == d.Id).Sum(c => (long?)c.Version + Row) ?? 0,
            OwnClaims = db.Set<RelationClaim>().Where(c => c.TenantId == d.TenantId && c.DealId == d.Id && c.PartnerId == me).Sum(c => (long?)c.Version + Row) ?? 0,
            Relations = db.Set<CustomerRelation>().Where(r => r.TenantId == d.TenantId && r.AccountId == d.AccountId).Sum(r => r.EndedAt == null ? Row : 1L),
            OwnRelations = db.Set<CustomerRelation>().Where(r => r.TenantId == d.TenantId && r.AccountId == d.AccountId && r.PartnerId == me && r.EndedAt == null).Count(),
            Transfers = db.Set<Transfer>().Where(t => t.TenantId == d.TenantId && t.DealId == d.Id).Sum(t => (long?)t.Version + Row) ?? 0,
            OwnTransfers = db.Set<Transfer>().Where(t => t.TenantId == d.TenantId && t.DealId == d.Id && (t.FromId == me || t.ToId == me)).Sum(t => (long?)t.Version + Row) ?? 0,
            Handovers = db.Set<Handover>().Where(h => h.TenantId == d.TenantId && h.DealId == d.Id).Sum(h => (long?)h.Version + Row) ?? 0,
            Conflicts = (db.Set<Conflict>().Where(c => c.TenantId == d.TenantId && c.DealId == d.Id).Sum(c => (long?)c.Version + Row) ?? 0) + (db.Set<Conflict>().Where(c => c.TenantId == d.TenantId && c.OtherDealId == d.Id).Sum(c => (long?)c.Version + Row) ?? 0),
            OwnConflicts = (db.Set<Conflict>().Where(c => c.TenantId == d.TenantId && c.DealId == d.Id && c.Shown && (c.PartnerId == me || c.OtherPartnerId == me)).Sum(c => (long?)c.Version + Row) ?? 0)
                + (db.Set<Conflict>().Where(c => c.TenantId == d.TenantId && c.OtherDealId == d.Id && c.Shown && (c.PartnerId == me || c.OtherPartnerId == me)).Sum(c => (long?)c.Version + Row) ?? 0),
            OwnReceipts = db.Set<ReceiptRow>().Count(r => r.TenantId == d.TenantId && r.Subject == subject && (!partner || r.PartnerId == me)),
            Stage = db.Set<OpportunityRow>().Where(o => o.TenantId == d.TenantId && o.Id == d.OpportunityId).Select(o => (OpportunityStage?)o.Stage).FirstOrDefault(),
            Closes = db.Set<OpportunityRow>().Where(o => o.TenantId == d.TenantId && o.Id == d.OpportunityId).Select(o => o.ExpectedOn).FirstOrDefault(),
            Fields = db.Set<FieldValue<DealId>>().Where(v => v.TenantId == d.TenantId && v.Subject == d.Id && (!partner || db.Set<CustomField>().Any(f => f.TenantId == v.TenantId && f.Id == v.FieldId && f.Sight != FieldSight.Staff)))
                .OrderBy(v => v.FieldId).ThenBy(v => v.Part).Select(v => new Field(v.FieldId, v.Text)).ToList(),
        }).AsNoTracking().SingleOrDefaultAsync(ct);
    }

    private static string Hash(List<Field> fields) =>
        fields.Count == 0 ? "" : System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', fields.Select(f => $"{f.Id} {f.Text}"))))[..8]);

    private static string Text(IReadOnlyList<object?> parts) => string.Join('.', parts.Select(p => p is long or int ? System.Convert.ToInt64(p, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture) : p?.ToString() ?? ""));

    private sealed record Field(FieldId Id, string Text);

    // Numbers of one deal, of all that there is; nothing of it leaves this class.
    private sealed class Counted
    {
        public long Version { get; init; }
        public DealState State { get; init; }
        public PartnerId PartnerId { get; init; }
        public PartnerId? DistributorId { get; init; }
        public DealMember? Mine { get; init; }
        public DealVisibility? Direct { get; init; }
        public int? DirectReads { get; init; }
        public long Sight { get; init; }
        public PersonId? Manager { get; init; }
        public long Team { get; init; }
        public long Shown { get; init; }
        public long Agreements { get; init; }
        public long OwnAgreements { get; init; }
        public long Messages { get; init; }
        public long SharedMessages { get; init; }
        public long Tasks { get; init; }
        public long SharedTasks { get; init; }
        public long OwnTasks { get; init; }
        public long OpenTasks { get; init; }
        public long OpenSharedTasks { get; init; }
        public long Plan { get; init; }
        public long People { get; init; }
        public long Files { get; init; }
        public long SharedFiles { get; init; }
        public long Requests { get; init; }
        public long Claims { get; init; }
        public long OwnClaims { get; init; }
        public long Relations { get; init; }
        public long OwnRelations { get; init; }
        public long Transfers { get; init; }
        public long OwnTransfers { get; init; }
        public long Handovers { get; init; }
        public long Conflicts { get; init; }
        public long OwnConflicts { get; init; }
        public long OwnReceipts { get; init; }
        public OpportunityStage? Stage { get; init; }
        public DateOnly? Closes { get; init; }
        public List<Field> Fields { get; init; } = [];
    }
}
