using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Hygiene;

/// <summary>Something that a partner's record lacks, or that has grown old.</summary>
internal enum Gap
{
    Website,
    Description,
    City,
    Employees,
    Revenue,
    Languages,
    Verticals,
    Competencies,
    Territories,
    Technologies,
    Capacity,
    Contact,
    Manager,
    Motion,

    /// <summary>Nothing was noted, moved or contributed for half a year, and no other module knows of anything.</summary>
    Stale,

    /// <summary>The same for 90 days: its manager should call.</summary>
    Quiet,

    /// <summary>What it can take on was told more than a quarter ago.</summary>
    OldCapacity,

    /// <summary>One of the company's own fields must be filled and is not.</summary>
    RequiredField,

    /// <summary>It is not known how far its word reaches in public.</summary>
    Reach,

    /// <summary>Its reach was told more than a year ago.</summary>
    OldReach,
}

/// <summary>What a gap is called, how much it weighs, and what suffers from it.</summary>
/// <param name="Gap">The gap.</param>
/// <param name="Label">As a person reads it.</param>
/// <param name="Weight">Points of 100 that the record loses; 0 where it is no matter of completeness.</param>
/// <param name="Effect">Which figure or decision it spoils.</param>
/// <param name="Weakens">The figures and models that count without the partner, or with what is old.</param>
internal sealed record GapWords(Gap Gap, string Label, int Weight, string Effect, string Weakens);

/// <summary>One definition of what is lacking, for the list's filter, the record's figure and the work queue.</summary>
internal static class Lacks
{
    public const int StaleDays = 180;
    public const int CapacityDays = 90;
    public const int QuietDays = 90;
    public const int ReachDays = 365;

    /// <summary>All gaps; the weights come to a hundred.</summary>
    public static readonly IReadOnlyList<GapWords> All =
    [
        new(Gap.Manager, "No partner manager", 11, "Nobody is told when a registration waits; it is missing from every manager’s figures.", "Managers’ workload, and every figure by manager"),
        new(Gap.Contact, "No contact", 11, "It is not known whom to invite or write to.", "The count of people that are reached"),
        new(Gap.Motion, "No motion", 11, "Lists, segments and rules that ask for a motion leave it out.", "Flow and targets by motion"),
        new(Gap.Website, "No web site", 8, "Duplicates are recognised by name and place alone.", "The comparison of partners with each other and with customers"),
        new(Gap.Competencies, "No competency", 8, "Lists, segments and the public directory do not find it by competency.", "Segments, with what they promise and reward"),
        new(Gap.Verticals, "No industry", 8, "Lists, segments and the public directory do not find it by industry.", "Segments, with what they promise and reward"),
        new(Gap.Territories, "No territory", 8, "Lists and segments do not find it by territory; rules go by the region of its country.", "Segments, with what they promise and reward"),
        new(Gap.Employees, "Size unknown", 7, "Segments and rules that ask for the size leave it out.", "The fairness check by size of partner, and segments by size"),
        new(Gap.Capacity, "Capacity unknown", 7, "Lists and segments of partners that can take on work leave it out.", "The proposal of partners for a lead"),
        new(Gap.Languages, "No language", 6, "Lists, segments and the public directory do not find it by language.", "Segments, with what they promise and reward"),
        new(Gap.Technologies, "No technology", 4, "Not found by what it uses or implements.", "Segments, with what they promise and reward"),
        new(Gap.Revenue, "Revenue unknown", 3, "Segments by revenue leave it out.", "Segments by revenue"),
        new(Gap.Description, "No description", 3, "The public directory says nothing about it, unless its entry does.", "The public directory"),
        new(Gap.Reach, "Public reach unknown", 3, "Segments by public reach leave it out, and with it what they promise and reward.", "Segments by public reach"),
        new(Gap.City, "No town", 2, "Not found by place.", "The comparison of partners with each other"),
        new(Gap.Stale, "Nothing for half a year", 0, "Its status and tier may be out of date: nothing was written, decided, contributed or registered.", "Tier and status, which may be out of date"),
        new(Gap.Quiet, "Nothing for 90 days", 0, "Nobody has written, decided, contributed or registered anything; its manager should call.", "The managers’ list of partners to call"),
        new(Gap.OldCapacity, "Capacity older than a quarter", 0, "Lists and segments of partners that can take on work go by an old figure.", "The proposal of partners for a lead"),
        new(Gap.OldReach, "Public reach older than a year", 0, "Segments by public reach go by an old figure.", "Segments by public reach"),
        new(Gap.RequiredField, "A required field is empty", 0, "Lists, filters and rules that use your own fields leave it out.", "What you build on your own fields"),
    ];

    public static GapWords Words(Gap gap) => All.First(w => w.Gap == gap);

    public static Expression<Func<Partner, bool>> Of(Db db, Gap gap, DateTime now)
    {
        var (stale, told, reached) = (now.AddDays(-StaleDays), now.AddDays(-CapacityDays), now.AddDays(-ReachDays));
        return gap switch
        {
            Gap.Website => p => p.Website == null,
            Gap.Description => p => p.Description == null,
            Gap.City => p => p.City == null,
            Gap.Employees => p => p.Employees == null,
            Gap.Revenue => p => p.Revenue == null,
            Gap.Languages => p => p.Languages == "",
            Gap.Verticals => p => p.Verticals == "",
            Gap.Competencies => p => p.Competencies == "",
            Gap.Territories => p => !db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.Territories != ""),
            Gap.Technologies => p => !db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.Technologies != ""),
            Gap.Capacity => p => !db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.CapacityAt != null),
            Gap.Reach => p => !db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.Followers != null),
            Gap.OldReach => p => db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.FollowersAt < reached),
            Gap.Contact => p => !db.Set<Contact>().Any(c => c.TenantId == p.TenantId && c.PartnerId == p.Id),
            Gap.Manager => p => p.ManagerId == null,
            Gap.Motion => p => !db.Set<PartnerMotion>().Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id && m.State != MotionState.Ended),
            Gap.Stale => Stale(db, stale),
            Gap.Quiet => Stale(db, now.AddDays(-QuietDays)),
            Gap.RequiredField => p => db.Set<CustomField>().Any(f => f.TenantId == p.TenantId && f.Record == PartnerRecords.Name && f.Required && f.ArchivedAt == null
                && !db.Set<FieldValue<PartnerId>>().Any(v => v.TenantId == p.TenantId && v.Subject == p.Id && v.FieldId == f.Id)),
            _ => p => db.Set<Expertise>().Any(e => e.TenantId == p.TenantId && e.PartnerId == p.Id && e.CapacityAt < told),
        };
    }

    private static Expression<Func<Partner, bool>> Stale(Db db, DateTime since)
    {
        Expression<Func<Partner, bool>> own = p => p.StateSince < since && p.TierSince < since && p.State != PartnerState.Former
            && !db.Set<Note>().Any(n => n.TenantId == p.TenantId && n.PartnerId == p.Id && n.At >= since)
            && !db.Set<Contribution>().Any(c => c.TenantId == p.TenantId && c.PartnerId == p.Id && c.At >= since);
        return db.GetService<PartnerActivities>().Since(db, since).Aggregate(own, (all, active) => And(all, p => !active.Any(a => a.TenantId == p.TenantId && a.PartnerId == p.Id)));
    }

    private static Expression<Func<Partner, bool>> And(Expression<Func<Partner, bool>> one, Expression<Func<Partner, bool>> other) =>
        Expression.Lambda<Func<Partner, bool>>(Expression.AndAlso(one.Body, ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body)), one.Parameters);

    /// <summary>What these partners lack: one statement, however many there are, and each partner is looked up once.</summary>
    public static async Task<ILookup<PartnerId, Gap>> OfAsync(Work work, IReadOnlyList<PartnerId> partners, CancellationToken ct)
    {
        var found = await work.Db.Set<Partner>().AsNoTracking().Where(p => partners.Contains(p.Id)).Select(Told(work.Db, work.Now)).ToListAsync(ct);
        return found.SelectMany(f => All.Where((_, place) => f.Lacking[place]).Select(w => (f.Id, w.Gap))).ToLookup(f => f.Id, f => f.Gap);
    }

    // A yes or no for each of all gaps, in their order.
    private static Expression<Func<Partner, Answers>> Told(Db db, DateTime now)
    {
        var partner = Expression.Parameter(typeof(Partner), "p");
        var lacking = All.Select(w => Of(db, w.Gap, now)).Select(gap => ReplacingExpressionVisitor.Replace(gap.Parameters[0], partner, gap.Body));
        return Expression.Lambda<Func<Partner, Answers>>(Expression.MemberInit(Expression.New(typeof(Answers)),
            Expression.Bind(typeof(Answers).GetProperty(nameof(Answers.Id))!, Expression.Property(partner, nameof(Partner.Id))),
            Expression.Bind(typeof(Answers).GetProperty(nameof(Answers.Lacking))!, Expression.NewArrayInit(typeof(bool), lacking))), partner);
    }

    private sealed class Answers
    {
        public PartnerId Id { get; init; }
        public bool[] Lacking { get; init; } = [];
    }

    /// <summary>How complete a record is, 0 to 100.</summary>
    public static int Completeness(IEnumerable<Gap> gaps) => 100 - gaps.Sum(g => Words(g).Weight);
}
